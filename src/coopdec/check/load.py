"""Any RDF that a person may hand us, as N-Triples: one statement a line, UTF-8.

Turtle, N-Triples, N-Quads, TriG, RDF/XML and JSON-LD, gzipped or not, a file or a folder.
N-Triples is the one form that both engines read without loss and that splits by line.
Named graphs are joined: the shapes look at statements, wherever they stand.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from coopdec.errors import DataError, UsageError
from coopdec.media import RDF_SUFFIXES, is_gzipped, rdf_suffix
from coopdec.model import Finding, Position, Severity
from coopdec.spelling import near_names
from coopdec.storage import SUMS

__all__ = ["files_in", "locate_fault", "ntriples", "ntriples_of", "stream"]


def ntriples_of(data: Any) -> bytes:
    """N-Triples of whatever was given: a path, Turtle as ``str``, N-Triples as ``bytes``,
    an rdflib graph or dataset, or a list of these, which are joined."""
    if isinstance(data, list | tuple):
        return b"".join(map(ntriples_of, data))
    if isinstance(data, Path):
        return b"".join(ntriples(p.read_bytes(), p) for p in files_in(data))
    if isinstance(data, bytes):
        return data
    if isinstance(data, str):
        return ntriples(data.encode(), Path("data.ttl"))
    if not hasattr(data, "serialize"):
        raise UsageError("check-unknown-data", type=type(data).__name__)
    # A data set is not serialized as such: rdflib warns of its own deprecated methods.
    graphs = data.graphs() if hasattr(data, "graphs") else [data]
    text = b"".join(graph.serialize(format="nt", encoding="utf-8") for graph in graphs)
    return ntriples(text, Path("graph.nt"), rename=False)


def files_in(path: Path) -> list[Path]:
    """The RDF files to read, sorted: the file itself, or those of a folder (not below it).
    Of a release of ours the dump alone: its other files say the same again, or speak of it.

    Raises UsageError where there is none, or for a suffix that is not RDF.
    """
    if path.is_dir():
        dump = path / "coopdec.nt"
        if (path / SUMS).is_file() and dump.is_file():
            return [dump]
        found = sorted(p for p in path.iterdir() if p.is_file() and rdf_suffix(p))
        if not found:
            raise UsageError("check-no-rdf-in-folder", path=str(path))
        return found
    if not path.exists():
        raise UsageError("no-such-file", path=str(path), near=near_names(path))
    if not rdf_suffix(path):
        raise UsageError("check-unknown-suffix", path=path.name, known=sorted(RDF_SUFFIXES))
    return [path]


def ntriples(raw: bytes, path: Path, *, rename: bool = True) -> bytes:
    """N-Triples of one file's bytes; ``path`` gives the format and the words of an error.
    ``rename``: blank nodes get new names, so that files can be joined.

    Raises DataError with the line, the column and what the parser expected.
    """
    import pyoxigraph

    with _unpacked(io.BytesIO(raw), path) as file:
        raw = file.read()
    out = io.BytesIO()
    pyoxigraph.serialize(
        _triples(raw, path, rename=rename), out, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return out.getvalue()


# The parser's own place stands before its sentence, and sometimes after it: we say it once.
_PLACE = re.compile(r"^Parser error at line [^:]*: | \(line \d+\)$")


def _unreadable(
    path: Path, why: str, line: int | None = None, column: int | None = None
) -> DataError:
    code = "check-syntax" if line else "check-unreadable"
    return DataError([Finding(
        code, Severity.FATAL, Position(str(path), line=line),
        {"column": column or 1, "why": _PLACE.sub("", why)})])


def stream(path: Path) -> Callable[[], Iterator[bytes]]:
    """Statements of one file, a line at a time, as often as asked; never the whole file
    in memory. Lines of N-Triples are passed on as they stand: the engine parses them.

    Reading them raises DataError where it does not parse or unpack, OSError from the disk.
    """
    kind = rdf_suffix(path)

    def lines() -> Iterator[bytes]:
        with path.open("rb") as packed, _unpacked(packed, path) as file:
            if kind == ".nt":
                yield from file
            else:
                yield from (f"{triple} .\n".encode() for triple in _triples(file, path))

    return lines


def locate_fault(path: Path) -> None:
    """Read a file to its first fault. Raises DataError with the line in the file."""
    with path.open("rb") as packed, _unpacked(packed, path) as file:
        for _ in _triples(file, path):
            pass


@contextmanager
def _unpacked(packed: IO[bytes], path: Path) -> Iterator[IO[bytes]]:
    """What is in a file, gzipped or not. Raises DataError where gzip is damaged or cut off."""
    if not is_gzipped(path):
        yield packed
        return
    try:
        with gzip.open(packed) as file:
            yield cast("IO[bytes]", file)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _unreadable(path, "gzip") from error


def _triples(data: bytes | IO[bytes], path: Path, *, rename: bool = True) -> Iterator[Any]:
    """Those of unpacked RDF of the form that the path says, in whatever graph.

    Raises DataError with the line, the column and what the parser expected.
    """
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension((rdf_suffix(path) or ".ttl")[1:])
    try:
        for quad in pyoxigraph.parse(
                data, form, base_iri="https://example.org/", rename_blank_nodes=rename):
            yield quad.triple
    except SyntaxError as error:
        raise _unreadable(path, str(error.msg), error.lineno, error.offset) from error
    except ValueError as error:
        raise _unreadable(path, str(error)) from error
