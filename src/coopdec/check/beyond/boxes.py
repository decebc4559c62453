"""A partner territory whose coordinates lie outside its country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from coopdec.check.beyond.collected import Collected
from coopdec.check.facts import Facts, plain, prop, term
from coopdec.model import Finding, Severity
from coopdec.vocab import WGS84

Box = tuple[float, float, float, float]
_COUNTRY, _ISO2 = term("country"), term("iso2")
_LAT, _LONG = prop(WGS84 + "lat"), prop(WGS84 + "long")


@cache
def boxes() -> Mapping[str, Box]:
    """ISO code → (south, west, north, east), from ``boxes.tsv``."""
    text = files("coopdec.check.beyond").joinpath("boxes.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")][1:]
    return {r[0]: (float(r[1]), float(r[2]), float(r[3]), float(r[4])) for r in rows}


class Check(Collected):
    """Coordinates come with the link: outside the country, the link is wrong."""

    def see_shared(self, shared: Facts) -> None:
        self.found += self._faults(shared)

    def _faults(self, shared: Facts) -> Iterator[Finding]:
        for territory in shared.of_class("PartnerTerritory"):
            point = self._point(shared, territory)
            if point is None:
                continue
            country = shared.one(territory, _COUNTRY)
            box = boxes().get(plain(shared.one(country, _ISO2)))
            if box is None:
                continue
            south, west, north, east = box
            if not (south <= point[0] <= north and west <= point[1] <= east):
                yield Finding(
                    "check-outside-country", Severity.WARNING, None,
                    {"label": shared.label(territory), "lat": point[0], "long": point[1],
                     "country": shared.label(country)}, plain(territory))

    def _point(self, shared: Facts, territory: bytes) -> tuple[float, float] | None:
        lat, long = shared.one(territory, _LAT), shared.one(territory, _LONG)
        try:
            return float(plain(lat)), float(plain(long))
        except ValueError:
            return None  # absent, or not a number, which a shape reports
