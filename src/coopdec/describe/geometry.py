"""A point as data: WGS 84 coordinates on the resource, and a geometry of its own."""

from __future__ import annotations

from coopdec.iris import Iris
from coopdec.terms import decimal, iri, labels, typed
from coopdec.vocab import GEO, RDF, WGS84

__all__ = ["Said", "degrees", "geometry", "located"]

#: Statements of one subject: (predicate, value), encoded.
Said = list[tuple[str, str]]

_TYPE, _GEOMETRY = iri(RDF + "type"), iri(GEO + "Geometry")
_LAT, _LONG = iri(WGS84 + "lat"), iri(WGS84 + "long")
_HAS, _WKT = iri(GEO + "hasGeometry"), iri(GEO + "asWKT")


def located(iris: Iris, subject: str, lat: float, lon: float) -> Said:
    """What is said of the resource itself."""
    return [(_LAT, decimal(lat, 5)), (_LONG, decimal(lon, 5)), (_HAS, iri(iris.geometry(subject)))]


def geometry(lat: float, lon: float, fr: str, en: str) -> Said:
    """What is said of its geometry; ``fr`` and ``en`` name the resource."""
    wkt = f"POINT({degrees(lon)} {degrees(lat)})"
    return [(_TYPE, _GEOMETRY), *labels(f"Position de {fr}", f"Position of {en}"),
            (_WKT, typed(wkt, GEO + "wktLiteral"))]


def degrees(value: float) -> str:
    """To the metre, without trailing zeros."""
    return f"{value:.5f}".rstrip("0").rstrip(".")
