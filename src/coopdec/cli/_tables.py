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

        table = Table(box=box.SIMPLE_HEAD, header_style="bold")
        for column in columns:
            table.add_column(column, no_wrap=one_line, overflow="ellipsis" if one_line else "fold")
        for record in records:
            table.add_row(*map(_plain, flat(record)))
        Console().print(table)


def _plain(cell: str) -> Any:
    from rich.text import Text

    return Text(cell)  # never as markup: a title may hold « [b] »
