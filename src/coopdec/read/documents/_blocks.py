"""Blocks of rows, page after page → the rows of one table: repeated headers dropped, rows broken
by the end of a page joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from coopdec.read.documents._broken import (
    append,
    column_widths,
    goes_on,
    heads,
    merged_and_blank,
    still_covered,
    without_header,
)
from coopdec.read.documents._pages import PageRow

__all__ = ["Block", "whole_rows"]


@dataclass(slots=True)
class Block:
    """Rows that stand together on a page; ``apart``: words stand between them and the
    rows before; ``above``: these words."""

    rows: list[PageRow]
    apart: bool
    ruled: bool = False
    above: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max(len(row.cells) for row in self.rows)


def whole_rows(block: Block, blocks: Iterator[Block], ahead: list[Block]
               ) -> Iterator[tuple[PageRow, list[float]]]:
    """The rows of a table that may go on for pages, with the widths of its columns so far; the
    last row is held back until the next page shows whether it goes on. ``ahead`` takes the block
    that is of another table."""
    first = block.rows
    held: PageRow | None = None
    widths: list[float] = []
    merged: set[int] = set()
    blank: set[int] = set()
    following: Block | None = block
    while following is not None:
        if following is not block and (following.apart or following.width != block.width):
            ahead.append(following)
            break
        rows = following.rows if following is block else without_header(following.rows, first)
        widths = column_widths(rows, widths)
        joined = 0
        for i, row in enumerate(rows):
            if i == 0 and held is not None:
                if not heads(rows, first) and goes_on(held, row, widths):
                    append(held, row)
                    joined = 1
                    continue
                row.covered |= still_covered(held, row, merged - blank)
            if held is not None:
                yield held, widths
            held = row
        merged, blank = (a | b for a, b in zip(
            (merged, blank), merged_and_blank(
                ([cell.lines for cell in row.cells], row.covered) for row in rows[joined:]),
            strict=True))
        following = next(blocks, None)
    if held is not None:
        yield held, widths
