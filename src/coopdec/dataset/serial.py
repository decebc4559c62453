"""Answers in the formats that the SPARQL Protocol names, cut where a cap says so.

A cap counts lines: of TSV, where a row of results is one line, and of N-Triples, where a
statement is one. Whole lines are kept, then made the format that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from coopdec.errors import UsageError
from coopdec.formats import BlockFormat, Entry, Heading, by_name
from coopdec.media import GRAPHS, MEDIA
from coopdec.model import Description
from coopdec.vocab import BASE

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

__all__ = ["RESULTS", "Answer", "Caps", "Wanted", "answer", "cut_graph",
           "cut_results", "graph_as", "results_as"]

#: Name → media type, the one we prefer first.
RESULTS: Mapping[str, str] = {
    "json": "application/sparql-results+json", "xml": "application/sparql-results+xml",
    "csv": MEDIA[".csv"], "tsv": MEDIA[".tsv"]}

CutBy = Literal["rows", "bytes"]


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that an answer may hold: rows or statements, and bytes of their text;
    None: as many as there are."""

    rows: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an answer is to be: ``form``, a name of :data:`RESULTS` or :data:`GRAPHS`; its
    ``caps``; the ``base`` that documents shorten IRIs against."""

    form: str
    caps: Caps = field(default_factory=Caps)
    base: str = BASE


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


def answer(found: QuerySolutions | QueryBoolean | QueryTriples, wanted: Wanted,
           order: Callable[[list[str]], list[str]] = lambda names: names) -> Answer:
    """What a store found, as it is wanted. ``order``: of its columns.

    Raises:
        UsageError: RDF/XML has no name for a predicate.
    """
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat

    form, caps = wanted.form, wanted.caps
    if isinstance(found, QueryBoolean):
        return Answer(found.serialize(format=_results_format(form)) or b"", 1)
    if isinstance(found, QueryTriples):
        data, lines = _capped(found, RdfFormat.N_TRIPLES, caps, 0)
        return Answer(graph_as(data, form, wanted.base), data.count(b"\n"), lines.cut)
    data, lines = _capped(found, QueryResultsFormat.TSV, caps, 1)
    names = [v.value for v in found.variables]
    if lines.cut and not data:  # not even the heading fits
        data = "\t".join(f"?{n}" for n in names).encode() + b"\n"
    if (columns := order(names)) != names:
        data = _rearranged(data, [names.index(c) for c in columns])
    made = data if form == "tsv" else results_as(data, form)
    return Answer(made, max(0, data.count(b"\n") - 1), lines.cut)


def _rearranged(tsv: bytes, places: list[int]) -> bytes:
    """A table with its columns in another order: no cell holds a tab as it is."""
    return b"".join(b"\t".join([cells[n] for n in places]) + b"\n"
                    for cells in (line.split(b"\t") for line in tsv.split(b"\n")[:-1]))


def _capped(found: Any, form: Any, caps: Caps, heading: int) -> tuple[bytes, _Lines]:
    lines = _Lines(caps, heading)
    with suppress(_Full):
        found.serialize(lines, form)
    return lines.whole(), lines


def cut_results(json: bytes, wanted: Wanted) -> Answer:
    """SPARQL JSON of another server, cut and made the format that is wanted."""
    from pyoxigraph import QueryResultsFormat, parse_query_results

    return answer(parse_query_results(json, QueryResultsFormat.JSON), wanted)


def cut_graph(ntriples: bytes, wanted: Wanted) -> Answer:
    """N-Triples of another server, cut and made the format that is wanted."""
    lines = _Lines(wanted.caps)
    with suppress(_Full):
        lines.write(ntriples)
    data = lines.whole()
    return Answer(graph_as(data, wanted.form, wanted.base), data.count(b"\n"), lines.cut)


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


def graph_as(ntriples: bytes, form: str, base: str = BASE) -> bytes:
    """N-Triples as another format of :data:`GRAPHS`: sorted, each statement once, the same
    bytes each time, in the hand of our dumps. What those cannot hold (blank nodes, which our
    data have none of) is written by the store's library.

    Raises:
        UsageError: RDF/XML has no name for a predicate.
    """
    lines = sorted(set(ntriples.splitlines(keepends=True)))
    if form == "nt":
        return b"".join(lines)
    known = by_name({"rdf": "rdfxml"}.get(form, form))
    assert isinstance(known, BlockFormat)
    heading = Heading(base, "", "")
    try:
        entry = Entry("", "", _descriptions(lines))
        body = known.block(entry, heading) if lines else b""
    except (AssertionError, ValueError):
        return _by_library(b"".join(lines), form)
    head = _head(known, heading)
    if form == "ttl":  # the dumps' first lines speak of a release
        head = head.partition("\n\n")[2]
    return head.encode() + body + known.foot.encode()


@lru_cache(maxsize=8)
def _head(form: BlockFormat, heading: Heading) -> str:
    """JSON-LD's holds the whole context, and is the same for every resource."""
    return form.head(heading)


def _descriptions(lines: list[bytes]) -> list[Description]:
    """
    Raises:
        ValueError: a blank node, or a control character that ours are written with.
    """
    found: list[Description] = []
    if any(b"\0" in line or b"\1" in line for line in lines):
        raise ValueError
    for subject, group in groupby((_split(line) for line in lines), key=lambda s: s[0]):
        found.append(Description(subject, tuple((p, o) for _, p, o in group)))
    return found


def _split(line: bytes) -> tuple[str, str, str]:
    subject, predicate, rest = line.decode().split(" ", 2)
    value = rest.rstrip().removesuffix(".").rstrip()
    if subject[0] != "<" or value[0] not in "<\"":
        raise ValueError(line)
    return subject, predicate, value


def _by_library(ntriples: bytes, form: str) -> bytes:
    from pyoxigraph import RdfFormat, parse, serialize

    known = RdfFormat.from_media_type(GRAPHS[form])
    assert known is not None
    triples = (quad.triple for quad in parse(ntriples, format=RdfFormat.N_TRIPLES))
    try:
        return serialize(triples, format=known) or b""
    except (ValueError, OSError) as error:
        raise UsageError("graph-not-writable", form=form, why=str(error)[:200]) from error
