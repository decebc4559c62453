"""Coordinates held against the project's country: a point elsewhere is not published."""

from __future__ import annotations

from functools import lru_cache

from coopdec.model import Point
from coopdec.read.cells.countries import french_name
from coopdec.read.values import Unclear
from coopdec.reference import gazetteer
from coopdec.reference.nearby import any_in, nearby

__all__ = ["misplaced"]


@lru_cache(maxsize=1 << 14)
def misplaced(point: Point, countries: tuple[str, ...]) -> Unclear | None:
    """What is wrong with a point of a project in these countries (ISO codes): the likeliest
    slip that would put it there (a lost minus sign, latitude and longitude swapped), or
    where it is; None where it is in one of them, or they are not known."""
    lat, lon = point.lat, point.lon
    if not countries or any_in(lat, lon, countries):
        return None
    params = {"point": _words(lat, lon),
              "country": [french_name(c, gazetteer()) for c in countries]}
    if abs(lat) < 0.01 and abs(lon) < 0.01:
        return Unclear("point-zero", params)
    for right in ((lat, -lon), (-lat, lon), (-lat, -lon)):
        if any_in(*right, countries):
            return Unclear("point-sign", {**params, "right": _words(*right)})
    for right in ((lon, lat), (-lon, lat), (lon, -lat), (-lon, -lat)):
        if any_in(*right, countries):
            return Unclear("point-swapped", {**params, "right": _words(*right)})
    where = nearby().country_at(lat, lon)
    if where == "FR":
        return Unclear("point-in-france", params)
    if where is not None:
        return Unclear("point-elsewhere", {**params, "where": french_name(where, gazetteer())})
    return Unclear("point-nowhere", params)


def _words(lat: float, lon: float) -> str:
    return f"{lat:g}, {lon:g}"
