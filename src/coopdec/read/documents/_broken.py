"""Rows that the end of a page broke, and what a new page repeats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coopdec.read.documents._pages import PageRow
from coopdec.read.documents._wrapped import FULL

__all__ = ["append", "column_widths", "goes_on", "heads", "merged_and_blank", "still_covered",
           "without_header"]


def without_header(rows: list[PageRow], first: list[PageRow]) -> list[PageRow]:
    """Rows at the top of a page that repeat the first rows of the table are left out, until
    each column has had its header: what then is the same is a row."""
    headed: set[int] = set()
    for same, (row, header) in enumerate(zip(rows[:4], first[:4], strict=False)):
        if len(headed) == len(header.cells) or _texts(row) != _texts(header):
            return rows[same:]
        headed |= {c for c, cell in enumerate(header.cells) if cell.lines}
    return rows[min(len(rows), len(first), 4):]


def heads(rows: list[PageRow], first: list[PageRow]) -> bool:
    """Whether the row at the top of a page stands above the header of the table once more: a
    heading, and not the rest of a row."""
    return len(rows) > 1 and _texts(rows[1]) == _texts(first[0])


def _texts(row: PageRow) -> list[str]:
    return ["".join("".join(cell.lines).split()) for cell in row.cells]


def column_widths(rows: list[PageRow], before: list[float]) -> list[float]:
    columns = max((len(row.cells) for row in rows), default=0)
    widths = before + [0.0] * (columns - len(before))
    for row in rows:
        for c, cell in enumerate(row.cells):
            if not cell.across:
                widths[c] = max(widths[c], *cell.widths, 0.0)
    return widths


def goes_on(above: PageRow, below: PageRow, widths: list[float]) -> bool:
    """Whether a page ended inside a row: no cell below could have begun in the room that
    was left above, and some cell above has nothing below it."""
    filled = [c for c, cell in enumerate(below.cells) if cell.lines]
    if not filled or below.covered or below.cells[filled[0]].across:
        return False
    if len(above.cells) == len(below.cells) > 2 and all(
            bool(u.lines) is not bool(b.lines)
            for u, b in zip(above.cells, below.cells, strict=True)):
        return any(u.lines for u in above.cells)  # what did not fit went over whole
    for c in filled:
        upper, lower = above.cells[c], below.cells[c]
        if not upper.lines:
            return False
        space = 0.5 * upper.widths[-1] / len(upper.lines[-1])  # half a letter
        if upper.widths[-1] + space + lower.first <= FULL * widths[c]:
            return False
    fewer = any(u.lines and not b.lines for u, b in zip(above.cells, below.cells, strict=True))
    return fewer or below.cells[filled[0]].lines[0][:1].islower()


def append(above: PageRow, below: PageRow) -> None:
    for upper, lower in zip(above.cells, below.cells, strict=True):
        if lower.lines:
            upper.lines += lower.lines
            upper.widths += lower.widths


def still_covered(above: PageRow, below: PageRow, merged: set[int]) -> frozenset[int]:
    """A merged cell that a page cut in two goes on below; ``merged``: columns whose cells
    are merged wherever they have no words."""
    return frozenset(
        c for c in above.covered | merged if c < len(below.cells) and not below.cells[c].lines
    )


def merged_and_blank(rows: Iterable[tuple[Sequence[object], frozenset[int]]]
                     ) -> tuple[set[int], set[int]]:
    """The columns with merged cells, and those with an empty cell of their own; ``rows``: their
    cells, false where empty, and which of these a merged one above fills."""
    merged, blank = set[int](), set[int]()
    for cells, covered in rows:
        merged |= covered
        blank |= {c for c, cell in enumerate(cells) if not cell and c not in covered}
    return merged, blank
