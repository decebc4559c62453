"""Data in parts: projects by the chunk, and the entities that they share as a whole.

A project's constraints reach its own statements (its IRI, and that IRI's fragments: themes,
rows) and those of the shared entities that it names, one step away, never another
project's. So a chunk of whole projects with the entities that it names gives the results
that the whole would give; ``docs/checking.md`` has the argument, constraint by constraint.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coopdec.batches import batched
from coopdec.check.load import ntriples
from coopdec.vocab import DCTERMS, OF_OUR_CLASS, RDF, cd

__all__ = ["OutOfOrder", "Shared", "Splitter", "brought_together", "grouped", "root_of",
           "stand_ins"]

_TYPE = f" <{RDF}type> ".encode()
_IS_PROJECT = _TYPE + f"<{cd('Project')}> .".encode()
_REPLACED = f"<{DCTERMS}isReplacedBy>".encode()
_BUCKET = 64 << 20


def root_of(line: bytes) -> bytes:
    """The resource that a statement belongs to: its subject without fragment.

    >>> root_of(b"<http://x/project/a/1#row-l> <http://p> 1 .")
    b'http://x/project/a/1'
    """
    if line.startswith(b"<"):
        return line[1:line.index(b">")].partition(b"#")[0]
    return line.split(None, 1)[0]


@dataclass(slots=True)
class Shared:
    """What projects refer to: statements by subject."""

    by_subject: dict[bytes, list[bytes]] = field(default_factory=dict)
    size: int = 0
    resources: int = 0
    replaced: set[bytes] = field(default_factory=set)
    _roots: dict[bytes, list[bytes]] = field(default_factory=dict)

    def add(self, line: bytes) -> None:
        subject, predicate, rest = line.split(b" ", 2)
        self.by_subject.setdefault(subject, []).append(line)
        self.size += len(line)
        self.resources += OF_OUR_CLASS in line
        if predicate == _REPLACED:
            self.replaced.add(rest.rstrip().rstrip(b".").rstrip())

    def text(self) -> bytes:
        return b"".join(line for lines in self.by_subject.values() for line in lines)

    def entities(self) -> Iterator[tuple[bytes, bytes]]:
        """(root, statements) of each, in the order in which they came."""
        for root, subjects in self._by_root().items():
            yield root, self._text_of(subjects)

    def one(self, root: bytes) -> bytes:
        return self._text_of(self._by_root().get(root, ()))

    def _text_of(self, subjects: Iterable[bytes]) -> bytes:
        return b"".join(line for s in subjects for line in self.by_subject[s])

    def _by_root(self) -> dict[bytes, list[bytes]]:
        if not self._roots:
            for subject in self.by_subject:
                self._roots.setdefault(root_of(subject), []).append(subject)
        return self._roots


class OutOfOrder(Exception):
    """A resource's statements are not together."""


class Splitter:
    """Two passes over the same data: :meth:`scan` learns what is shared, :meth:`chunks`
    gives the projects. ``lines`` makes the statements anew each time it is called, each
    resource's together, as our own files have them; :func:`brought_together` makes any data so.
    """

    def __init__(self, lines: Callable[[], Iterable[bytes]]) -> None:
        self._lines = lines
        self.shared = Shared()
        self.projects = 0
        self.resources = 0
        #: Digests of projects' roots: what tombstones may point to. 8 bytes a project,
        #: where the IRIs of a million would take a hundred times that.
        self._known: set[int] = set()
        self.base = ""

    def scan(self) -> None:
        """Read everything once. Raises OutOfOrder."""
        others: set[int] = set()
        for root, lines in grouped(self._lines()):
            digest = hash(root)
            if digest in self._known:
                raise OutOfOrder
            group = b"".join(lines)
            if _IS_PROJECT in group:
                if digest in others:
                    raise OutOfOrder
                self._known.add(digest)
                self.base = self.base or root.decode().rpartition("project/")[0]
                self.projects += 1
                self.resources += group.count(OF_OUR_CLASS)
            else:
                others.add(digest)
                for line in lines:
                    self.shared.add(line)
        self.resources += self.shared.resources

    def chunks(self, size: int) -> Iterator[list[tuple[bytes, bytes]]]:
        """Whole projects as (root, statements), ``size`` of them at a time."""
        return batched(((root, b"".join(lines)) for root, lines in grouped(self._lines())
                        if hash(root) in self._known), size)

    def exists(self, project: str) -> bool:
        """Whether an IRI (a term) is one of the projects."""
        return hash(project.strip("<>").encode()) in self._known

    def stand_ins(self) -> bytes:
        """A type for each project that a tombstone points to: enough to know it is there."""
        return stand_ins(iri for iri in self.shared.replaced if self.exists(iri.decode()))


def stand_ins(projects: Iterable[bytes]) -> bytes:
    """A type for each project (a term): enough to know that it is there."""
    return b"".join(iri + _IS_PROJECT + b"\n" for iri in sorted(projects))


def grouped(lines: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    """Statements as they come, by the resource that they belong to."""
    group: list[bytes] = []
    last: bytes | None = None
    # Most lines go with the one before: that is seen without taking them apart.
    start: tuple[bytes, ...] = (b"",)
    for given in lines:
        line = given if given.endswith(b" .\n") and _CANONICAL in given else _rewritten(given)
        if last is not None and line.startswith(start):
            group.append(line)
            continue
        if not line:
            continue
        root = root_of(line)
        if last is not None and root != last:
            yield last, group
            group = []
        last, start = root, (b"<" + root + b">", b"<" + root + b"#")
        group.append(line)
    if last is not None:
        yield last, group


#: Between subject and predicate, in N-Triples as everybody writes it.
_CANONICAL = b"> <"


def _rewritten(line: bytes) -> bytes:
    """N-Triples may have tabs, comments, or no space at all; empty for a line that says
    nothing. Raises DataError for one that is wrong."""
    return ntriples(line, Path("data.nt"), rename=False)


def brought_together(lines: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same statements with each resource's together, in bounded memory: spread over
    files by resource, then each file sorted. ``size``: the data's, about, in bytes."""
    count = size // _BUCKET + 1
    with tempfile.TemporaryDirectory(prefix="coopdec-") as folder:
        paths = [Path(folder) / str(n) for n in range(count)]
        files = [path.open("wb") for path in paths]
        try:
            for line in lines:
                if line.strip():
                    bucket = files[zlib.crc32(root_of(line)) % count]
                    bucket.write(line if line.endswith(b"\n") else line + b"\n")
        finally:
            for file in files:
                file.close()
        for path in paths:
            yield from sorted(path.read_bytes().splitlines(keepends=True), key=root_of)
