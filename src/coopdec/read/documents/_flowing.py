"""Paragraphs of a PDF whose cells tabs parted: they have no columns, for a long cell pushes what
comes after it to the next stop, and a full line goes on at the margin. What tells the cells is
that each paragraph has as many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from coopdec.read.documents._layout import TextLine, Word, median

__all__ = ["Flowing", "flowing"]

#: A table has so many columns, and so many rows.
_COLUMNS, _ROWS = 3, 3
#: What a tab leaves is so much wider than a space, and spaces differ by so much.
_TAB, _ALIKE = 1.35, 0.15
#: A larger distance of lines, in usual ones, parts paragraphs.
_WIDE = 1.12
#: So near to each other lines begin at one place.
_NEAR = 2.0
#: A paragraph has no more lines.
_LINES = 6
#: In so many places in which words part there is a space, where the program writes any.
_WRITTEN = 0.6
#: So many larger distances part all paragraphs, and so many lines are set in where all are.
_GAPS, _SET_IN = 0.2, 2
#: Of so few paragraphs the cells may not be told: a tab may leave no more than a space.
_UNREAD = 0.5
#: A heading between the rows is no longer.
_HEADING = 60

_Pieces = list[list[Word]]


@dataclass(slots=True)
class Flowing:
    """``rows``: the cells of each, one for a heading, with their lines. ``unread``: the lines of
    paragraphs whose cells are not told. ``start``, ``end``: the lines of all."""

    start: int
    end: int
    width: int
    rows: list[tuple[list[TextLine], list[str]]] = field(default_factory=list)
    unread: list[list[TextLine]] = field(default_factory=list)


def flowing(lines: Sequence[TextLine], kept: int = 0) -> Flowing | None:
    """The table that the paragraphs make, None where too many of them have more or fewer cells
    than the others, or columns tell as well. ``kept``: the width of the one on the page before,
    which this page may go on with."""
    space = _space(lines)
    parted = _parted(lines, space)
    start = 0 if kept and parted else next(
        (i for i, cells in enumerate(parted) if len(cells) >= _COLUMNS), None)
    if start is None or len(lines) - start < (2 if kept else _ROWS + 1):
        return None
    page = _Page(lines[start:], parted[start:], space)
    widths = {kept} if kept else {n for cells in page.cells if (n := len(cells)) >= _COLUMNS}
    _, width, groups = max(map(page.paragraphs, widths), key=lambda way: way[:2])
    rows = [page.row(group, width) for group in groups]
    last = max((i for i, cells in enumerate(rows) if cells), default=0)
    while last + 1 < len(groups) and not page.is_heading(groups[last + 1]):
        last += 1
    groups, rows = page.doubtful(groups[: last + 1], rows[: last + 1])
    found = Flowing(start, start + groups[-1][-1] + 1, width)
    for group, cells in zip(groups, rows, strict=True):
        own = [page.lines[k] for k in group]
        if cells is not None or page.is_heading(group):
            found.rows.append((own, cells or [" ".join(line.text for line in own)]))
        else:
            found.unread.append(own)
    told = sum(cells is not None for cells in rows)
    if kept:
        return found if told and len(found.unread) <= max(1, _UNREAD * told) else None
    return found if rows[0] and told > _ROWS and len(found.unread) <= _UNREAD * told and (
        page.runs_over(groups)) else None


def _space(lines: Sequence[TextLine]) -> float:
    """How wide the space between words is, 0 where it is of many widths: lines are justified."""
    gaps = [b.x0 - a.x1 for line in lines for a, b in pairwise(line.words)]
    usual = median(gaps) if gaps else 0.0
    near = [gap for gap in gaps if 0 < gap < _TAB * usual]
    alike = sum(abs(gap - usual) < _ALIKE * usual for gap in near)
    return usual if near and alike > 0.95 * len(near) else 0.0


def _parted(lines: Sequence[TextLine], space: float) -> list[_Pieces]:
    """The words of each line, parted where a tab is: the gap is wider than a ``space``, or none
    is written there. None where lines are justified."""
    if not space:
        return []
    usual = median([line.size for line in lines])
    inner = [word.spaced for line in lines for word in line.words[1:]]
    written = sum(inner) >= _WRITTEN * len(inner)
    parted: list[_Pieces] = []
    for line in lines:
        wide = _TAB * space * max(1.0, line.size / usual)
        cells = [[line.words[0]]]
        for before, word in pairwise(line.words):
            if word.x0 - before.x1 > wide or (written and not word.spaced):
                cells.append([])
            cells[-1].append(word)
        parted.append(cells)
    return parted


@dataclass(slots=True)
class _Page:
    """``gapped``: larger distances part the paragraphs; ``set_in``: their lines below the first are
    set in."""

    lines: Sequence[TextLine]
    cells: Sequence[_Pieces]
    space: float
    right: float = 0.0
    pitch: float = 0.0
    gapped: bool = False
    set_in: bool = False
    at_margin: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        lefts = [line.words[0].x0 for line in self.lines]
        self.at_margin = [x < min(lefts) + _NEAR for x in lefts]
        self.right = max(line.words[-1].x1 for line in self.lines)
        self.pitch = min(b.y - a.y for a, b in pairwise(self.lines))
        steps = range(1, len(self.lines))
        self.gapped = sum(map(self._is_wide, steps)) >= _GAPS * len(steps)
        within = Counter(round(x) for x, margin in zip(lefts, self.at_margin, strict=True)
                         if not margin)
        self.set_in = max(within.values(), default=0) >= _SET_IN and not any(
            line.text[0].islower()
            for line, margin in zip(self.lines, self.at_margin, strict=True) if margin)

    def paragraphs(self, width: int) -> tuple[int, int, list[list[int]]]:
        """The lines of each, so that as many lines as may be are in rows of this width; their
        number and the width before."""
        best: list[tuple[int, int, list[list[int]]]] = [(0, width, [])]
        for start in range(len(self.lines) - 1, -1, -1):  # the best from each line on
            ways = []
            for end in range(start + 1, min(start + _LINES, len(self.lines)) + 1):
                if end - start > 1 and not self._may_go_on(end - 1):
                    break
                told, _, rest = best[len(self.lines) - end]
                if end == len(self.lines) or self._may_open(end):
                    group = [*range(start, end)]
                    told += 0 if self.row(group, width) is None else len(group)
                    ways.append((told, width, [group, *rest]))
            best.append(max(ways, key=lambda way: (way[0], -len(way[2])), default=(
                best[-1][0], width, [[start], *best[-1][2]])))
        return best[-1]

    def doubtful(self, groups: Sequence[list[int]], rows: Sequence[list[str] | None]
                 ) -> tuple[list[list[int]], list[list[str] | None]]:
        """The paragraphs, one that may go on with a line that is none put together with it: what
        it says is not sure."""
        out: list[list[int]] = []
        said: list[list[str] | None] = []
        for group, cells in zip(groups, rows, strict=True):
            if out and cells is None and not self.is_heading(group) and (
                    self._had_no_room(group[0]) and not self._is_wide(group[0])) and not (
                    self.set_in and self.at_margin[group[0]]):
                out[-1], said[-1] = [*out[-1], *group], None
            else:
                out.append(group)
                said.append(cells)
        return out, said

    def row(self, group: Sequence[int], width: int) -> list[str] | None:
        """The cells of a paragraph, if there are so many; a line goes on with the last cell of the
        line above, or begins with a tab."""
        first, *below = group
        ways = [(False,) if self.at_margin[k] or self.lines[k].text[0].islower() else
                (False, True) if self._had_no_room(k) else (True,) for k in below]
        least = len(self.cells[first])
        found = [way for way in product(*ways) if width == least + sum(
            len(self.cells[k]) - 1 for k in below) + sum(way)]
        if len(found) != 1:
            return None
        said = [_text(cell) for cell in self.cells[first]]
        for k, tab in zip(below, found[0], strict=True):
            if len(said) == width and not self._is_sure(k):
                return None
            opening, *others = map(_text, self.cells[k])
            if tab:
                said.append(opening)
            else:
                said[-1] += f"{'' if said[-1].endswith('-') else ' '}{opening}"
            said += others
        return said

    def is_heading(self, group: Sequence[int]) -> bool:
        """Whether a paragraph stands between rows, or below them, and is none."""
        return all(len(self.cells[k]) == 1 for k in group) and (
            len(self.lines[group[0]].text) <= _HEADING) and (
            not self.lines[group[0]].text[0].islower()) and (
            group[0] == 0 or not self._had_no_room(group[0]) or self._is_sure(group[0]))

    def runs_over(self, groups: Sequence[Sequence[int]]) -> bool:
        """Whether cells run over what would be the columns: then these tell nothing."""
        stops = [cell[0].x0 for cell in self.cells[groups[0][0]]]
        return any(
            any(cell[0].x0 < stop - _NEAR < cell[-1].x1 for stop in stops for cell in self.cells[k])
            for group in groups for k in group if len(self.cells[k]) > 1 or k != group[0])

    def _may_open(self, k: int) -> bool:
        return self._is_wide(k) if self.gapped else self.at_margin[k]

    def _may_go_on(self, k: int) -> bool:
        if self.gapped:
            return not self._is_wide(k)
        return not self.at_margin[k] or self.lines[k].text[0].islower() or (
            not self.set_in and self._had_no_room(k))

    def _is_sure(self, k: int) -> bool:
        """Whether a line goes on with what is whole without it, or is a paragraph, for sure: it
        may be a heading below a full line."""
        return self.gapped or self.set_in or self.lines[k].text[0].islower() or (
            not self.at_margin[k])

    def _is_wide(self, k: int) -> bool:
        return self.lines[k].y - self.lines[k - 1].y > _WIDE * self.pitch

    def _had_no_room(self, k: int) -> bool:
        first = self.lines[k].words[0]
        return self.lines[k - 1].words[-1].x1 + self.space + first.x1 - first.x0 > self.right


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
