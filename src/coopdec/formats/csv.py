"""``projects.csv``: one project a line, for spreadsheet users."""

from __future__ import annotations

import csv
import io

from coopdec.formats import BlockFormat, Entry, Heading, _columns

__all__ = ["COLUMNS", "FORMAT"]

COLUMNS = tuple(c.name for c in _columns.COLUMNS)
# A cell that a spreadsheet would take for a formula is made text by a leading apostrophe
# (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(value: object) -> str:
    text = _columns.SEPARATOR.join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _block(entry: Entry, _: Heading) -> str:
    flat = entry.flat
    return "" if flat is None else _line([_cell(flat.get(c)) for c in COLUMNS])


def _head(_: Heading) -> str:
    return _line(list(COLUMNS))


FORMAT = BlockFormat("csv", ".csv", "text/csv", block=_block, head=_head, file=_columns.FILE,
                     rdf=False)
