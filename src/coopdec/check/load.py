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
from pathlib import Path
from typing import Any

from coopdec.errors import DataError, UsageError
from coopdec.media import RDF_SUFFIXES, rdf_suffix
from coopdec.model import Finding, Position, Severity
from coopdec.spelling import near_names
from coopdec.storage import SUMS

__all__ = [
    "files_in", "locate_fault", "ntriples", "ntriples_of", "stream",
]

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

    if path.suffix == ".gz":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as error:
            raise _unreadable(path, "gzip") from error
    rdf_format = pyoxigraph.RdfFormat.from_extension((rdf_suffix(path) or ".ttl")[1:])
    out = io.BytesIO()
    try:
        quads = pyoxigraph.parse(
            raw, rdf_format, base_iri="https://example.org/", rename_blank_nodes=rename)
        pyoxigraph.serialize(
            (quad.triple for quad in quads), out, format=pyoxigraph.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise _unreadable(path, str(error.msg), error.lineno, error.offset) from error
    except ValueError as error:
        raise _unreadable(path, str(error)) from error
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
    in memory. Lines of N-Triples are passed on as they stand: the engine parses them."""
    kind = rdf_suffix(path)

    def lines() -> Iterator[bytes]:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rb") as file:
            if kind == ".nt":
                yield from file
            else:
                yield from _parsed(file, path)

    return lines


def _parsed(file: Any, path: Path) -> Iterator[bytes]:
    import pyoxigraph

    rdf_format = pyoxigraph.RdfFormat.from_extension((rdf_suffix(path) or ".ttl")[1:])
    try:
        for quad in pyoxigraph.parse(
                file, rdf_format, base_iri="https://example.org/", rename_blank_nodes=True):
            yield f"{quad.triple} .\n".encode()
    except SyntaxError as error:
        raise _unreadable(path, str(error.msg), error.lineno, error.offset) from error
    except ValueError as error:
        raise _unreadable(path, str(error)) from error


def locate_fault(path: Path) -> None:
    """Read a file to its first fault. Raises DataError with the line in the file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        for _ in _parsed(file, path):
            pass
