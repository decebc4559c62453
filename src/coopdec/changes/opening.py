"""A release, whatever it lies in, as a dump in our order.

A dump that is not in this order, or not N-Triples, is first written so into a temporary file.
"""

from __future__ import annotations

import mmap
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from coopdec.changes.dump import PROJECT, Dump, Unordered
from coopdec.check.load import stream
from coopdec.errors import DataError, StorageError, UsageError
from coopdec.media import RDF_SUFFIXES, is_gzipped, rdf_suffix
from coopdec.model import Finding, Position, Severity
from coopdec.spelling import near_names

__all__ = ["opened", "parsed"]

_NAMES = ("coopdec.nt", "coopdec.ttl", "coopdec.nt.gz", "coopdec.ttl.gz", "coopdec.jsonld",
          "coopdec.nq", "coopdec.trig")


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
    plain = path is None or _is_plain(path)
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
        raise UsageError("no-data-yet", path=str(path), near=near_names(path))
    if not rdf_suffix(path):
        raise UsageError("check-unknown-suffix", path=path.name, known=sorted(RDF_SUFFIXES))
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


def _is_plain(path: Path) -> bool:
    return rdf_suffix(path) == ".nt" and not is_gzipped(path)


def _mapped(file: IO[bytes]) -> mmap.mmap | bytes:
    file.seek(0, 2)
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if file.tell() else b""


def _in_order(dump: Dump) -> bool:
    try:
        dump.index()
    except Unordered:
        return False
    return True


def _rewritten(path: Path | None, dump: Dump, room: IO[bytes]) -> Dump:
    """The same statements in the order of our dumps. What another program wrote in another
    order is sorted in memory; a dump of ours, in whatever form, is only passed through."""
    raw = path is None or _is_plain(path)
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
    # N-Triples pass as they stand; of another form, they are canonical already.
    return _canonical(b"".join(lines), str(path)) if rdf_suffix(path) == ".nt" else lines


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
    projects = {line[1:-len(PROJECT)] for line in every if line.endswith(PROJECT)}
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
        first, mine = b"<" + subject + PROJECT, b"<" + subject + b"> "
        own = [s for s in lines if s.startswith(mine) and s != first]
        parts = [s for s in lines if not s.startswith(mine)]
        texts.append((subject, b"".join([first, *own, *parts])))
    return b"".join([*(text for _, text in sorted(texts)), *rest])
