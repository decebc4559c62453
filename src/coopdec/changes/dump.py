"""Two dumps side by side: N-Triples in the order of ours, never whole in memory.

Our dumps hold projects in the order of their IRIs, each with its rows, themes and links,
and then what they share.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coopdec.vocab import RDF, cd

__all__ = ["PROJECT", "Block", "Dump", "Span", "Unordered", "joined"]

#: Bytes after which pages that were read are let go.
_PAGES = 64 << 20
#: Where lines stand in a dump: they are read again when they are needed.
Span = tuple[int, int]
#: The first statement of each project.
PROJECT = f"> <{RDF}type> <{cd('Project')}> .\n".encode()


@dataclass(frozen=True, slots=True)
class Block:
    """A project's statements: lines of N-Triples, and where they begin in the dump."""

    iri: bytes
    lines: bytes
    start: int


class _Shared(Mapping[bytes, bytes]):
    """Lines by resource, read from the dump when they are asked for."""

    def __init__(self, data: mmap.mmap | bytes, spans: Mapping[bytes, Sequence[Span]]) -> None:
        self._data = data
        self._spans = spans

    def __getitem__(self, resource: bytes) -> bytes:
        return b"".join([self._data[a:b] for a, b in self._spans[resource]])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


class Unordered(Exception):
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
            Unordered: they are not in the order of our dumps.
        """
        at, last, seen = self._first(), b"", array("q")
        if at > 0:
            raise Unordered
        while at >= 0:
            after = self._next(at)
            lines = self.data[at:after if after >= 0 else len(self.data)]
            iri = self._subject(at)
            mine = b"\n<" + iri
            own = lines.count(mine + b"#") + lines.count(mine + b"> ") + 1
            block = lines if after >= 0 else _own(lines, iri)
            if iri <= last or own != block.count(b"\n"):
                raise Unordered
            self._ends.append(at + len(block))
            seen.append(hash(iri))
            at, last = after, iri
            self._let_go(at)
        shared = set()
        for _, line in self._rest():
            if not line.endswith(b" .\n"):
                raise Unordered  # one of ours has no line that is not a statement
            shared.add(hash(line[1:line.find(b"> ")].partition(b"#")[0]))
        if not shared.isdisjoint(seen):
            raise Unordered  # a project goes on among the shared

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

    def shared(self) -> Mapping[bytes, bytes]:
        """Every other resource → its lines, with those of its fragments."""
        found: dict[bytes, list[Span]] = {}
        for at, line in self._rest():
            subject = line[:line.find(b" ")].partition(b"#")[0].strip(b"<>")
            spans, end = found.setdefault(subject, []), at + len(line)
            if spans and spans[-1][1] == at:
                spans[-1] = spans[-1][0], end
            else:
                spans.append((at, end))
        return _Shared(self.data, found)

    def _rest(self) -> Iterator[tuple[int, bytes]]:
        """The lines after the projects, and where they begin."""
        at, whole = self._shared_from, len(self.data)
        self._gone = at // mmap.PAGESIZE * mmap.PAGESIZE
        while at < whole:
            end = self.data.find(b"\n", at) + 1 or whole
            yield at, self.data[at:end]
            at = end
            self._let_go(at)

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
        at = self.data.find(PROJECT)
        return at if at < 0 else self.data.rfind(b"\n", 0, at) + 1

    def _next(self, at: int) -> int:
        """Where the next project begins, -1 after the last."""
        here = self.data.find(PROJECT, at)
        then = self.data.find(PROJECT, here + 1)
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
