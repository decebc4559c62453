"""Tables without rules: the lines of a page → the rows of the table among them, page after page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from coopdec.read.documents._across import (
    above_header,
    again,
    heading_row,
    headings,
    set_apart,
)
from coopdec.read.documents._centred import bare, merged_rows
from coopdec.read.documents._columns import fiches_beside
from coopdec.read.documents._flowing import Flowing, flowing
from coopdec.read.documents._furniture import wording
from coopdec.read.documents._layout import (
    Gutter,
    Seen,
    TextLine,
    extended,
    find_run,
    headed,
    keeping,
    median,
    pieces,
    refined,
    without_thousands,
)
from coopdec.read.documents._pages import CellText, PageRow, cut_anywhere, row_of
from coopdec.read.documents._wrapped import FULL, SPACE, begun_within, rows_of, trimmed

__all__ = ["Found", "Unruled"]


#: Lines of a cell are no farther from each other, in heights of a letter.
_NEAR = 1.4


@dataclass(slots=True)
class Found:
    """The table's rows, and the lines of the page above and below it. ``cut``: its columns cut
    words; ``unread``: lines of it whose cells are not told."""

    above: list[TextLine]
    rows: list[PageRow]
    below: list[TextLine]
    cut: bool = False
    unread: list[list[TextLine]] = field(default_factory=list)


class _Columns(NamedTuple):
    """Lines ``start`` to ``end`` (exclusive) have these columns; ``kept``: those of the page
    before."""

    start: int
    end: int
    gutters: list[Gutter]
    kept: bool = False


@dataclass(slots=True)
class Unruled:
    """Fed with the pages of a document in order. ``gutter``, ``space``, ``full`` as in
    :class:`~coopdec.read.documents._flow.Flow`; ``top``: the wording of the table's first lines,
    which pages may repeat."""

    gutter: float = 0.4
    space: float = SPACE
    full: float = FULL
    top: list[str] = field(default_factory=list)
    _gutters: list[Gutter] = field(default_factory=list)
    _header: list[str] = field(default_factory=list)
    _seen: Seen = field(default_factory=Seen)
    _flows: int = 0
    _again: bool = False

    def table(self, lines: list[TextLine], rules: Sequence[float], *, beside_ruled: bool,
              text: bool) -> Found | None:
        """The table among these lines, None where there is none. ``text``: they are those of a
        plain text, with their number as ``y``."""
        flow = flowing(lines, self._flows) if not text and not beside_ruled else None
        if flow is not None and (self._flows or not self._in_columns(lines, flow)):
            return self._tabbed(lines, flow)
        lines, between, found = self._look(lines, beside_ruled)
        start, end, gutters, kept = found
        if not gutters:
            return None
        self._gutters = gutters
        if not kept:
            inner = lines[start:end]
            start += trimmed(inner, [pieces(line, gutters) for line in inner])
        inner = lines[start:end]
        first = inner[0].y if inner and not kept else float("-inf")
        between = [line for line in between if first < line.y < lines[end - 1].y]
        if kept:
            inner = inner[_same_start([wording(line) for line in inner], self._header) :]
        else:
            self.top, self._seen = [wording(line) for line in inner[:8]], Seen()
        result = Found(lines[:start], [], lines[end:])
        if inner:
            groups = self._rows(result, inner, gutters, rules, between, kept)
            if text:
                for row, group in zip(result.rows, groups, strict=True):
                    row.number, last = int(inner[group[0]].y), int(inner[group[-1]].y)
                    row.last_number = last if last > row.number else None
        return result

    def parts(self, lines: list[TextLine], *, beside_ruled: bool) -> list[list[TextLine]]:
        """The lines, parted where the header comes again above columns of other widths: a table
        for each region."""
        self._again = False
        starts = again(lines, self.gutter * median([line.size for line in lines]))
        if len(starts) < 2:
            return [lines]
        kept, _, found = self._look(lines, beside_ruled)
        inside = {id(line) for line in kept[found.start : found.end]}
        if found.gutters and all(id(lines[k]) in inside for k in starts):
            return [lines]
        self._gutters, self._again = [], True
        ends = [*(above_header(lines, k) for k in starts[1:]), len(lines)]
        return [lines[a:b] for a, b in pairwise([0, *ends])]

    def next_part(self) -> None:
        """What comes now has columns of its own."""
        self._gutters, self._flows = [], 0

    def _in_columns(self, lines: list[TextLine], flow: Flowing) -> bool:
        """Whether as many columns part all lines of what may be paragraphs with tabs."""
        kept, between, found = self._look(lines, False)
        inside = {id(line) for line in [*kept[found.start : found.end], *between]}
        return len(found.gutters) + 1 >= flow.width and all(
            id(line) in inside for line in lines[flow.start : flow.end])

    def _tabbed(self, lines: list[TextLine], flow: Flowing) -> Found:
        """Paragraphs with tabs; further pages go on with them from their first line."""
        result = Found(lines[: flow.start], [], lines[flow.end :], unread=flow.unread)
        if not self._flows:
            self.top = [wording(line) for line in lines[flow.start : flow.start + 8]]
        self._gutters, self._flows = [], flow.width
        for own, cells in flow.rows:
            if len(cells) == 1:
                row = heading_row(own[0], flow.width)
                row.cells[0].lines = cells
            else:
                row = PageRow([CellText([cell], [own[0].size * len(cell)]) for cell in cells])
            result.rows.append(row)
        return result

    def _rows(self, found: Found, inner: list[TextLine], gutters: list[Gutter],
              rules: Sequence[float], between: Sequence[TextLine], kept: bool) -> list[list[int]]:
        cells = [pieces(line, gutters) for line in inner]
        space = self.space * median([line.size for line in inner])
        groups = rows_of(inner, cells, rules, space=space, seen=self._seen, full=self.full)
        opening = "".join(self._header[:1]) if kept else wording(inner[groups[0][0]])
        groups = _parted(groups, inner, between, opening)
        rows = [row_of(cells, group) for group in groups]
        for row, group in zip(rows[not kept :], groups[not kept :], strict=True):
            row.doubtful = begun_within(cells, group)
        header = [] if kept else groups[0]
        others, rest, left = bare(inner, cells, gutters[0], header)
        if left and not between:
            apart = [[left[k] for k in group] for group in rows_of(
                [others[i] for i in left], [rest[i] for i in left], rules, space=space,
                full=self.full)]
            merged = merged_rows(inner, cells, gutters[0], others, rest, apart, len(header) > 0)
            rows, groups = (rows, groups) if merged is None else (merged, apart)
        if not kept:  # what the next pages may repeat
            self._header = [wording(inner[k]) for k in groups[0]]
        found.cut = cut_anywhere(rows, inner, gutters)
        ahead = list(between)
        for row, group in zip(rows, groups, strict=True):
            while ahead and ahead[0].y < inner[group[0]].y:
                found.rows.append(heading_row(ahead.pop(0), len(gutters) + 1))
            found.rows.append(row)
        return groups

    # ---- columns

    def _look(self, lines: list[TextLine], beside_ruled: bool
              ) -> tuple[list[TextLine], list[TextLine], _Columns]:
        """The lines with the columns of a table among them, and the headings that run across these
        (left out of the lines)."""
        least = self.gutter * median([line.size for line in lines])
        found = self._columns(lines, least, beside_ruled)
        apart = set_apart(lines, least)
        rest = [line for line in lines if line not in apart]
        if not apart or not rest:
            return lines, [], found
        other = self._columns(rest, least, beside_ruled)
        start, end, gutters, kept = other
        if len(gutters) < max(1, len(found.gutters)):
            return lines, [], found
        first, last = rest[start].y if not kept else float("-inf"), rest[end - 1].y
        between = headings([line for line in apart if first < line.y < last], rest[start:end],
                           gutters, least)
        if not between:
            return lines, [], found
        # The others are words of cells, or stand above and below the table.
        kept_lines = [line for line in lines if line not in between]
        inside = [i for i, line in enumerate(kept_lines) if rest[start].y <= line.y <= last]
        stop = inside[-1] + 1
        while stop < len(kept_lines) and kept_lines[stop] in apart and (
                kept_lines[stop].y - kept_lines[stop - 1].y < _NEAR * kept_lines[stop].size
                and keeping(gutters, kept_lines[stop], least)):
            stop += 1  # the last words of a cell
        return kept_lines, between, _Columns(inside[0], stop, gutters, kept)

    def _columns(self, lines: list[TextLine], least: float, beside_ruled: bool) -> _Columns:
        if (found := self._kept_columns(lines, least)) is not None:
            return found
        run = find_run(lines, least) if not fiches_beside(lines) else None
        # Beside ruled tables, words are letterhead and notes unless they are plainly
        # a table; anywhere, two lines are not a table, but below the header of others.
        enough = 2 if self._again else 6 if beside_ruled else 3
        if run is None or run.end - run.start < enough:
            return _Columns(0, 0, [])
        gutters = refined(lines, run, least / 2)
        start, end, gutters = extended(lines, run.start, run.end, gutters, least)
        inner = lines[start:end]
        return _Columns(start, end, without_thousands(inner, headed(inner, gutters)))

    def _kept_columns(self, lines: list[TextLine], least: float) -> _Columns | None:
        """The columns of the page before, where this page keeps to them from its top."""
        gutters = self._gutters
        if not gutters:
            return None
        end = 0
        for line in lines:
            kept = keeping(gutters, line, least)
            if not kept:
                break
            gutters, end = kept, end + 1
        if end > 2 and all(not any(pieces(line, gutters)[1:]) for line in lines):
            return None  # one column: the rest of a sheet that is wider than its page
        if not end or end < len(lines) - 3:
            return None
        own = find_run(lines, least) if end < len(lines) else None  # columns of its own
        return _Columns(0, end, gutters, True) if own is None or own.end <= end else None


def _parted(groups: list[list[int]], lines: Sequence[TextLine], between: Sequence[TextLine],
            opening: str) -> list[list[int]]:
    """The rows, none of which goes on below a heading, or with the header where its ``opening``,
    the first line of it, comes again."""
    parts: list[list[int]] = []
    for group in groups:
        parts.append([])
        for k in group:
            if parts[-1] and (
                    any(lines[parts[-1][-1]].y < line.y < lines[k].y for line in between)
                    or (opening and wording(lines[k]) == opening)):
                parts.append([])
            parts[-1].append(k)
    return parts


def _same_start(lines: list[str], top: list[str]) -> int:
    """How many lines at the top of a page repeat the first lines of the table."""
    for n, (line, first) in enumerate(zip(lines, top, strict=False)):
        if line != first:
            return n
    return min(len(lines), len(top))
