"""Countries, their two administrative levels and their towns as records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from coopdec.reference.exonyms import Exonyms, alike, french_label
from coopdec.reference.levels import core_names, unit_forms
from coopdec.reference.names import folded
from coopdec.reference.records import ALIAS, MAIN, OFFICIAL, Record, number
from coopdec.reference.tables import read_table, split

__all__ = ["country_records", "world_records"]

#: The EU authority names countries by ISO 3166-1 alpha-3; Kosovo by the user-assigned XKX.
_EU = {"XK": "XKX"}


def country_records(root: Path) -> Iterator[Record]:
    more = {r["iso2"]: r for r in read_table(root / "researched/countries.tsv")}
    curated = {r["iso2"]: split(r["aliases"])
               for r in read_table(root / "curated/country_aliases.tsv")}
    wikidata = _column(root / "researched/wikidata.tsv", "wikidata")
    for r in read_table(root / "data/countries.tsv"):
        iso2, extra = r["iso2"], more.get(r["iso2"], {})
        key = f"country/{iso2}"
        names = [(r["name_fr"], MAIN), (r["name_en"], OFFICIAL), (iso2, ALIAS), (r["iso3"], ALIAS)]
        names += [(extra[c], OFFICIAL) for c in ("name_fr", "official_fr", "official_en")
                  if extra.get(c)]
        names += [(n, OFFICIAL) for n in curated.get(iso2, ())]
        names += [(n, ALIAS) for n in split(extra.get("aliases_fr", ""))]
        names += [(n, ALIAS) for n in split(r["aliases"]) if folded(n) != "congo"]
        label = extra.get("name_fr") or r["name_fr"]
        yield Record(
            key, "country", "country", label, "", names,
            {"iso2": iso2, "iso3": r["iso3"], "geonames": r["geonames"],
             "eu": _EU.get(iso2, r["iso3"]), "wikidata": wikidata.get(key, "")},
            label_en=r["name_en"], lat=number(extra.get("lat", "")),
            lon=number(extra.get("lon", "")), population=int(r["population"] or 0) or None)


def world_records(root: Path) -> Iterator[Record]:
    exonyms = Exonyms(root)
    wikidata = _column(root / "researched/wikidata.tsv", "wikidata")
    for record in chain(_admin(root, exonyms), _places(root, exonyms)):
        record.ids["wikidata"] = wikidata.get(record.key, "")
        yield record
    exonyms.all_used()


def _column(path: Path, column: str) -> dict[str, str]:
    return {r["key"]: r[column] for r in read_table(path)}


def _admin(root: Path, exonyms: Exonyms) -> Iterator[Record]:
    more = {r["key"]: r for r in read_table(root / "researched/admin.tsv")}
    named = {f"iso/{r['iso3166_2']}": r["name_fr"]
             for r in read_table(root / "data/french_units.tsv")}
    disputed = _column(root / "researched/disputed_geonames.tsv", "research")
    rows = list(read_table(root / "data/admin.tsv"))
    borne: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for r in rows:
        for name in (r["name"], named.get(r["key"], "")):
            for form in unit_forms(name):
                borne[r["country"], r["level"], form].add(r["key"])
    for r in rows:
        cldr = named.get(r["key"], "")
        extra, others = _researched(r, cldr, more.get(r["key"], {}), borne)
        french, usual = extra.get("name_fr", ""), exonyms.of_key(r["key"])
        aliases = [*split(r["aliases"]), *others]
        names = [(r["name"], MAIN), *((n, OFFICIAL) for n in usual)]
        names += [(n, OFFICIAL) for n in (french, cldr) if n]
        names += [(n, ALIAS) for n in aliases]
        names += [(core, rank) for name, rank in names for core in core_names(folded(name))]
        kind = "admin1" if r["level"] in {"0", "1"} else "admin2"
        geonames = "" if r["key"] in disputed else r["geonames"] or extra.get("geonames", "")
        yield Record(
            r["key"], kind, r["type"] or kind,
            usual[0] if usual else french_label(french, cldr, r["name"], aliases), r["country"],
            names, {"iso3166_2": r["iso3166_2"], "geonames": geonames}, r["parent"],
            lat=number(extra.get("lat", "")), lon=number(extra.get("lon", "")))


def _researched(unit: Mapping[str, str], cldr: str, extra: Mapping[str, str],
                borne: Mapping[tuple[str, str, str], set[str]]
                ) -> tuple[Mapping[str, str], list[str]]:
    """What research says of a unit, and the other names that it gives it. Some of it is said of
    another of the same level: « Moroto » of Nwoya, a neighbour, « Rukwa » of Katavi, which was
    parted from it. Nothing where that is its French name, or where this looks like none of the
    unit's names though CLDR has a French one (« Una-Sana » of Zadar, « Mahiliow » of Minsk);
    else all but such names."""
    own = set[str]().union(*map(unit_forms, (unit["name"], *split(unit["aliases"]))))

    def of_another(name: str) -> bool:
        forms = unit_forms(name)
        bearers = (borne.get((unit["country"], unit["level"], form), set()) for form in forms)
        return own.isdisjoint(forms) and any(keys - {unit["key"]} for keys in bearers)

    french = extra.get("name_fr", "")
    if of_another(french) or (french and cldr and not alike(
            french, [unit["name"], cldr, *split(unit["aliases"])])):
        return {}, []
    return extra, [a for a in split(extra.get("aliases", "")) if not of_another(a)]


def _places(root: Path, exonyms: Exonyms) -> Iterator[Record]:
    french = {r["geonames"]: r["name_fr"] for r in read_table(root / "researched/place_names.tsv")}
    for file in sorted((root / "data/places").glob("*.tsv")):
        rows = list(read_table(file))
        usual = exonyms.of_towns(file.stem, rows)
        for r in rows:
            geonames = r["geonames"]
            names = [(r["name"], MAIN), *((n, OFFICIAL) for n in usual.get(geonames, ()))]
            if name_fr := french.get(geonames, ""):
                names.append((name_fr, OFFICIAL if len(name_fr) > 3 else ALIAS))
            names += [(n, ALIAS) for n in split(r["aliases"])]
            label = usual[geonames][0] if geonames in usual else (
                name_fr if name_fr and folded(name_fr) == folded(r["name"]) else r["name"])
            yield Record(
                f"gn/{geonames}", "place", "place", label, file.stem, names, {}, r["parent"],
                lat=number(r["lat"]), lon=number(r["lon"]),
                population=int(r["population"] or 0) or None)
    for r in read_table(root / "researched/villages.tsv"):
        names = [(r["name"], MAIN)]
        names += [(r["name_fr"], OFFICIAL)] if r["name_fr"] else []
        yield Record(
            f"gn/{r['geonames']}", "place", "place", r["name"], r["country"],
            names, {}, lat=number(r["lat"]), lon=number(r["lon"]))
