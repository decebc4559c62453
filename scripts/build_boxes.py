"""Writes src/coopdec/check/beyond/boxes.tsv: the box that holds each country's towns.

    python scripts/build_boxes.py

From the reference's own table of places (GeoNames, CC BY 4.0), widened by one degree. A
country on both sides of the antimeridian gets every longitude.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1] / "src" / "coopdec"
PLACES = ROOT / "reference" / "data" / "places"
OUT = ROOT / "check" / "beyond" / "boxes.tsv"
MARGIN = 1.0


def box(path: Path) -> tuple[float, float, float, float] | None:
    """(south, west, north, east) of a country's towns; None where it has none."""
    header, *rows = path.read_text("utf-8").splitlines()
    names = header.split("\t")
    at = names.index("lat"), names.index("lon")
    points = [(float(c[at[0]]), float(c[at[1]])) for c in (r.split("\t") for r in rows)]
    if not points:
        return None
    lats, lons = zip(*points, strict=True)
    west, east = min(lons), max(lons)
    if east - west > 180:
        west, east = -180.0, 180.0
    return (max(-90.0, min(lats) - MARGIN), max(-180.0, west - MARGIN),
            min(90.0, max(lats) + MARGIN), min(180.0, east + MARGIN))


if __name__ == "__main__":
    lines = ["# Boxes of countries, in degrees. From GeoNames (geonames.org), CC BY 4.0.",
             "iso2\tsouth\twest\tnorth\teast"]
    for place in sorted(PLACES.glob("*.tsv")):
        found = box(place)
        if found:
            lines.append("\t".join([place.stem, *(f"{n:.1f}" for n in found)]))
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
