"""What a page is to the flow of tables: lines of words, ruled tables, rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from coopdec.read.documents._layout import Piece, TextLine
from coopdec.read.documents._wrap import UNFINISHED, Words, is_cut, join
from coopdec.read.documents._wrapped import FULL

__all__ = ["CellText", "PageRow", "PageText", "RuledTable", "broken_anywhere", "row_of"]

#: So many lines tell how a program breaks them, where so large a share is filled.
_TELLING, _TIGHT = 8, 0.8


@dataclass(slots=True)
class CellText:
    """The lines of a cell with their widths, the width of its first word, and the room that
    its box leaves to a line, where it is known: they tell whether a line, or the next page,
    goes on with what stands above. ``anywhere``: the program breaks lines within words.
    ``across``: the cell is as wide as several columns."""

    lines: list[str] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    first: float = 0.0
    room: float = 0.0
    anywhere: bool = False
    across: bool = False

    def add(self, text: str, width: float) -> None:
        self.lines.append(text)
        self.widths.append(width)

    def full(self, column: float) -> set[int]:
        """The lines that one word fills from edge to edge: it may have been too long for
        the column and cut without a hyphen. Where the room is not known, only a long word
        tells."""
        room, least = (max(column, self.room), 5) if self.room else (column, 10)
        heads = [*(line[:1] for line in self.lines[1:]), "n"]
        return {
            i
            for i, (text, width, head) in enumerate(
                zip(self.lines, self.widths, heads, strict=False))
            if len(text) >= least and (self.anywhere or " " not in text)
            and width > room - (1.6 if self.anywhere else 1.1) * width * _wide(head) / _wide(text)
        }

    def text(self, column: float, words: Words) -> str:
        """The words of the cell, a new line only where the next word had room on the line
        above and opens something of its own: the author broke it there."""
        lines = self.mended(column, words)
        if len(lines) != len(self.lines):
            return join(lines, words)
        parts: list[list[str]] = [[]]
        for i, line in enumerate(lines):
            if i and line[:1].isupper() and self._had_room(i, max(column, self.room)):
                parts.append([])
            parts[-1].append(line)
        return "\n".join(join(part, words) for part in parts)

    def _had_room(self, number: int, column: float) -> bool:
        above, line = self.lines[number - 1], self.lines[number]
        if not above or not line or UNFINISHED.search(above):
            return False
        letter = self.widths[number] / len(line)  # the first word may have wider ones
        need = self.widths[number - 1] + 1.2 * letter * (len(line.split(maxsplit=1)[0]) + 1)
        return need < FULL * column

    def mended(self, column: float, words: Words) -> list[str]:
        """The lines, such a word put together again: « Métropole/Gouve », « rnement »."""
        lines: list[str] = []
        full = self.full(column)
        for i, text in enumerate(self.lines):
            tail = re.search(r"[^\W\d_]+$", self.lines[i - 1]) if i - 1 in full else None
            # « d’agglomération » is no half of a word.
            head = tail and re.match(r"(?![^\W\d_]+['’])[^\W\d_]+", text)
            capitals = tail and head and len(head[0]) > 1 and f"{tail[0]}{head[0]}".isupper()
            if tail and head and (capitals or head[0].islower()) and is_cut(
                    tail[0].lower(), head[0].lower(), words, alone=head[0] == text):
                lines[-1] += text
            else:
                lines.append(text)
        return lines


def _wide(text: str) -> float:
    """How wide letters are in most fonts, in usual ones: the next must not have had room."""
    return sum(0.5 if c in "fijlrtI'’.,- " else 1.6 if c in "mwMW" else 1.0 for c in text)


@dataclass(slots=True)
class PageRow:
    cells: list[CellText]
    covered: frozenset[int] = frozenset()
    page: int | None = None
    number: int = 0
    last_number: int | None = None
    top: float = 0.0
    below: float = 0.0
    doubtful: str = ""


@dataclass(slots=True)
class RuledTable:
    """``below`` is the baseline from which on the page goes on after the table. ``anywhere`` as
    in its cells."""

    rows: list[PageRow]
    top: float
    below: float
    anywhere: bool = False


@dataclass(slots=True)
class PageText:
    """``lines`` are those outside ruled tables. ``number`` is None for a stretch of plain
    text, whose lines have their number as ``y``. ``image``: there is no text, but a
    picture. ``lost``: letters whose meaning the PDF does not tell."""

    number: int | None = None
    height: float = 0.0
    lines: list[TextLine] = field(default_factory=list)
    tables: list[RuledTable] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    image: bool = False
    lost: bool = False


def broken_anywhere(cells: Iterable[CellText]) -> bool:
    """Whether a table's lines are filled to the last letter, whatever the word."""
    tight = [width > cell.room - 1.2 * width / len(text) for cell in cells if cell.room
             for text, width in list(zip(cell.lines, cell.widths, strict=True))[:-1] if text]
    return len(tight) >= _TELLING and sum(tight) >= _TIGHT * len(tight)


def row_of(cells: list[list[Piece | None]], group: list[int]) -> PageRow:
    """The row that some lines make."""
    row = [CellText() for _ in cells[0]]
    for k in group:
        for cell, piece in zip(row, cells[k], strict=True):
            if piece is not None:
                cell.first = cell.first or piece.first
                cell.add(piece.text, piece.width)
    return PageRow(row)
