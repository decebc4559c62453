"""Lines under a header → rows: cells carried down, broken rows joined, several lines of one
project put together, what is no project told apart.

Every line is accounted for: it becomes (part of) a row, or is blank, or repeats the
header, or is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest

from coopdec.model import Finding, Position, Severity, Source
from coopdec.read.carried import SAMPLE, carried_roles
from coopdec.read.column_roles import lacking
from coopdec.read.documents import Line
from coopdec.read.header import Header, Said
from coopdec.read.personal import is_personal, may_hold, shown, without_personal
from coopdec.read.roles import PLACES
from coopdec.read.sections import Sections
from coopdec.read.totals import PrintedTotal, is_note, is_part, total_in
from coopdec.read.values import nothing
from coopdec.text import collapse, fold

__all__ = ["Body", "RawRow"]

#: Roles whose cells may hold words; in others (identifiers, amounts) digits are no telephone.
_WORDS = frozenset({"region", "lead", "partner", "country", "title", "theme", "description",
                    "operator", "cofunders", "status", "start", "end", "period", "duration"})
#: Roles in which « Mme NOM » is no person but what a project or a place is named after.
_NAMED_AFTER = frozenset({"region", "country", "title", "theme"})
_COMPASS = re.compile(r"\b(?:lat\w*|lon\w*|point|gps|nord|sud|est|ouest|north|south|east|west)\b",
                      re.IGNORECASE)
_NOTHING: Mapping[str, str] = {}
#: Between what several cells say of one thing.
_AND = " ; "
#: « The same as above », within a column.
_DITTO = frozenset({"idem", "Idem", "IDEM", "id.", "Id.", "ditto", "Ditto", "\"", "''", "″", "〃",
                    "»", "« »", "- // -", "-//-", "//"})


@dataclass(slots=True)
class RawRow:
    """Cells by role, as printed; ``carried`` as in :class:`coopdec.model.Row`; ``extra``
    holds the filled cells of columns with no role, by header; ``personal`` names the columns
    (one for each cell) in which personal data was left out. ``places`` has the partner and
    the country cell of each line, where the row has several."""

    position: Position
    cells: dict[str, str]
    columns: Mapping[str, str]
    carried: dict[str, int]
    extra: Mapping[str, str]
    personal: list[str]
    places: list[tuple[str, str]] | None = None

    def takes(self, filled: Mapping[str, str], line: Line, mark: str = _AND) -> None:
        """A further line of the same project, with these cells."""
        for role, text in filled.items():
            _add(self.cells, role, text, mark)
        self.position = self.position._replace(last_line=line.last_number or line.number)

    def add_leads(self, further: list[str]) -> None:
        """Leads of further columns: after that of the first, be it carried down."""
        cells = [self.cells["lead"]] if self.cells.get("lead") else []
        self.cells["lead"] = _AND.join(dict.fromkeys([*cells, *further]))


def _add(cells: dict[str, str], role: str, text: str, mark: str = _AND) -> None:
    cells[role] = f"{cells[role]}{mark}{text}" if cells.get(role) else text


@dataclass(slots=True)
class Body:
    """The lines under one header. ``carried``: the last cell, with its line, of each role that
    holds for lines below; ``above``: the last line's own cells, which may be merged with those
    below: by role, with the line's number and those of cells that it had from lines above.
    ``rest``: the lines from another header on; ``carry``: the roles whose empty cells mean
    the cell above."""

    header: Header
    source: Source
    document: str
    findings: list[Finding]
    sections: Sections
    totals: list[PrintedTotal]
    carried: dict[str, tuple[str, int]] = field(default_factory=dict)
    above: tuple[Mapping[str, str], int, Mapping[str, int]] = ({}, 0, {})
    rest: Iterator[Line] | None = None
    carry: tuple[str, ...] = ()
    yearly: Mapping[str, str] = field(default_factory=dict)

    def rows(self, lines: Iterator[Line]) -> Iterator[RawRow]:
        header, current = self.header, None
        roles, width = tuple(header.roles.items()), header.width
        complete, more, people = not lacking(header.roles), header.more, header.personal
        unusual, last, lines = header.signs | _DITTO, list[str](), self._looked_at(lines)
        for line in lines:
            cells = list(map(str.strip, line.cells))
            if not any(cells) or header.repeated(cells):
                continue
            if not unusual.isdisjoint(cells):
                if header.opens_another(line, Said.here(self.source, self.sections, header)):
                    self.rest = chain((line,), lines)
                    break
                cells = [above if cell in _DITTO else cell
                         for cell, above in zip_longest(cells, last[:len(cells)], fillvalue="")]
            last = cells
            where = Position(self.document, line.number, line.last_number, line.page, line.sheet)
            if len(cells) < width:
                cells += [""] * (width - len(cells))
            elif len(cells) > width and any(cells[width:]):
                self._too_many(cells, where)
            filled = {role: cell for i, role in roles if (cell := cells[i])}
            further = [cells[i] for i, role in more
                       if role == "lead" and not nothing(cells[i])] if more else []
            for i, role in more:
                if role != "lead" and cells[i]:
                    _add(filled, role, cells[i])
            if (len(filled) < 3 or "lead" not in filled or "title" not in filled) and (
                    self._aside(cells, filled, line, where)):
                continue
            personal = [name for i, name in people if cells[i]] if people else []
            if "coordinates" in filled and self._is_contact(filled["coordinates"]):
                del filled["coordinates"]
                personal.append(header.columns["coordinates"])
            if may_hold(filled.values()):
                personal += self._leave_out(filled)
            if "lead" not in filled and current is not None and (
                    self._goes_on(current, filled, line)):
                current.personal += personal
                if further:
                    current.add_leads(further)
                continue
            if "id" in filled and current is not None and self._again(current, filled, line):
                current.personal += personal
                continue
            started = self._start(filled, cells, line, where, personal)
            if further:
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

    def _looked_at(self, lines: Iterator[Line]) -> Iterator[Line]:
        """The lines, once the first of them have told which cells hold for those below."""
        first = list(islice(lines, SAMPLE))
        self.carry = carried_roles(self.source.carry, self.header.roles, first)
        if first and "country" in self.carry and "country" not in self.source.carry:
            where = Position(self.document, first[0].number, page=first[0].page,
                             sheet=first[0].sheet, column=self.header.columns["country"])
            self.findings.append(Finding("country-carried", Severity.WARNING, where))
        return chain(first, lines)

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
            if total is not None and not is_part(total):
                self.totals.append(PrintedTotal(where, filled, self.header.columns))
            self._no_project(cells, where)
            return True
        role = self.sections.role(texts[0], inside=True) if len(texts) == 1 else None
        if role == "year":  # at the margin; elsewhere it is the end of a cell
            return bool(cells[0]) and role not in self.header.columns and self.sections.take(
                texts[0], line.number)
        if filled.keys() == {"region"}:
            self.carried["region"] = texts[0], line.number
            return True
        if len(texts) > 1 or filled.keys() & set(PLACES) or (
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

    def _leave_out(self, filled: dict[str, str]) -> list[str]:
        """Take personal data out of cells; the columns that had some."""
        had = []
        for role, text in list(filled.items()):
            # Every cell is published as printed: none may keep an e-mail or a person.
            words = role in _WORDS
            kept = without_personal(text, names=role not in _NAMED_AFTER, phones=words)
            if kept != text:
                had.append(self.header.columns[role])
                filled[role] = kept
                if not kept:
                    del filled[role]
        return had

    # -- several lines, one project

    def _goes_on(self, row: RawRow, filled: Mapping[str, str], line: Line) -> bool:
        """Whether a line belongs to the row above, which then has it.

        A lead starts a project, and is not asked about here. So does a title with a place of
        its own or under a lead that spans several lines. A place with neither is a further
        partner, or the rest of a cell that the end of a page broke; a title alone is the rest
        of the one above.
        """
        if not filled or "region" in filled or "id" in filled:
            return False
        covered = {self.header.roles.get(i) for i in line.covered}
        place = bool(filled.keys() & set(PLACES))
        if "title" in filled and (place or "lead" in covered):
            return False
        if not place and not filled.keys() & {"title", "description", "theme"} and (
                "lead" not in covered):
            return False
        merged = self._merged(line)
        self.above = ({**{role: cell for role, (cell, _) in merged.items()}, **filled}, line.number,
                      {role: at for role, (_, at) in merged.items()})
        if place:
            filled = self._further_place(row, filled, line)
        row.takes(filled, line, _AND if place else " ")
        return True

    def _again(self, row: RawRow, filled: Mapping[str, str], line: Line) -> bool:
        """Whether a line is the one above once more, with another place: one project in a
        table of its partners. Its identifier and all else that it says must be the same."""
        if row.cells.get("id") != filled["id"] or "title" not in filled or any(
                row.cells.get(role) != cell for role, cell in filled.items() if role not in PLACES):
            return False
        place = filled.get("partner", ""), filled.get("country", "")
        places = row.places or [(row.cells.get("partner", ""), row.cells.get("country", ""))]
        if place in places:
            return False
        row.places = [*places, place]
        row.takes({role: filled[role] for role in PLACES if role in filled}, line)
        return True

    def _further_place(self, row: RawRow, filled: Mapping[str, str], line: Line
                       ) -> Mapping[str, str]:
        """Put the place of a line to those of its row; the cells that are still to be added."""
        cells = row.cells
        partner, country = filled.get("partner", ""), filled.get("country", "")
        last = cells.get("partner", "")
        if "country" not in self.header.columns and last and not last.endswith(")"):
            cells["partner"] = f"{last} {partner}"  # « Cercle de » · « Niafunké (Mali) »
            return {role: text for role, text in filled.items() if role not in PLACES}
        if self.header.peoples:
            row.places = [*(row.places or ()), *self.header.places_of(line.cells, country)]
            return filled
        if row.places is None:
            row.places = [(last, cells.get("country", ""))]
        row.places.append((partner, country or row.places[-1][1]))
        return filled

    def _start(self, filled: dict[str, str], cells: list[str], line: Line, where: Position,
               personal: list[str]) -> RawRow:
        columns, rest = self.header.columns, self.header.rest
        extra = {name: cells[i] for i, name in rest if cells[i]} if rest else _NOTHING
        row = RawRow(where, filled, columns, {}, extra, personal)
        for role in self.carry:
            if role in filled:
                self.carried[role] = filled[role], line.number
            elif role in self.carried and role in columns:
                filled[role], row.carried[role] = self.carried[role]
        if self.header.codes and "lead" in self.carry:
            self._with_codes(row, line)
        if line.covered:
            for role, (cell, number) in self._merged(line).items():
                if role not in filled:
                    filled[role], row.carried[role] = cell, number
        self.above = filled, line.number, row.carried
        if self.header.peoples:
            row.places = self.header.places_of(cells, filled.get("country", ""))
        if self.sections.now:
            self._under(row)
        return row

    def _with_codes(self, row: RawRow, line: Line) -> None:
        """The codes of a lead that is carried down: those printed beside it."""
        for role in self.header.codes.values():
            if "lead" in row.carried and role in self.carried and role not in row.cells:
                row.cells[role], row.carried[role] = self.carried[role]
            elif role in row.cells:
                self.carried[role] = row.cells[role], line.number
            else:
                self.carried.pop(role, None)

    def _merged(self, line: Line) -> dict[str, tuple[str, int]]:
        """The cells that this line has together with the one above, with their lines."""
        cells, number, carried = self.above
        roles = self.header.roles
        return {role: (cells[role], carried.get(role, number))
                for i in line.covered if (role := roles.get(i, "")) in cells}

    def _under(self, row: RawRow) -> None:
        """What the headings say, where no cell does."""
        for role, (heading, number) in self.sections.now.items():
            if role not in self.header.columns and role not in row.cells:
                row.cells[role] = heading
                if role == "year":  # read as a column's cell is
                    if self.yearly.get(role) != heading:
                        self.yearly = {**self.header.columns, role: heading}
                    row.columns = self.yearly
                if number:
                    row.carried[role] = number
