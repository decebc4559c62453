"""A partner territory whose coordinates lie outside its country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

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


class Check:
    """Coordinates come with the link: outside the country, the link is wrong."""

    def __init__(self, shared: Facts) -> None:
        self._shared = shared

    def see(self, projects: Facts) -> None:
        """Coordinates are those of shared entities."""

    def findings(self) -> Iterator[Finding]:
        for territory in self._shared.of_class("PartnerTerritory"):
            country = self._shared.one(territory, term("country"))
            iso2 = bare(self._shared.one(country, term("iso2")))
            point = self._point(territory)
            box = boxes().get(iso2)
            if point is None or box is None:
                continue
            south, west, north, east = box
            if not (south <= point[0] <= north and west <= point[1] <= east):
                yield Finding(
                    "check-outside-country", Severity.WARNING, None,
                    {"label": self._shared.label(territory), "lat": point[0], "long": point[1],
                     "country": self._shared.label(country)}, bare(territory))

    def _point(self, territory: str) -> tuple[float, float] | None:
        lat = bare(self._shared.one(territory, f"<{WGS84}lat>"))
        long = bare(self._shared.one(territory, f"<{WGS84}long>"))
        try:
            return float(lat), float(long)
        except ValueError:
            return None  # absent, or not a number, which a shape reports
