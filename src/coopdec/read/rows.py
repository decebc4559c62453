"""Tables → rows: the header found by its words, cells carried down, broken rows joined.

Every line is accounted for: it becomes (part of) a row, or is blank, or repeats the
header, or is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from coopdec.model import Finding, Position, Severity, Source
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.roles import PLACES, REQUIRED, header_roles
from coopdec.text import collapse, fold

__all__ = ["RawRow", "raw_rows"]

#: A header is looked for this many filled lines deep: title rows stand above it.
_HEADER_DEPTH = 40


@dataclass(slots=True)
class RawRow:
    """Cells by role, as printed; ``carried`` as in :class:`coopdec.model.Row`; ``extra``
    holds the filled cells of columns with no role, by header."""

    position: Position
    cells: dict[str, str]
    columns: Mapping[str, str]
    carried: dict[str, int] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)


@dataclass
class _Header:
    roles: dict[int, str]
    names: list[str]
    folded: list[str]
    width: int

    @cached_property
    def rest(self) -> list[tuple[int, str]]:
        """The columns without a role."""
        return [(i, n or str(i + 1)) for i, n in enumerate(self.names) if i not in self.roles]

    @property
    def columns(self) -> dict[str, str]:
        return {role: self.names[i] for i, role in self.roles.items()}

    def repeated(self, cells: list[str]) -> bool:
        """Whether a line is the header once more, on a new page."""
        if fold(next(filter(None, cells))) != next(filter(None, self.folded)):
            return False
        return [fold(c) for c in cells if c] == [f for f in self.folded if f]


def raw_rows(
    tables: Iterable[Table],
    source: Source,
    document: str,
    findings: list[Finding],
    paragraphs: list[Paragraph],
) -> Iterator[RawRow]:
    """Rows in printed order. ``findings`` and ``paragraphs`` (title rows above a header)
    grow while it runs. A table without a header of its own continues the one before it."""
    header: _Header | None = None
    seen_header = False
    for table in tables:
        lines = iter(table.lines)
        own, first_lines = _find_header(lines, source, document, findings, paragraphs, header)
        header = own or header
        if header is None:
            continue
        seen_header = True
        yield from _body(_chain(first_lines, lines), header, source, document, findings)
    if not seen_header:
        findings.append(Finding("no-header", Severity.FATAL, Position(document),
                                {"columns": ["lead", "partner", "title"]}))


def _chain(first: list[Line], rest: Iterator[Line]) -> Iterator[Line]:
    yield from first
    yield from rest


def _find_header(
    lines: Iterator[Line],
    source: Source,
    document: str,
    findings: list[Finding],
    paragraphs: list[Paragraph],
    previous: _Header | None,
) -> tuple[_Header | None, list[Line]]:
    """The header and the lines to go on with (those read past when there is none)."""
    above: list[Line] = []
    best: tuple[int, _Header, Line] | None = None
    for line in lines:
        if not any(c.strip() for c in line.cells):
            continue
        roles = header_roles(line.cells, source.columns)
        given = set(roles.values())
        if len(given) >= 2 and given & {*REQUIRED, *PLACES}:
            header = _Header(roles, [collapse(c) for c in line.cells],
                             [fold(c) for c in line.cells], len(line.cells))
            missing = [r for r in REQUIRED if r not in given]
            if not given & set(PLACES):
                missing.append("partner")
            if not missing:
                _to_paragraphs(above, paragraphs)
                return header, []
            if best is None or len(given) > best[0]:
                best = (len(given), header, line)
        above.append(line)
        if len(above) >= _HEADER_DEPTH or (previous is not None and len(above) >= 3):
            break
    if best is not None and previous is None:
        _, header, line = best
        given = set(header.roles.values())
        missing = [r for r in REQUIRED if r not in given]
        missing += [] if given & set(PLACES) else ["partner"]
        findings.extend(
            Finding("missing-column", Severity.FATAL, Position(document, line.number, page=line.page,
                                                               sheet=line.sheet),
                    {"role": _ROLE_WORDS[role], "found": [n for n in header.names if n],
                     "key": role})
            for role in missing
        )
        _to_paragraphs(above[: above.index(line)], paragraphs)
        return header, above[above.index(line) + 1 :]
    if previous is None:
        _to_paragraphs(above, paragraphs)
        return None, []
    return None, above


_ROLE_WORDS = {
    "lead": {"fr": "collectivité chef de file", "en": "lead authority"},
    "title": {"fr": "titre du projet", "en": "project title"},
    "partner": {"fr": "partenaire ou pays", "en": "partner or country"},
}


def _to_paragraphs(lines: list[Line], paragraphs: list[Paragraph]) -> None:
    paragraphs.extend(
        Paragraph(collapse(" ".join(c for c in line.cells if c)), line.number, line.page, line.sheet)
        for line in lines
    )


def _body(
    lines: Iterator[Line],
    header: _Header,
    source: Source,
    document: str,
    findings: list[Finding],
) -> Iterator[RawRow]:
    columns = header.columns
    current: RawRow | None = None
    carried: dict[str, tuple[str, int]] = {}
    for line in lines:
        cells = [cell.strip() for cell in line.cells]
        if not any(cells) or header.repeated(cells):
            continue
        where = Position(document, line.number, line.last_number, line.page, line.sheet)
        if len(cells) > header.width and any(cells[header.width :]):
            findings.append(Finding("too-many-cells", Severity.FATAL, where, {
                "found": len(cells), "expected": header.width,
                "extra": [collapse(c) for c in cells[header.width :] if c]}))
        filled = {role: cells[i] for i, role in header.roles.items()
                  if i < len(cells) and cells[i]}
        if filled.keys() == {"region"}:  # a line that only opens a region
            carried["region"] = (filled["region"], line.number)
            continue
        if current is not None and _continues(filled, line, header):
            _join(current, filled, line)
            continue
        if current is not None:
            yield current
        current = _start(filled, line, header, columns, where, carried, source)
    if current is not None:
        yield current


def _continues(filled: Mapping[str, str], line: Line, header: _Header) -> bool:
    """Whether a line goes on with the row above: nothing in it can start a project.

    A lead or a partner starts one; a title with neither is the rest of the title above,
    broken by the end of a page.
    """
    if not filled or "lead" in filled or filled.keys() & set(PLACES) or "region" in filled:
        return False
    covered = {header.roles.get(i) for i in line.covered}
    return "lead" not in covered


def _join(row: RawRow, filled: Mapping[str, str], line: Line) -> None:
    for role, text in filled.items():
        row.cells[role] = f"{row.cells[role]} {text}" if row.cells.get(role) else text
    row.position = replace(row.position, last_line=line.last_number or line.number)


def _start(
    filled: dict[str, str],
    line: Line,
    header: _Header,
    columns: Mapping[str, str],
    where: Position,
    carried: dict[str, tuple[str, int]],
    source: Source,
) -> RawRow:
    row = RawRow(where, filled, columns)
    merged = {header.roles.get(i) for i in line.covered}
    for role in columns:
        if role in filled:
            carried[role] = (filled[role], line.number)
        elif role in carried and (role in source.carry or role in merged):
            row.cells[role], row.carried[role] = carried[role]
    row.extra = {name: text for i, name in header.rest
                 if i < len(line.cells) and (text := line.cells[i].strip())}
    return row
