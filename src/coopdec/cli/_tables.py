"""Rows on standard output: JSON Lines, CSV, or a table that fits the terminal."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coopdec.cli._console import console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["json_line", "print_rows"]

Record = Mapping[str, Any]


def json_line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False)


def print_rows(
    records: Iterable[Record], form: str, columns: Sequence[str],
    flat: Callable[[Record], Sequence[str]], *, one_line: bool = False, nothing: str = "",
) -> None:
    """``flat`` gives a record's cells for CSV and table, in the order of ``columns``; in a
    table, ``one_line`` cuts them to the terminal's width, else they are folded between words
    (an IRI stays whole: people copy it); in a pipe or a file a row is a line. ``nothing``:
    what stands in place of a table without rows."""
    if form == "jsonl":
        for record in records:
            sys.stdout.write(json_line(record) + "\n")
    elif form == "csv":
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(columns)
        out.writerows(flat(r) for r in records)
    elif rows := [[*map(_plain, flat(record))] for record in records]:
        _print_table(columns, rows, one_line=one_line)
    elif nothing:
        sys.stdout.write(nothing + "\n")


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[Text]], *, one_line: bool
                 ) -> None:
    from rich import box
    from rich.table import Table

    out = console()
    cells = [[_plain(head), *(row[i] for row in rows)] for i, head in enumerate(columns)]
    full = [max(cell.cell_len for whole in column for cell in whole.split()) for column in cells]
    if not (out.is_terminal or "COLUMNS" in os.environ):
        out.width = max(out.width, _across(full))
    least = [3 if one_line else _longest_word(column) for column in cells]
    widths = _fitting(full, out.width, least)
    if not one_line and _across(widths) > out.width:
        _print_records(out, columns, rows)
        return
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for head, width in zip(columns, widths, strict=True):
        table.add_column(head, no_wrap=one_line, overflow="ellipsis" if one_line else "fold",
                         width=width)
    for row in rows:
        table.add_row(*row)
    out.print(table)


def _print_records(out: Console, columns: Sequence[str], rows: Sequence[Sequence[Text]]) -> None:
    """One block a row, for terminals too narrow for a table."""
    from rich.table import Table
    from rich.text import Text

    heads = max(map(len, columns)) + 2
    out.width = max(out.width, heads + _longest_word([cell for row in rows for cell in row]))
    for number, row in enumerate(rows):
        block = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
        block.add_column(width=heads - 2)
        block.add_column(overflow="fold")
        for head, cell in zip(columns, row, strict=True):
            if cell.plain:
                block.add_row(Text(head, style="bold"), cell)
        if number:
            out.print()
        out.print(block)


def _longest_word(cells: Iterable[Text]) -> int:
    from rich.cells import cell_len

    return max([1, *(cell_len(word) for cell in cells for word in cell.plain.split())])


def _across(widths: Sequence[int]) -> int:
    """Columns of these widths, with the spaces between them."""
    return sum(widths) + 3 * len(widths) + 1


def _fitting(widths: Sequence[int], room: int, least: Sequence[int] = ()) -> list[int]:
    """The widths of columns, the widest cut until all fit, none below its ``least`` (3)."""
    found, floor = list(widths), list(least) or [3] * len(widths)
    while (too_much := _across(found) - room) > 0:
        loose = [i for i, width in enumerate(found) if width > floor[i]]
        if not loose:
            break
        first = max(found[i] for i in loose)
        widest = [i for i in loose if found[i] == first]
        stop = max(*(floor[i] for i in widest), *(found[i] for i in loose if found[i] < first), 0)
        for i in widest:
            found[i] -= min(first - stop, -(-too_much // len(widest)))
    return found


def _plain(cell: str) -> Text:
    from rich.text import Text

    return Text(cell)  # never as markup: a title may hold « [b] »
