"""Lists → runs: rows read by the chunk, chunks given to workers, what is done already kept.

A run is named by everything that it is made from (rows, list, options, decisions, versions,
our own sources): an interrupted build goes on from the runs that it finished, and gives the
same bytes.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from coopdec.batches import batched
from coopdec.building.runs import Run, read_whole
from coopdec.building.stages import Context
from coopdec.building.tasks import (
    Outcome,
    Setup,
    Task,
    forget,
    key_of,
    perform,
    ready,
    received,
    setup_of,
)
from coopdec.check import Checked, choose_engine
from coopdec.errors import DataError, StorageError, UsageError
from coopdec.executors import Runner, TaskFailed
from coopdec.model import Finding, Position, Row, Severity, Source
from coopdec.read import digest_of, find_lists, read
from coopdec.scratch import marked, removed
from coopdec.tally import Tally
from coopdec.text import slug

__all__ = ["Gathered", "Progress", "distinct", "gather"]

#: How far along: stage, done, total (None while unknown).
Progress = Callable[[str, int, int | None], None]


@dataclass(slots=True)
class Gathered:
    """What all lists gave. ``runs`` in the order of the rows; ``findings`` are those of
    reading, the others are in the runs; ``resumed`` counts the chunks that were done before."""

    checked: Checked | None = None
    runs: list[Run] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    waiting: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: int = 0
    done: int = 0
    resumed: int = 0
    fatal: bool = False
    #: What the projects of the runs state.
    tally: Tally = field(default_factory=Tally)

    def take(self, outcome: Outcome) -> None:
        """Take in what a run that is done says of itself."""
        self.rows += outcome.rows
        self.done += 1
        self.fatal = self.fatal or outcome.fatal
        self.waiting.update(outcome.waiting)
        self.tally.take(outcome.tally)
        if self.checked is None:
            self.checked = outcome.checked
        else:
            self.checked.take(outcome.checked)


def gather(
    found: Gathered, sources: Sequence[Path], context: Context, run: Runner, home: Path,
    progress: Progress,
) -> None:
    """All lists, chunk by chunk, into ``found``, which tells what was done also where this
    ends early. A list that cannot be read is a finding and stops no other: all problems of
    all lists come at once. ``home``: the folder of the runs.

    Raises:
        StorageError: a list changed while it was read; the disk is full.
        UsageError: two lists of one name.
    """
    files = distinct(sources, found.findings)
    found.fatal = any(f.fatal for f in found.findings)
    setup = setup_of(Setup(context.options, context.decisions, choose_engine()))
    run.prepare(ready, setup)
    mark = blake2b(setup, digest_size=6).hexdigest()
    for other in home.iterdir():
        if not other.name.startswith(mark):  # of other options, or of another version
            removed(other)
    token = marked(home)

    def pending() -> Iterator[Task]:
        for source, rows in _read_all(files, found, context.options.chunk_size):
            key = key_of(setup, source, rows)
            found.runs.append(Run(home / key))
            known = read_whole(home / key)
            if isinstance(known, Outcome) and known.key == key:  # and no other's copy
                found.resumed += 1
                found.take(known)
                progress("read", found.rows, None)
                continue
            payload = source, rows
            yield Task(
                key, setup, pickle.dumps(payload, pickle.HIGHEST_PROTOCOL) if run.apart
                else payload, str(home), token, len(rows), rows[0].position, rows[-1].position)

    try:
        for _, done in run(perform, pending()):
            found.take(received(done, home))
            progress("read", found.rows, None)
    except TaskFailed as failure:
        raise DataError([_failed(failure.task, failure.why)]) from failure
    finally:
        forget()


def _failed(task: Task, why: str) -> Finding:
    where = Position(task.first.document, task.first.line, task.last.line, sheet=task.first.sheet)
    return Finding("chunk-failed", Severity.FATAL, where, {"rows": task.rows, "why": why})


def _read_all(
    files: Iterable[Path], found: Gathered, size: int
) -> Iterator[tuple[Source, list[Row]]]:
    for file in files:
        try:
            reading = read(file)
            for rows in batched(reading, size):
                yield reading.source, rows
        except DataError as error:
            found.findings += error.findings
            found.fatal = True
            continue
        if digest_of(file) != reading.source.sha256:
            raise StorageError("source-changed", path=str(file))
        found.findings += reading.findings
        found.fatal = found.fatal or any(f.fatal for f in reading.findings)
        found.sources.append(reading.source)


def distinct(sources: Iterable[Path], findings: list[Finding]) -> list[Path]:
    """The lists that are meant, each once, in the order of their names: neither the order of
    arguments nor of a folder shows in the output. Names are those of IRIs. What is amiss with
    files goes into ``findings``."""
    by_name: dict[str, Path] = {}
    for source in sources:
        files, amiss = find_lists(source)
        findings += amiss
        for file in files:
            known = by_name.setdefault(slug(file.stem), file)
            if known.resolve() != file.resolve():
                raise UsageError("sources-same-name", one=str(known), other=str(file))
    return sorted(by_name.values(), key=lambda file: file.stem)
