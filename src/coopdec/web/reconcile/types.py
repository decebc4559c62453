"""The types that names can be reconciled to: classes of our ontology, by local name.

``schemaSpace`` is the ontology's namespace, so that namespace + identifier is the class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from coopdec.messages import Lang
from coopdec.model import Entity, Kind
from coopdec.vocab import CLASS_OF_LEVEL
from coopdec.web.ontology import terms

__all__ = [
    "DEFAULT", "FRENCH", "TYPES", "as_json", "kinds_of", "known", "level_kinds", "type_of",
    "with_narrower"]

#: In the order in which people meet them.
TYPES = (
    "Collectivity", "Commune", "Intercommunality", "Department", "Region",
    "SingleTerritorialCollectivity", "MixedSyndicate", "DelegatedCommune",
    "Country", "Partner", "PartnerTerritory", "PartnerInstitution", "Project",
)
DEFAULT = ("Collectivity", "Country", "Partner", "Project")
FRENCH = frozenset(TYPES[:8])
_KINDS: Mapping[str, Kind] = {
    "Commune": Kind.COMMUNE, "DelegatedCommune": Kind.COMMUNE,
    "Intercommunality": Kind.INTERCOMMUNALITY, "Department": Kind.DEPARTMENT,
    "Region": Kind.REGION, "MixedSyndicate": Kind.SYNDICATE,
    "SingleTerritorialCollectivity": Kind.SINGLE_TERRITORIAL_COLLECTIVITY,
}


@cache
def _below() -> Mapping[str, frozenset[str]]:
    """Each type with itself and those narrower than it."""
    above = {t: set(terms()[t].broader) for t in TYPES}
    return {t: frozenset(n for n in TYPES if n == t or t in above[n]) for t in TYPES}


def known(given: str) -> str | None:
    """A type by its name, ``cd:`` name or IRI; None if it is none of ours."""
    name = given.strip().rpartition("#")[2].removeprefix("cd:")
    return name if name in TYPES else None


def with_narrower(given: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(_below()[t] for t in given))


def level_kinds(given: frozenset[str]) -> tuple[Kind, ...]:
    """Levels of the reference's French side that these types are; () if any will do."""
    kinds = {_KINDS[t] for t in given if t in _KINDS}
    return () if "Collectivity" in given or not kinds else tuple(sorted(kinds))


def kinds_of(given: frozenset[str]) -> frozenset[Kind]:
    """Levels of the reference that things of these types may have."""
    found = {_KINDS[t] for t in given if t in _KINDS}
    if "Country" in given:
        found.add(Kind.COUNTRY)
    if "PartnerTerritory" in given:
        found |= {Kind.ADMIN1, Kind.ADMIN2, Kind.PLACE}
    return frozenset(found)


def type_of(entity: Entity) -> str:
    """The type of an entry of the reference."""
    if entity.kind is Kind.COUNTRY:
        return "Country"
    return CLASS_OF_LEVEL.get(entity.level, "PartnerTerritory") if (
        entity.country == "FR" and entity.kind in _KINDS.values()) else "PartnerTerritory"


def as_json(name: str, lang: Lang, *, broader: bool = True) -> dict[str, Any]:
    """https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#types"""
    said = terms()[name].said(lang)
    found: dict[str, Any] = {"id": name, "name": said[:1].upper() + said[1:]}
    if broader and (above := [b for b in terms()[name].broader if b in TYPES]):
        found["broader"] = [as_json(b, lang) for b in above]
    return found
