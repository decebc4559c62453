"""Tables in two languages: « Arménie / Armenia » under « Pays / Country » is one country, « Ville
d'Erevan / City of Yerevan » one partner."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from coopdec.read.cells.countries import iso_of
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["NAMES", "once"]

#: The roles whose cells name somebody, or some place.
NAMES = ("lead", "partner", "country")
_BETWEEN = " / "


def once(cells: Mapping[str, str], roles: Collection[str], places: Gazetteer) -> dict[str, str]:
    """The cells of these roles, the first of two names where both are of the same; what may be
    two stays as it is."""
    found = {role: cells[role] for role in NAMES if role in cells}
    for role in found.keys() & roles:
        first, mark, second = collapse(found[role]).partition(_BETWEEN)
        if mark and _BETWEEN not in second:
            country = "FR" if role == "lead" else iso_of(first if role == "country" else (
                collapse(found.get("country", "")).partition(_BETWEEN)[0]), places)
            same = iso_of(second, places) == country if role == "country" else (
                _is_same(first, second, country, places))
            found[role] = first if country and same else found[role]
    return found


def _is_same(first: str, second: str, country: str | None, places: Gazetteer) -> bool:
    own = [_own(name, country, places) for name in (first, second)]
    known = [{e.key for e in places.by_name(name, country)} for name in own]
    return fold(own[0]) == fold(own[1]) or bool(known[0] & known[1])


def _own(name: str, country: str | None, places: Gazetteer) -> str:
    """« City of Yerevan » → « Yerevan »."""
    return places.split_type(name, country)[1] or places.split_last_type(name, country)[1] or name
