"""A cell merged over several rows of a table without rules between these: its words stand in the
middle of its group, beside any of them.

That the first column is of that kind is believed where its words stand in the middle of groups
of whole rows, one group after the other from the first row to the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coopdec.read.documents._layout import Gutter, Piece, TextLine, median
from coopdec.read.documents._pages import CellText, PageRow, row_of

__all__ = ["bare", "merged_rows"]

#: How far from the middle of its group such a cell may stand, in heights of a letter.
_OFF = 0.3
#: So many lines it may have, no farther from each other.
_LINES, _CLOSE = 4, 1.8

Cells = list[list[Piece | None]]


def bare(lines: Sequence[TextLine], cells: Cells, gutter: Gutter, header: Sequence[int]
         ) -> tuple[list[TextLine], Cells, list[int]]:
    """The lines and cells without the first column's, but those of the header, and which lines
    still say something: none where the first column has words in each row, or nearly."""
    filled = [sum(piece is not None for piece in column) for column in zip(*cells, strict=True)]
    if len(filled) < 3 or (filled[0] >= min(filled[1:])
                           and not any(row[0] is None and all(row[1:]) for row in cells)):
        return [], [], []
    rest = [row if i in header else [None, *row[1:]] for i, row in enumerate(cells)]
    return ([line if i in header else _side(line, gutter, 1) for i, line in enumerate(lines)],
            rest, [i for i, row in enumerate(rest) if any(row)])


def _side(line: TextLine, gutter: Gutter, side: int) -> TextLine:
    """The line before (0) or after (1) a gutter, on the baseline of its words there."""
    words = [w for w in line.words if (w.x0 + w.x1 > 2 * gutter.middle) == side]
    return replace(line, words=words,
                   y=median([w.y or line.y for w in words]) if words else line.y)


def merged_rows(lines: Sequence[TextLine], cells: Cells, gutter: Gutter,
                others: Sequence[TextLine], rest: Cells, groups: list[list[int]], header: int
                ) -> list[PageRow] | None:
    """The rows, where the cells of the first column are merged so; None for another table.
    ``groups``: the lines of each row by the other columns (``others``, ``rest``), the
    ``header`` first."""
    body = groups[header:]
    own = [i for i in range(len(lines)) if cells[i][0] and not any(
        i in group for group in groups[:header])]
    whole = all(all(any(rest[i][c] for i in group) for c in range(1, len(cells[0])))
                for group in body)
    starts = {group[0] for group in body}
    if not whole or len(own) < 2 or starts.issuperset(own):
        return None
    parts = _parts([(others[g[0]].y, others[g[-1]].y) for g in body],
                   [_side(lines[i], gutter, 0).y for i in own], lines[own[0]].size)
    if parts is None or not 1 < len(parts) < len(body):
        return None
    rows = [row_of(rest, group) for group in groups]
    first = header
    for row_count, words in parts:
        texts = [[cells[i][0]] for i in own[: len(words)]]
        rows[first].cells[0] = row_of(texts, [*range(len(texts))]).cells[0]
        for row in rows[first + 1 : first + row_count]:
            row.cells[0], row.covered = CellText(), frozenset({0})
        first, own = first + row_count, own[len(words) :]
    return rows


def _parts(rows: Sequence[tuple[float, float]], words: Sequence[float], size: float
           ) -> list[tuple[int, Sequence[float]]] | None:
    """The rows (first and last baseline) parted to groups, as many as can be, in the middle of
    each the words of a cell; None where they cannot be."""

    def onward(row: int, word: int) -> Iterator[tuple[int, int]]:
        for end in range(row + 1, len(rows) + 1):
            middle = (rows[row][0] + rows[end - 1][1]) / 2
            for last in range(word + 1, min(word + _LINES, len(words)) + 1):
                if last - word > 1 and words[last - 1] - words[last - 2] > _CLOSE * size:
                    break
                if abs((words[word] + words[last - 1]) / 2 - middle) <= _OFF * size:
                    yield end, last

    # No recursion: a page may have a thousand groups.
    after: dict[tuple[int, int], list[tuple[int, int]]] = {}
    todo = [(0, 0)]
    while todo:
        place = todo.pop()
        if place not in after:
            after[place] = [*onward(*place)]
            todo += after[place]
    best: dict[tuple[int, int], list[tuple[int, Sequence[float]]]] = {(len(rows), len(words)): []}
    for row, word in sorted(after, reverse=True):
        for end, last in after[row, word]:
            rest, found = best.get((end, last)), best.get((row, word))
            if rest is not None and (found is None or len(rest) >= len(found)):
                best[row, word] = [(end - row, words[word:last]), *rest]
    return best.get((0, 0))
