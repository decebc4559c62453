"""Columns that are ticked: one for each goal, or one for each country, with « x » in the lines of
which it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coopdec.read.cells.countries import iso_of
from coopdec.read.columns.header import Header
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["unticked", "with_ticks"]

_TICKS = frozenset({"x", "×", "✓", "✔", "✕", "✗", "✘", "☑", "☒", "●", "•", "■", "1", "v", "o",
                    "oui", "yes", "vrai", "true"})
_NONE = frozenset({"", "0", "-", "–", "—", "☐", "○", "□", "n", "non", "no", "faux", "false"})
#: What a header over several countries says: « Pays d'intervention » over « Bénin ».
_COUNTRY = frozenset({"pays", "country", "countries"})
_MOST = 5
#: So many columns of themes may be ticked with numbers.
_NUMBERS = 3


def with_ticks(header: Header, lines: Sequence[Sequence[str]], places: Gazetteer) -> Header:
    """The header, with what each ticked column means: of those of themes, and of several that
    name countries, which are the list's where no other column says them."""
    themes = {i: header.names[i] for i, role in header.by_column.items() if role == "theme"}
    ticks = dict(header.ticks)
    fits = [i for i in themes if _are_ticks([i], lines)]
    if len(fits) < _NUMBERS:  # « 1 » under « ODD » is the goal
        fits = [i for i in fits if not any(_mark(cells, i).isdecimal() for cells in lines)]
    ticks |= {i: themes[i] for i in fits}
    named = {i: country for i, name in enumerate(header.names) if header.by_column.get(
        i, "country") == "country" and (country := _country(name, places))}
    others = [i for i, role in header.by_column.items() if role == "country" and i not in named]
    if not others and len(named) > 1 and _are_ticks(list(named), lines):
        ticks |= named
        header = header.given(dict.fromkeys(named, "country"))
    if not any(_mark(cells, i) in _TICKS for cells in lines for i in ticks):
        return header
    return replace(header, ticks=ticks)


def unticked(cells: Sequence[str], ticks: Mapping[int, str]) -> list[str]:
    """The cells with what its column means in the place of each tick."""
    found = list(cells)
    for i, words in ticks.items():
        mark = _mark(cells, i)
        if mark in _TICKS or mark in _NONE:
            found[i] = words if mark in _TICKS else ""
    return found


def _are_ticks(columns: Sequence[int], lines: Sequence[Sequence[str]]) -> bool:
    return all((mark := _mark(cells, i)) in _TICKS or mark in _NONE
               for cells in lines for i in columns)


def _mark(cells: Sequence[str], column: int) -> str:
    return cells[column].strip().casefold() if column < len(cells) else ""


def _country(header: str, places: Gazetteer) -> str | None:
    """The country abroad that a header is the name of, alone or below « Pays »."""
    words = collapse(header).split()
    for at in range(min(len(words), _MOST)):
        if at and _COUNTRY.isdisjoint(fold(" ".join(words[:at])).split()):
            return None
        name = " ".join(words[at:])
        if len(name) > 3 and iso_of(name, places) not in (None, "FR"):
            return name
    return None
