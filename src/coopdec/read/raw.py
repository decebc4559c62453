"""A row as it is printed: its cells by role, before they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coopdec.model import Position
from coopdec.read.documents import Line

__all__ = ["AND", "RawRow", "add"]

#: Between what several cells say of one thing.
AND = " ; "


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

    def takes(self, filled: Mapping[str, str], line: Line, mark: str = AND) -> None:
        """A further line of the same project, with these cells."""
        for role, text in filled.items():
            add(self.cells, role, text, mark)
        self.position = self.position._replace(last_line=line.last_number or line.number)

    def add_leads(self, further: list[str]) -> None:
        """Leads of further columns: after that of the first, be it carried down."""
        if further:
            cells = [self.cells["lead"]] if self.cells.get("lead") else []
            self.cells["lead"] = AND.join(dict.fromkeys([*cells, *further]))


def add(cells: dict[str, str], role: str, text: str, mark: str = AND) -> None:
    """Put words to those that the cell of a role has."""
    cells[role] = f"{cells[role]}{mark}{text}" if cells.get(role) else text
