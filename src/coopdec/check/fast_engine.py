"""The optional fast engine: ``shacl`` on PyPI, compiled; about a hundred times pySHACL.

It is young, so it is held against pySHACL in tests and, at run time, on a sample of the
chunks. Its cost grows faster than the data: callers hand it chunks.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from coopdec.check.load import ntriples
from coopdec.check.result import SH, Raw, settled
from coopdec.check.sieve import ASKED, sieve
from coopdec.errors import UsageError

__all__ = ["FastEngine"]

_PARTS = {
    "focusNode": "focus", "resultPath": "path", "value": "value",
    "sourceConstraintComponent": "component", "sourceConstraint": "constraint",
    "sourceShape": "shape", "resultSeverity": "severity",
}
_PLAIN = ("component", "constraint", "shape", "severity")


class FastEngine:
    name = "fast"

    def validate(self, data: bytes, shapes: bytes) -> list[Raw]:
        _compiled(shapes)  # what is wrong with them is said of them as they stand
        first = sieve(shapes, data)
        found = _validated(data, first or shapes)
        if first is not None and any(raw.focus == ASKED for raw in found):
            found = _validated(data, shapes)
        return settled(found)


def _validated(data: bytes, shapes: bytes) -> list[Raw]:
    compiled = _compiled(shapes)
    try:
        report = compiled.validate_text(data.decode(), format="ntriples")
    except ValueError as error:
        ntriples(data, Path("data.nt"))  # says where, if it is the data that is wrong
        raise UsageError("check-wrong-shapes", why=str(error)) from error
    return _results(report.serialize("ntriples")) if len(report) else []


@lru_cache(maxsize=16)
def _compiled(shapes: bytes) -> Any:
    import shacl

    try:
        return shacl.Shapes.from_text(shapes.decode(), format="ntriples")
    except ValueError as error:
        raise UsageError("check-wrong-shapes", why=str(error)) from error


def _results(report: str) -> list[Raw]:
    """From the report as RDF, which keeps what the Python attributes drop: which SPARQL
    constraint of a shape spoke."""
    parts: dict[str, dict[str, str]] = {}
    for line in report.rstrip("\n").split("\n"):
        node, predicate, value = line[:-2].split(" ", 2)
        name = _PARTS.get(predicate[len(SH) + 1:-1]) if predicate[1:].startswith(SH) else None
        if name is None or (name == "path" and value.startswith("_:")):
            continue
        parts.setdefault(node, {})[name] = value[1:-1] if name in _PLAIN else value
    empty = dict.fromkeys(_PARTS.values(), "")
    return [Raw(**{**empty, **said}) for said in parts.values() if "focus" in said]
