"""A spreadsheet's typed values as the text a person would write."""

from __future__ import annotations

import datetime as dt

__all__ = ["text_of"]

_MIDNIGHT = dt.time()


def text_of(value: object) -> str:
    """Whole numbers without « .0 », dates as ISO 8601, true and false as French cells show.

    >>> [text_of(v) for v in (12500.0, 0.1 + 0.2, dt.datetime(2020, 6, 23), True, None)]
    ['12500', '0.3', '2020-06-23', 'VRAI', '']
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        # 15 significant digits are what a spreadsheet stores: 0.1 + 0.2 shows as 0.3.
        if value.is_integer() and abs(value) < 1e22:
            return str(int(value))
        return format(value, ".15g")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
