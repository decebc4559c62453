"""French regions from whatever a region column holds."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coopdec.model import Entity, Kind
from coopdec.reference.names import bare, folded
from coopdec.text import collapse

if TYPE_CHECKING:
    from coopdec.reference.gazetteer import Gazetteer

__all__ = [
    "AROUND", "Scope", "department_named", "existed", "find_region", "scope_of", "units_named",
    "without_number"]

#: The departments of the regions that were merged in 2016, by the regions' codes.
_DEPARTMENTS = {
    "21": "08 10 51 52", "22": "02 60 80", "23": "27 76", "25": "14 50 61", "26": "21 58 71 89",
    "31": "59 62", "41": "54 55 57 88", "42": "67 68", "43": "25 39 70 90", "54": "16 17 79 86",
    "72": "24 33 40 47 64", "73": "09 12 31 32 46 65 81 82", "74": "19 23 87",
    "82": "01 07 26 38 42 69 73 74", "83": "03 15 43 63", "91": "11 30 34 48 66"}


def existed(entity: Entity, on: date | None) -> bool:
    """True if the body existed on the day; without a day, if it exists today."""
    if on is None:
        return entity.until is None
    return (entity.since is None or entity.since <= on) and (
        entity.until is None or on <= entity.until)


def find_region(gazetteer: Gazetteer, text: str, on: date | None = None) -> Entity | None:
    """See :meth:`Gazetteer.french_region`."""
    found = _scope_entities(gazetteer, text)
    regions = [e for e in found if e.kind is Kind.REGION]
    alive = [e for e in regions if existed(e, on)] or regions
    if alive:
        return alive[0]
    for entity in found:  # a department or single authority: the region above it
        for parent in entity.parents:
            if parent.startswith("region/"):
                return gazetteer.entity(parent)
    return None


class Scope(NamedTuple):
    """Where a region cell says that a body is. ``units``: keys of regions, departments and
    single authorities, one of which it must be in, with today's successors of a former one;
    ``departments``: keys of those that the cell itself names, or of the former region that it
    names: « Alsace » tells more than its successor."""

    units: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 10)
def scope_of(gazetteer: Gazetteer, text: str) -> Scope:
    """Empty if the text means nothing known."""
    found = _scope_entities(gazetteer, text)
    units = {key for e in found for key in (e.key, *e.replaced_by)}
    units.update(key for e in found if e.kind is not Kind.REGION for key in e.parents)
    regions = [e for e in found if e.kind is Kind.REGION]
    told = {key for e in regions or found for key in _departments(e)}
    if told:  # « 26 » is the Drôme's code, and was Bourgogne's.
        told |= {f"department/{text.strip().upper()}"} & units
    return Scope(frozenset(units), frozenset(told))


def units_named(gazetteer: Gazetteer, text: str) -> frozenset[str]:
    """Keys of the regions, departments and single authorities of just this name, with the
    departments of a former region."""
    found = gazetteer.by_name(text, "FR", AROUND)
    return frozenset(key for e in found for key in (e.key, *_departments(e)))


def department_named(gazetteer: Gazetteer, text: str) -> Entity | None:
    """The one department that a region cell names, None where it names a region."""
    found = _scope_entities(gazetteer, text)
    return found[0] if len(found) == 1 and found[0].kind is Kind.DEPARTMENT else None


def _departments(unit: Entity) -> list[str]:
    """A department, or those of a former region; none of any other."""
    if unit.kind is Kind.DEPARTMENT:
        return [unit.key]
    codes = _DEPARTMENTS.get(unit.ids.get("insee", ""), "") if unit.kind is Kind.REGION else ""
    return [f"department/{code}" for code in codes.split()]


#: « Dépt 26 »; « Savoie (73) », « 73 - Savoie ».
_DEPARTMENT = re.compile(r"d[ée]p(?:artemen)?t?\.?\s*(?:n°\s*)?(\d{1,3}|2[AB])", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\((?:\d{2,3}|2[AB])\)$|^(?:\d{2,3}|2[AB])\s*[-–—:]\s*(?=\D)|"
                     r"(?<=\D)\s+[-–—]\s*(?:\d{2,3}|2[AB])$", re.IGNORECASE)
#: Units whose names say where a body is.
AROUND = (Kind.REGION, Kind.DEPARTMENT, Kind.SINGLE_TERRITORIAL_COLLECTIVITY)


def without_number(text: str) -> str:
    """A name without the number of its department.

    >>> without_number("Melesse (35)"), without_number("73 - Savoie")
    ('Melesse', 'Savoie')
    """
    return _NUMBER.sub("", text)


def _scope_entities(gazetteer: Gazetteer, text: str) -> tuple[Entity, ...]:
    text = collapse(text)[:200]
    return _units_meant(gazetteer, text) if text else ()


@lru_cache(maxsize=1 << 10)
def _units_meant(gazetteer: Gazetteer, text: str) -> tuple[Entity, ...]:
    """The same of a text as it is: a region, a department and a scope are asked of one cell."""
    code = text.upper()
    keys = (f"region/{code}", f"department/{code}") if len(code) <= 3 else ()
    if coded := [entity for key in keys if (entity := gazetteer.entity(key))]:
        return tuple(coded)  # « 93 » is the code of a region and of a department
    if numbered := _DEPARTMENT.fullmatch(text):
        entity = gazetteer.entity(f"department/{numbered[1].upper().zfill(2)}")
        return (entity,) if entity else ()
    text = without_number(text) or text
    _, rest = gazetteer.split_type(text, "FR")
    for form in dict.fromkeys((text, rest)):
        if found := gazetteer.by_name(form, "FR", AROUND):
            return tuple(sorted(found, key=lambda e: (AROUND.index(e.kind), e.until is not None)))
    return tuple(_near(gazetteer, bare(folded(rest))))


def _near(gazetteer: Gazetteer, plain: str) -> list[Entity]:
    """A slip of a letter or two: « Haut-de-France », « Bourgogne-Franche Compté »."""
    from rapidfuzz.distance import Levenshtein

    near = []
    for number in range(1, 100):
        for key in (f"region/{number:02}", f"department/{number:02}"):
            if (entity := gazetteer.entity(key)) is not None:
                away = Levenshtein.distance(plain, bare(folded(entity.label_fr)), score_cutoff=2)
                if away <= min(2, len(plain) // 5):
                    near.append((away, entity.kind is not Kind.REGION, entity))
    near.sort(key=lambda n: n[:2])
    return [e for away, _, e in near if away == near[0][0]]
