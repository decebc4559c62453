"""Tables one after the other in a text: a table that goes on after a page break is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coopdec.read.documents import Document, Line, Paragraph, Table
from coopdec.read.documents._broken import merged_and_blank
from coopdec.read.documents._tabbed import tabbed

__all__ = ["BLANKS", "Sequence"]

#: What means nothing around a line; a tab may stand for an empty cell.
BLANKS = " \u00a0\u2009\u202f\r\n"


class Sequence:
    """Fed in the document's order. A table of as many columns as the one before, with no
    words in between, continues it. Lines are numbered through the whole document, so that
    a number names one row."""

    def __init__(self) -> None:
        self._tables: list[list[Line]] = []
        self._above: list[list[str]] = []
        self._words: list[Paragraph] = []
        self._said: list[Paragraph] = []
        self._beside: list[Paragraph] = []
        self._since: list[str] = []
        self._apart = True
        self._number = 0
        self._heads: list[list[str]] = []
        self._merged: frozenset[int] = frozenset()

    def words(self, text: str, kind: str | None) -> None:
        """Words of such a :class:`Paragraph` stand here, tabs as they are: the next table is
        another one."""
        self._words.append(Paragraph(text, kind=kind))

    def _parted(self) -> None:
        """The words so far: those that tabs part make tables."""
        words, self._words = self._words, []
        shown = [replace(p, text=p.text.replace("\t", " ").strip()) for p in words]
        self._said += shown
        start = 0
        for part in tabbed([p.text for p in words]):
            if isinstance(part, str):
                self._apart = True
                self._since.append(shown[start].text)
                self._beside.append(shown[start])
                start += 1
                continue
            start += len(part)
            self.table()
            for cells in part:
                self.row(cells, frozenset())

    def table(self, *, nested: bool = False) -> None:
        """A table begins; ``nested``: it stands in a cell of another."""
        self._parted()
        if self._tables and not self._tables[-1]:
            self._tables.pop()
            self._since[:0] = self._above.pop()
        self._tables.append([])
        self._above.append(self._since)
        self._since = []
        self._nested, self._start = nested, True

    def row(self, cells: list[str], covered: frozenset[int]) -> None:
        self._number += 1
        if not covered and not any(cells):
            return
        if self._start:
            self._start = False
            self._merged = self._merged_before() if self._same_width(cells) else frozenset()
            if not (self._apart or self._nested) and self._same_width(cells):
                self._tables.pop()
                self._above.pop()
            self._apart = self._nested
        if self._merged and cells not in self._heads:
            # The first row under the header: a cell that was merged goes on over the page.
            covered |= {c for c in self._merged if c < len(cells) and not cells[c]}
            self._merged = frozenset()
        if not self._tables[-1]:
            self._heads.append(cells)
        self._tables[-1].append(Line(self._number, cells, covered=covered))

    def _merged_before(self) -> frozenset[int]:
        """The columns of the table before in which every cell without words is merged."""
        before = self._tables[-2] if not self._tables[-1] and len(self._tables) > 1 else []
        merged, blank = merged_and_blank((line.cells, line.covered) for line in before)
        return frozenset(merged - blank)

    def _same_width(self, cells: list[str]) -> bool:
        before = self._tables[-2] if len(self._tables) > 1 else []
        return bool(before) and len(before[-1].cells) == len(cells)

    def into(self, document: Document, above: Iterable[Paragraph] = (),
             below: Iterable[Paragraph] = ()) -> None:
        """All is fed. The document gets the tables, and the words that are in none; ``above``
        and ``below`` them are those of each page."""
        self._parted()
        document.tables = [Table(lines, above=above_it) for lines, above_it
                           in zip(self._tables, self._above, strict=True) if lines]
        document.paragraphs = [*above, *self._beside, *below]
        if len(self._beside) < len(self._said):  # rows that may turn out to be none
            document.prose = lambda: [*above, *self._said, *below]
