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
from functools import lru_cache
from math import cos, floor, radians, sqrt

from coopdec.reference.gazetteer import Gazetteer, gazetteer

__all__ = ["FAR", "NEAR", "OTHERS", "Nearby", "nearby"]

#: Kilometres. NEAR: half the way between two neighbouring towns of a thinly settled country.
#: FAR: more than the widest gap between known places of a continent (the Sahara, Greenland's
#: ice and Antarctica left out).
NEAR, FAR, MARGIN = 30.0, 350.0, 1.25
_KM_A_DEGREE = 111.2
#: Codes under which a country's places may stand too: parts of France, China and the United
#: States with a code of their own; and Western Sahara, which lists place in Morocco: this is
#: no judgement on it.
OTHERS = {
    "FR": frozenset({"GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF"}),
    "CN": frozenset({"HK", "MO"}),
    "MA": frozenset({"EH"}),
    "EH": frozenset({"MA"}),
    "US": frozenset({"PR", "GU", "VI", "AS", "MP", "UM"}),
}


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
        codes = OTHERS.get(country, frozenset()) | {country}
        some = False
        for _, code in self._around(lat, lon, NEAR):
            if code in codes:
                return True
            some = True
        if some:
            return False
        nearest = self._nearest(lat, lon)
        if nearest is None or nearest[1] in codes:
            return nearest is not None
        return any(code in codes for _, code in self._around(lat, lon, nearest[0] * MARGIN))

    def _nearest(self, lat: float, lon: float) -> tuple[float, str] | None:
        """Kilometres and country of the nearest known place, None where all are far."""
        for reach in (NEAR, 3 * NEAR, FAR):
            found = min(self._around(lat, lon, reach), default=None)
            if found is not None:
                return found
        return None

    def country_at(self, lat: float, lon: float) -> str | None:
        """The country of the nearest known place; None far from any."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        nearest = self._nearest(lat, lon)
        return nearest[1] if nearest else None

    def _around(self, lat: float, lon: float, km: float) -> Iterator[tuple[float, str]]:
        """Known places within so many kilometres: how far, and in which country. On a plane
        that touches the globe there: right to a hundredth at these distances."""
        tall = km / _KM_A_DEGREE
        across = cos(radians(min(89.0, abs(lat))))
        wide = min(180.0, tall / max(0.02, cos(radians(min(89.0, abs(lat) + tall)))))
        columns = dict.fromkeys(c % 360 for c in range(floor(lon + 180 - wide),
                                                       floor(lon + 180 + wide) + 1))
        limit = tall * tall
        lats, lons = self._lat, self._lon
        for row in range(floor(lat + 90 - tall), floor(lat + 90 + tall) + 1):
            for column in columns:
                first, end = self._cells.get((row, column), (0, 0))
                for i in range(first, end):
                    north = lats[i] - lat
                    if north > tall or north < -tall:
                        continue
                    east = ((lons[i] - lon + 180) % 360 - 180) * across
                    square = north * north + east * east
                    if square <= limit:
                        yield sqrt(square) * _KM_A_DEGREE, self._codes[self._country[i]]


@lru_cache(maxsize=1)
def nearby() -> Nearby:
    """The shared one of this process, made on first use."""
    return Nearby(gazetteer())


def any_in(lat: float, lon: float, countries: Iterable[str]) -> bool:
    """Whether a point is in one of these countries."""
    return any(nearby().is_in(lat, lon, c) for c in countries)
