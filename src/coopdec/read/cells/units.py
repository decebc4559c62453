"""First-level units where a country is asked for: « Trois-Rivières (Québec) », « région de
Kayes » in a column of countries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from coopdec.model import Kind, Mention, Severity
from coopdec.read.cells.countries import french_name, labels, listed
from coopdec.read.values import Unclear
from coopdec.reference import Gazetteer

__all__ = ["all_known", "with_countries"]

_INSIDE = re.compile(r"\(([^()]*)\)")


def with_countries(cell: str, country_cell: str, places: Gazetteer
                   ) -> tuple[str, str, list[Unclear]]:
    """A partner cell and its country cell with the countries of such units, and what to say of
    each unit. In brackets the unit stays before its country; in a column of countries the
    country takes its place."""
    units: dict[str, str] = {}
    if unit := _unit(country_cell, places):
        units.update([unit])
        country_cell = country_cell.replace(unit[0], french_name(unit[1], places))
    for inside in dict.fromkeys(_INSIDE.findall(cell)):
        if unit := _unit(inside, places):
            units.update([unit])
            cell = cell.replace(f"({inside})", f"({inside}, {french_name(unit[1], places)})")
    return cell, country_cell, [
        Unclear("country-of-unit", {"unit": words, "country": labels((words, iso), places)},
                Severity.WARNING) for words, iso in units.items()]


def all_known(mentions: Iterable[Mention], places: Gazetteer) -> bool:
    """Whether all who are named bear names that are known in their countries: what stands in a
    column of countries and is none may have slipped there from another."""
    return all(m.name is None or places.by_name(m.name, m.country) for m in mentions)


def _unit(text: str, places: Gazetteer) -> tuple[str, str] | None:
    """The unit that a text names instead of a country, with the ISO code of its own."""
    found = listed(text, places) if text else ()
    if len(found) != 1 or found[0][1] is not None:
        return None
    words = found[0][0]
    country = _country_of(words, places)
    return (words, country) if country else None


@lru_cache(maxsize=1 << 10)
def _country_of(words: str, places: Gazetteer) -> str | None:
    """The country of the first-level unit that words name; None where units of several are
    called so."""
    printed, rest = places.split_type(words)
    name = rest if Kind.ADMIN1 in places.type_word(printed) else words
    units = places.by_name(name, None, {Kind.ADMIN1, Kind.ADMIN2, Kind.REGION, Kind.DEPARTMENT})
    countries = {unit.country for unit in units}
    first = any(unit.kind is Kind.ADMIN1 for unit in units)
    return countries.pop() if first and len(countries) == 1 else None
