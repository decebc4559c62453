"""Data and shapes in, a report out: whole where it is small, by the chunk where it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from coopdec.check.chunked import check_parts, text_source
from coopdec.check.engines import EngineName, fast_available, get_engine
from coopdec.check.enrich import enrich
from coopdec.check.load import files_in, locate_fault, ntriples_of, stream
from coopdec.check.places import Places
from coopdec.check.report import Report
from coopdec.check.shapes import Shapes, load_shapes
from coopdec.errors import DataError
from coopdec.model import Finding, Severity
from coopdec.vocab import OF_OUR_CLASS, RDF, cd

__all__ = ["check", "choose_engine"]

_TYPE = f" <{RDF}type> <".encode()
_PROJECT = _TYPE + cd("Project").encode() + b"> ."
#: Files from this size on are never held in memory as a whole.
_STREAMED = 64 << 20
#: Up to this many projects the reference costs no more than re-checking a sample.
_SMALL = 5

Progress = Callable[[int, int], None]


def check(
    data: Any, shapes: Shapes | Path | None = None, *, engine: EngineName = "auto",
    workers: int = 1, chunk_size: int = 2000, progress: Progress | None = None,
) -> Report:
    """Check RDF against our shapes, or others.

    ``data``: a path (file or folder), Turtle as ``str``, N-Triples as ``bytes``, an rdflib
    graph or dataset, or a list of these, checked as one. ``engine``: "pyshacl", "fast", or
    "auto": the fast one where it is installed and the data is not tiny, with a sample
    checked by pySHACL as well.
    ``progress(done, total)`` counts projects. Shapes of one's own see the data as a whole;
    ours see it by the chunk, and come with the checks that SHACL cannot say.

    Raises DataError for data that does not parse, UsageError for shapes that are wrong.
    """
    get_engine(choose_engine(engine, 0))  # a wrong name is said before anything is read
    ours = shapes is None
    chosen = shapes if isinstance(shapes, Shapes) else load_shapes(shapes)
    ours = ours or chosen.text == load_shapes().text
    if not ours:
        return _whole(ntriples_of(data), chosen, choose_engine(engine, 0))
    if isinstance(data, Path) and data.is_file() and data.stat().st_size >= _STREAMED:
        (path,) = files_in(data)
        source, size = stream(path), path.stat().st_size
        try:
            return check_parts(
                source, size, chosen, choose_engine(engine), recheck=engine == "auto",
                workers=workers, chunk_size=chunk_size, progress=progress)
        except DataError:
            locate_fault(path)  # the engine knows the line in its chunk, not in the file
            raise
    text = ntriples_of(data)
    name = choose_engine(engine, text.count(_PROJECT))
    return check_parts(
        text_source(text), len(text), chosen, name,
        recheck=engine == "auto" and name != "pyshacl", workers=workers,
        chunk_size=chunk_size, progress=progress)


def _whole(text: bytes, shapes: Shapes, engine: str) -> Report:
    raws = get_engine(engine).validate(text, shapes.text)
    lines = text.splitlines()
    places = Places()
    if raws:
        places.read(lines)
    resources = len({line.partition(b" ")[0] for line in lines if OF_OUR_CLASS in line})
    # Shapes of one's own may be about another vocabulary: any statement will do.
    nothing = () if lines else (Finding("check-no-resource", Severity.FATAL),)
    return Report(
        results=tuple(enrich(raws, shapes, places)), resources=resources or len(lines),
        projects=text.count(_PROJECT), shapes=len(shapes), engine=engine, findings=nothing)


def choose_engine(engine: EngineName = "auto", projects: int | None = None) -> str:
    """The engine that « auto » means for so many projects: many, unless it is told."""
    if engine == "auto":
        few = projects is not None and projects <= _SMALL
        return "fast" if fast_available() and not few else "pyshacl"
    return engine
