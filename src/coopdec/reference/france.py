"""The French collectivities as records: communes and their forerunners, EPCI,
departments, regions before and since 2016, single authorities, syndicates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from coopdec.reference.records import ALIAS, LOOSE, MAIN, OFFICIAL, Record, number
from coopdec.reference.tables import read_table, split

__all__ = ["french_records"]

#: EPCI types of the DGCL → the words in full and their usual abbreviation.
EPCI_TYPES = {
    "CA": ("Communauté d'agglomération", "CA", "Agglomération"),
    "CC": ("Communauté de communes", "CC"),
    "CU": ("Communauté urbaine", "CU"),
    "METRO": ("Métropole",),
    "MET69": ("Métropole",),
    "EPT": ("Établissement public territorial", "EPT"),
}
_EPCI_HEAD = re.compile(
    r"^(?:CA|CC|CU|Métropole|Eurométropole|Communauté d'agglomération|Communauté de communes"
    r"|Communauté urbaine)\b\s*"
    r"(?:(?:de la|de l'|de|du|des|d'|la|le|les)(?:(?<=')|\s+))?", re.IGNORECASE)
_EPCI_TAIL = re.compile(
    r"\s+(?:Métropole|Agglomération|Agglo|Communauté|Communauté urbaine)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^)]+)\)")


def french_records(root: Path) -> Iterator[Record]:
    """Every French record, completed by the curated and researched tables."""
    aliases = {r["key"]: split(r["aliases"]) for r in read_table(root / "curated/aliases.tsv")}
    lives = {r["key"]: r for r in read_table(root / "curated/lives.tsv")}
    wikidata = {r["key"]: r["wikidata"] for r in read_table(root / "researched/wikidata.tsv")}
    iso = {r["key"]: r["iso3166_2"] for r in read_table(root / "researched/france_iso.tsv")}
    for record in _all(root):
        record.names += [(name, ALIAS) for name in aliases.pop(record.key, ())]
        if life := lives.pop(record.key, None):
            record.since = life["since"] or record.since
            record.until = life["until"] or record.until
            record.replaced_by = tuple(split(life["replaced_by"])) or record.replaced_by
        record.ids["wikidata"] = wikidata.get(record.key, "")
        record.ids["iso3166_2"] = iso.get(record.key, "")
        yield record
    if lost := [*aliases, *lives]:
        raise ValueError(f"curated tables speak of unknown entities: {', '.join(lost)}")


def _all(root: Path) -> Iterator[Record]:
    data = root / "data"
    regions = list(read_table(data / "regions.tsv"))
    for r in regions:
        yield Record(f"region/{r['insee']}", "region", "region", r["name"], "FR",
                     [(r["name"], MAIN)], {"insee": r["insee"]})
    for r in read_table(root / "curated/former_regions.tsv"):
        yield Record(f"region/{r['insee']}", "region", "region", r["name"], "FR",
                     [(r["name"], MAIN), *((n, ALIAS) for n in split(r["aliases"]))],
                     {"insee": r["insee"]}, until=r["until"],
                     replaced_by=tuple(split(r["successors"])))
    for r in read_table(data / "departments.tsv"):
        yield Record(f"department/{r['insee']}", "department", "department", r["name"], "FR",
                     [(r["name"], MAIN)], {"insee": r["insee"]}, f"region/{r['region']}")
    yield from _communes(data)
    for r in read_table(data / "epci.tsv"):
        yield _epci(r)
    for r in read_table(root / "curated/bodies.tsv"):
        yield Record(r["key"], r["kind"], r["kind"], r["name"], "FR",
                     [(r["name"], MAIN), *((n, ALIAS) for n in split(r["aliases"]))],
                     {"insee": r["insee"], "siren": r["siren"]}, r["parent"],
                     since=r["since"], until=r["until"],
                     replaced_by=tuple(split(r["replaced_by"])))


def _communes(data: Path) -> Iterator[Record]:
    for r in read_table(data / "communes.tsv"):
        yield Record(
            f"commune/{r['insee']}", "commune", "commune", r["name"], "FR", [(r["name"], MAIN)],
            {"insee": r["insee"], "siren": r["siren"], "geonames": r["geonames"]},
            f"department/{r['department']}",
            lat=number(r["lat"]), lon=number(r["lon"]),
            population=int(r["population"]) if r["population"] else None)
    for r in read_table(data / "former_communes.tsv"):
        if r["type"] == "arrondissement-municipal":
            continue  # a part of Paris, Lyon or Marseille leads no project of its own
        successor = f"commune/{r['successor']}"
        yield Record(
            f"delegated-commune/{r['insee']}", "commune", "delegated-commune", r["name"], "FR",
            [(r["name"], MAIN)], {"insee": r["insee"]},
            successor, replaced_by=(successor,))


def _epci(r: dict[str, str]) -> Record:
    """« CA du Sicoval » is also « Communauté d'agglomération du Sicoval » and, loosely,
    « Sicoval »; the acronym in « CC de l'Est Lyonnais (CCEL) » is a name of its own."""
    printed = r["name"]
    plain = _BRACKETS.sub("", printed)
    core = _EPCI_TAIL.sub("", _EPCI_HEAD.sub("", plain)) or plain
    names = [(printed, MAIN), (plain, MAIN)]
    names += [(acronym, ALIAS) for acronym in _BRACKETS.findall(printed)]
    names += [(f"{word} de {core}", OFFICIAL) for word in EPCI_TYPES[r["type"]]]
    names += [(f"{core} {word}", ALIAS) for word in ("Métropole", "Agglomération", "Communauté")]
    names.append((core, LOOSE))
    return Record(
        f"intercommunality/{r['siren']}", "intercommunality", "intercommunality", printed, "FR",
        names, {"siren": r["siren"]},
        f"department/{r['department']}" if r["department"] else "",
        population=int(r["population"]) if r["population"] else None)
