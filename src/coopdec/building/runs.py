"""Sorted runs: what a chunk of rows gives, on disk, and how runs are joined.

A run is a folder. Everything in it is sorted, so that any number of runs are joined by
reading each from its beginning to its end, in memory that does not grow with their number of
projects:

``index``          one line an announcement, in the order of :func:`lines_of`
``text.F size.F``  the projects in format F, one after the other, and how long each is
``shared``         one line an entity, by kind and IRI (:mod:`coopdec.building.shared`)
``titles``         one line a project whose title can be compared, by digest
``findings``       what a person should know (:mod:`coopdec.building.spool`); ``told`` what the
                   check tells beside ``results`` of the shapes
``outcome``        the rest, written last: a run without it was interrupted. It has the sums of
                   the other files: of what a power cut, a full disk or a half removed folder
                   left, nothing is taken for a run (:func:`read_whole`)
"""

from __future__ import annotations

import heapq
import json
import pickle
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, BinaryIO

from coopdec.building.chunks import Block
from coopdec.errors import StorageError
from coopdec.scratch import removed

__all__ = ["Announced", "Run", "RunWriter", "Texts", "allow_files", "lines_of", "merged_lines",
           "read_outcome", "read_whole", "several", "write_outcome"]

_OUTCOME = "outcome"
#: A project's text is longer than what a file gathers otherwise.
_BUFFER = 1 << 18


class Announced:
    """A line of an index: one announcement of a project. ``number`` is its place in its
    run, where its texts stand; ``own`` as in :class:`coopdec.building.chunks.Block`. Most lines are
    only counted: what takes time to read is read when it is asked for."""

    __slots__ = ("_rest", "_source", "line", "number", "own", "resources", "root", "themed")

    def __init__(self, line: bytes) -> None:
        (self.root, flag, self._source, at, resources, themed, number, self._rest,
         ) = line.split(b"\t", 7)
        self.own = flag == b"0"
        self.line = int(at)
        self.resources = int(resources)
        self.themed = themed == b"1"
        self.number = int(number)

    @property
    def iri(self) -> str:
        """The project's, bare; ``root`` is the same as bytes."""
        return self.root.decode()

    @property
    def source(self) -> str:
        """The name of the list."""
        # Nearly always as it is: a name may have a tab, and then stands in the rest only.
        return _name(self._source) or str(json.loads(self._rest)[0])

    @property
    def title(self) -> str:
        return str(json.loads(self._rest)[1])

    @property
    def sighting(self) -> Sequence[Any] | None:
        """As :meth:`coopdec.check.Sighting.packed` gives it; None where titles do not tell."""
        found: Sequence[Any] | None = json.loads(self._rest)[2]
        return found


@lru_cache(maxsize=1 << 10)
def _name(source: bytes) -> str:
    return "" if b" " in source else source.decode()


_BLANK = str.maketrans({9: " ", 10: " ", 13: " "})


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def lines_of(block: Block, number: int, resources: int) -> tuple[bytes, bytes]:
    """A block as a line of ``index``, which sorts by IRI, then what its IRI was minted from
    first, then list and line; and as one of ``titles``, empty where it cannot be compared."""
    sighting = block.sighting
    seen = _encode(sighting and sighting.packed())
    index = (f"{block.iri}\t{0 if block.own else 1}\t{block.source.translate(_BLANK)}"
             f"\t{block.line:010}\t{resources}\t{block.themed:d}\t{number}"
             f"\t[{_encode(block.source)}, {_encode(block.title)}, {seen}]\n")
    title = f"{sighting.digest}\t{sighting.project}\t{seen}\n" if sighting else ""
    return index.encode("utf-8", "replace"), title.encode("utf-8", "replace")


class RunWriter:
    """Writes the texts of blocks, which come in order; a context manager."""

    def __init__(self, folder: Path, formats: Iterable[str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.count = 0
        self._stack = ExitStack()
        self._texts: dict[str, BinaryIO] = {
            f: self._stack.enter_context((folder / f"text.{f}").open("wb", _BUFFER))
            for f in formats}
        self._sizes = {f: array("I") for f in self._texts}

    def __enter__(self) -> RunWriter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._stack.close()
        if kind is None:
            for name, sizes in self._sizes.items():
                (self.folder / f"size.{name}").write_bytes(sizes.tobytes())

    def add(self, texts: Mapping[str, bytes]) -> int:
        """Write one project; gives its number in the run."""
        for name, file in self._texts.items():
            text = texts[name]
            file.write(text)
            self._sizes[name].append(len(text))
        self.count += 1
        return self.count - 1


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was written."""

    folder: Path

    def lines(self, name: str) -> Iterator[bytes]:
        """Those of one of its files, with their line ends; none where there is no such file."""
        path = self.folder / name
        if path.exists():
            with path.open("rb") as file:
                yield from file


class Texts:
    """The texts of one run in one format: either in turn (:meth:`take`, :meth:`skip`) or by
    number (:meth:`at`)."""

    def __init__(self, run: Run, form: str) -> None:
        self._sizes = array("I")
        self._sizes.frombytes((run.folder / f"size.{form}").read_bytes())
        self._file = (run.folder / f"text.{form}").open("rb")
        self._next = 0
        self._offsets = array("Q")

    def take(self) -> bytes:
        """The next one."""
        size = self._sizes[self._next]
        self._next += 1
        return self._file.read(size)

    def skip(self) -> None:
        """Go on without reading the next one."""
        self._file.seek(self._sizes[self._next], 1)
        self._next += 1

    def at(self, number: int) -> bytes:
        """That of the announcement of this number, see :attr:`Announced.number`."""
        if not self._offsets:
            self._offsets.extend(accumulate(self._sizes, initial=0))
        self._file.seek(self._offsets[number])
        return self._file.read(self._sizes[number])

    def close(self) -> None:
        self._file.close()


def merged_lines(runs: Sequence[Run], name: str) -> Iterator[tuple[bytes, int]]:
    """The lines of one file of all runs in order, each with the number of its run."""
    allow_files(len(runs))
    yield from heapq.merge(*(_numbered(run, n, name) for n, run in enumerate(runs)))


def _numbered(run: Run, number: int, name: str) -> Iterator[tuple[bytes, int]]:
    for line in run.lines(name):
        yield line, number


#: Files that are open beside those of each run: of projects that are joined up to 200.
_BESIDE = 300


def allow_files(number: int) -> None:
    """Raise the limit of open files to what joining so many runs takes.

    Raises StorageError where the system does not allow it.
    """
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = number + _BESIDE
    if soft >= needed or soft == resource.RLIM_INFINITY:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise StorageError("too-many-chunks", chunks=number, limit=hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def write_outcome(folder: Path, outcome: object) -> None:
    """The last act of writing a run: from here on it counts as whole."""
    new = folder / f"{_OUTCOME}.new"
    text = pickle.dumps((outcome, _sums(folder)), pickle.HIGHEST_PROTOCOL)
    new.write_bytes(zlib.crc32(text).to_bytes(_SUM) + text)
    new.rename(folder / _OUTCOME)


def read_outcome(folder: Path) -> Any:
    """What was written last into a run. Its files are taken as they are."""
    return _outcome(folder)[0]


def read_whole(folder: Path) -> Any:
    """The same of a run that another build left; None, and the folder is gone, where anything
    in it is not as it was written."""
    try:
        there = _sums(folder)
        outcome, sums = _outcome(folder)
        if sums == there:
            return outcome
    except FileNotFoundError:
        pass
    except Exception:  # noqa: BLE001 (a damaged run is made again)
        pass
    removed(folder)
    return None


def several(home: Path) -> bool:
    """Whether there are runs in this folder, more than one."""
    return len(list(islice(home.glob(f"*/{_OUTCOME}"), 2))) == 2


#: Bytes of a checksum (CRC-32: it costs a hundredth of what writing a run does).
_SUM = 4


def _outcome(folder: Path) -> tuple[Any, dict[str, int]]:
    text = (folder / _OUTCOME).read_bytes()
    if zlib.crc32(text[_SUM:]).to_bytes(_SUM) != text[:_SUM]:
        raise ValueError(folder)
    found: tuple[Any, dict[str, int]] = pickle.loads(text[_SUM:])
    return found


def _sums(folder: Path) -> dict[str, int]:
    """Checksums of the files of a run but its outcome. Raises ValueError where anything in it
    is no file: a pipe would be waited for."""
    sums = {}
    for path in sorted(folder.iterdir()):
        if not path.is_file():
            raise ValueError(path)
        if path.name.startswith(_OUTCOME):
            continue
        sums[path.name] = 0
        with path.open("rb") as file:
            while data := file.read(1 << 20):
                sums[path.name] = zlib.crc32(data, sums[path.name])
    return sums
