"""The French collectivities as records: communes and their forerunners, EPCI,
departments, regions before and since 2016, single authorities, syndicates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from coopdec.reference.names import bare, folded
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
#: A name of its own after the type: no article.
_EPCI_BRAND = re.compile(
    r"(?:CA|CC|CU)\s+(?!(?:de|du|des|la|le|les)\s|[dl]')", re.IGNORECASE)
_EPCI_TAIL = re.compile(
    r"[\s-]+(?:Métropole|Agglomération|Agglo|Communauté|Communauté urbaine)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^)]+)\)")
#: Codes that stand for a territory whose council has its own entry beside.
_TERRITORY_ONLY = {"06"}


def french_records(root: Path) -> Iterator[Record]:
    """Every French record, completed by the curated and researched tables."""
    aliases = {r["key"]: split(r["aliases"]) for r in read_table(root / "curated/aliases.tsv")}
    lives = {r["key"]: r for r in read_table(root / "curated/lives.tsv")}
    wikidata = {r["key"]: r["wikidata"] for r in read_table(root / "researched/wikidata.tsv")}
    sirens = {r["key"]: r["siren"] for r in read_table(root / "curated/sirens.tsv")}
    iso = {r["key"]: r["iso3166_2"] for r in read_table(root / "researched/france_iso.tsv")}
    for record in _all(root):
        record.names += [(name, ALIAS) for name in aliases.pop(record.key, ())]
        if life := lives.pop(record.key, None):
            record.since = life["since"] or record.since
            record.until = life["until"] or record.until
            record.replaced_by = tuple(split(life["replaced_by"])) or record.replaced_by
        record.ids["siren"] = record.ids.get("siren") or sirens.pop(record.key, "")
        record.ids["wikidata"] = wikidata.get(record.key, "")
        record.ids["iso3166_2"] = iso.get(record.key, "")
        yield record
    if lost := sorted({*aliases, *lives, *sirens}):
        raise ValueError(f"curated tables speak of unknown entities: {', '.join(lost)}")


def _all(root: Path) -> Iterator[Record]:
    data, curated = root / "data", root / "curated"
    for r in read_table(data / "regions.tsv"):
        bare_territory = r["zone"] == "com" or r["insee"] in _TERRITORY_ONLY
        yield Record(f"region/{r['insee']}", "region", "region", r["name"], "FR",
                     [(r["name"], LOOSE if bare_territory else MAIN)], {"insee": r["insee"]})
    for r in read_table(curated / "former_regions.tsv"):
        yield Record(f"region/{r['insee']}", "region", "region", r["name"], "FR",
                     [(r["name"], MAIN), *((n, ALIAS) for n in split(r["aliases"]))],
                     {"insee": r["insee"]}, until=r["until"],
                     replaced_by=tuple(split(r["successors"])))
    for r in read_table(data / "departments.tsv"):
        yield _department(r)
    taken: set[str] = set()
    for record in _communes(data):
        taken.add(bare(folded(record.label_fr)))
        yield record
    chief = _chief_towns(data)
    for r in read_table(data / "epci.tsv"):
        yield _epci(r, taken, chief.get(r["siren"], ""))
    for r in read_table(curated / "former_epci.tsv"):
        key = r["key"].removeprefix("intercommunality/")
        yield Record(r["key"], "intercommunality", "intercommunality", r["name"], "FR",
                     [(r["name"], MAIN), *((n, ALIAS) for n in split(r["aliases"]))],
                     {"siren": key if key.isdigit() else ""}, f"department/{r['department']}",
                     until=r["until"], replaced_by=tuple(split(r["replaced_by"])))
    for r in read_table(curated / "bodies.tsv"):
        yield Record(r["key"], r["kind"], r["kind"], r["name"], "FR",
                     [(r["name"], MAIN), *((n, ALIAS) for n in split(r["aliases"]))],
                     {"insee": r["insee"], "siren": r["siren"]}, r["parent"],
                     since=r["since"], until=r["until"],
                     replaced_by=tuple(split(r["replaced_by"])))
    for r in read_table(curated / "syndicates.tsv"):
        yield Record(f"syndicate/{r['slug']}", "syndicate", "syndicate", r["name"], "FR",
                     [(r["name"], MAIN), *((n, OFFICIAL) for n in split(r["aliases"]))],
                     {}, r["parent"])


def _department(r: dict[str, str]) -> Record:
    """An overseas collectivity stands among the departments in the source; it is an
    authority of its own kind, at once region and department."""
    region = f"region/{r['region']}"
    if r["zone"] == "com":
        kind = "single-territorial-collectivity"
        return Record(f"{kind}/{r['insee']}", kind, kind, r["name"], "FR", [(r["name"], MAIN)],
                      {"insee": r["insee"]}, region)
    coded = [(f"{word} {r['insee']}", ALIAS) for word in (
        "CD", "CG", "Conseil départemental", "Conseil général", "Département")]
    return Record(f"department/{r['insee']}", "department", "department", r["name"], "FR",
                  [(r["name"], MAIN), *coded], {"insee": r["insee"]}, region)


def _communes(data: Path) -> Iterator[Record]:
    for r in read_table(data / "communes.tsv"):
        yield Record(
            f"commune/{r['insee']}", "commune", "commune", r["name"], "FR", [(r["name"], MAIN)],
            {"insee": r["insee"], "siren": r["siren"], "geonames": r["geonames"]},
            _above(r),
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


def _above(r: dict[str, str]) -> str:
    """Overseas collectivities have the same code for region and department."""
    if not r["department"]:
        return ""
    if r["department"] == r["region"]:
        return f"region/{r['region']}"
    return f"department/{r['department']}"


def _chief_towns(data: Path) -> dict[str, str]:
    """SIREN of an EPCI → its commune of most people."""
    most: dict[str, tuple[int, str]] = {}
    for r in read_table(data / "communes.tsv"):
        if r["epci"]:
            most[r["epci"]] = max(most.get(r["epci"], (0, "")),
                                  (int(r["population"] or 0), r["name"]))
    return {siren: name for siren, (_, name) in most.items()}


def _epci(r: dict[str, str], taken: set[str], chief: str) -> Record:
    """« CA du Sicoval » is also « Communauté d'agglomération du Sicoval » and « Sicoval »:
    a usual name if no commune bears it, a loose one if it is a commune's (« CA d'Agen ») or one
    word that is the country around (« CA du Libournais »; not that of « CA Arlysère », a brand).
    The acronym in « CC de l'Est Lyonnais (CCEL) » is a name of its own. A « communauté
    d'agglomération » goes by its ``chief`` town (« Niort Agglo » for « CA du Niortais »), others
    that have its name among others too: « Métropole de Grenoble » (not a « communauté de
    communes », of which a town may have another beside)."""
    printed = r["name"]
    plain = _BRACKETS.sub("", printed)
    usual = _EPCI_HEAD.sub("", plain) or plain
    core = _EPCI_TAIL.sub("", usual) or usual
    brand = _EPCI_BRAND.match(plain) is not None
    names = [(printed, MAIN), (plain, MAIN)]
    names += [(acronym, ALIAS) for acronym in _BRACKETS.findall(printed)]
    names += [(f"{word} de {core}", OFFICIAL) for word in EPCI_TYPES[r["type"]]]
    names += [(f"{core} {word}", ALIAS)
              for word in ("Métropole", "Agglomération", "Agglo", "Communauté")]
    town, around = f" {folded(chief)} ", f" {folded(core)} "
    if town != around and (r["type"] == "CA" or (r["type"] != "CC" and town in around)):
        names += [(f"{word} de {chief}", ALIAS) for word in EPCI_TYPES[r["type"]]]
        names += [(f"Métropole de {chief}", ALIAS)] if "étropole" in printed else []
        names += [(f"{chief} {word}", ALIAS) for word in ("Agglomération", "Agglo")]
    for name in (usual, core):
        plain_name = bare(folded(name))
        several = " " in plain_name or name != core or brand
        names.append((name, OFFICIAL if several and plain_name not in taken else LOOSE))
    return Record(
        f"intercommunality/{r['siren']}", "intercommunality", "intercommunality", printed, "FR",
        names, {"siren": r["siren"]}, _above(r),
        population=int(r["population"]) if r["population"] else None)
