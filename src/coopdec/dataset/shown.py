"""Named queries and their answers as people see them, at the command line and on the web:
names of columns, cells, what a query says of itself."""

from __future__ import annotations

from typing import Any

from coopdec.dataset.named import NamedQuery
from coopdec.dataset.results import Term
from coopdec.dataset.writers import short
from coopdec.messages import Lang

__all__ = ["as_json", "heading", "readable"]

#: Column names as people read them, where the name itself would not do.
_HEADS = {
    "fr": {
        "area": "superficie", "capital": "capitale", "cell": "cellule", "code": "code",
        "collectivities": "collectivités", "collectivity": "collectivité",
        "confidence": "confiance", "coordinates": "coordonnées", "countries": "pays",
        "country": "pays", "evidence": "mots", "flag": "drapeau", "goal": "ODD",
        "identifier": "code", "inhabitants": "habitants", "iri": "IRI", "item": "Wikidata",
        "iso2": "ISO 2", "iso3": "ISO 3",
        "iso3166_2": "ISO 3166-2", "label": "nom", "lead": "chef de file",
        "leads": "chefs de file", "level": "niveau", "line": "ligne", "number": "nombre",
        "partner": "partenaire", "partners": "partenaires", "project": "projet",
        "projects": "projets", "reason": "raison", "region": "région", "rule": "règle",
        "sheet": "feuille", "subject": "sujet", "target": "cible", "territory": "territoire",
        "theme": "thème", "title": "titre", "call": "appel", "website": "site", "eu": "UE",
        "geonames": "GeoNames", "wikidata": "Wikidata",
    },
    "en": {
        "goal": "SDG", "iri": "IRI", "iso2": "ISO 2", "iso3": "ISO 3", "iso3166_2": "ISO 3166-2",
        "geonames": "GeoNames", "wikidata": "Wikidata", "item": "Wikidata", "eu": "EU",
        "identifier": "code", "label": "name",
    },
}
#: Classes of authorities, by their labels in the ontology; one that is not known.
_LEVELS = {
    "fr": {
        "Commune": "commune", "Intercommunality": "intercommunalité", "Department": "département",
        "Region": "région", "SingleTerritorialCollectivity": "collectivité territoriale unique",
        "MixedSyndicate": "syndicat", "DelegatedCommune": "commune déléguée ou associée",
        "Collectivity": "non identifiée",
    },
    "en": {
        "Commune": "commune", "Intercommunality": "intercommunality", "Department": "department",
        "Region": "region of France",
        "SingleTerritorialCollectivity": "single territorial collectivity",
        "MixedSyndicate": "mixed syndicate", "DelegatedCommune": "delegated commune",
        "Collectivity": "not identified",
    },
}


def heading(column: str, lang: Lang) -> str:
    """A column's name."""
    return _HEADS[lang].get(column, column)


def readable(column: str, term: Term, lang: Lang) -> str:
    """A cell: an IRI short, a class of authorities by its name."""
    value = str(term["value"])
    if term["type"] == "uri":
        return short(value)
    return _LEVELS[lang].get(value, value) if column == "level" else value


def as_json(query: NamedQuery) -> dict[str, Any]:
    """What a query says of itself, both languages."""
    return {
        "name": query.name, "title": dict(query.title), "description": dict(query.description),
        "federated": query.federated,
        "parameters": [{"name": p.name, "type": p.type, "example": p.example,
                        "default": p.default, "required": p.required, "help": dict(p.help)}
                       for p in query.parameters],
    }
