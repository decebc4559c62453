"""Answers in the formats that the SPARQL Protocol names, cut where a cap says so.

A cap counts lines: of TSV, where a row of results is one line, and of N-Triples, where a
statement is one. Whole lines are kept, then made the format that was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from coopdec.vocab import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

__all__ = ["GRAPHS", "RESULTS", "Answer", "Caps", "answer", "cut_results", "graph_as",
           "results_as"]

#: Name → media type, the one we prefer first.
RESULTS: Mapping[str, str] = {
    "json": "application/sparql-results+json", "xml": "application/sparql-results+xml",
    "csv": "text/csv", "tsv": "text/tab-separated-values"}
GRAPHS: Mapping[str, str] = {
    "ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml"}

CutBy = Literal["rows", "bytes"]


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that an answer may hold: rows or statements, and bytes of their text;
    None: as many as there are."""

    rows: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """``cut``: which cap the answer was cut at; None: it is whole. ``rows``: how many rows
    or statements it holds."""

    data: bytes
    rows: int = 0
    cut: CutBy | None = None


class _Full(Exception):
    pass


class _Lines:
    """A file that takes whole lines until a cap is reached. ``heading``: lines that do
    not count."""

    def __init__(self, caps: Caps, heading: int = 0) -> None:
        self.parts: list[bytes] = []
        self.lines = self.size = 0
        self.cut: CutBy | None = None
        self._rows = None if caps.rows is None else caps.rows + heading
        self._size = caps.size

    def write(self, data: bytes) -> int:
        data = bytes(data)
        new = data.count(b"\n")
        if self._size is not None and self.size + len(data) > self._size:
            data = data[: self._size - self.size]
            new, self.cut = data.count(b"\n"), "bytes"
        if self._rows is not None and self.lines + new > self._rows:
            left = self._rows - self.lines
            data, new, self.cut = b"\n".join(data.split(b"\n")[:left]) + b"\n", left, "rows"
            data = data if left else b""
        self.parts.append(data)
        self.size += len(data)
        self.lines += new
        if self.cut:
            raise _Full
        return len(data)

    def flush(self) -> None:
        pass

    def whole(self) -> bytes:
        """The lines, without the part of one that a cap of bytes left."""
        data = b"".join(self.parts)
        return data[: data.rfind(b"\n") + 1] if self.cut else data


def answer(found: QuerySolutions | QueryBoolean | QueryTriples, form: str, caps: Caps) -> Answer:
    """What a store found, as the format ``form`` of :data:`RESULTS` or :data:`GRAPHS`."""
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat

    if isinstance(found, QueryBoolean):
        return Answer(found.serialize(format=_results_format(form)) or b"", 1)
    if isinstance(found, QueryTriples):
        data, lines = _capped(found, RdfFormat.N_TRIPLES, caps, 0)
        return Answer(graph_as(data, form), data.count(b"\n"), lines.cut)
    data, lines = _capped(found, QueryResultsFormat.TSV, caps, 1)
    if lines.cut and not data:  # not even the heading fits
        data = "\t".join(f"?{v.value}" for v in found.variables).encode() + b"\n"
    made = data if form == "tsv" else results_as(data, form)
    return Answer(made, max(0, data.count(b"\n") - 1), lines.cut)


def _capped(found: Any, form: Any, caps: Caps, heading: int) -> tuple[bytes, _Lines]:
    lines = _Lines(caps, heading)
    try:
        found.serialize(lines, form)
    except _Full:
        pass
    return lines.whole(), lines


def cut_results(json: bytes, form: str, caps: Caps) -> Answer:
    """SPARQL JSON of another server, cut and made ``form``."""
    from pyoxigraph import QueryResultsFormat, parse_query_results

    return answer(parse_query_results(json, QueryResultsFormat.JSON), form, caps)


def results_as(tsv: bytes, form: str) -> bytes:
    """TSV of a SELECT as another format of :data:`RESULTS`."""
    from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

    parsed = parse_query_results(tsv, QueryResultsFormat.TSV)
    assert not isinstance(parsed, QueryBoolean)
    return parsed.serialize(format=_results_format(form)) or b""


def _results_format(form: str) -> Any:
    from pyoxigraph import QueryResultsFormat

    found = QueryResultsFormat.from_media_type(RESULTS[form])
    assert found is not None
    return found


def graph_as(ntriples: bytes, form: str) -> bytes:
    """N-Triples as another format of :data:`GRAPHS`: sorted, each statement once."""
    from pyoxigraph import RdfFormat, parse, serialize

    lines = b"".join(sorted(set(ntriples.splitlines(keepends=True))))
    if form == "nt":
        return lines
    known = RdfFormat.from_media_type(GRAPHS[form])
    assert known is not None
    triples = (quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES))
    return serialize(triples, format=known, prefixes=dict(PREFIXES)) or b""
