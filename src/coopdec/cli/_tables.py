"""Rows on standard output: JSON Lines, CSV, or a table that fits the terminal."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

__all__ = ["json_line", "print_rows"]

Record = Mapping[str, Any]


def json_line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False)


def print_rows(
    records: Iterable[Record], form: str, columns: Sequence[str],
    flat: Callable[[Record], Sequence[str]], *, one_line: bool = False,
) -> None:
    """``flat`` gives a record's cells for CSV and table, in the order of ``columns``; in a
    table, ``one_line`` cuts them to the terminal's width."""
    if form == "jsonl":
        for record in records:
            sys.stdout.write(json_line(record) + "\n")
    elif form == "csv":
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(columns)
        out.writerows(flat(r) for r in records)
    else:
        from rich import box
        from rich.console import Console
        from rich.table import Table

        console = Console()
        table = Table(box=box.SIMPLE_HEAD, header_style="bold")
        rows = [[*map(_plain, flat(record))] for record in records]
        if one_line:
            full = [max([len(head), *(row[i].cell_len for row in rows)])
                    for i, head in enumerate(columns)]
            for head, width in zip(columns, _fitting(full, console.width), strict=True):
                table.add_column(head, no_wrap=True, overflow="ellipsis", width=width)
        else:
            for head in columns:
                table.add_column(head, overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table)


def _fitting(widths: Sequence[int], room: int) -> list[int]:
    """The widths of columns, the widest cut until all fit, with the spaces between them."""
    found = list(widths)
    while (too_much := sum(found) + 3 * len(found) + 1 - room) > 0:
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
