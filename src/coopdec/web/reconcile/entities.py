"""What can be reconciled to: entries of the reference and resources of our data, under one
identifier, the path that follows the base in an IRI.

An entry of the reference that no project names yet has the identifier that our data would
give it, so a table reconciled today stays right when a project comes tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from coopdec.iris import Iris
from coopdec.messages import Lang, render
from coopdec.model import Entity, Kind
from coopdec.reference import Gazetteer
from coopdec.reference.identifiers import of_code
from coopdec.vocab import GEONAMES, WIKIDATA_ENTITY
from coopdec.web.ontology import terms
from coopdec.web.reconcile.types import TYPES, type_of

__all__ = ["Known", "by_code", "in_reference", "of_reference", "path_of"]

_WORLD = re.compile(r"territory/([A-Z]{2})/(iso|gn)-([A-Za-z0-9-]{1,20})")


@dataclass(frozen=True, slots=True)
class Known:
    """``id``: the path. ``entity``: its entry in the reference, if any. ``projects``: how
    many projects of the data name it; None where the data do not know it. ``facets``: of a
    project, paths of its leads, countries, themes…"""

    id: str
    type: str
    labels: Mapping[str, str]
    entity: Entity | None = None
    projects: int | None = None
    country: str | None = None
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def name(self, lang: Lang) -> str:
        return (self.labels.get(lang) or self.labels.get("fr")
                or next(iter(self.labels.values()), self.id))

    @property
    def types(self) -> tuple[str, ...]:
        """The class and those of ours above it."""
        return (self.type, *(b for b in terms()[self.type].broader if b in TYPES))


def path_of(entity: Entity) -> str:
    """The path that our data give to an entry of the reference."""
    iris = Iris("https://x/")
    if entity.kind is Kind.COUNTRY:
        made = iris.country(entity.ids["iso2"])
    elif type_of(entity) == "PartnerTerritory":
        made = iris.territory(entity.country or "", entity.key)
    else:
        made = iris.collectivity(entity.key)
    return made.removeprefix(iris.base)


def of_reference(entity: Entity, projects: int | None = None) -> Known:
    labels = {"fr": entity.label_fr}
    if entity.label_en:
        labels["en"] = entity.label_en
    country = entity.ids.get("iso2") if entity.kind is Kind.COUNTRY else entity.country
    return Known(path_of(entity), type_of(entity), labels, entity, projects, country)


def in_reference(path: str, places: Gazetteer) -> Entity | None:
    """The reference's entry with this identifier."""
    head, _, key = path.partition("/")
    if match := _WORLD.fullmatch(path):
        entity = places.entity(f"{match[2]}/{match[3]}")
        return entity if entity is not None and entity.country == match[1] else None
    if head == "country":
        return places.entity(path)
    return places.entity(key) if head == "collectivity" else None


def by_code(text: str, base: str, places: Gazetteer) -> list[Entity]:
    """Entries that an identifier, IRI or official code stands for by itself."""
    text = text.strip()
    bare = text.removeprefix(base) if text.startswith(base) else text
    if found := in_reference(unquote(bare), places):
        return [found]
    if match := re.fullmatch(rf"{GEONAMES}(\d+)/?", text.replace("http://", "https://")):
        return [e for e in [places.entity(f"gn/{match[1]}")] if e]
    if text.startswith(WIKIDATA_ENTITY):
        return [e for e in [places.country(text.removeprefix(WIKIDATA_ENTITY))] if e]
    if (coded := of_code(places, text)) is not None:
        return list(coded)
    code = re.sub(r"[\s.]", "", text).upper()
    found = places.entity(f"iso/{code}") if re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", code) else None
    return [found] if found else []


def description(known: Known, places: Gazetteer, lang: Lang) -> str:
    """One line that tells namesakes apart: what it is, where it lies, its code, and
    whether our data name it."""
    label = terms()[known.type].said(lang)
    parts = [label[:1].upper() + label[1:]]
    entity = known.entity
    if entity is not None:
        parts += [", ".join(_above(entity, places, lang))]
        for name in ("insee", "siren", "iso3166_2", "iso2"):
            if code := entity.ids.get(name):
                parts.append(f"{_CODES[name]} {code}")
                break
        else:
            if number := entity.ids.get("geonames"):
                parts.append(f"GeoNames {number}")
        if entity.until is not None:
            parts.append(render("reconcile-until", {"year": entity.until.year}, lang))
    elif known.country and (country := places.entity(f"country/{known.country}")):
        parts.append((lang == "en" and country.label_en) or country.label_fr)
    parts.append(projects_words(known, lang))
    return " · ".join(p for p in parts if p)


_CODES = {"insee": "INSEE", "siren": "SIREN", "iso3166_2": "ISO", "iso2": "ISO"}


def projects_words(known: Known, lang: Lang) -> str:
    if known.type == "Project":
        return ""
    if not known.projects:
        return render("reconcile-not-in-data", {}, lang)
    code = "reconcile-one-project" if known.projects == 1 else "reconcile-in-data"
    return render(code, {"n": known.projects}, lang)


def _above(entity: Entity, places: Gazetteer, lang: Lang) -> list[str]:
    """Names of what contains it, nearest first; a country where it is abroad."""
    found = [e for key in entity.parents if (e := places.entity(key)) is not None]
    names = [(lang == "en" and e.label_en) or e.label_fr for e in found if e.kind != Kind.COUNTRY]
    if entity.country not in (None, "FR") and entity.kind is not Kind.COUNTRY:
        country = places.entity(f"country/{entity.country}")
        names += [(lang == "en" and country.label_en) or country.label_fr] if country else []
    return list(dict.fromkeys(names))


def as_json(known: Known, places: Gazetteer, lang: Lang) -> dict[str, Any]:
    return {"id": known.id, "name": known.name(lang),
            "description": description(known, places, lang)}


@lru_cache(maxsize=1 << 12)
def same_country(value: str, places: Gazetteer) -> str | None:
    """The ISO code of a country given by identifier, IRI, code or name."""
    bare = re.sub(r"\A.*?(?:country/|entity/)(?=[A-Z])", "", value)
    found = places.country(bare) or places.near_country(bare)
    return found.ids["iso2"] if found else None
