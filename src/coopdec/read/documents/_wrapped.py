"""Tables without rules: printed lines gathered to rows by how they follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from coopdec.read.documents._aligned_rows import aligned_rows
from coopdec.read.documents._layout import CLOSELY, Piece, Seen, TextLine, median
from coopdec.read.documents._wrap import UNFINISHED

__all__ = ["FULL", "ROUGH", "SPACE", "begun_within", "rows_of", "trimmed", "unruled_rows"]

# Programs break a line a little before the column is full; in a text made from a document,
# letters of unequal width have become characters.
FULL, ROUGH = 0.97, 0.8
# What a larger distance of lines is, in usual ones.
_WIDE = 1.12
# What is no farther stands close, be its letters of another size.
_CLOSE = 1.2
# Lines nearer than this, in heights of a letter, overlap.
_BESIDE = 0.9
# So many labels come again in a table of labels and values.
_LABELS = 3
# Space between words, in heights of a letter.
SPACE = 0.25


@dataclass(slots=True)
class _Step:
    """How a line follows the one before: how many columns go on, begin after a word that
    left room (a new cell for sure), or begin after nothing. ``low``: none begins with a
    capital or a digit; ``fresh``: all do, that of the first column among them; ``whole``: each
    column has words."""

    joins: int = 0
    breaks: int = 0
    starts: int = 0
    gap: float = 0.0
    ruled: bool = False
    low: bool = True
    fresh: bool = False
    whole: bool = False


def rows_of(
    lines: Sequence[TextLine],
    cells: list[list[Piece | None]],
    rules: Sequence[float] = (),
    *,
    space: float = 1.0,
    seen: Seen | None = None,
    full: float = FULL,
) -> list[list[int]]:
    """Lines grouped to rows, by what the page offers: rules between the rows, larger gaps
    between rows than within, else the wrapping itself: a line that goes on with a cell
    begins with a word that had no room at the end of the line above. What was ``seen`` of the
    table so far is brought up to date."""
    if not lines:
        return []
    seen = seen if seen is not None else Seen()
    widths = seen.widths
    widths += [0.0] * (len(cells[0]) - len(widths))
    for row in cells:
        widths[:] = [max(w, p.width if p else 0.0) for w, p in zip(widths, row, strict=True)]
    if (fields := _fields(cells, seen)) is not None:
        return fields
    steps = _steps(lines, cells, rules, space=space, widths=widths, full=full)
    if sum(step.ruled for step in steps) < 2 and not seen.gapped and (
            aligned := aligned_rows(lines, cells, space, seen)) is not None:
        own = _own_style(lines)
        rest = ([k for k in row if k >= own] for row in aligned)
        return [[*range(own)], *filter(None, rest)] if own else aligned
    boundaries = _boundaries(lines, steps, seen)
    rows = [[0]]
    for k, boundary in enumerate(boundaries, 1):
        if boundary:
            rows.append([k])
        else:
            rows[-1].append(k)
    return rows


def _fields(cells: Sequence[Sequence[Piece | None]], seen: Seen) -> list[list[int]] | None:
    """The rows of a column of labels that come again and again, and one of their values: each
    begins at its label, however long the value above it is. None for another table."""
    if len(cells[0]) != 2:
        return None
    labels = {k: label.text for k, (label, value) in enumerate(cells)
              if label and value and _begins(cells[k - 1][0] if k else None, label)}
    seen.labels.update(labels.values())
    again = {text for text, n in seen.labels.items() if n > 1}
    if len(again) < _LABELS or not again.issuperset(labels.values()):
        return None
    return [[*range(a, b)] for a, b in pairwise([0, *(k for k in labels if k), len(cells)])]


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
        step.fresh = lower[0] is not None and all(map(_begins, upper, lower))
        step.whole = all(lower)
        step.ruled = any(above.y - above.size / 2 < y < below.y - below.size / 2 for y in rules)
        for before, piece, width in zip(upper, lower, widths, strict=True):
            if piece is None:
                continue
            high = piece.text[0].isupper() or piece.text[0].isdigit()
            step.low = step.low and not high
            need = before.width + space + piece.first if before else 0.0
            if before is None:
                step.starts += 1
            elif UNFINISHED.search(before.text) or piece.text[0] == "(" or need > FULL * width or (
                    need > full * width and not high):
                step.joins += 1
            else:
                step.breaks += 1
        filled = [(a, b) for a, b in zip(upper, lower, strict=True) if a or b]
        if step.joins > 1 and len(filled) > 2 and all(_opens(a) and _opens(b) for a, b in filled):
            # Every column is full and every cell begins anew: the table is narrow.
            step.breaks, step.joins = step.breaks + step.joins, 0
        steps.append(step)
    return steps


def _begins(above: Piece | None, piece: Piece | None) -> bool:
    """Whether nothing speaks against a new cell here."""
    return piece is None or (
        _opens(piece) and (above is None or not UNFINISHED.search(above.text)))


def _opens(piece: Piece | None) -> bool:
    """Whether it begins as a cell does; words in capitals only do not tell."""
    return piece is not None and not piece.text[0].islower() and not piece.text.isupper()


def _boundaries(lines: Sequence[TextLine], steps: list[_Step], seen: Seen) -> list[bool]:
    ruled = [step.ruled for step in steps]
    pitch = seen.pitch if seen.gapped else _pitch(lines)
    # Rules that part only headers from their rows leave rows between them.
    apart = any(s.fresh and not s.ruled and s.gap > _WIDE * pitch for s in steps)
    if sum(ruled) >= 2 and not apart and _tell(steps, ruled):
        return ruled
    wide = [step.gap > _WIDE * pitch or step.ruled for step in steps]
    if any(wide) and (seen.gapped or (not all(wide) and _tell(steps, wide))):
        seen.gapped, seen.pitch = True, pitch
        # A row of one line may keep no distance: new cells side by side speak for it.
        plain = (s.breaks + s.starts >= 2 and s.breaks > s.joins and s.fresh for s in steps)
        return [a or b for a, b in zip(wide, plain, strict=True)]
    # Within a cell no line stands so far from the one above.
    by_wrapping = [(a and line.y - above.y >= _BESIDE * line.size) or s.ruled
                   or s.gap > 1.8 * pitch for a, s, (above, line) in zip(
                       _by_wrapping(steps), steps, pairwise(lines), strict=True)]
    own = _own_style(lines)
    return [False] * (own - 1) + [True] + by_wrapping[own:] if own else by_wrapping


def _tell(steps: list[_Step], marks: list[bool]) -> bool:
    """Whether these marks tell the rows apart: hardly a line between two of them begins a
    new cell for sure, or every line after a mark begins a row and no other does."""
    between = [step for step, mark in zip(steps, marks, strict=True) if not mark]
    marked = [step.fresh for step, mark in zip(steps, marks, strict=True) if mark]
    return sum(step.breaks > 0 for step in between) <= len(between) / 5 or (
        sum(marked) > 0.9 * len(marked) and not any(s.fresh and s.breaks for s in between))


def _pitch(lines: Sequence[TextLine]) -> float:
    """The distance of lines within a cell: one of the smallest. Nearer ones stand beside one
    another, in cells of which one sits lower."""
    gaps = sorted(b.y - a.y for a, b in pairwise(lines))
    least = _BESIDE * median([line.size for line in lines])
    return max(gaps[len(gaps) // 10], least) if gaps else 1.0


def trimmed(lines: Sequence[TextLine], cells: Sequence[list[Piece | None]]) -> int:
    """How many lines at the top are words before the table that happen to fit its first
    column: they say nothing in the others and keep a distance, or are in another style. So are
    words that go on across the columns with no more than spaces between them."""
    across = next((k for k, line in enumerate(lines) if not _runs_across(line, cells[k])), 0)
    if across:
        return across + trimmed(lines[across:], cells[across:])
    pitch = _pitch(lines)
    for k, (above, below) in enumerate(pairwise(lines)):
        if sum(piece is not None for piece in cells[k]) > 1:
            # What says nothing in the first column is the header's own, low in its row.
            return next((i for i in range(k, 0, -1) if cells[i - 1][0] is not None
                         or lines[i].y - lines[i - 1].y > _CLOSE * pitch), 0)
        apart = below.y - above.y > 1.3 * pitch or above.style != below.style
        if apart and any(sum(p is not None for p in row) > 1 for row in cells[k + 1 : k + 3]):
            return k + 1
    return 0


def _runs_across(line: TextLine, cells: Sequence[Piece | None]) -> bool:
    """Whether a line says something in several columns, and leaves no room between them."""
    return sum(piece is not None for piece in cells) > 1 and all(
        b.x0 - a.x1 < CLOSELY * line.size for a, b in pairwise(line.words))


def _by_wrapping(steps: list[_Step]) -> list[bool]:
    doubtful = [s for s in steps if s.starts]
    centred = sum(bool(s.joins) and not s.breaks for s in doubtful)
    level = sum(s.fresh and s.whole for s in doubtful)
    if len(doubtful) >= 4 and centred > len(doubtful) / 2 and level <= len(doubtful) / 2:
        # Cells are centred or sit at the bottom, and seldom begin on one line: a start beside a
        # cell that goes on means nothing; a row ends where no cell goes on.
        return [s.joins == 0 or s.breaks > s.joins for s in steps]
    return [s.starts > 0 or (s.breaks > 0 and not (s.low and s.joins)) for s in steps]


def _own_style(lines: Sequence[TextLine]) -> int:
    """How many first lines have a style of their own (bold): one header, however they break."""
    style = lines[0].style
    own = next((i for i, line in enumerate(lines) if line.style != style), len(lines))
    return own if style and 1 < own <= 4 and own < len(lines) and style not in {
        line.style for line in lines[own:]} else 0


def begun_within(cells: Sequence[list[Piece | None]], group: Sequence[int]) -> str:
    """The first words of a line within a row at which every column seems to begin anew: it may be
    another row; "" where there is none."""
    return next((lower[0].text for upper, lower in pairwise(cells[k] for k in group)
                 if len(lower) > 2 and lower[0] and all(lower) and all(upper)
                 and all(map(_begins, upper, lower))), "")


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
