"""Data and shapes in, a report out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coopdec.check.engines import EngineName, fast_available, get_engine
from coopdec.check.enrich import enrich
from coopdec.check.load import ntriples_of
from coopdec.check.report import Report
from coopdec.check.result import Result
from coopdec.check.shapes import Shapes, load_shapes
from coopdec.model import Finding, Severity
from coopdec.vocab import CD, RDF, cd

__all__ = ["check", "check_chunk", "check_graph"]

_TYPE = f" <{RDF}type> <".encode()
_OURS = _TYPE + CD.encode()
_PROJECT = _TYPE + cd("Project").encode() + b"> ."


def check(
    data: Any, shapes: Shapes | Path | None = None, *, engine: EngineName = "auto"
) -> Report:
    """Check RDF against our shapes, or others.

    ``data``: a path (file or folder), Turtle as ``str``, N-Triples as ``bytes``, or an
    rdflib graph or dataset. ``engine``: "pyshacl", "fast", or "auto".
    Raises DataError for data that does not parse, UsageError for shapes that are wrong.
    """
    chosen = shapes if isinstance(shapes, Shapes) else load_shapes(shapes)
    text = ntriples_of(data)
    runner = get_engine(_choose(engine))
    results = enrich(
        runner.validate(text, chosen.text), chosen, text.splitlines())
    resources = len({line.partition(b" ")[0] for line in text.splitlines() if _OURS in line})
    nothing = () if resources else (Finding("check-no-resource", Severity.FATAL),)
    return Report(
        results=tuple(results), resources=resources, projects=text.count(_PROJECT),
        shapes=len(chosen), engine=runner.name, findings=nothing)


#: The name by which the pipeline calls it; one and the same.
check_graph = check


def check_chunk(
    chunk: bytes, shared: bytes, shapes: Shapes | None = None, *, engine: EngineName = "auto"
) -> list[Result]:
    """Results of a chunk's own resources, both as N-Triples; ``shared`` are the entities
    that the chunk refers to, whose own faults are reported when they are checked whole."""
    chosen = shapes or load_shapes()
    runner = get_engine(_choose(engine))
    own = {line.partition(b" ")[0].decode() for line in chunk.splitlines()}
    raws = [r for r in runner.validate(chunk + shared, chosen.text) if r.focus in own]
    return enrich(raws, chosen, (chunk + shared).splitlines()) if raws else []


def _choose(engine: EngineName) -> str:
    if engine == "auto":
        return "fast" if fast_available() else "pyshacl"
    return engine
