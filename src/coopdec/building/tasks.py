"""A chunk of rows as a task for a worker: light to send, its results written as a run.

A worker is any process that has coopdec and the same sources of it. Where it sees the work
folder (:attr:`Task.token` proves it), it writes its run there and gives back only that it is
done; where it does not, it gives the run's files back by value.
"""

from __future__ import annotations

import pickle
import secrets
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from socket import gethostname

from coopdec.building.chunks import Block
from coopdec.building.garbage import set_aside, take_back, uncollected
from coopdec.building.joining import settled
from coopdec.building.options import Options
from coopdec.building.runs import RunWriter, lines_of, read_outcome, write_outcome
from coopdec.building.shared import write_known
from coopdec.building.spool import by_place, write_findings, write_results
from coopdec.building.stages import Context, process
from coopdec.building.versions import this_coopdec
from coopdec.check import Checked, Named, check_projects, load_shapes
from coopdec.classify import builtin
from coopdec.decisions import Decisions
from coopdec.describe import entry
from coopdec.errors import OutsideError
from coopdec.formats.ntriples import lines
from coopdec.model import Position, Row, SharedEntity, Source
from coopdec.paths import short_path
from coopdec.scratch import removed, sees
from coopdec.tally import Tally
from coopdec.vocab import OF_OUR_CLASS

__all__ = [
    "Done",
    "Outcome",
    "Setup",
    "Task",
    "forget",
    "key_of",
    "perform",
    "ready",
    "received",
    "setup_of",
]


@dataclass(frozen=True, slots=True)
class Setup:
    """What every chunk of a build has in common. ``engine`` is the one that checks."""

    options: Options
    decisions: Decisions
    engine: str


Payload = tuple[Source, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Task:
    """``payload`` is the list and its rows, pickled where it leaves this process, ``setup``
    what :func:`setup_of` gives; ``key`` names the run: equal work has equal keys. ``first`` and
    ``last`` say where the rows stand, for whoever must be told that they failed."""

    key: str
    setup: bytes
    payload: bytes | Payload
    folder: str
    token: str
    rows: int
    first: Position
    last: Position


@dataclass(slots=True)
class Outcome:
    """What a run says of itself beside its files. ``key`` names it; ``waiting`` counts the
    findings of each code and name: what a decision would settle; ``tally`` what the projects
    state."""

    key: str
    rows: int
    findings: int
    fatal: bool
    waiting: Counter[tuple[str, str]]
    checked: Checked
    tally: Tally


@dataclass(frozen=True, slots=True)
class Done:
    """``files`` is empty where the run was written in place."""

    key: str
    files: Mapping[str, bytes] = field(default_factory=dict)


#: Rows of a chunk from which on it is worth while to set aside what it leaves. A chunk is of
#: one list: of many small lists what reading leaves must be looked through.
_MANY = 1000


@uncollected()
def perform(task: Task) -> Done:
    """Take one chunk through the stages and write its run. Raises what the stages raise, and
    OutsideError where this worker is of another coopdec than the process that leads."""
    done = _performed(task)
    if task.rows >= _MANY:
        set_aside()  # names and cells that were met, for the chunks to come
    return done


def _performed(task: Task) -> Done:
    home = Path(task.folder)
    if sees(home, task.token):
        with _in_place(home / task.key) as made:
            _write_run(task, made)
        return Done(task.key)
    with tempfile.TemporaryDirectory(prefix="coopdec-") as folder:
        _write_run(task, Path(folder))
        return Done(task.key, {p.name: p.read_bytes() for p in sorted(Path(folder).iterdir())})


@contextmanager
def _in_place(run: Path) -> Iterator[Path]:
    """A folder that becomes this run when it is whole. Aside first: a worker of a build that
    was interrupted may still write the same run, and what is interrupted is none."""
    made = run.with_name(f"new-{secrets.token_hex(8)}")
    made.mkdir()
    try:
        yield made
        removed(run)
        made.rename(run)
    except BaseException:
        removed(made)  # a full disk has room again
        raise


def received(done: Done, home: Path) -> Outcome:
    """The outcome of a run, whose files are put into place if they came by value."""
    folder = home / done.key
    if done.files:
        with _in_place(folder) as made:
            for name, content in done.files.items():
                (made / name).write_bytes(content)
    outcome = read_outcome(folder)
    assert isinstance(outcome, Outcome), folder
    return outcome


def setup_of(made: Setup) -> bytes:
    """For :attr:`Task.setup`. The same of what gives the same runs."""
    return pickle.dumps(
        (this_coopdec(), pickle.dumps(made, pickle.HIGHEST_PROTOCOL)), pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=1)
def _context(setup: bytes) -> tuple[Setup, Context]:
    leads, text = pickle.loads(setup)
    if leads != this_coopdec():
        raise OutsideError("worker-differs", host=gethostname(), one=this_coopdec(), other=leads)
    made: Setup = pickle.loads(text)
    return made, Context(made.options, made.decisions)


def forget() -> None:
    """All chunks are done: what they were described with makes room for joining them."""
    _context.cache_clear()
    take_back()


def ready(setup: bytes) -> None:
    """Load what every chunk needs."""
    _context(setup)
    builtin()
    load_shapes()


def _write_run(task: Task, folder: Path) -> None:
    setup, context = _context(task.setup)
    payload: Payload = (
        pickle.loads(task.payload) if isinstance(task.payload, bytes) else task.payload)
    source, rows = payload
    result = process(rows, source, context)
    names = [f.name for f in context.options.chosen()]
    projects: list[tuple[bytes, bytes]] = []
    nothing = dict.fromkeys(names, b"")
    titles: list[bytes] = []
    with RunWriter(folder, names) as run, (folder / "index").open("wb") as index:
        for block, published in _once(result.blocks, source):
            texts = block.texts if published else nothing
            text = texts["nt"]
            line, title = lines_of(block, run.add(texts), text.count(OF_OUR_CLASS))
            index.write(line)
            titles.append(title)
            if published:
                projects.append((block.iri.encode(), text))
            else:
                result.tally.see_text(block.texts["nt"], -1)
    (folder / "titles").write_bytes(b"".join(sorted(titles)))
    write_known(folder, result.shared.values())
    checked = check_projects(
        projects, _named(result.shared, context), context.options.base, setup.engine)
    findings = sorted(result.findings, key=by_place)
    write_findings(folder / "findings", findings)
    write_findings(folder / "told", checked.told())
    write_results(folder / "results", checked.results)
    checked.results = []
    write_outcome(folder, Outcome(
        task.key, len(rows), len(findings), any(f.fatal for f in findings),
        Counter((f.code, str(f.params["name"])) for f in findings if "name" in f.params),
        checked, result.tally.added_up()))


def _once(blocks: Sequence[Block], source: Source) -> list[tuple[Block, bool]]:
    """Blocks in order, and whether their text may be published: of rows of one list that
    are one project, one is."""
    found: list[tuple[Block, bool]] = []
    at = 0
    while at < len(blocks):
        to = at + 1
        while to < len(blocks) and blocks[to].iri == blocks[at].iri:
            to += 1
        if to == at + 1:  # nearly always
            found.append((blocks[at], True))
            at = to
            continue
        kept, _ = settled(blocks[at].iri, blocks[at:to], {})
        found += [(b, any(b is k for k in kept)) for b in
                  sorted(blocks[at:to], key=lambda b: not b.own)]
        at = to
    return found


def _named(shared: Mapping[str, SharedEntity], context: Context) -> Named:
    """A chunk's entities, which are what its projects name beside goals."""
    goals = {e.iri: e for e in map(context.describer.lists.goal, range(1, 18))}
    known = goals | dict(shared)

    def one(iri: bytes) -> bytes:
        entity = known.get(iri.decode())
        return b"" if entity is None else lines(entry(entity, context.options.base))

    def said(name: bytes) -> list[tuple[bytes, bytes]]:
        """What is known of it, but for what follows from its links: no shape of projects
        follows those."""
        iri = name[1:-1].decode()
        entity = known.get(iri) or known.get(iri.partition("#")[0])
        about = entity.about.get(iri, ()) if entity else ()
        return [(predicate.encode(), value.encode()) for predicate, value in sorted(about)]

    return Named(one, said)


def key_of(setup: bytes, source: Source, rows: Iterable[Row]) -> str:
    """Names a run by all that it is made from. Of a row that is what is printed, and where:
    how our code understands it is in ``setup``, with the version of our code."""
    named = replace(source, path=short_path(source.path))  # wherever it was brought to
    made, of = blake2b(setup, digest_size=6), blake2b(pickle.dumps(named), digest_size=12)
    for row in rows:
        where = row.position
        printed = [row.title, row.lead, row.region, row.session, row.call, row.own_id, row.outside,
                   row.facts, where.line, where.last_line, where.page, where.sheet,
                   len(row.leads), len(row.partners), *row.cells, *row.cells.values(),
                   *row.columns.values(), *row.carried, *row.carried.values()]
        of.update("\x1f".join(map(str, printed)).encode("utf-8", "surrogatepass"))
    return f"{made.hexdigest()}-{of.hexdigest()}"
