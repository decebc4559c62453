"""A partner territory whose coordinates lie outside its country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from coopdec.check.beyond.collected import Collected
from coopdec.check.beyond.facts import Facts, term
from coopdec.check.result import bare
from coopdec.model import Finding, Severity
from coopdec.vocab import WGS84

Box = tuple[float, float, float, float]


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
            country = shared.one(territory, term("country"))
            iso2 = bare(shared.one(country, term("iso2")))
            point = self._point(shared, territory)
            box = boxes().get(iso2)
            if point is None or box is None:
                continue
            south, west, north, east = box
            if not (south <= point[0] <= north and west <= point[1] <= east):
                yield Finding(
                    "check-outside-country", Severity.WARNING, None,
                    {"label": shared.label(territory), "lat": point[0], "long": point[1],
                     "country": shared.label(country)}, bare(territory))

    def _point(self, shared: Facts, territory: str) -> tuple[float, float] | None:
        lat = bare(shared.one(territory, f"<{WGS84}lat>"))
        long = bare(shared.one(territory, f"<{WGS84}long>"))
        try:
            return float(lat), float(long)
        except ValueError:
            return None  # absent, or not a number, which a shape reports
