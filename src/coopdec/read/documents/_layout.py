"""Tables without rules: columns found by the white space between them, rows by how lines
follow each other. Lengths are points in a PDF, characters in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

__all__ = [
    "FULL", "ROUGH", "SPACE", "Gutter", "Piece", "Run", "TextLine", "Word", "extended", "find_run",
    "keeping",
    "narrowed", "pieces", "refined", "rows_of", "trimmed", "unruled_rows",
]

# Programs break a line a little before the column is full; in a text made from a document,
# letters of unequal width have become characters.
FULL, ROUGH = 0.97, 0.8
# Space between words, in heights of a letter.
SPACE = 0.25


class Word(NamedTuple):
    text: str
    x0: float
    x1: float


@dataclass(slots=True)
class TextLine:
    """One printed line, its words from left to right. ``y`` is its baseline, downwards;
    ``size`` the height of its letters; ``style`` tells headers from body where known."""

    words: list[Word]
    y: float
    size: float = 1.0
    style: str = ""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class Gutter(NamedTuple):
    """White space between two columns."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Run:
    """Lines ``start`` to ``end`` (exclusive) share these gutters."""

    start: int
    end: int
    gutters: tuple[Gutter, ...]


class Piece(NamedTuple):
    """What one line says in one column: ``width`` as printed, ``first`` the width of its
    first word."""

    text: str
    width: float
    first: float


def narrowed(gutters: Sequence[Gutter], line: TextLine, least: float) -> list[Gutter]:
    """What remains of the gutters beside the words of one more line."""
    left: list[Gutter] = []
    for gutter in gutters:
        free = [gutter.x0]
        for word in line.words:
            if word.x1 > gutter.x0 and word.x0 < gutter.x1:
                free += [word.x0, word.x1]
        free.append(gutter.x1)
        pairs = zip(free[::2], free[1::2], strict=True)
        left.extend(Gutter(a, b) for a, b in pairs if b - a >= least)
    return left


def find_run(lines: Sequence[TextLine], least: float) -> Run | None:
    """The lines that look most like a table: many lines, many columns. A line that one
    gutter cannot bear ends the run, unless the run can do without that gutter."""
    best: tuple[float, Run] | None = None
    for start, first in enumerate(lines):
        gutters = _gaps(first, least)
        if not gutters:
            continue
        for end in range(start + 1, len(lines) + 1):
            inner = [g for g in gutters if _inside(g, lines, start, end)]
            if end - start >= 2 and inner:
                score = (end - start) * len(inner) ** 1.5
                if best is None or score > best[0]:
                    best = score, Run(start, end, tuple(inner))
            if end < len(lines):
                gutters = narrowed(gutters, lines[end], least)
                if not gutters:
                    break
    return best[1] if best else None


def refined(lines: Sequence[TextLine], run: Run, least: float) -> list[Gutter]:
    """The run's gutters and narrower ones between them, hardly wider than a space, where
    the words beyond are aligned: a cell may fill its column to the brim."""
    inner = lines[run.start : run.end]
    gaps = _gaps(inner[0], least)
    for line in inner[1:]:
        gaps = narrowed(gaps, line, least)
    found = list(run.gutters)
    for gap in gaps:
        if any(gap.x0 < g.x1 and gap.x1 > g.x0 for g in found):
            continue
        aligned = sum(any(abs(w.x0 - gap.x1) < least for w in line.words) for line in inner)
        if _inside(gap, inner, 0, len(inner)) and aligned >= max(4, len(inner) / 3):
            found.append(gap)
    return sorted(found)


def extended(
    lines: Sequence[TextLine], start: int, end: int, gutters: list[Gutter], least: float
) -> tuple[int, int, list[Gutter]]:
    """The run with the lines above and below it that keep to its columns, be it barely."""
    while end < len(lines) and (kept := keeping(gutters, lines[end], least)):
        gutters, end = kept, end + 1
    while start > 0 and (kept := keeping(gutters, lines[start - 1], least)):
        gutters, start = kept, start - 1
    return start, end, gutters


def keeping(gutters: Sequence[Gutter], line: TextLine, least: float) -> list[Gutter]:
    """The gutters, narrowed by a line that keeps to all of them; none by another. A gutter
    may become narrower than ``least`` where the next column's words begin in line."""
    left = narrowed(gutters, line, least / 10)
    kept = []
    ends = [gutter.x0 for gutter in gutters[1:]] + [1e9]
    for gutter, end in zip(gutters, ends, strict=True):
        inside = [g for g in left if g.x0 >= gutter.x0 and g.x1 <= gutter.x1]
        widest = max(inside, key=lambda g: g.x1 - g.x0, default=None)
        if widest is None:
            return []
        starts = [word.x0 for word in line.words if widest.x1 <= word.x0 < end]
        aligned = not starts or abs(starts[0] - gutter.x1) < least / 2
        if widest.x1 - widest.x0 < least and not aligned:
            return []
        kept.append(widest)
    return kept


def _gaps(line: TextLine, least: float) -> list[Gutter]:
    """The gaps between the words of a line and beyond its ends."""
    far = 1e6
    edges = [-far]
    for word in line.words:  # words may overlap a little
        edges += [word.x0, max(word.x1, edges[-1])]
    edges.append(far)
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [Gutter(a, b) for a, b in pairs if b - a >= least]


def _inside(gutter: Gutter, lines: Sequence[TextLine], start: int, end: int) -> bool:
    return (
        any(line.words[0].x0 < gutter.x0 + 0.01 for line in lines[start:end])
        and any(line.words[-1].x1 > gutter.x1 - 0.01 for line in lines[start:end])
    )


def pieces(line: TextLine, gutters: Sequence[Gutter]) -> list[Piece | None]:
    """What the line says column by column; None where it says nothing."""
    columns: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    middles = [gutter.middle for gutter in gutters]
    for word in line.words:
        center = (word.x0 + word.x1) / 2
        columns[sum(center > middle for middle in middles)].append(word)
    return [
        Piece(" ".join(w.text for w in ws), ws[-1].x1 - ws[0].x0, ws[0].x1 - ws[0].x0)
        if ws else None
        for ws in columns
    ]


@dataclass(slots=True)
class _Step:
    """How a line follows the one before: how many columns go on, begin after a word that
    left room (a new cell for sure), or begin after nothing. ``low``: none begins with a
    capital or a digit."""

    joins: int = 0
    breaks: int = 0
    starts: int = 0
    gap: float = 0.0
    ruled: bool = False
    low: bool = True


def rows_of(
    lines: Sequence[TextLine],
    cells: list[list[Piece | None]],
    rules: Sequence[float] = (),
    *,
    space: float = 1.0,
    widths: list[float] | None = None,
    full: float = FULL,
) -> list[list[int]]:
    """Lines grouped to rows, by what the page offers: rules between the rows, larger gaps
    between rows than within, else the wrapping itself: a line that goes on with a cell
    begins with a word that had no room at the end of the line above. ``widths`` of the
    columns, as seen so far, are brought up to date."""
    if not lines:
        return []
    widths = widths if widths is not None else []
    widths += [0.0] * (len(cells[0]) - len(widths))
    for row in cells:
        widths[:] = [max(w, p.width if p else 0.0) for w, p in zip(widths, row, strict=True)]
    steps = _steps(lines, cells, rules, space=space, widths=widths, full=full)
    boundaries = _boundaries(lines, steps)
    rows = [[0]]
    for k, boundary in enumerate(boundaries, 1):
        if boundary:
            rows.append([k])
        else:
            rows[-1].append(k)
    return rows


def _steps(
    lines: Sequence[TextLine],
    cells: list[list[Piece | None]],
    rules: Sequence[float],
    *,
    space: float,
    widths: list[float],
    full: float = FULL,
) -> list[_Step]:
    steps = []
    for (above, below), (upper, lower) in zip(pairwise(lines), pairwise(cells), strict=True):
        step = _Step(gap=below.y - above.y)
        step.ruled = any(above.y - above.size / 2 < y < below.y - below.size / 2 for y in rules)
        for before, piece, width in zip(upper, lower, widths, strict=True):
            if piece is None:
                continue
            high = piece.text[0].isupper() or piece.text[0].isdigit()
            step.low = step.low and not high
            need = before.width + space + piece.first if before else 0.0
            if before is None:
                step.starts += 1
            elif need > FULL * width or (need > full * width and not high):
                step.joins += 1
            else:
                step.breaks += 1
        steps.append(step)
    return steps


def _boundaries(lines: Sequence[TextLine], steps: list[_Step]) -> list[bool]:
    ruled = [step.ruled for step in steps]
    if sum(ruled) >= 2 and _tell(steps, ruled):
        return ruled
    pitch = _pitch(lines)
    wide = [step.gap > 1.2 * pitch or step.ruled for step in steps]
    if any(wide) and not all(wide) and _tell(steps, wide):
        # A row of one line may keep no distance: new cells side by side speak for it.
        plain = (s.breaks + s.starts >= 2 and s.breaks and not s.low for s in steps)
        return [a or bool(b) for a, b in zip(wide, plain, strict=True)]
    by_wrapping = [a or b for a, b in zip(_by_wrapping(steps), ruled, strict=True)]
    return _header_joined(lines, by_wrapping)


def _tell(steps: list[_Step], marks: list[bool]) -> bool:
    """Whether these marks tell the rows apart: hardly a line between two of them begins a
    new cell for sure."""
    between = [step for step, mark in zip(steps, marks, strict=True) if not mark]
    return sum(step.breaks > 0 for step in between) <= len(between) / 5


def _pitch(lines: Sequence[TextLine]) -> float:
    """The distance of lines within a cell: one of the smallest."""
    gaps = sorted(b.y - a.y for a, b in pairwise(lines))
    return gaps[len(gaps) // 10] if gaps else 1.0


def trimmed(lines: Sequence[TextLine], cells: Sequence[list[Piece | None]]) -> int:
    """How many lines at the top are words before the table that happen to fit its first
    column: they say nothing in the others and keep a distance, or are in another style."""
    pitch = _pitch(lines)
    for k, (above, below) in enumerate(pairwise(lines)):
        if sum(piece is not None for piece in cells[k]) > 1:
            return k
        apart = below.y - above.y > 1.3 * pitch or above.style != below.style
        if apart and any(sum(p is not None for p in row) > 1 for row in cells[k + 1 : k + 3]):
            return k + 1
    return 0


def _by_wrapping(steps: list[_Step]) -> list[bool]:
    doubtful = [s for s in steps if s.starts]
    centred = sum(bool(s.joins) and not s.breaks for s in doubtful)
    if len(doubtful) >= 4 and centred > len(doubtful) / 2:
        # Cells are centred or sit at the bottom: a start beside a cell that goes on means
        # nothing; a row ends where no cell goes on.
        return [s.joins == 0 or s.breaks > s.joins for s in steps]
    return [s.starts > 0 or (s.breaks > 0 and not (s.low and s.joins)) for s in steps]


def _header_joined(lines: Sequence[TextLine], boundaries: list[bool]) -> list[bool]:
    """First lines in a style of their own (bold) are one header, however they break."""
    style = lines[0].style
    own = next((i for i, line in enumerate(lines) if line.style != style), len(lines))
    if style and 1 < own <= 4 and own < len(lines):
        return [False] * (own - 1) + [True] + boundaries[own:]
    return boundaries


def unruled_rows(
    lines: Sequence[TextLine], cells: list[list[Piece | None]], space: float
) -> list[list[int]]:
    """The rows inside a single box, where a table has rules between its columns only: one
    row, unless new cells begin side by side again and again."""
    steps = _steps(lines, cells, (), space=space, widths=_column_widths(cells))
    if sum(step.breaks + step.starts >= 2 for step in steps) < 3:
        return [list(range(len(lines)))]
    return rows_of(lines, cells, space=space)


def _column_widths(cells: list[list[Piece | None]]) -> list[float]:
    return [max((p.width for p in column if p), default=0.0) for column in zip(*cells, strict=True)]
