"""Tables without rules: columns found by the white space between them. Lengths are points
in a PDF, characters in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = [
    "CLOSELY", "Gutter", "Piece", "Run", "Seen", "TextLine", "Word", "extended", "find_run",
    "headed", "keeping", "median", "pieces", "refined", "without_thousands",
]


#: So many gutters are looked at on one page: a table stands out well before.
_LOOKS = 100_000
#: What a cell leaves free before the next column, in spaces, where it does not fill its own.
_ROOM = 2.5
#: The digits of a number are written in groups of so many.
_GROUP = 3
#: So many amounts make a column, below a header of so many lines.
_AMOUNTS, _HEADER = 4, 3
_AMOUNT = re.compile(r"\d[\d .,\u00a0\u202f]*(?:€|k€|K€|EUR|euros?)?")
#: Words of one cell, or of running text, follow each other so closely, in heights of a letter.
CLOSELY = 0.6
#: Within a run of so many lines no other is looked for.
_LONG = 200


class Word(NamedTuple):
    """``size``: the height of its letters, 0 where all are alike; ``y``: its baseline, 0 where
    it is that of its line; ``spaced``: a space is written before it."""

    text: str
    x0: float
    x1: float
    size: float = 0.0
    y: float = 0.0
    spaced: bool = True


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


@dataclass(slots=True)
class Seen:
    """What the pages so far tell of a table without rules, for those with few rows: the widths
    of its columns, the distance of the lines within a cell (0 while unknown), whether larger
    ones part the rows, or where in their rows the cells sit (``middle``, ``bottom``); the labels
    of a column, where values stand beside them."""

    widths: list[float] = field(default_factory=list)
    pitch: float = 0.0
    gapped: bool = False
    level: str = ""
    labels: Counter[str] = field(default_factory=Counter)


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
    looks = _LOOKS
    for start, first in enumerate(lines):
        gutters = _gaps(first, least)
        if not gutters or looks <= 0:
            continue
        if best is not None and start < best[1].end and best[1].end - best[1].start > _LONG:
            continue
        for end in range(start + 1, len(lines) + 1):
            looks -= len(gutters)
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
    the words beyond are aligned, or nothing but amounts: a cell may fill its column to the
    brim."""
    inner = lines[run.start : run.end]
    gaps = _gaps(inner[0], least)
    for line in inner[1:]:
        gaps = narrowed(gaps, line, least)
    found = list(run.gutters)
    for gap in gaps:
        if any(gap.x0 < g.x1 and gap.x1 > g.x0 for g in found) or (
                not _inside(gap, inner, 0, len(inner))):
            continue
        # « € » in line is no column of its own.
        before = [w.x0 - above.x1 for line in inner for above, w in zip(
            [Word("", -1e6, -1e6), *line.words], line.words, strict=False)
            if abs(w.x0 - gap.x1) < least and any(map(str.isalnum, w.text))]
        # Cells that end earlier leave more than a space; words that happen to be in line do not.
        aligned = len(before) >= max(4, len(inner) / 3) and sum(
            room > _ROOM * least for room in before) * 4 >= len(before)
        if aligned or _amounts_beyond(gap, inner, found):
            found.append(gap)
    return sorted(found)


def _amounts_beyond(gap: Gutter, lines: Sequence[TextLine], gutters: Sequence[Gutter]) -> bool:
    """Whether what stands between this gap and the next gutter is one amount after the other,
    below a header, of which most do not follow words closely, and what stands before it is
    another column."""
    start = max((g.x1 for g in gutters if g.x1 <= gap.x0), default=-1e6)
    end = min((g.x0 for g in gutters if g.x0 >= gap.x1), default=1e6)
    before = sum(any(start <= w.x0 and w.x1 <= gap.x0 for w in line.words) for line in lines)
    beyond = [(line, " ".join(words)) for line in lines if (words := [
        w.text for w in line.words if gap.x1 <= w.x0 and w.x1 <= end])]
    amounts = [line for line, text in beyond if _AMOUNT.fullmatch(text)]
    roomy = sum(_room(gap, line) > line.size for line in amounts)
    return (before > len(amounts) >= max(_AMOUNTS, len(beyond) - _HEADER)
            and 2 * roomy > len(amounts))


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
    may become narrower than ``least`` where the next column's words begin in line, or where
    this line leaves room before them: a header stands to the left above numbers that do not."""
    left = narrowed(gutters, line, least / 10)
    kept = []
    ends = [gutter.x0 for gutter in gutters[1:]] + [1e9]
    for gutter, end in zip(gutters, ends, strict=True):
        inside = [g for g in left if g.x0 >= gutter.x0 and g.x1 <= gutter.x1]
        widest = max(inside, key=lambda g: _room(g, line), default=None)
        if widest is None:
            return []
        starts = [word.x0 for word in line.words if widest.x1 <= word.x0 < end]
        aligned = not starts or abs(starts[0] - gutter.x1) < least / 2 or (
            _room(widest, line) > _ROOM * least)
        if widest.x1 - widest.x0 < least and not aligned:
            return []
        kept.append(widest)
    return kept


def headed(lines: Sequence[TextLine], gutters: list[Gutter]) -> list[Gutter]:
    """The gutters but those between a header and the words below it, where it stands to their
    left or right: what is on one side begins where what is on the other has ended, or is no more
    than the first words of the header that stands on the other."""
    cells = [pieces(line, gutters) for line in lines]
    filled = [[k for k, row in enumerate(cells) if row[c] is not None]
              for c in range(len(gutters) + 1)]
    return [g for g, a, b in zip(gutters, filled, filled[1:], strict=False)
            if not a or not b or (b[0] <= a[-1] and a[0] <= b[-1] and not (
                a[-1] < _HEADER < b[-1] and all(
                    _room(g, lines[k]) < CLOSELY * lines[k].size for k in a)))]


def without_thousands(lines: Sequence[TextLine], gutters: list[Gutter]) -> list[Gutter]:
    """The gutters but those that are no more than the space within a number: « 33 600 € »."""
    cells = [pieces(line, gutters) for line in lines]

    def parts_numbers(c: int) -> bool:
        left = [row[c] for row in cells if row[c] is not None]
        both = [(a, b) for row in cells if (a := row[c]) and (b := row[c + 1])]
        return bool(both) and len(left) == len(both) and all(
            a.text.isdecimal() and len(a.text) <= _GROUP and b.text[:_GROUP].isdecimal()
            and not b.text[_GROUP : _GROUP + 1].isalnum() for a, b in both)

    return [g for c, g in enumerate(gutters) if not parts_numbers(c)]


def _room(gutter: Gutter, line: TextLine) -> float:
    """The white space in which a gutter stands on a line."""
    return min((w.x0 for w in line.words if w.x0 >= gutter.x1), default=1e6) - max(
        (w.x1 for w in line.words if w.x1 <= gutter.x0), default=-1e6)


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
    """Whether words stand on both sides, each in two lines at least: a title above a table that
    is set in makes no column of its first word."""
    before = (line.words[0].x0 < gutter.x0 + 0.01 for line in lines[start:end])
    after = (line.words[-1].x1 > gutter.x1 - 0.01 for line in lines[start:end])
    return any(before) and any(before) and any(after) and any(after)  # each goes on


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


def median(lengths: list[float]) -> float:
    """The usual one of these lengths, the upper of two; that of a letter where there are none."""
    return sorted(lengths)[len(lengths) // 2] if lengths else 10.0
