"""Which country a point is in, told by the known places around it.

The reference has no borders, but some 320,000 places and units with coordinates. A point is
taken to be in a country when

* a known place of the country lies within ``NEAR`` kilometres of it, or
* of all known places the nearest one is the country's, and within ``FAR`` kilometres: deserts
  and forests have few places, islands have sea around them; or the country's nearest place is
  hardly further than the nearest of all (``MARGIN``), since where few places are known a border
  lies anywhere between two of them.

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
#: Parts of France with a country code of their own.
_FRANCE = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF"})


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
        rows = places._ask("SELECT lat, lon, coalesce(country, substr(key, 9)) FROM entity"
                           " WHERE lat IS NOT NULL AND lon IS NOT NULL ORDER BY id", ())
        number: dict[str, int] = {}
        rows.sort(key=lambda r: (floor(r[0]), floor(r[1])))
        start, last = 0, None
        for index, (lat, lon, country) in enumerate(rows):
            if country not in number:
                number[country] = len(self._codes)
                self._codes.append(country)
            cell = floor(lat), floor(lon)
            if cell != last:
                if last is not None:
                    self._cells[last] = start, index
                start, last = index, cell
            self._lat.append(lat)
            self._lon.append(lon)
            self._country.append(number[country])
        if last is not None:
            self._cells[last] = start, len(rows)

    def _is_in(self, lat: float, lon: float, country: str) -> bool:
        """Whether a point is in a country (ISO code), by the rule of this module."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return False
        codes = _FRANCE if country == "FR" else {country}
        if any(p.km <= NEAR and p.country in codes for p in self._around(lat, lon, NEAR)):
            return True
        own = every = None
        for place in self._around(lat, lon, FAR):
            if every is None or place.km < every:
                every = place.km
            if place.country in codes and (own is None or place.km < own):
                own = place.km
        return own is not None and every is not None and own <= every * MARGIN

    def country_at(self, lat: float, lon: float) -> str | None:
        """The country of the nearest known place; None far from any."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        for reach in (NEAR, FAR):
            nearest = min(self._around(lat, lon, reach), key=lambda p: p.km, default=None)
            if nearest is not None and nearest.km <= reach:
                return nearest.country
        return None

    def _around(self, lat: float, lon: float, km: float) -> Iterator[_Place]:
        """Known places within so many kilometres."""
        tall = km / _KM_A_DEGREE
        wide = min(180.0, tall / max(0.02, cos(radians(min(89.0, abs(lat) + tall)))))
        here = (radians(lat), radians(lon))
        columns = dict.fromkeys((c + 180) % 360 - 180
                                for c in range(floor(lon - wide), floor(lon + wide) + 1))
        for row in range(floor(lat - tall), floor(lat + tall) + 1):
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
