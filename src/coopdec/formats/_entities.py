"""Partners and collectivities as flat tables, for workbooks, Parquet and maps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from coopdec.formats._columns import Column
from coopdec.formats._nodes import Node, identifier, label, listed, projects, shared
from coopdec.vocab import GEONAMES, WIKIDATA_ENTITY

__all__ = ["COLLECTIVITIES", "PARTNERS", "collectivities", "partners"]

_PLACE = (
    Column("lat", "decimal", "latitude", "latitude", width=10),
    Column("long", "decimal", "longitude", "longitude", width=10),
    Column("wikidata", "string", "Wikidata", "Wikidata", width=11),
    Column("geonames", "string", "GeoNames", "GeoNames", width=10),
    Column("projects", "integer", "nombre de projets", "number of projects", width=10),
)
PARTNERS: tuple[Column, ...] = (
    Column("iri", "iri", "adresse du partenaire", "partner's address", width=24),
    Column("label", "string", "nom", "name", width=34),
    Column("type", "string", "nature", "kind", width=20),
    Column("printed_type", "string", "type imprimé", "type as printed", many=True),
    Column("iso2", "string", "code ISO du pays", "ISO code of the country", width=8),
    Column("country", "string", "pays", "country", width=20),
    Column("iso3166_2", "string", "code ISO 3166-2", "ISO 3166-2 code", width=10),
    *_PLACE,
)
COLLECTIVITIES: tuple[Column, ...] = (
    Column("iri", "iri", "adresse de la collectivité", "authority's address", width=24),
    Column("label", "string", "nom", "name", width=34),
    Column("type", "string", "nature", "kind", width=24),
    Column("insee", "string", "code INSEE", "INSEE code", width=10),
    Column("siren", "string", "numéro SIREN", "SIREN number", width=12),
    Column("region", "string", "région de France", "region of France", width=26),
    *_PLACE,
)


def _tally(folder: Path, key: str) -> Counter[str]:
    return Counter(who for node in projects(folder) for who in listed(node.get(key)))


def _place(node: Node, base: str) -> dict[str, Any]:
    lat, long = listed(node.get("lat")), listed(node.get("long"))
    return {
        "lat": Decimal(lat[0]) if lat and long else None,
        "long": Decimal(long[0]) if lat and long else None,
        "wikidata": identifier(node, WIKIDATA_ENTITY, base),
        "geonames": identifier(node, GEONAMES, base),
    }


def _first(node: Node, key: str) -> Any:
    found = listed(node.get(key))
    return found[0] if found else None


def _type(node: Node) -> str:
    return next((t for t in listed(node.get("type")) if ":" not in t), "")


def partners(folder: Path, base: str) -> Iterator[dict[str, Any]]:
    """Territories and institutions, in the order of their IRIs."""
    known, tally = shared(folder), _tally(folder, "partner")
    for path, node in known.items():
        if path.startswith(("territory/", "institution/")):
            country = known.get(_first(node, "country") or "")
            yield {
                "iri": base + path, "label": label(node, "fr"), "type": _type(node),
                "printed_type": listed(node.get("printedType")),
                "iso2": _first(country, "iso2") if country else None,
                "country": label(country, "fr") or None,
                "iso3166_2": _first(node, "iso3166_2"), **_place(node, base),
                "projects": tally[path],
            }


def collectivities(folder: Path, base: str) -> Iterator[dict[str, Any]]:
    """French local authorities, in the order of their IRIs; ``projects`` counts those that
    they lead."""
    known, tally = shared(folder), _tally(folder, "lead")
    for path, node in known.items():
        if path.startswith("collectivity/"):
            yield {
                "iri": base + path, "label": label(node, "fr"), "type": _type(node),
                "insee": _first(node, "inseeCode"), "siren": _first(node, "siren"),
                "region": label(known.get(_first(node, "region") or ""), "fr") or None,
                **_place(node, base), "projects": tally[path],
            }
