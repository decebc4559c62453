"""France, from ``@etalab/decoupage-administratif`` (INSEE's COG, DGCL's EPCI).

Writes ``regions.tsv``, ``departments.tsv``, ``epci.tsv``, ``communes.tsv`` and
``former_communes.tsv``. A commune's position and GeoNames identifier come from
GeoNames' towns where the name is borne by one town and one commune of France only.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from reference.tables import write_tsv

__all__ = ["build_france"]

_NOT_ALIVE = {"commune-deleguee", "commune-associee", "arrondissement-municipal"}


def build_france(package: Path, towns: list[dict[str, str]], out: Path) -> None:
    """``package``: the unpacked npm package; ``towns``: GeoNames' towns of France
    (``name``, ``geonames``, ``lat``, ``lon``)."""
    data = package / "data"
    communes = _load(data / "communes.json")
    epci = _load(data / "epci.json")
    ept = _load(data / "ept.json")
    home = {m["code"]: e["code"] for e in epci for m in e["membres"]}
    alive = [c for c in communes if c["type"] not in _NOT_ALIVE]
    where = {c["code"]: c for c in alive}
    point = _points(alive, towns)

    write_tsv(out / "regions.tsv", ["insee", "name", "zone", "chef_lieu"],
              [(r["code"], r["nom"], r["zone"], r["chefLieu"])
               for r in _load(data / "regions.json")])
    write_tsv(out / "departments.tsv", ["insee", "name", "region", "zone", "chef_lieu"],
              [(d["code"], d["nom"], d["region"], d["zone"], d["chefLieu"])
               for d in _load(data / "departements.json")])
    write_tsv(
        out / "communes.tsv",
        ["insee", "name", "siren", "department", "region", "epci", "population", "former_codes",
         "geonames", "lat", "lon"],
        [(c["code"], c["nom"], c.get("siren"), c["departement"], c["region"],
          home.get(c["code"]), c.get("population"), "|".join(c.get("anciensCodes", ())),
          *point.get(c["code"], ("", "", ""))) for c in alive])
    write_tsv(
        out / "former_communes.tsv", ["insee", "name", "type", "successor"],
        [(c["code"], c["nom"], c["type"], c.get("chefLieu") or c.get("commune"))
         for c in communes if c["type"] in _NOT_ALIVE])
    write_tsv(
        out / "epci.tsv", ["siren", "name", "type", "department", "region", "population"],
        [(e["code"], e["nom"], e["type"], *_seat(e, where),
          e.get("populationMunicipale") or sum(m["populationMunicipale"] for m in e["membres"]))
         for e in [*epci, *ept]])


def _load(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return rows


def _seat(epci: dict[str, Any], where: dict[str, dict[str, Any]]) -> tuple[str, str]:
    """The department and region where most of its people live."""
    people: Counter[tuple[str, str]] = Counter()
    for member in epci["membres"]:
        if commune := where.get(member["code"]):
            place = commune["departement"], commune["region"]
            people[place] += member["populationMunicipale"] or 1
    return max(people, key=lambda place: (people[place], place)) if people else ("", "")


def _points(
    communes: list[dict[str, Any]], towns: list[dict[str, str]]
) -> dict[str, tuple[str, str, str]]:
    """INSEE code → (geonames, lat, lon), where neither side has a homonym."""
    here = Counter(c["nom"].casefold() for c in communes)
    there = Counter(t["name"].casefold() for t in towns)
    town = {t["name"].casefold(): t for t in towns}
    found = {}
    for commune in communes:
        name = commune["nom"].casefold()
        if here[name] == 1 and there[name] == 1:
            t = town[name]
            found[commune["code"]] = (t["geonames"], t["lat"], t["lon"])
    return found
