"""Cells that span rows and columns, laid out on a plain grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["COLUMNS_LIMIT", "Cell", "Grid", "letters"]

# No published list is wider; a document that claims more is broken or hostile.
COLUMNS_LIMIT = 2_000
_ROWS_LIMIT = 65_534  # what HTML allows a rowspan to be


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    rows: int = 1
    columns: int = 1


def letters(column: int) -> str:
    """A column, counted from 0, as spreadsheets name it.

    >>> letters(1), letters(27)
    ('B', 'AB')
    """
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


class Grid:
    """Takes the rows of one table in order and places each cell at the first free column,
    as HTML prescribes. A cell's text stands in its top left place only.

    >>> grid = Grid()
    >>> grid.row([Cell("Bretagne", rows=2), Cell("Brest")])
    (['Bretagne', 'Brest'], frozenset())
    >>> grid.row([Cell("Rennes")])
    (['', 'Rennes'], frozenset({0}))
    """

    def __init__(self) -> None:
        self._pending: dict[int, int] = {}
        #: The columns of the last row that a cell of it fills from the left.
        self.across: frozenset[int] = frozenset()

    def row(self, row: Iterable[Cell]) -> tuple[list[str], frozenset[int]]:
        """The texts by column, and the columns that a cell above fills."""
        covered = frozenset(self._pending)
        ahead = {column: left - 1 for column, left in self._pending.items() if left > 1}
        texts: list[str] = []
        across: list[int] = []
        for cell in row:
            while len(texts) in covered:
                texts.append("")
            room = COLUMNS_LIMIT - len(texts)
            if room <= 0:
                break
            width = max(1, min(cell.columns, room))
            if cell.rows > 1:
                left = min(cell.rows, _ROWS_LIMIT) - 1
                ahead.update(dict.fromkeys(range(len(texts), len(texts) + width), left))
            texts.append(cell.text)
            across.extend(range(len(texts), len(texts) + width - 1))
            texts.extend([""] * (width - 1))
        while len(texts) in covered:
            texts.append("")
        self._pending = ahead
        self.across = frozenset(across)
        return texts, covered
