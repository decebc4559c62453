"""What a page is to the flow of tables: lines of words, ruled tables, rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from coopdec.read.documents._layout import Gutter, Piece, TextLine
from coopdec.read.documents._wrap import UNFINISHED, Words, is_cut, join
from coopdec.read.documents._wrapped import FULL

__all__ = ["CellText", "PageRow", "PageText", "RuledTable", "broken_anywhere", "cut_anywhere",
           "row_of"]

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
        least = 5 if self.room else 10
        return {i for i in self._filled(column)
                if len(self.lines[i]) >= least and (self.anywhere or " " not in self.lines[i])}

    def packed(self, column: float) -> set[int]:
        """The lines so filled by several words, of which the last and the first of the next line
        are together too long for the column: « de Provence-Alp/es-Côte »."""
        found = set()
        for i in self._filled(column):
            last, after = self.lines[i].split()[-1], self.lines[i + 1 : i + 2]
            both = last + (after[0].split()[0] if after and after[0] else "")
            if " " in self.lines[i] and (
                    self.widths[i] * _wide(both) / _wide(self.lines[i]) > max(column, self.room)):
                found.add(i)
        return found

    def _filled(self, column: float) -> set[int]:
        """The lines that had no room for one letter more."""
        room = max(column, self.room) if self.room else column
        heads = [*(line[:1] for line in self.lines[1:]), "n"]
        slack = 1.6 if self.anywhere else 1.1
        return {i for i, (text, width, head) in enumerate(
                    zip(self.lines, self.widths, heads, strict=False))
                if text and width > room - slack * width * _wide(head) / _wide(text)}

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
        full = self.full(column) | (self.packed(column) if words.cut else set())
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
    picture. ``lost``: letters whose meaning the PDF does not tell. ``fields``: what was typed into
    a form."""

    number: int | None = None
    height: float = 0.0
    lines: list[TextLine] = field(default_factory=list)
    tables: list[RuledTable] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    image: bool = False
    lost: bool = False
    fields: list[str] = field(default_factory=list)


def broken_anywhere(cells: Iterable[CellText], lines: Iterable[TextLine] = (),
                    gutters: Sequence[Gutter] = ()) -> bool:
    """Whether a table's lines are filled to the last letter, whatever the word, and not because
    the spaces between words are of many widths. ``lines``: those of the cells, or those that cross
    the table's columns, which the ``gutters`` part."""
    tight = [width > cell.room - 1.2 * width / len(text) for cell in cells if cell.room
             for text, width in list(zip(cell.lines, cell.widths, strict=True))[:-1] if text]
    if len(tight) < _TELLING or sum(tight) < _TIGHT * len(tight):
        return False
    spaces = sorted(b.x0 - a.x1 for line in lines for a, b in pairwise(line.words)
                    if not any(a.x1 <= gutter.middle <= b.x0 for gutter in gutters))
    quarter = len(spaces) // 4
    return quarter == 0 or spaces[-quarter] <= 1.3 * spaces[quarter]


def cut_anywhere(rows: Sequence[PageRow], lines: Sequence[TextLine], gutters: Sequence[Gutter]
                 ) -> bool:
    """Whether this is so for a table without rules, whose cells then know their room."""
    rooms = [max((w for cell in column for w in cell.widths), default=0.0)
             for column in zip(*(row.cells for row in rows), strict=True)]
    filled = [(cell, room) for row in rows for cell, room in zip(row.cells, rooms, strict=True)
              if cell.lines]
    anywhere = broken_anywhere((replace(cell, room=room) for cell, room in filled), lines, gutters)
    for cell, room in filled if anywhere else ():
        cell.room, cell.anywhere = room, True
    return anywhere


def row_of(cells: list[list[Piece | None]], group: list[int]) -> PageRow:
    """The row that some lines make."""
    row = [CellText() for _ in cells[0]]
    for k in group:
        for cell, piece in zip(row, cells[k], strict=True):
            if piece is not None:
                cell.first = cell.first or piece.first
                cell.add(piece.text, piece.width)
    return PageRow(row)
