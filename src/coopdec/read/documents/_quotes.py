"""Quotes that are none of CSV's: one that is never closed swallows the lines below, which are given
back; one alone in its cell says « as above »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from csv import reader
from itertools import chain

__all__ = ["given_back", "lone_kept"]

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


def lone_kept(lines: Iterable[str], delimiter: str, escape: str | None) -> Iterator[str]:
    """The lines, with a quote that is all of its cell (« ″ », what stands above) written as CSV
    writes it; as it stands it would open a cell that begins with a delimiter. So it is only where
    the line has then as many cells as others have, as the next one has, and no other quotes.

    >>> list(reader(lone_kept(['1;Pau;Eau', '2;";"', '3;";Lait'], ";", None), delimiter=";"))
    [['1', 'Pau', 'Eau'], ['2', '"', '"'], ['3', '"', 'Lait']]
    """
    lone, written = f'{delimiter}"{delimiter}', '""""' if escape is None else f'"{escape}""'
    inside, plain = False, ""
    ahead = chain(lines, ("",))
    line = next(ahead, "")
    for below in ahead:
        if '"' not in line:
            plain = line if delimiter in line else plain
        elif lone in line and not inside and _are_marks(line, below, plain, delimiter):
            cells = line.rstrip("\r\n").split(delimiter)
            yield delimiter.join(written if c == '"' else c for c in cells)
            line = below
            continue
        inside ^= bool(line.count('"') % 2)
        yield line
        line = below


def _are_marks(line: str, below: str, plain: str, delimiter: str) -> bool:
    """Whether all quotes of a line are cells of their own. ``plain``: a line without any."""
    width = plain.count(delimiter)
    return _all_lone(line, delimiter) and line.count(delimiter) == width and (
        not below.strip() or (below.count(delimiter) == width and _all_lone(below, delimiter))
    ) and len(next(reader([line], delimiter=delimiter), [])) != width + 1


def _all_lone(line: str, delimiter: str) -> bool:
    cells = line.rstrip("\r\n").split(delimiter)
    return cells.count('"') == line.count('"')
