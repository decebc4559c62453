"""Our shapes over data of any size: chunks of projects, then what they share as a whole."""

from __future__ import annotations

import heapq
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO

from coopdec.check.beyond import beyond_checks
from coopdec.check.enrich import enrich
from coopdec.check.facts import Facts
from coopdec.check.named import Named
from coopdec.check.part import (
    PLACED,
    SAMPLE,
    Project,
    Sampled,
    compared,
    enriched,
    sampled,
    validate,
    validate_shared,
    with_all,
)
from coopdec.check.pieces import pieces
from coopdec.check.places import Places
from coopdec.check.quality import measure, total
from coopdec.check.report import Report
from coopdec.check.result import Raw, Result
from coopdec.check.shapes import Shapes
from coopdec.check.split import OutOfOrder, Splitter, brought_together, grouped
from coopdec.executors import in_order, runner
from coopdec.model import Finding, Severity

__all__ = ["check_parts", "text_source"]

Lines = Callable[[], Iterable[bytes]]
Progress = Callable[[int, int], None]


def text_source(text: bytes) -> Lines:
    """Statements in memory, each resource's together, in the order of their IRIs."""
    together: dict[bytes, list[bytes]] = {}
    for root, lines in grouped(text.splitlines(keepends=True)):
        together.setdefault(root, []).extend(lines)
    ordered = [line for root in sorted(together) for line in together[root]]
    return lambda: ordered


def check_parts(
    lines: Lines, size: int, shapes: Shapes, engine: str, *, recheck: bool = False,
    workers: int = 1, chunk_size: int = 2000, progress: Progress | None = None,
) -> Report:
    """Check statements that come a line at a time.

    ``lines`` makes them anew at each call; ``size`` is theirs, about, in bytes.
    """
    with _split(lines, size) as parts:
        if not parts.resources:
            return Report((), 0, 0, len(shapes), engine, (Finding("check-no-resource",
                                                                  Severity.FATAL),))
        known_as = parts.stand_ins()
        faults: set[Raw] = set()
        others = beyond_checks(parts.base)
        for part in pieces(parts.shared, shapes.text):
            faults.update(validate_shared(part, known_as, engine, shapes))
        places = Places()
        shared = parts.shared.text()
        if faults:
            places.read(shared.splitlines())
        faulty = places.sought([raw.focus for raw in faults])
        about_shared = Facts(shared)
        measured = [measure(about_shared)]
        for check in others:
            check.see_shared(about_shared)
        results: list[Result] = []
        sample: list[Sampled] = []
        done = 0
        named = Named(parts.shared.one)
        for projects, facts, raws in _validated(parts, about_shared, named, shapes, engine, workers,
                                                chunk_size):
            if raws:
                results += enriched(raws, projects, named, shapes)
            places.read_naming(faulty, (text for _, text in projects[:max(PLACED - done, 0)]))
            measured.append(measure(facts))
            for check in others:
                check.see(facts)
            if recheck:
                sample = heapq.nsmallest(SAMPLE, [*sample, *sampled(projects)])
            done += len(projects)
            if progress is not None:
                progress(done, parts.projects)
        results += enrich(faults, shapes, places)
        findings = [f for check in others for f in check.findings(parts.exists)]
        if recheck:
            findings += compared(with_all(sample, parts.shared.one), shapes, engine)
        return Report(
            results=tuple(sorted(results, key=lambda r: r.key)), resources=parts.resources,
            projects=parts.projects, shapes=len(shapes), engine=engine, findings=tuple(findings),
            rechecked=len(sample), measures=total(measured))


@contextmanager
def _split(lines: Lines, size: int) -> Iterator[Splitter]:
    """The statements, scanned; those out of order in one order for both passes, on disk."""
    parts = Splitter(lines)
    try:
        parts.scan()
    except OutOfOrder:
        with tempfile.NamedTemporaryFile(prefix="coopdec-", suffix=".nt") as kept:
            kept.writelines(brought_together(lines(), size))
            kept.flush()
            parts = Splitter(lambda: _from_start(kept))
            parts.scan()
            yield parts
    else:
        yield parts


def _from_start(file: IO[bytes]) -> Iterable[bytes]:
    file.seek(0)
    return file


def _validated(
    parts: Splitter, shared: Facts, named: Named, shapes: Shapes, engine: str, workers: int,
    chunk_size: int,
) -> Iterator[tuple[list[Project], Facts, list[Raw]]]:
    """Chunks, what they say, and what the engine found, in order."""
    # They stay here: a worker needs no more than the text.
    under_way: deque[tuple[list[Project], Facts]] = deque()

    def given() -> Iterator[bytes]:
        for projects in parts.chunks(chunk_size):
            text = b"".join(statements for _, statements in projects)
            facts = Facts(text, shared)
            under_way.append((projects, facts))
            yield text + named.stand_ins(facts.named - facts.subjects)

    with runner(workers) as run:
        for _, raws in in_order(run, partial(validate, engine, shapes.project_side), given()):
            yield *under_way.popleft(), raws
