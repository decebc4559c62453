"""Lines under a header → rows: what is no project told apart, what is about people left out.

Every line is accounted for: it becomes (part of) a row, or is blank, or repeats the
header, or is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from coopdec.model import Finding, Position, Severity, Source
from coopdec.read.carried import SAMPLE, begun_late, carried_roles, doubts_of
from coopdec.read.columns.column_roles import first_columns, lacking
from coopdec.read.columns.header import Header
from coopdec.read.columns.money_columns import AMOUNTS
from coopdec.read.columns.roles import PLACES
from coopdec.read.columns.ticks import unticked
from coopdec.read.ditto import DITTO, as_above
from coopdec.read.documents import Line
from coopdec.read.facts import DATES
from coopdec.read.gathering import Gathering
from coopdec.read.oddities.formula_errors import ERRORS, emptied
from coopdec.read.oddities.totals import PrintedTotal, is_note, is_part, projects_in, total_in
from coopdec.read.personal import is_personal, may_hold, shown, without_personal
from coopdec.read.raw import RawRow, add
from coopdec.read.sections import Sections, is_region, titled
from coopdec.read.values import months_first, nothing
from coopdec.text import collapse, fold

__all__ = ["Body"]

#: Roles whose cells may hold words; in others (identifiers, amounts) digits are no telephone.
_WORDS = frozenset({"region", "lead", "partner", "country", "title", "theme", "description",
                    "operator", "cofunders", "status", "start", "end", "period", "duration"})
#: Roles in which « Mme NOM » is no person but what a project or a place is named after.
_NAMED_AFTER = frozenset({"region", "country", "title", "theme"})
#: Cells that are not what is meant.
_UNUSUAL = DITTO | ERRORS | {"NA"}
_COMPASS = re.compile(r"\b(?:lat\w*|lon\w*|point|gps|nord|sud|est|ouest|north|south|east|west)\b",
                      re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """The lines under one header. ``rest``: the lines from another header on; ``has_codes``:
    countries are told by codes of two letters."""

    header: Header
    source: Source
    document: str
    findings: list[Finding]
    sections: Sections
    totals: list[PrintedTotal]
    rest: Iterator[Line] | None = None
    has_codes: bool = False
    gathering: Gathering = field(init=False)

    def __post_init__(self) -> None:
        self.gathering = Gathering(self.header, self.sections)

    def rows(self, lines: Iterator[Line]) -> Iterator[RawRow]:
        header, gathering, current = self.header, self.gathering, None
        roles, width = tuple(header.roles.items()), header.width
        complete, more, people = not lacking(header.roles), header.more, header.personal
        again = [*more, *((i, "partner") for i, _ in header.peoples if i in header.roles)]
        unusual, last, lines = header.signs | _UNUSUAL, list[str](), self._looked_at(lines)
        for line in lines:
            cells = list(map(str.strip, line.cells))
            if not any(cells) or header.repeated(cells):
                continue
            if not unusual.isdisjoint(cells):
                if header.opens_another(line, self.source, self.sections):
                    self.rest = chain((line,), lines)
                    break
                cells = self._as_meant(cells, last, line)
            last = cells
            where = line.where(self.document)
            if len(cells) < width:
                cells += [""] * (width - len(cells))
            elif len(cells) > width and any(cells[width:]):
                self._too_many(cells, where)
            cells = unticked(cells, header.ticks) if header.ticks else cells
            had = self._leave_out_of(cells, again) if again else []
            filled = {role: cell for i, role in roles if (cell := cells[i])}
            further = [cells[i] for i, role in more
                       if role == "lead" and not nothing(cells[i])] if more else []
            for i, role in more:
                if role != "lead" and cells[i]:
                    add(filled, role, cells[i])
            if (len(filled) < 3 or "lead" not in filled or "title" not in filled) and (
                    self._aside(cells, filled, line, where)):
                continue
            personal = [*had, *(name for i, name in people if cells[i])] if people or had else []
            if "coordinates" in filled and self._is_contact(filled["coordinates"]):
                del filled["coordinates"]
                personal.append(header.columns["coordinates"])
            if may_hold(filled.values()):
                personal += self._leave_out(filled)
            if "lead" not in filled and current is not None and (
                    gathering.goes_on(current, filled, line)):
                current.personal += personal
                self._goes_on(current, filled, further, where)
                continue
            if "id" in filled and current is not None and gathering.again(current, filled, line):
                current.personal += personal
                continue
            started = gathering.start(filled, cells, line, where, personal)
            started.add_leads(further)
            if complete and ("lead" not in filled or "title" not in filled) and (
                    len(lacking(dict(enumerate(filled)))) > 1):
                self._no_project(cells, where)
                continue
            if current is not None:
                yield current
            current = started
        if current is not None:
            yield current

    def _goes_on(self, row: RawRow, filled: Mapping[str, str], further: list[str],
                 where: Position) -> None:
        """« Contact : … » below the table may be no rest of the last title."""
        row.add_leads(further)
        if filled.keys() == {"title"} and filled["title"][0].isupper():
            self.findings.append(Finding("title-goes-on", Severity.WARNING, where,
                                         {"words": shown([filled["title"]], 200)}))

    def _looked_at(self, lines: Iterator[Line]) -> Iterator[Line]:
        """The lines, once the first of them have told which cells hold for those below."""
        first = list(islice(lines, SAMPLE))
        country = first_columns(self.header.by_column).get("country")
        said = {cell for line in first if country is not None and country < len(line.cells)
                and (cell := line.cells[country].strip()) and cell != "NA"}
        self.has_codes = bool(said) and all(len(cell) == 2 for cell in said)
        dates = [line.cells[i] for i, role in self.header.roles.items() if role in DATES
                 for line in first if i < len(line.cells)]
        if not self.header.months_first and (told := months_first(dates)):
            self.header.months_first = True
            self.findings.append(Finding("dates-months-first", Severity.WARNING,
                                         first[0].where(self.document), {"date": told}))
        carry = carried_roles(self.source.carry, self.header.roles, first)
        self.gathering.carry = carry
        if self.source.carry is not None or not first:
            return chain(first, lines)
        self.findings += [
            Finding("carried-late", Severity.WARNING,
                    first[0].where(self.document, self.header.columns[role]))
            for role in begun_late(carry, self.header.roles, first)]
        for code, role in doubts_of(carry, self.header.roles, first):
            column = self.header.columns[role]
            if not any(f.code == code and f.where and f.where.column == column
                       for f in self.findings):
                self.findings.append(Finding(code, Severity.WARNING,
                                             first[0].where(self.document, column)))
        return chain(first, lines)

    def _as_meant(self, cells: list[str], last: list[str], line: Line) -> list[str]:
        """Cells that say what the one above says, with what that is; errors, said and empty; « NA »
        is what statisticians write for nothing, and Namibia in a column of codes."""
        cells = as_above(cells, last)
        if "NA" in cells and (cells.count("NA") > 1 or not self.has_codes):
            cells = ["" if cell == "NA" else cell for cell in cells]
        if not ERRORS.isdisjoint(cells):
            named = [(i, self.header.name(i)) for i in self.header.by_column]
            self.findings += emptied(cells, named, line.where(self.document))
        return cells

    def _is_contact(self, cell: str) -> bool:
        """« Coordonnées » are of a place or of a person: a cell tells."""
        if fold(self.header.columns["coordinates"]) != "coordonnees":
            return False
        letters = sum(c.isalpha() for c in _COMPASS.sub("", cell))
        return letters > 2 or (is_personal(cell) and not set(cell) & set(",;"))

    # -- lines that are no project

    def _aside(self, cells: list[str], filled: dict[str, str], line: Line, where: Position) -> bool:
        """Whether a line without a lead or a title, or with little in it, is a total, a note, or
        opens a region."""
        texts = [c for c in cells if c]
        if not texts:  # « idem », and nothing is above
            self._no_project(line.cells, where)
            return True
        total = total_in(texts)
        if total is not None or is_note(texts):
            if total is not None:
                part = is_part(total)
                self.totals.append(PrintedTotal(where, {} if part else filled, self.header.columns,
                                                part, projects_in(texts)))
            self._no_project(cells, where)
            return True
        if len(texts) == 1 and "lead" in self.header.headed and (
                "lead" not in self.header.columns) and self.sections.lead(texts[0], line.number):
            return True
        heading = titled(texts[0])
        role = self.sections.role(heading, inside=True) if len(texts) == 1 else None
        if role == "year":  # at the margin; elsewhere it is the end of a cell, or an amount
            margin = bool(cells[0]) and self.header.roles.get(0) not in AMOUNTS
            return margin and role not in self.header.columns and self.sections.take(
                heading, line.number)
        if role == "country" and role not in self.header.columns and (
                filled.keys() == {"region"} or _is_merged(line)):
            return self.sections.take(texts[0], line.number)
        if filled.keys() == {"region"}:
            self.gathering.carried["region"] = _kept("region", texts[0]), line.number
            return True
        # « Bretagne » at the margin heads the lines below, also where that column is of countries.
        heads = role == "region" and bool(cells[0]) and "lead" not in self.gathering.carry and (
            _is_merged(line) or is_region(texts[0], self.sections.places))
        if len(texts) > 1 or (filled.keys() & set(PLACES) and not heads) or (
                "lead" in {self.header.roles.get(i) for i in line.covered}):
            return False
        return role not in self.header.columns and self.sections.take(texts[0], line.number)

    def _no_project(self, cells: list[str], where: Position) -> None:
        self.findings.append(Finding("row-no-project", Severity.WARNING, where,
                                     {"words": shown(cells, 200)}))

    def _too_many(self, cells: list[str], where: Position) -> None:
        width = self.header.width
        # Text that has a separator too many is shifted; a note beside a sheet shifts nothing.
        severity = Severity.FATAL if where.sheet is None else Severity.WARNING
        self.findings.append(Finding("too-many-cells", severity, where, {
            "found": len(cells), "expected": width,
            "extra": [collapse(c) for c in cells[width:] if c]}))

    def _leave_out_of(self, cells: list[str], columns: Sequence[tuple[int, str]]) -> list[str]:
        """Take personal data out of the cells of columns that share a role; the names of those
        that had some."""
        had = []
        if may_hold(cells[i] for i, _ in columns):
            for i, role in columns:
                if (kept := _kept(role, cells[i])) != cells[i]:
                    had.append(self.header.name(i))
                    cells[i] = kept
        return had

    def _leave_out(self, filled: dict[str, str]) -> list[str]:
        """Take personal data out of cells; the columns that had some."""
        had = []
        for role, text in list(filled.items()):
            if (kept := _kept(role, text)) != text:
                had.append(self.header.columns[role])
                filled[role] = kept
                if not kept:
                    del filled[role]
        return had


def _is_merged(line: Line) -> bool:
    """Whether a line's only cell goes over most of the others: no cell of a column does."""
    return len(line.across) * 2 > len(line.cells)


def _kept(role: str, text: str) -> str:
    """Every cell is published as printed: none may keep an e-mail or a person."""
    return without_personal(text, names=role not in _NAMED_AFTER, phones=role in _WORDS)
