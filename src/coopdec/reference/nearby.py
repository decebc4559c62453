"""Which country a point is in, told by the known places around it.

The reference has no borders, but some 320,000 places and units with coordinates. A point is
taken to be in a country when

* a known place of the country lies within ``NEAR`` kilometres of it, or
* no known place at all lies so near, the nearest one is within ``FAR`` kilometres, and it is the
  country's, or the country's nearest is hardly further (``MARGIN`` times as far): deserts and
  forests have few places, islands have sea around them, and a border lies anywhere between two
  places that are far apart.

So a point up to ``NEAR`` kilometres beyond a border passes: the rule is there to find points of
another region of the world, not to settle a border. France includes its overseas departments
and collectivities, which have ISO codes of their own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, floor, radians, sin, sqrt

from coopdec.reference.gazetteer import Gazetteer, gazetteer

__all__ = ["FAR", "NEAR", "Nearby", "nearby"]

#: Kilometres. NEAR: half the way between two neighbouring towns of a thinly settled country.
#: FAR: more than the widest gap between known places of a continent (the Sahara, Greenland's
#: ice and Antarctica left out).
NEAR, FAR, MARGIN = 30.0, 350.0, 1.25
_EARTH = 6371.0
_KM_A_DEGREE = 111.2
#: Codes under which a country's places may stand too: parts of France, China and the United
#: States with a code of their own; and Western Sahara, which lists place in Morocco: this is
#: no judgement on it.
_OTHERS = {
    "FR": frozenset({"GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF"}),
    "CN": frozenset({"HK", "MO"}),
    "MA": frozenset({"EH"}),
    "EH": frozenset({"MA"}),
    "US": frozenset({"PR", "GU", "VI", "AS", "MP", "UM"}),
}


@dataclass(frozen=True, slots=True)
class _Place:
    country: str
    km: float


class Nearby:
    """Known places by the square degree. Loaded once, a few megabytes."""

    def __init__(self, places: Gazetteer) -> None:
        self._lat, self._lon, self._country = array("f"), array("f"), array("H")
        self._codes: list[str] = []
        self._cells: dict[tuple[int, int], tuple[int, int]] = {}
        self._load(places)
        self.is_in = lru_cache(maxsize=1 << 14)(self._is_in)

    def _load(self, places: Gazetteer) -> None:
        rows = places._ask(
            "SELECT lat, lon, coalesce(country, substr(key, 9)) FROM entity"
            " WHERE lat IS NOT NULL AND lon IS NOT NULL"
            " ORDER BY CAST(lat + 90 AS INTEGER), CAST(lon + 180 AS INTEGER), id", ())
        number: dict[str, int] = {}
        last = None
        for index, (lat, lon, country) in enumerate(rows):
            cell = int(lat + 90), int(lon + 180)
            if cell != last:
                self._cells[cell] = index, index
                last = cell
            self._country.append(number.setdefault(country, len(number)))
        self._lat.extend(row[0] for row in rows)
        self._lon.extend(row[1] for row in rows)
        self._codes = list(number)
        starts = [*self._cells.values(), (len(rows), 0)]
        self._cells = {cell: (one[0], after[0]) for cell, one, after in
                       zip(self._cells, starts, starts[1:], strict=False)}

    def _is_in(self, lat: float, lon: float, country: str) -> bool:
        """Whether a point is in a country (ISO code), by the rule of this module."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return False
        codes = _OTHERS.get(country, frozenset()) | {country}
        near = list(self._around(lat, lon, NEAR))
        if any(p.country in codes for p in near):
            return True
        if near:
            return False
        nearest = self._nearest(lat, lon)
        if nearest is None or nearest.country in codes:
            return nearest is not None
        return any(p.country in codes for p in self._around(lat, lon, nearest.km * MARGIN))

    def _nearest(self, lat: float, lon: float) -> _Place | None:
        for reach in (NEAR, 3 * NEAR, FAR):
            found = min(self._around(lat, lon, reach), key=lambda p: p.km, default=None)
            if found is not None:
                return found
        return None

    def country_at(self, lat: float, lon: float) -> str | None:
        """The country of the nearest known place; None far from any."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        nearest = self._nearest(lat, lon)
        return nearest.country if nearest else None

    def _around(self, lat: float, lon: float, km: float) -> Iterator[_Place]:
        """Known places within so many kilometres."""
        tall = km / _KM_A_DEGREE
        wide = min(180.0, tall / max(0.02, cos(radians(min(89.0, abs(lat) + tall)))))
        here = (radians(lat), radians(lon))
        columns = dict.fromkeys(c % 360 for c in range(floor(lon + 180 - wide),
                                                       floor(lon + 180 + wide) + 1))
        for row in range(floor(lat + 90 - tall), floor(lat + 90 + tall) + 1):
            for column in columns:
                first, end = self._cells.get((row, column), (0, 0))
                for i in range(first, end):
                    if abs(self._lat[i] - lat) > tall:
                        continue
                    away = _distance(*here, radians(self._lat[i]), radians(self._lon[i]))
                    if away <= km:
                        yield _Place(self._codes[self._country[i]], away)


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great circle, in kilometres; radians."""
    a = (sin((other_lat - lat) / 2) ** 2
         + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2)
    return 2 * _EARTH * asin(min(1.0, sqrt(a)))


@lru_cache(maxsize=1)
def nearby() -> Nearby:
    """The shared one of this process, made on first use."""
    return Nearby(gazetteer())


def any_in(lat: float, lon: float, countries: Iterable[str]) -> bool:
    """Whether a point is in one of these countries."""
    return any(nearby().is_in(lat, lon, c) for c in countries)
