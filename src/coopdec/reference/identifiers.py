"""Looking the other way: from another authority's identifier to what we know of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from coopdec.model import Code, Entity
from coopdec.reference.gazetteer import Gazetteer, ids_of

__all__ = ["bearers", "departments_of", "holds_geonames", "of_code"]


@lru_cache(maxsize=4096)
def holds_geonames(places: Gazetteer, number: str) -> bool:
    """Whether the reference has an entity with this GeoNames number. Asks by the number
    first, then reads the identifiers of units that are kept under a code: for the few
    numbers that people decided on, not for a stream of them."""
    if not re.fullmatch(r"[1-9]\d*", number):
        return False
    if places.entity(f"gn/{number}") is not None:
        return True
    sql = "SELECT 1 FROM entity WHERE '|' || ids || '|' LIKE ? LIMIT 1"
    return bool(places._ask(sql, (f"%|geonames={number}|%",)))


#: Levels whose keys end with a code of INSEE: of five characters, of fewer.
_COMMUNES = ("commune", "delegated-commune")
#: Arrondissements have codes, and are their city.
_CITIES = {city: frozenset(map(str, range(first, last + 1))) for city, first, last in (
    ("75056", 75101, 75120), ("69123", 69381, 69389), ("13055", 13201, 13216))}
_LARGER = ("department", "region", "single-territorial-collectivity")


@lru_cache(maxsize=4096)
def bearers(places: Gazetteer, code: Code) -> tuple[Entity, ...]:
    """The French bodies that bear an official code: several where a commune and a delegated
    one, or a department and a region, share it; none where the reference lacks it, and for a
    postcode."""
    if code.authority == "siren":
        keys = [key] if (key := _sirens(places).get(code.value)) else []
    elif code.authority == "epci":
        keys = [f"intercommunality/{code.value}"]
    elif code.authority == "insee":
        value = next((c for c, parts in _CITIES.items() if code.value in parts), code.value)
        keys = [f"{level}/{value}" for level in (_COMMUNES if len(value) == 5 else _LARGER)]
    else:
        keys = []
    return tuple([e for key in keys if (e := places.entity(key))])


_INSEE = re.compile(r"\d{5}|2[AB]\d{3}|\d{2,3}|2[AB]")
_SIREN = re.compile(r"\d{9}")


def of_code(places: Gazetteer, text: str) -> tuple[Entity, ...] | None:
    """The bodies of an INSEE code or SIREN as people type it (« 243 500 139 », « 2a »); None
    where the text is neither."""
    code = re.sub(r"[\s.]", "", text).upper()
    for authority, form in (("insee", _INSEE), ("siren", _SIREN)):
        if code.isascii() and form.fullmatch(code):
            return bearers(places, Code(authority, code, text, ""))
    return None


@lru_cache(maxsize=2)
def _sirens(places: Gazetteer) -> Mapping[str, str]:
    """SIREN → key, for the lists that print some: 36,000, read at once in a tenth of a second."""
    found = places._ask(
        "SELECT key, ids FROM entity WHERE country = 'FR' AND ids LIKE '%siren=%'", ())
    return {siren: key for key, ids in found if (siren := ids_of(ids).get("siren"))}


def departments_of(code: Code) -> tuple[str, ...]:
    """The keys of the departments, or overseas collectivities, that a postcode begins with."""
    if code.authority != "postcode":
        return ()
    first = code.value[:2]
    if first == "20":
        return ("department/2A", "department/2B")
    if first in ("97", "98"):
        first = code.value[:3]
    return (f"department/{first}", f"single-territorial-collectivity/{first}")
