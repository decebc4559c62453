"""What a workbook's number formats say beside its numbers: « € », « FCFA », « % ».

A cell that shows « 12 500 € » holds 12500; the currency stands in its format alone. Dates
are told by the reader of the values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from coopdec.read.documents._xml import local

__all__ = ["Marks", "mark_of", "marked", "marks_of_styles"]

#: « [$€-40C] », « [$EUR] », « "FCFA" », « € ».
_LOCALE = re.compile(r"\[\$([^\]\-]+)(?:-[0-9A-Fa-f]+)?\]")
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_CODES = ("EUR", "FCFA", "XOF", "XAF", "USD", "CHF", "GBP", "CAD", "MAD", "TND", "euros", "euro")
_SIGNS = "€$£¥"
#: Percentages among the formats that have a number and no code.
_PERCENT = {9, 10}


def mark_of(code: str) -> str:
    """The currency or « % » that a format shows; "" for none.

    >>> [mark_of(c) for c in ('#,##0 "€"', '#,##0.00\\\\ [$€-40C]', '0%', '#,##0 "FCFA"', '0.00')]
    ['€', '€', '%', 'FCFA', '']
    """
    first = code.split(";", maxsplit=1)[0]
    for text in (*_LOCALE.findall(first), *(a or b for a, b in _QUOTED.findall(first)), first):
        for word in _CODES:
            if re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", text):
                return word
        for sign in _SIGNS:
            if sign in text and not (sign == "$" and "[$" in text):
                return sign
    return "%" if "%" in _QUOTED.sub("", first) else ""


def marks_of_styles(styles: Any) -> dict[int, str]:
    """Index of a cell style → its mark, for the styles that have one; ``styles`` is the root
    of a workbook's styles."""
    codes = {int(e.get("numFmtId", -1)): e.get("formatCode", "")
             for e in styles.iter("{*}numFmt")}
    formats = next((e for e in styles if local(e.tag) == "cellXfs"), ())
    found = {}
    for index, style in enumerate(formats):
        number = int(style.get("numFmtId", 0))
        if mark := "%" if number in _PERCENT else mark_of(codes.get(number, "")):
            found[index] = mark
    return found


@dataclass(slots=True)
class Marks:
    """Which cells of a sheet have a mark, as runs down a column: rows and columns count
    from 1. Cells are added row by row."""

    _runs: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)

    def add(self, cells: Iterable[tuple[int, int, str]]) -> None:
        for row, column, mark in cells:
            runs = self._runs.setdefault(column, [])
            if runs and runs[-1][1] == row - 1 and runs[-1][2] == mark:
                runs[-1] = runs[-1][0], row, mark
            else:
                runs.append((row, row, mark))

    def reader(self) -> Callable[[int, int], str]:
        """Asks for the mark of (row, column), rows in order."""
        at = dict.fromkeys(self._runs, 0)

        def mark(row: int, column: int) -> str:
            runs = self._runs.get(column)
            if runs is None:
                return ""
            while at[column] < len(runs) and runs[at[column]][1] < row:
                at[column] += 1
            run = runs[at[column]] if at[column] < len(runs) else None
            return run[2] if run is not None and run[0] <= row else ""

        return mark

    def __bool__(self) -> bool:
        return bool(self._runs)


def marked(value: object, mark: str) -> str | None:
    """A number as its format shows it: to the cent, so that « 64.039 » is no thousand; None
    for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if mark == "%":
        return f"{100 * value:.6g} %"
    number = int(value) if float(value).is_integer() and abs(value) < 1e15 else None
    return f"{number} {mark}" if number is not None else f"{value:.2f} {mark}"
