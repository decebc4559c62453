"""Headings that run across the columns of a table without rules (« Bretagne », in the middle, above
its rows): lines of one piece in letters of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coopdec.read.documents._layout import Gutter, TextLine, median, narrowed
from coopdec.read.documents._pages import CellText, PageRow

__all__ = ["above_header", "again", "heading_row", "headings", "set_apart"]

#: Letters so much larger are those of a heading.
_LARGER = 1.1
#: A heading is no longer, in letters.
_LONGEST = 100
#: Of the rows so many are in the same letters throughout.
_MOSTLY = 0.9
#: Of the words of a header so many come again.
_SAME = 0.7
#: A heading stands so far below the table before, in heights of a letter.
_FAR = 1.3
#: How far from the middle of the table it may stand, in heights of a letter.
_OFF = 1.5


def set_apart(lines: Sequence[TextLine], least: float) -> list[TextLine]:
    """The lines that may be such headings: they have no wider gap, and are in capitals, or not in
    the letters that most are in."""
    body = _body(lines)
    usual = median([line.size for line in lines])
    return [line for line in lines if body and _is_one(line, least) and (
        len(line.text) <= _LONGEST) and (
        (line.style and line.style != body) or line.size > _LARGER * usual
        or line.text.isupper())]


def headings(apart: Sequence[TextLine], rest: Sequence[TextLine], gutters: Sequence[Gutter],
             least: float) -> list[TextLine]:
    """Those of them that are headings between the rows (``rest``), and not the bold words of a
    cell, or of the header: no row has such words, or they cross a column, or stand in the middle
    of the table as those do that cross one."""
    body = _body(rest)
    middle = (min(line.words[0].x0 for line in rest) + max(line.words[-1].x1 for line in rest)) / 2

    def is_centred(line: TextLine) -> bool:
        return abs((line.words[0].x0 + line.words[-1].x1) / 2 - middle) < _OFF * line.size

    # « EAU » may be the last word of a cell: capitals tell in the middle alone.
    apart = [line for line in apart if line.style != body or is_centred(line)]
    crossing = [line for line in apart if any(
        line.words[0].x0 < (g.x1 - line.size if is_centred(line) else g.x0)
        and line.words[-1].x1 > g.x1 for g in gutters)]
    styles = {line.style for line in crossing}
    first = next((line.y for line in rest if line.style == body), float("inf"))
    rows = [line for line in rest if line.y >= first and not _is_one(line, least)]
    plain = sum(line.style == body for line in rows) >= _MOSTLY * len(rows)
    later = sum(line.y > first for line in apart)

    def is_heading(line: TextLine) -> bool:
        if line in crossing or (line.style in styles and is_centred(line)):
            return True
        if line.y > first:
            return plain and line.style != body
        # « Partenaire » over « (pays) »
        return plain and is_centred(line) and later > 1 and line.text[0].isupper()

    return [line for line in apart if is_heading(line)]


def again(lines: Sequence[TextLine], least: float) -> list[int]:
    """Where the header of a table comes again: the first of its lines, in letters that rows have
    not, with a gap that parts columns."""
    body = _most_letters(lines)
    heads = [(k, {word.text for word in line.words}) for k, line in enumerate(lines)
             if line.style and line.style != body and not _is_one(line, least)]
    # « Chef de file » may be on one line above a wider column, and on two above another.
    for k, words in heads:
        same = [other for other, said in heads if lines[other].words[0].text == (
            lines[k].words[0].text) and len(words & said) >= _SAME * len(words | said)]
        if len(same) > 1:
            return same
    return []


def above_header(lines: Sequence[TextLine], header: int) -> int:
    """Where the words begin that stand right above a header, and far from what is above them."""
    first = header - 1
    if first > 0 and lines[first].y - lines[first - 1].y > _FAR * lines[first].size and (
            lines[first].style in (lines[header].style, "")
            or lines[first].style != _most_letters(lines)):
        return first
    return header


def _most_letters(lines: Sequence[TextLine]) -> str:
    """The letters that most words are in: rows are longer than headers, and may be fewer."""
    often: Counter[str] = Counter()
    for line in lines:
        often[line.style] += len(line.text)
    return often.most_common(1)[0][0] if often else ""


def _body(lines: Sequence[TextLine]) -> str:
    """The letters that most lines are in."""
    pure = Counter(line.style for line in lines if line.style)
    return pure.most_common(1)[0][0] if pure else ""


def heading_row(line: TextLine, columns: int) -> PageRow:
    """The row that a heading is."""
    width = line.words[-1].x1 - line.words[0].x0
    cells = [CellText([line.text], [width], across=True), *(CellText() for _ in range(columns - 1))]
    return PageRow(cells)


def _is_one(line: TextLine, least: float) -> bool:
    """Whether no gap parts the words of a line."""
    inner = Gutter(line.words[0].x0, line.words[-1].x1)
    return not narrowed([inner], line, least)
