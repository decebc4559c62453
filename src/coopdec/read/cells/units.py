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
    units = _units(country_cell, places)
    for words, iso in units.items():
        country_cell = country_cell.replace(words, french_name(iso, places))
    for inside in dict.fromkeys(_INSIDE.findall(cell)):
        for words, iso in _units(inside, places).items():
            units[words] = iso
            named = inside.replace(words, f"{words}, {french_name(iso, places)}")
            cell = cell.replace(f"({inside})", f"({named})")
    return cell, country_cell, [
        Unclear("country-of-unit", {"unit": words, "country": labels((words, iso), places)},
                Severity.WARNING) for words, iso in units.items()]


def all_known(mentions: Iterable[Mention], places: Gazetteer) -> bool:
    """Whether all who are named bear names that are known in their countries: what stands in a
    column of countries and is none may have slipped there from another."""
    return all(m.name is None or places.by_name(m.name, m.country) for m in mentions)


def _units(text: str, places: Gazetteer) -> dict[str, str]:
    """The one unit that words name, with the ISO code of its country."""
    found = listed(text, places) if text else ()
    return {words: country for words, iso in found
            if iso is None and (country := _country_of(words, places))} if len(found) == 1 else {}


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
