"""What a line has of the lines above it: several lines of one project put together, cells and
headings that hold for the lines below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coopdec.model import Position
from coopdec.read.columns.header import Header
from coopdec.read.columns.roles import PLACES
from coopdec.read.documents import Line
from coopdec.read.raw import AND, RawRow
from coopdec.read.sections import Sections

__all__ = ["Gathering"]

_NOTHING: Mapping[str, str] = {}


@dataclass(slots=True)
class Gathering:
    """``carry``: the roles whose empty cells mean the cell above; ``carried``: the last cell,
    with its line, of each role that holds for lines below; ``above``: the last line's own cells,
    which may be merged with those below: by role, with the line's number and those of cells that
    it had from lines above; ``yearly``: the columns, with the year of a heading as one."""

    header: Header
    sections: Sections
    carry: tuple[str, ...] = ()
    carried: dict[str, tuple[str, int]] = field(default_factory=dict)
    above: tuple[Mapping[str, str], int, Mapping[str, int]] = ({}, 0, {})
    yearly: Mapping[str, str] = field(default_factory=dict)

    def goes_on(self, row: RawRow, filled: Mapping[str, str], line: Line) -> bool:
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
        led = self._led()
        if ("title" in filled and (place or "lead" in covered or led)) or led > self.above[1]:
            return False
        if not place and not filled.keys() & {"title", "description", "theme"} and (
                "lead" not in covered):
            return False
        merged = self._merged(line)
        self.above = ({**{role: cell for role, (cell, _) in merged.items()}, **filled}, line.number,
                      {role: at for role, (_, at) in merged.items()})
        if place:
            filled = self._further_place(row, filled, line)
        row.takes(filled, line, AND if place else " ")
        return True

    def _led(self) -> int:
        """The line of the heading that says who leads; 0 where a column does, or nothing."""
        return 0 if "lead" in self.header.columns else self.sections.now.get("lead", ("", 0))[1]

    def again(self, row: RawRow, filled: Mapping[str, str], line: Line) -> bool:
        """Whether a line is the one above once more, with another place or theme: one project in
        a table of its partners, or of its goals. Its identifier and all else that it says must
        be the same."""
        if row.cells.get("id") != filled["id"] or "title" not in filled or any(
                row.cells.get(role) != cell for role, cell in filled.items()
                if role not in {*PLACES, "theme"}):
            return False
        place = filled.get("partner", ""), filled.get("country", "")
        places = row.places or [(row.cells.get("partner", ""), row.cells.get("country", ""))]
        more = {role: filled[role] for role in PLACES if role in filled and place not in places}
        had = row.cells.get("theme", "")
        if (theme := filled.get("theme")) and theme not in (had, *had.split(AND)):
            more["theme"] = theme
        if not more:
            return False
        if place not in places:
            row.places = [*places, place]
        row.takes(more, line)
        return True

    def _further_place(self, row: RawRow, filled: Mapping[str, str], line: Line
                       ) -> Mapping[str, str]:
        """Put the place of a line to those of its row; the cells that are still to be added."""
        cells = row.cells
        partner, country = filled.get("partner", ""), filled.get("country", "")
        last = cells.get("partner", "")
        if self.header.peoples:
            row.places = [*(row.places or ()), *self.header.places_of(line.cells, country)]
            return filled
        if "country" not in self.header.columns and last and not last.endswith(")"):
            cells["partner"] = f"{last} {partner}"  # « Cercle de » · « Niafunké (Mali) »
            return {role: text for role, text in filled.items() if role not in PLACES}
        if row.places is None:
            row.places = [(last, cells.get("country", ""))]
        row.places.append((partner, country or row.places[-1][1]))
        return filled

    def start(self, filled: dict[str, str], cells: list[str], line: Line, where: Position,
              personal: list[str]) -> RawRow:
        """The row that begins with this line, with what holds from above where it says nothing."""
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
        if line.across:
            self._one_day(filled, line)
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

    def _one_day(self, filled: dict[str, str], line: Line) -> None:
        """« 2021 » merged over the columns of start and end is both."""
        day = filled.get("start", "")
        ends = [i for i in line.across if self.header.roles.get(i) == "end"]
        if day and ends and "end" not in filled and self.header.roles.get(ends[0] - 1) == "start":
            filled["end"] = day

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
