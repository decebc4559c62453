"""Tables → rows: which header each table stands under, and which tables are no list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from coopdec.model import Finding, Position, Severity, Source
from coopdec.read.columns.column_roles import lacking
from coopdec.read.columns.header import Header
from coopdec.read.columns.header_search import HeaderSearch
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.oddities.totals import PrintedTotal
from coopdec.read.personal import shown
from coopdec.read.raw import RawRow
from coopdec.read.rows import Body
from coopdec.read.sections import Sections

__all__ = ["raw_rows"]

#: So many lines of a table without a header tell whether it goes on with the one before.
_FIRST_LINES = 5
#: A table with more lines is no summary of another.
_SUMMARY = 2000


class _Doubtful(NamedTuple):
    """A table whose header lacks something, as summaries do; its lines from the header on."""

    header: Header
    lines: list[Line]
    said: list[Finding]


def raw_rows(
    tables: Iterable[Table],
    source: Source,
    document: str,
    findings: list[Finding],
    paragraphs: list[Paragraph],
    headers: list[Header],
    sections: Sections,
    totals: list[PrintedTotal],
) -> Iterator[RawRow]:
    """Rows in printed order. ``sections``: the headings that hold. ``findings``, ``paragraphs``
    (title rows above a header), ``headers`` and ``totals`` grow while it runs. A table without
    a header of its own continues the one before it. Tables that lack a column, before one that
    lacks none, are summaries of it, and said."""
    search = HeaderSearch(source, document, findings, paragraphs, sections)
    header: Header | None = None
    doubtful: list[_Doubtful] = []
    for table in tables:
        sections.enter(table.name, table.above)
        known = len(findings)
        own, lines = search.find(iter(table.lines), header)
        if own is not None and own.lacking and header is None:
            first = list(islice(lines, _SUMMARY))
            if len(first) < _SUMMARY and table.name:
                doubtful.append(_Doubtful(own, first, findings[known:]))
                del findings[known:]
                continue
            lines = chain(first, lines)
        if own is not None:
            header = own
            headers.append(own)
            findings.extend(_no_list(one.lines[0], len(one.lines), document)
                            for one in doubtful if one.lines and not own.lacking)
            doubtful.clear()
        if own is None and header is not None:
            lines = _going_on(header, lines, document, findings)
        while header is not None:
            body = Body(header, source, document, findings, sections, totals)
            yield from body.rows(lines)
            if body.rest is None:
                break
            header, lines = search.find(body.rest, header)
            assert header is not None  # the body told it as the search does
            headers.append(header)
    for one in doubtful:  # there is no better one
        header = one.header
        headers.append(header)
        findings.extend(one.said)
        yield from Body(header, source, document, findings, sections, totals).rows(
            iter(one.lines))
    if header is None:
        findings.append(Finding("no-header", Severity.FATAL, Position(document),
                                {"columns": ["lead", "partner", "title"]}))


def _going_on(header: Header, lines: Iterator[Line], document: str, findings: list[Finding]
              ) -> Iterator[Line]:
    """The lines of a table without a header, where its first ones fill the columns of the
    one before; else none: it is another table, and said."""
    first = list(islice(lines, _FIRST_LINES))
    if not first or first[0].page is not None:  # pages were joined by what stands on them
        return chain(first, lines)
    for line in first:
        filled = {r for i, r in header.roles.items() if i < len(line.cells) and line.cells[i]}
        missing = len(lacking(dict(enumerate(filled))))
        if not missing or (missing == 1 and len(line.cells) == header.width) or (
                line.covered):
            return chain(first, lines)
    findings.append(_no_list(first[0], len(first) + sum(1 for _ in lines), document))
    return iter(())


def _no_list(first: Line, n: int, document: str) -> Finding:
    return Finding("table-no-list", Severity.WARNING, first.where(document), {
        "n": n, "words": shown(first.cells, 120)})
