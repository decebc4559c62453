"""What the cells of a column are, all of them or nearly: countries, places, who leads, words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coopdec.read.cells.countries import listed
from coopdec.read.cells.leads import opens_lead, parse_lead_cell
from coopdec.read.cells.partners import parse_partner_cell
from coopdec.read.oddities.outside import any_french
from coopdec.reference import Gazetteer
from coopdec.reference.regions import without_number
from coopdec.text import collapse

__all__ = ["LEAST", "LINES", "SHARE", "are_abroad", "filled_columns", "is_country", "is_lead",
           "is_place", "names_french", "nearly_all", "words_each"]

#: Of so many first lines; fewer filled cells than these prove nothing.
LINES, LEAST = 30, 3
#: Nearly all are so many.
SHARE = 0.8


def filled_columns(lines: Sequence[Sequence[str]]) -> dict[int, list[str]]:
    """The filled cells of each column; lines with few of them are totals and notes."""
    found: dict[int, list[str]] = {}
    for cells in lines[:LINES]:
        filled = [(i, text) for i, cell in enumerate(cells) if (text := cell.strip())]
        if len(filled) >= LEAST:
            for i, text in filled:
                found.setdefault(i, []).append(text)
    return found


def is_country(cell: str, places: Gazetteer) -> bool:
    """Whether a cell names countries, and no more; France is none."""
    return len(cell) > 1 and all(iso not in (None, "FR")
                                 for _, iso in listed(collapse(cell), places))


def is_place(cell: str, places: Gazetteer) -> bool:
    """Whether a cell names partners, each with its country."""
    found = parse_partner_cell(cell, places, "")
    return bool(found.mentions) and not found.problems


def is_lead(cell: str, places: Gazetteer) -> bool:
    """Whether a cell opens as the name of who leads does, or names whom France knows."""
    leads = parse_lead_cell(cell)
    return bool(leads) and "(" not in without_number(cell) and len(cell) <= 200 and (
        opens_lead(cell) or any_french(leads, (), places, lone=True))


def nearly_all(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Whether so many cells pass that the others may be slips."""
    return sum(map(test, cells)) >= SHARE * len(cells)


def names_french(cell: str, places: Gazetteer) -> bool:
    """Whether a cell names a French collectivity."""
    return len(cell) <= 200 and any_french(parse_lead_cell(cell), (), places, lone=True)


def words_each(cells: Sequence[str]) -> float:
    """How many words a cell has, on average; there must be cells."""
    return sum(len(c.split()) for c in cells) / len(cells)


def are_abroad(pairs: Sequence[tuple[str, str]], is_body: bool, places: Gazetteer) -> bool:
    """Whether a column names places of the countries beside it: nearly all cells open with
    the type of one or are known, and most are known unless the header names a body."""
    filled = [(cell.strip(), country) for cell, country in pairs if cell.strip() and country]
    if len(filled) < (1 if is_body else LEAST):
        return False
    french = known = told = 0
    for cell, country in filled:
        if len(cell) > 200 or any(c.isdecimal() for c in cell):
            return False
        mentions = parse_partner_cell(cell, places, country).mentions
        named = [m for m in mentions if m.name]
        french += names_french(cell, places)
        is_known = any(places.by_name(m.own_name or m.name or "", m.country) for m in named)
        known += is_known
        told += is_known or any(m.type for m in named)
    if french * 2 > len(filled):
        return False
    return told * 2 >= len(filled) if is_body else (
        known * 2 >= len(filled) and told >= SHARE * len(filled))
