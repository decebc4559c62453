"""GeoJSON (RFC 7946): where projects take place, who the partners are, who leads.

``projects.geojson`` has a feature for each project and place: the project's own point
where the list gives one, each partner that is placed, and for a partner country without a
placed partner the country's reference point. ``precision`` says which
(``project``, ``partner``, ``country``); a project that is nowhere placed is an unlocated
feature (§3.2) with ``none``. One feature a line; streams.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from coopdec.formats import Heading, WholeFormat
from coopdec.formats._columns import records
from coopdec.formats._entities import collectivities, partners
from coopdec.formats._nodes import Node, label, listed, shared

__all__ = ["FORMAT"]

_MEDIA_TYPE = "application/geo+json"
Point = tuple[float, float]


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def _feature(identifier: str, point: Point | None, said: Mapping[str, Any]) -> str:
    geometry = None if point is None else {"type": "Point", "coordinates": list(point)}
    properties = {k: _number(v) for k, v in said.items() if v is not None and v != []}
    return json.dumps({"type": "Feature", "id": identifier, "geometry": geometry,
                       "properties": properties}, ensure_ascii=False)


def _point(node: Mapping[str, Any] | None) -> Point | None:
    """Longitude first (§3.1.1)."""
    if not node:
        return None
    lat, long = listed(node.get("lat")), listed(node.get("long"))
    return (float(long[0]), float(lat[0])) if lat and long else None


def _places(record: Mapping[str, Any], known: Mapping[str, Node], base: str
            ) -> Iterator[tuple[str, Point | None, dict[str, Any]]]:
    """(id of the place, point, what is said of it) for a project: at least one."""
    own = _point(record)
    if own is not None:
        yield "project", own, {"precision": "project"}
        return
    covered, found = set(), False
    for iri in record["partner_iri"]:
        path = iri.removeprefix(base)
        node = known.get(path)
        point = _point(node)
        if node is not None and point is not None:
            covered |= set(listed(node.get("country")))
            found = True
            yield path, point, {"precision": "partner", "place": label(node, "fr"),
                                "place_iri": iri}
    for iso2 in record["iso2"]:
        path = f"country/{iso2}"
        node = known.get(path)
        point = _point(node)
        if path not in covered and point is not None:
            found = True
            yield path, point, {"precision": "country", "place": label(node, "fr"),
                                "place_iri": base + path}
    if not found:
        yield "none", None, {"precision": "none"}


def _projects(folder: Path, base: str) -> Iterator[str]:
    known = {p: n for p, n in shared(folder).items()
             if p.startswith(("country/", "territory/", "institution/"))}
    for record in records(folder):
        for place, point, said in _places(record, known, base):
            yield _feature(f"{record['identifier']}@{place}", point, {**record, **said})


def _entities(rows: Iterable[Mapping[str, Any]], base: str) -> Iterator[str]:
    for row in rows:
        rest = {k: v for k, v in row.items() if k not in ("lat", "long")}
        yield _feature(row["iri"].removeprefix(base), _point(row), rest)


def _write(path: Path, title: str, heading: Heading, features: Iterable[str]) -> None:
    head = {"type": "FeatureCollection", "title": title, "version": heading.version,
            "license": heading.licence}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [')
        separator = "\n"
        for feature in features:
            file.write(separator + feature)
            separator = ",\n"
        file.write("\n]}\n")


def _make(folder: Path, heading: Heading) -> Sequence[tuple[str, str]]:
    base = heading.base
    made = {
        "projects.geojson": ("Projets de coopération décentralisée", _projects(folder, base)),
        "partners.geojson": ("Partenaires", _entities(partners(folder, base), base)),
        "collectivities.geojson": ("Collectivités françaises",
                                   _entities(collectivities(folder, base), base)),
    }
    for name, (title, features) in made.items():
        _write(folder / name, title, heading, features)
    return [(name, _MEDIA_TYPE) for name in made]


FORMAT = WholeFormat("geojson", ".geojson", _MEDIA_TYPE, make=_make, of=("csv", "jsonld"))
