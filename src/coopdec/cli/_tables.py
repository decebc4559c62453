"""Rows on standard output: JSON Lines, CSV, or a table that fits the terminal."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from coopdec.cli._console import console

__all__ = ["json_line", "print_rows"]

Record = Mapping[str, Any]


def json_line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False)


def print_rows(
    records: Iterable[Record], form: str, columns: Sequence[str],
    flat: Callable[[Record], Sequence[str]], *, one_line: bool = False, nothing: str = "",
) -> None:
    """``flat`` gives a record's cells for CSV and table, in the order of ``columns``; in a
    table, ``one_line`` cuts them to the terminal's width; none in a pipe or a file. ``nothing``:
    what stands in place of a table without rows."""
    if form == "jsonl":
        for record in records:
            sys.stdout.write(json_line(record) + "\n")
    elif form == "csv":
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(columns)
        out.writerows(flat(r) for r in records)
    else:
        from rich import box
        from rich.table import Table

        shown = console()
        table = Table(box=box.SIMPLE_HEAD, header_style="bold")
        rows = [[*map(_plain, flat(record))] for record in records]
        if nothing and not rows:
            sys.stdout.write(nothing + "\n")
            return
        if one_line:
            full = [max([len(head), *(row[i].cell_len for row in rows)])
                    for i, head in enumerate(columns)]
            if not (shown.is_terminal or "COLUMNS" in os.environ):
                shown.width = max(shown.width, _across(full))
            for head, width in zip(columns, _fitting(full, shown.width), strict=True):
                table.add_column(head, no_wrap=True, overflow="ellipsis", width=width)
        else:
            for head in columns:
                table.add_column(head, overflow="fold")
        for row in rows:
            table.add_row(*row)
        shown.print(table)


def _across(widths: Sequence[int]) -> int:
    """Columns of these widths, with the spaces between them."""
    return sum(widths) + 3 * len(widths) + 1


def _fitting(widths: Sequence[int], room: int) -> list[int]:
    """The widths of columns, the widest cut until all fit."""
    found = list(widths)
    while (too_much := _across(found) - room) > 0:
        *_, second, first = sorted({*found, 0})
        widest = [i for i, width in enumerate(found) if width == first]
        cut = min(first - max(second, 3), -(-too_much // len(widest)))
        if cut <= 0:
            break
        for i in widest:
            found[i] -= cut
    return found


def _plain(cell: str) -> Any:
    from rich.text import Text

    return Text(cell)  # never as markup: a title may hold « [b] »
