"""``projects.csv``: one project a line, for spreadsheet users."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from coopdec.formats import BlockFormat, Entry, Heading, _columns
from coopdec.formats._columns import FILE, SEPARATOR, guarded

__all__ = ["COLUMNS", "FORMAT"]

COLUMNS = tuple(c.name for c in _columns.COLUMNS)
#: A negative number is no formula.
_NUMBERS = frozenset(c.name for c in _columns.COLUMNS if c.kind == "decimal" and not c.many)


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        # The bar parts the values: within one it becomes a broken bar.
        text = SEPARATOR.join("" if v is None else str(v).replace(SEPARATOR, "¦") for v in value)
    else:
        text = "" if value is None else str(value)
    return guarded(text)


# RFC 4180, §2.6; the csv module of Python 3.11 leaves a lone carriage return bare.
_QUOTED = re.compile('[",\r\n]')


def _line(cells: list[str]) -> str:
    return ",".join('"' + c.replace('"', '""') + '"' if _QUOTED.search(c) else c
                    for c in cells) + "\n"


def _block(entry: Entry, _: Heading) -> bytes:
    if entry.flat is None:
        return b""
    flat = entry.flat()
    return _line([(flat.get(c) or "") if c in _NUMBERS else _cell(flat.get(c)) for c in COLUMNS]
                 ).encode()


#: Columns that go together: what one list says is filled from another as a whole.
_TOGETHER = [[COLUMNS.index(name) for name in names.split()] for names in (
    "grant currency", "total_cost cost_currency", "start end", "duration", "years", "status",
    "co_funders", "operator", "lat long", "description")]


def _join(blocks: Sequence[bytes]) -> bytes:
    """The line of the first list, with what only another one says."""
    first, *others = (next(csv.reader(io.StringIO(block.decode(), newline="")))
                      for block in blocks)
    for other in others:
        for columns in _TOGETHER:
            if not any(first[c] for c in columns):
                for c in columns:
                    first[c] = other[c]
    return _line(first).encode()


def _head(_: Heading) -> str:
    return _line(list(COLUMNS))


FORMAT = BlockFormat("csv", ".csv", "text/csv", block=_block, head=_head, file=FILE,
                     rdf=False, join=_join)
