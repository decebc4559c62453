"""Pages one after the other → tables: columns kept from page to page, furniture left out,
words outside tables gathered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.documents._blocks import Block, whole_rows
from coopdec.read.documents._broken import column_widths
from coopdec.read.documents._columns import columns
from coopdec.read.documents._doubts import Doubts
from coopdec.read.documents._furniture import Furniture
from coopdec.read.documents._layout import TextLine, median
from coopdec.read.documents._pages import CellText, PageRow, PageText, RuledTable
from coopdec.read.documents._paragraphs import OPENS, goes_over, paragraphs, reaches_end
from coopdec.read.documents._text import INVITES
from coopdec.read.documents._unruled import Unruled
from coopdec.read.documents._wrap import Words, join
from coopdec.read.documents._wrapped import FULL, SPACE
from coopdec.read.personal import shown

__all__ = ["Flow"]

#: A finding shows so much of what is not read.
_SHOWN = 400
#: So many fields make a card.
_FIELDS = 2


@dataclass(slots=True)
class Flow:
    """Feed :meth:`tables` with pages; words outside tables gather in ``paragraphs``.
    ``gutter`` and ``space`` are the least space between columns and the usual one between
    words, in heights of a letter; ``full``: what share of a column's width a line must fill
    for the next to be its continuation. ``findings`` (placed in ``name``) grow by the rows of
    which the white space leaves a doubt."""

    name: str = ""
    findings: list[Finding] = field(default_factory=list)

    gutter: float = 0.4
    space: float = SPACE
    full: float = FULL

    paragraphs: list[Paragraph] = field(default_factory=list)
    words: Words = field(default_factory=Words)
    _furniture: Furniture = field(default_factory=Furniture)
    _unruled_tables: Unruled = field(init=False)
    _apart: bool = True
    _full: bool = False
    _since: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._unruled_tables = Unruled(self.gutter, self.space, self.full)

    def tables(self, pages: Iterator[PageText]) -> Iterator[Table]:
        blocks = self._blocks(pages)
        ahead: list[Block] = []
        while True:
            block = ahead.pop() if ahead else next(blocks, None)
            if block is None:
                return
            lines = self._lines(block, blocks, ahead)
            yield Table(lines, above=block.above)
            for _ in lines:  # what the caller left
                pass

    def prose(self, pages: Iterator[PageText]) -> list[Paragraph]:
        """The words of pages that are no table at all, as paragraphs."""
        page = next(pages, None)
        while page is not None:
            following = next(pages, None)
            self.paragraphs += self._furniture.drop(page, following, ())
            usual = median([line.size for line in page.lines])
            lines = page.lines
            for table in sorted(page.tables, key=lambda t: t.top):
                above = [line for line in lines if line.y < table.top]
                lines = lines[len(above) :]
                for run in columns(above):
                    self._paragraphs(page, run, usual)
                self._cards(page, table)
            for run in columns(lines):
                self._paragraphs(page, run, usual)
            page = following
        return self.paragraphs

    def _cards(self, page: PageText, table: RuledTable) -> None:
        """What no table was found in: boxes, each with words and fields of its own."""
        for cell in (cell for row in table.rows for cell in row.cells):
            parts: list[list[str]] = [[]]
            for line in cell.lines:
                if OPENS.match(line):
                    parts.append([])
                parts[-1].append(line)
            said = [join(part, self.words) for part in parts if part]
            # Words above the fields of a card head it.
            headed = len(said) > _FIELDS and not OPENS.match(said[0]) and (
                all(map(OPENS.match, said[1:])))
            self.paragraphs += [
                Paragraph(text, page=page.number, kind="heading" if headed and not n else None)
                for n, text in enumerate(said)]

    # ---- pages to blocks

    def _blocks(self, pages: Iterator[PageText]) -> Iterator[Block]:
        page = next(pages, None)
        while page is not None:
            following = next(pages, None)
            if page.number is not None:
                self.paragraphs += self._furniture.drop(page, following, self._unruled_tables.top)
            blocks = list(self._of_page(page))
            number = 0
            cells: list[tuple[CellText, float]] = []
            for block in blocks:
                widths = column_widths(block.rows, [])
                for row in block.rows:
                    number += 1
                    row.page, row.number = page.number, row.number or number
                    cells += zip(row.cells, widths, strict=False)
            for cell, width in cells:
                self.words.add(cell.lines, cell.full(width) | cell.packed(width))
            if page.number is not None and any(
                    len(cell.mended(width, self.words)) < len(cell.lines) for cell, width in cells):
                self.words.cut = True
                self._cut(page)
            yield from blocks
            page = following

    def _of_page(self, page: PageText) -> Iterator[Block]:
        """Ruled tables and, between them, tables without rules, from top to bottom."""
        start = 0
        for table in page.tables:
            end = start
            while end < len(page.lines) and page.lines[end].y <= table.top + 1:
                end += 1
            yield from self._unruled(page, page.lines[start:end], beside_ruled=True)
            start = end
            if table.anywhere:
                self._cut(page)
            if table.rows:
                yield self._block(table.rows, ruled=True)
        yield from self._unruled(page, page.lines[start:], beside_ruled=bool(page.tables))

    def _unruled(
        self, page: PageText, lines: list[TextLine], *, beside_ruled: bool
    ) -> Iterator[Block]:
        parts = self._unruled_tables.parts(lines, beside_ruled=beside_ruled) if (
            page.number is not None) else [lines]
        for n, part in enumerate(parts):
            if n:
                self._unruled_tables.next_part()
            blocks = list(self._unruled_part(page, part, beside_ruled=beside_ruled))
            if not blocks and len(parts) > 1:
                self._unread(page, part)  # it has the header of a table
            yield from blocks

    def _unruled_part(
        self, page: PageText, lines: list[TextLine], *, beside_ruled: bool
    ) -> Iterator[Block]:
        found = self._unruled_tables.table(lines, page.rules, beside_ruled=beside_ruled,
                                           text=page.number is None)
        if found is None:
            self._paragraphs(page, lines)
            return
        self._paragraphs(page, found.above)
        if found.cut and page.number is not None:
            self._cut(page)
        for group in found.unread:
            self._unread(page, group)
        if found.rows:
            yield self._block(found.rows)
        self._paragraphs(page, found.below)

    def _cut(self, page: PageText) -> None:
        found = Finding("words-cut", Severity.WARNING, Position(self.name, page=page.number))
        if found not in self.findings:
            self.findings.append(found)

    def _unread(self, page: PageText, lines: list[TextLine]) -> None:
        """Say lines of a table that cannot be told apart."""
        words = shown([" ".join(line.text for line in lines)], _SHOWN)
        self.findings.append(Finding(
            "text-unread", Severity.WARNING, Position(self.name, page=page.number),
            {"words": words}))

    def _block(self, rows: list[PageRow], *, ruled: bool = False) -> Block:
        block = Block(rows, self._apart, ruled, self._since)
        self._apart, self._since = False, []
        return block

    def _paragraphs(self, page: PageText, lines: list[TextLine], usual: float = 0.0) -> None:
        """Lines outside tables; a line that fills the page goes on in the next. In prose, whose
        letters are ``usual``, larger ones make a heading, and the end of a column or a page
        breaks no item."""
        lines = [line for line in lines if not INVITES.fullmatch(line.text)]
        groups = paragraphs(lines, self.space)
        for n, group in enumerate(groups):
            texts = [line.text for line in group]
            self.words.add(texts)
            number = int(group[0].y) if page.number is None else None
            kind = "heading" if 0 < 1.1 * usual < group[0].size else None
            before = self.paragraphs[-1] if self.paragraphs else None
            if usual and n == 0 and before is not None and not kind and not before.kind and (
                    goes_over(before.text, self._full, texts[0])):
                self.paragraphs[-1] = replace(before, text=join([before.text, *texts], self.words))
                continue
            self.paragraphs.append(Paragraph(join(texts, self.words), number, page.number,
                                             kind=kind))
            self._since.append(self.paragraphs[-1].text)
            self._apart = True
        self._full = bool(groups) and reaches_end(groups[-1], lines)

    # ---- blocks to lines

    def _lines(self, block: Block, blocks: Iterator[Block], ahead: list[Block]) -> Iterator[Line]:
        doubts = None if block.ruled else Doubts(self.name)
        for row, widths in whole_rows(block, blocks, ahead):
            yield self._line(row, widths, doubts)
        if doubts is not None:
            self.findings += doubts.findings()

    def _line(self, row: PageRow, widths: list[float], doubts: Doubts | None) -> Line:
        cells = [
            cell.text(width, self.words)
            for cell, width in zip(row.cells, widths, strict=False)
        ]
        line = Line(row.number, cells, row.last_number, row.page, covered=row.covered)
        if doubts is not None:
            doubts.see(line, row.doubtful)
        return line
