"""Rows of a table without rules whose cells sit in the middle or at the bottom of their row.

There a line that begins a cell tells nothing: a cell of one line stands beside the second
of three. What tells is that the cells of a row share their middle (or their last line),
and that the lines within a cell keep one distance. The best division of the lines by this
is found by dynamic programming.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from coopdec.read.documents._layout import Piece, Seen, TextLine
from coopdec.read.documents._wrap import UNFINISHED

__all__ = ["aligned_rows"]

#: A row has so many lines at most.
_MOST = 40
#: How far, in distances of lines, what should be level may be off.
_OFF = 0.3
#: What a cell costs that begins with a word for which the line above had room.
_BREAK = 1.5
_NEVER = float("inf")

Cells = Sequence[Sequence[Piece | None]]


def aligned_rows(lines: Sequence[TextLine], cells: Cells, space: float, seen: Seen
                 ) -> list[list[int]] | None:
    """The lines grouped to rows, None where the cells are as well at the top of their rows
    (or nothing speaks for another place). Where the page before told, this one is alike."""
    if len(cells[0]) < 2:
        return None
    if seen.level:
        cost, rows = _best(lines, cells, seen.pitch, space, seen.widths, _LEVELS[seen.level])
        if cost < _NEVER:
            return rows
    pitch = _pitch(lines, cells)
    if len(lines) < 4 or pitch is None:
        return None
    found = {name: _best(lines, cells, pitch, space, seen.widths, level)
             for name, level in _LEVELS.items()}
    cost_of = {name: found[name][0] for name in found}
    best = min(("middle", "bottom"), key=lambda name: cost_of[name])
    if cost_of[best] + 2 > cost_of["top"] or cost_of[best] == _NEVER:
        return None
    seen.level, seen.pitch = best, pitch
    return found[best][1]


def _pitch(lines: Sequence[TextLine], cells: Cells) -> float | None:
    """The distance of the lines within a cell: one of the smallest in one column."""
    gaps = []
    for column in range(len(cells[0])):
        ys = [line.y for line, row in zip(lines, cells, strict=True) if row[column] is not None]
        gaps += [b - a for a, b in pairwise(ys)]
    gaps.sort()
    return gaps[len(gaps) // 10] if gaps and gaps[0] > 0 else None


def _top(ys: Sequence[float]) -> float:
    return ys[0]


def _middle(ys: Sequence[float]) -> float:
    return (ys[0] + ys[-1]) / 2


def _bottom(ys: Sequence[float]) -> float:
    return ys[-1]


_LEVELS: dict[str, Callable[[Sequence[float]], float]] = {
    "top": _top, "middle": _middle, "bottom": _bottom}


def _best(lines: Sequence[TextLine], cells: Cells, pitch: float, space: float,
          widths: Sequence[float], level: Callable[[Sequence[float]], float]
          ) -> tuple[float, list[list[int]]]:
    """The cheapest division and its cost: one for each row and for each cell it lacks."""
    n = len(lines)
    cost = [0.0] + [_NEVER] * n
    start = [0] * (n + 1)
    for first in range(n):
        if cost[first] == _NEVER:
            continue
        row = _Row(len(cells[0]))
        for last in range(first, min(n, first + _MOST)):
            if not row.take(lines[last], cells[last], pitch, space, widths):
                break
            price = cost[first] + row.cost(level, pitch)
            if price < cost[last + 1]:
                cost[last + 1], start[last + 1] = price, first
    if cost[n] == _NEVER:
        return _NEVER, []
    rows, at = [], n
    while at:
        rows.append(list(range(start[at], at)))
        at = start[at]
    return cost[n], rows[::-1]


class _Row:
    """Lines taken together so far: where each column has some."""

    def __init__(self, columns: int) -> None:
        self._ys: list[list[float]] = [[] for _ in range(columns)]
        self._last: list[Piece | None] = [None] * columns
        self._breaks = 0.0

    def take(self, line: TextLine, cells: Sequence[Piece | None], pitch: float, space: float,
             widths: Sequence[float]) -> bool:
        """One line more; False where a column's lines would not keep their distance."""
        follow = [(above, p) for p, above in zip(cells, self._last, strict=True) if p and above]
        if len(follow) > 2 and not any(p.text[0].islower() for p in cells if p) and not any(
                UNFINISHED.search(above.text) for above, _ in follow):
            self._breaks += _BREAK  # new cells side by side
        for i, piece in enumerate(cells):
            if piece is None:
                continue
            ys, above = self._ys[i], self._last[i]
            if ys and line.y - ys[-1] > 1.25 * pitch:
                return False
            if above is not None and above.width + space + piece.first < 0.8 * widths[i]:
                self._breaks += _BREAK
            ys.append(line.y)
            self._last[i] = piece
        return True

    def cost(self, level: Callable[[Sequence[float]], float], pitch: float) -> float:
        levels = [level(ys) for ys in self._ys if ys]
        if max(levels) - min(levels) > _OFF * pitch:
            return _NEVER
        return 1 + len(self._ys) - len(levels) + self._breaks
