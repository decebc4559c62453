"""A quote that opens a cell and is never closed swallows the lines below: they are given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

__all__ = ["given_back"]

#: So many of the lines within a cell must be whole records.
_SHARE = 0.8
#: So many lines tell how many cells a record has.
_LEAST = 3


def given_back(cells: Sequence[str], delimiter: str, width: int) -> list[list[str]] | None:
    """The records of a record over several lines, if nearly all of its lines have ``width``
    cells of their own (0: as many as each other); None where a cell has line breaks in its text.

    >>> given_back(["Metz", "Kayes;Eau\\nDax;Matam", "Lait"], ";", 3)
    [['Metz', 'Kayes', 'Eau'], ['Dax', 'Matam', 'Lait']]
    """
    lines = delimiter.join(cells).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    records = [[c.strip('"') for c in line.split(delimiter)] for line in lines]
    if not width and len(records) >= _LEAST:
        width = Counter(map(len, records)).most_common(1)[0][0]
    # Delimiters alone are no record.
    whole = sum(len(record) == width and sum(map(bool, record)) > 1 for record in records)
    return records if width > 1 and whole >= _SHARE * len(records) else None
