"""Properties that a table can be extended with, and that refine a query: what each is
called, of what types, and where its values come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coopdec.messages import Lang, render
from coopdec.model import Kind
from coopdec.reference import Gazetteer
from coopdec.web.ontology import terms
from coopdec.web.reconcile.entities import Known, of_reference
from coopdec.web.reconcile.types import FRENCH

__all__ = ["CODES", "PROPERTIES", "WIKIDATA", "Property", "of_type"]

#: Property → the name of the identifier in the reference.
CODES: Mapping[str, str] = {
    "inseeCode": "insee", "siren": "siren", "iso2": "iso2", "iso3": "iso3",
    "iso3166_2": "iso3166_2", "geonames": "geonames", "wikidata": "wikidata"}
#: Where Wikidata's own entities can be extended in turn.
WIKIDATA: Mapping[Lang, str] = {"fr": "https://wikidata.reconci.link/fr/api",
                                "en": "https://wikidata.reconci.link/en/api"}

Cell = Mapping[str, Any]
_PLACES = FRENCH | {"Country", "PartnerTerritory", "Partner"}
_DATA = _PLACES | {"PartnerInstitution"}
_PROJECT = frozenset({"Project"})


@dataclass(frozen=True, slots=True)
class Property:
    """``values``: from what the reference says; ``facet``: of a project, from the index;
    ``paths``: patterns over the data from ?e to ?v, asked with SPARQL; ``entity``: the type
    of its values where they are entities."""

    id: str
    types: frozenset[str]
    values: Callable[[Known, Gazetteer, Lang], Iterator[Cell]] | None = None
    path: str = ""
    entity: str | None = None
    service: bool = False

    def name(self, lang: Lang) -> str:
        if self.id in terms() and self.id not in _OWN_WORDS:
            said = terms()[self.id].said(lang)
            return said[:1].upper() + said[1:]
        return render(_OWN_WORDS[self.id], {}, lang)

    def about(self, lang: Lang) -> str:
        return terms()[self.id].definition.get(lang, "") if (
            self.id in terms() and self.id not in _OWN_WORDS) else ""


_OWN_WORDS = {
    "name_fr": "reconcile-name-fr", "name_en": "reconcile-name-en", "type": "reconcile-type",
    "wikidata": "reconcile-wikidata", "geonames": "reconcile-geonames",
    "population": "reconcile-population", "latitude": "reconcile-latitude",
    "longitude": "reconcile-longitude", "coordinates": "reconcile-coordinates",
    "within": "reconcile-within", "projects": "reconcile-projects",
    "project": "reconcile-project", "title": "reconcile-title", "iri": "reconcile-iri",
    "country": "reconcile-country", "region": "reconcile-region", "theme": "reconcile-theme",
    "replacedBy": "reconcile-replaced-by",
}


def _entity(known: Known, lang: Lang) -> Cell:
    return {"id": known.id, "name": known.name(lang)}


def _code(name: str) -> Callable[[Known, Gazetteer, Lang], Iterator[Cell]]:
    def values(known: Known, _: Gazetteer, lang: Lang) -> Iterator[Cell]:
        code = known.entity.ids.get(name) if known.entity is not None else None
        if code:
            yield {"id": code, "name": known.name(lang)} if name == "wikidata" else {"str": code}
    return values


def _name(lang: Lang) -> Callable[[Known, Gazetteer, Lang], Iterator[Cell]]:
    def values(known: Known, _: Gazetteer, __: Lang) -> Iterator[Cell]:
        if known.labels.get(lang):
            yield {"str": known.labels[lang]}
    return values


def _type(known: Known, _: Gazetteer, lang: Lang) -> Iterator[Cell]:
    yield {"str": terms()[known.type].said(lang)}


def _population(known: Known, _: Gazetteer, __: Lang) -> Iterator[Cell]:
    if known.entity is not None and known.entity.population:
        yield {"int": known.entity.population}


def _point(known: Known) -> tuple[float, float] | None:
    entity = known.entity
    if entity is None or entity.lat is None or entity.lon is None:
        return None
    return entity.lat, entity.lon


def _latitude(known: Known, _: Gazetteer, __: Lang) -> Iterator[Cell]:
    if at := _point(known):
        yield {"float": at[0]}


def _longitude(known: Known, _: Gazetteer, __: Lang) -> Iterator[Cell]:
    if at := _point(known):
        yield {"float": at[1]}


def _coordinates(known: Known, _: Gazetteer, __: Lang) -> Iterator[Cell]:
    if at := _point(known):
        yield {"str": f"{at[0]:g},{at[1]:g}"}


def _country(known: Known, places: Gazetteer, lang: Lang) -> Iterator[Cell]:
    if known.country and known.type != "Country" and (
            found := places.entity(f"country/{known.country}")):
        yield _entity(of_reference(found), lang)


def _above(region: bool) -> Callable[[Known, Gazetteer, Lang], Iterator[Cell]]:
    def values(known: Known, places: Gazetteer, lang: Lang) -> Iterator[Cell]:
        for key in known.entity.parents if known.entity is not None else ():
            if key.startswith("region/") is region and (found := places.entity(key)) and (
                    found.kind is not Kind.COUNTRY):
                yield _entity(of_reference(found), lang)
    return values


def _replaced(known: Known, places: Gazetteer, lang: Lang) -> Iterator[Cell]:
    for key in known.entity.replaced_by if known.entity is not None else ():
        if found := places.entity(key):
            yield _entity(of_reference(found), lang)


def _projects(known: Known, _: Gazetteer, __: Lang) -> Iterator[Cell]:
    yield {"int": known.projects or 0}


_NAMING = ("{ ?x cd:lead ?e } UNION { ?x cd:partner ?e } UNION { ?x cd:partnerCountry ?e }"
           " UNION { ?x cd:region ?e }")

PROPERTIES: Mapping[str, Property] = {p.id: p for p in (
    Property("name_fr", _DATA, _name("fr")),
    Property("name_en", _DATA, _name("en")),
    Property("type", _DATA, _type),
    Property("inseeCode", FRENCH, _code("insee")),
    Property("siren", FRENCH, _code("siren")),
    Property("iso2", frozenset({"Country"}), _code("iso2")),
    Property("iso3", frozenset({"Country"}), _code("iso3")),
    Property("iso3166_2", _PLACES - {"Country"}, _code("iso3166_2")),
    Property("geonames", _PLACES, _code("geonames")),
    Property("wikidata", _PLACES, _code("wikidata"), service=True),
    Property("country", _DATA | _PROJECT, _country, "?e cd:partnerCountry ?v", "Country"),
    Property("region", FRENCH | _PROJECT, _above(True), "?e cd:region ?v", "Region"),
    Property("within", _PLACES, _above(False), entity="Collectivity"),
    Property("population", _PLACES, _population),
    Property("latitude", _PLACES, _latitude),
    Property("longitude", _PLACES, _longitude),
    Property("coordinates", _PLACES, _coordinates),
    Property("replacedBy", FRENCH, _replaced, entity="Collectivity"),
    Property("projects", _DATA, _projects),
    Property("project", _DATA, path=_NAMING.replace("?x", "?v"), entity="Project"),
    Property("title", _PROJECT, path="?e dcterms:title ?v"),
    Property("lead", _PROJECT, path="?e cd:lead ?v", entity="Collectivity"),
    Property("partner", _PROJECT, path="?e cd:partner ?v", entity="Partner"),
    Property("theme", _DATA | _PROJECT,
             path="{ ?e cd:theme ?v } UNION { { " + _NAMING + " } ?x cd:theme ?v }"),
    Property("call", _PROJECT, path="?e cd:call ?v"),
    Property("session", _PROJECT, path="?e cd:session ?v"),
    Property("iri", _DATA | _PROJECT),
)}


def of_type(name: str | None) -> Sequence[Property]:
    """Those that things of a type may have; all of them where none is given."""
    return [p for p in PROPERTIES.values() if name is None or name in p.types]
