"""Two releases side by side: N-Triples in the order of our dumps, never whole in memory.

Our dumps hold projects in the order of their IRIs, each with its rows, themes and links,
and then what they share. A dump that is not in this order, or not N-Triples, is first
written so into a temporary file.
"""

from __future__ import annotations

import mmap
import subprocess
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from coopdec.check.load import SUFFIXES, stream
from coopdec.errors import DataError, StorageError, UsageError
from coopdec.model import Finding, Position, Severity
from coopdec.vocab import RDF, cd

__all__ = ["Block", "Dump", "joined", "opened", "parsed"]

#: Bytes after which pages that were read are let go.
_PAGES = 64 << 20
#: The first statement of each project.
_PROJECT = f"> <{RDF}type> <{cd('Project')}> .\n".encode()
_NAMES = ("coopdec.nt", "coopdec.ttl", "coopdec.nt.gz", "coopdec.ttl.gz", "coopdec.jsonld",
          "coopdec.nq", "coopdec.trig")


@dataclass(frozen=True, slots=True)
class Block:
    """A project's statements: lines of N-Triples, and where they begin in the dump."""

    iri: bytes
    lines: bytes
    start: int


class _Unordered(Exception):
    """Not in the order of our dumps."""


class Dump:
    """``name`` as the user gave it; ``folder`` the release that it lies in, if any."""

    def __init__(self, name: str, folder: Path | None, data: mmap.mmap | bytes) -> None:
        self.name = name
        self.folder = folder
        self.data = data
        #: Where each project ends; the first begins at 0.
        self._ends = array("q")

    def index(self) -> None:
        """Find the projects.

        Raises:
            _Unordered: they are not in the order of our dumps.
        """
        at, last, seen = self._first(), b"", array("q")
        if at > 0:
            raise _Unordered
        while at >= 0:
            after = self._next(at)
            lines = self.data[at:after if after >= 0 else len(self.data)]
            iri = self._subject(at)
            mine = b"\n<" + iri
            own = lines.count(mine + b"#") + lines.count(mine + b"> ") + 1
            block = lines if after >= 0 else _own(lines, iri)
            if iri <= last or own != block.count(b"\n"):
                raise _Unordered
            self._ends.append(at + len(block))
            seen.append(hash(iri))
            at, last = after, iri
            self._let_go(at)
        # A dump of ours ends in a line end and has no line that is not a statement.
        rest = self.data[self._shared_from:]
        if rest[-1:] not in (b"", b"\n") or rest.count(b" .\n") != rest.count(b"\n"):
            raise _Unordered
        shared = {hash(line[1:line.find(b"> ")].partition(b"#")[0]) for line in rest.splitlines()}
        if not shared.isdisjoint(seen):
            raise _Unordered  # a project goes on among the shared

    def projects(self) -> Iterator[Block]:
        """In the order of their IRIs."""
        at = self._gone = 0
        for end in self._ends:
            yield Block(self._subject(at), self.data[at:end], at)
            at = end
            self._let_go(at)

    def counted(self) -> Iterator[Block]:
        held = self.held = [0, 0]
        for block in self.projects():
            held[0] += 1
            held[1] += block.lines.count(b"\n")
            yield block

    #: Projects, and their statements, that were read.
    held: Sequence[int] = (0, 0)

    @property
    def _shared_from(self) -> int:
        return self._ends[-1] if self._ends else 0

    def shared(self) -> dict[bytes, bytes]:
        """Every other resource → its lines, with those of its fragments."""
        found: dict[bytes, list[bytes]] = {}
        for line in self.data[self._shared_from:].splitlines(keepends=True):
            subject = line[:line.find(b" ")].partition(b"#")[0].strip(b"<>")
            found.setdefault(subject, []).append(line)
        return {subject: b"".join(lines) for subject, lines in found.items()}

    def holds(self, text: bytes) -> bool:
        return self.data.find(text) >= 0

    _gone = 0

    def _let_go(self, upto: int) -> None:
        """Pages that were read need not stay in memory."""
        if (isinstance(self.data, mmap.mmap) and upto - self._gone > _PAGES
                and hasattr(mmap, "MADV_DONTNEED")):
            here = upto // mmap.PAGESIZE * mmap.PAGESIZE
            self.data.madvise(mmap.MADV_DONTNEED, self._gone, here - self._gone)
            self._gone = here

    def _first(self) -> int:
        at = self.data.find(_PROJECT)
        return at if at < 0 else self.data.rfind(b"\n", 0, at) + 1

    def _next(self, at: int) -> int:
        """Where the next project begins, -1 after the last."""
        here = self.data.find(_PROJECT, at)
        then = self.data.find(_PROJECT, here + 1)
        return then if then < 0 else self.data.rfind(b"\n", here, then) + 1

    def _subject(self, at: int) -> bytes:
        return bytes(self.data[at + 1:self.data.find(b"> ", at)])


def _own(lines: bytes, iri: bytes) -> bytes:
    """The leading lines that are about a project."""
    size = 0
    for line in lines.splitlines(keepends=True):
        if not line.startswith((b"<" + iri + b"> ", b"<" + iri + b"#")):
            break
        size += len(line)
    return lines[:size]


def joined(old: Dump, new: Dump) -> Iterator[tuple[bytes, Block | None, Block | None]]:
    """(IRI, before, after) of each project that is not the same in both, None where it is
    not. Both dumps are read once, side by side; :attr:`Dump.held` counts what they hold."""
    ours, theirs = old.counted(), new.counted()
    a, b = next(ours, None), next(theirs, None)
    while a is not None or b is not None:
        if b is None or (a is not None and a.iri < b.iri):
            assert a is not None
            yield a.iri, a, None
            a = next(ours, None)
        elif a is None or b.iri < a.iri:
            yield b.iri, None, b
            b = next(theirs, None)
        else:
            if a.lines != b.lines:
                yield a.iri, a, b
            a, b = next(ours, None), next(theirs, None)


@contextmanager
def opened(name: str | Path) -> Iterator[Dump]:
    """A release: its folder, a dump in any form of RDF, or ``git:REVISION[:FOLDER]``.

    Raises:
        UsageError: nothing is there, or it is no form of RDF that we know.
        DataError: it does not parse.
        StorageError: it cannot be read.
    """
    with ExitStack() as held:
        try:
            dump = _opened(str(name), held)
        except OSError as error:
            raise StorageError("cannot-read", path=str(name), why=error.strerror or str(error)
                               ) from error
        yield dump


def _opened(name: str, held: ExitStack) -> Dump:
    room = held.enter_context(_temporary())
    path, folder = _found(name, room)
    file = held.enter_context(path.open("rb")) if path else room
    plain = path is None or path.suffix == ".nt"
    dump = Dump(name, folder, _mapped(file) if plain else b"")
    if plain and _in_order(dump):
        return dump
    other = held.enter_context(_temporary())
    return _rewritten(path, dump, other)


def _temporary() -> IO[bytes]:
    return tempfile.TemporaryFile(prefix="coopdec-")


def _found(name: str, room: IO[bytes]) -> tuple[Path | None, Path | None]:
    """(dump, folder); (None, None) for a git revision, whose dump is written to ``room``."""
    if name.startswith("git:"):
        _from_git(name, room)
        return None, None
    path = Path(name)
    if path.is_dir():
        found = next((path / n for n in _NAMES if (path / n).is_file()), None)
        if found is None:
            raise UsageError("no-data-yet", path=str(path / _NAMES[0]))
        return found, path
    if not path.is_file():
        raise UsageError("no-data-yet", path=str(path))
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    if plain.suffix.lower() not in SUFFIXES:
        raise UsageError("check-unknown-suffix", path=path.name, known=sorted(SUFFIXES))
    return path, path.parent if path.name in _NAMES else None


def _from_git(name: str, room: IO[bytes]) -> None:
    revision, _, folder = name.removeprefix("git:").partition(":")
    path = f"{folder.rstrip('/') or 'output'}/coopdec.nt"
    if not revision or revision.startswith("-"):
        raise UsageError("changes-git", name=name, why="git:REVISION[:FOLDER]")
    try:
        done = subprocess.run(["git", "show", f"{revision}:{path}"], stdout=room,
                              stderr=subprocess.PIPE, check=False)
    except FileNotFoundError as error:
        raise UsageError("changes-git", name=name, why="git") from error
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError("changes-git", name=name, why=why[0] if why else path)
    room.flush()


def _mapped(file: IO[bytes]) -> mmap.mmap | bytes:
    file.seek(0, 2)
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if file.tell() else b""


def _in_order(dump: Dump) -> bool:
    try:
        dump.index()
    except _Unordered:
        return False
    return True


def _rewritten(path: Path | None, dump: Dump, room: IO[bytes]) -> Dump:
    """The same statements in the order of our dumps. What another program wrote in another
    order is sorted in memory; a dump of ours, in whatever form, is only passed through."""
    raw = path is None or path.suffix == ".nt"
    for line in _canonical(dump.data[:], dump.name) if raw else _lines(path):
        room.write(line)
    room.flush()
    written = Dump(dump.name, dump.folder, _mapped(room))
    if _in_order(written):
        return written
    ordered = Dump(dump.name, dump.folder, _sorted(written.data))
    ordered.index()
    return ordered


def _lines(path: Path | None) -> Iterator[bytes]:
    """Of any form of RDF, gzipped or not."""
    assert path is not None
    lines = stream(path)()
    return _canonical(b"".join(lines), str(path)) if path.name.endswith(".nt.gz") else lines


def _canonical(data: bytes, name: str) -> Iterator[bytes]:
    """N-Triples as another program wrote them, one canonical statement a line."""
    return (f"{triple} .\n".encode() for triple in parsed(data, name))


def parsed(lines: bytes, name: str | None = None) -> Iterator[Any]:
    """The triples of some N-Triples.

    Raises:
        DataError: they do not parse.
    """
    import pyoxigraph

    try:
        for quad in pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        where = Position(name, line=getattr(error, "lineno", None)) if name else None
        raise DataError([Finding("check-unreadable", Severity.FATAL, where,
                                 {"column": 1, "why": str(error)})]) from error


def _sorted(data: mmap.mmap | bytes) -> bytes:
    every = data[:].splitlines(keepends=True)
    projects = {line[1:-len(_PROJECT)] for line in every if line.endswith(_PROJECT)}
    about: dict[bytes, dict[bytes, None]] = {}
    for line in every:
        subject = line[:line.find(b" ")].strip(b"<>")
        whole = subject if subject in projects else subject.partition(b"#")[0]
        about.setdefault(whole, {})[line] = None
    texts, rest = [], []
    for subject, lines in about.items():
        if subject not in projects:
            rest.append(b"".join(lines))
            continue
        first, mine = b"<" + subject + _PROJECT, b"<" + subject + b"> "
        own = [s for s in lines if s.startswith(mine) and s != first]
        parts = [s for s in lines if not s.startswith(mine)]
        texts.append((subject, b"".join([first, *own, *parts])))
    return b"".join([*(text for _, text in sorted(texts)), *rest])
