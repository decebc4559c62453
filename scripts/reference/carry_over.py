"""Facts carried over once from the project's research tables, in our own form.

Writes ``researched/``: identifiers that at least two independent sources agree on,
French names, villages of West Africa. A Wikidata identifier that a single source
gives is left out. Run ``python -m reference.carry_over RESEARCH PACKAGE_DATA OUT``
from ``scripts/``; it is kept for the record and for a later edition of the research.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from reference.tables import read_csv, read_tsv, write_tsv

__all__ = ["carry_over"]

Rows = list[dict[str, str]]


def carry_over(research: Path, data: Path, out: Path) -> None:
    admin = read_csv(research / "partner_admin.csv")
    known = {row["key"]: row for row in read_tsv(data / "admin.tsv")}
    by_geonames = {row["geonames"]: row["key"] for row in known.values() if row["geonames"]}
    keyed = [(key, row) for row in admin if (key := _key(row, known, by_geonames))]
    towns = _towns(data)

    write_tsv(out / "wikidata.tsv", ["key", "wikidata", "sources"],
              [*_french_ids(research), *_country_ids(research), *_place_ids(research, towns),
               *((key, row["wikidata"], row["wikidata_sources"].replace("+", " "))
                 for key, row in keyed if _agreed(row))])
    write_tsv(out / "admin.tsv", ["key", "name_fr", "aliases", "geonames", "lat", "lon"],
              _admin(keyed, known))
    write_tsv(out / "countries.tsv",
              ["iso2", "name_fr", "official_fr", "official_en", "aliases_fr", "lat", "lon"],
              [(r["iso2"], r["name_fr"], r["official_fr"], r["official_en"], r["aliases_fr"],
                r["lat"], r["lon"]) for r in read_csv(research / "countries.csv")])
    write_tsv(out / "disputed_geonames.tsv", ["key", "packages", "research"],
              [(key, known[key]["geonames"], row["geonames"]) for key, row in keyed
               if known[key]["geonames"] and row["geonames"].isdigit()
               and row["geonames"] != known[key]["geonames"] and row["origin"] == "iso"])
    _places(research, towns, out)
    write_tsv(out / "france_iso.tsv", ["key", "iso3166_2"],
              [*((f"region/{r['insee']}", r["iso3166_2"])
                 for r in read_csv(research / "fr_regions.csv") if r["iso3166_2"]),
               *((f"department/{r['insee']}", r["iso3166_2"])
                 for r in read_csv(research / "fr_departements.csv") if r["iso3166_2"])])


def _agreed(row: dict[str, str]) -> bool:
    return bool(row["wikidata"]) and "+" in row["wikidata_sources"]


def _french_ids(research: Path) -> list[tuple[str, ...]]:
    return [
        (f"{level}/{row['insee']}", row["wikidata"], row["wikidata_sources"].replace("+", " "))
        for level, file in [("region", "fr_regions.csv"), ("department", "fr_departements.csv"),
                            ("commune", "fr_communes.csv")]
        for row in read_csv(research / file) if _agreed(row)
    ]


def _country_ids(research: Path) -> list[tuple[str, ...]]:
    return [(f"country/{r['iso2']}", r["wikidata"], f"{r['wikidata_n_sources']} sources")
            for r in read_csv(research / "countries.csv")
            if r["wikidata"] and int(r["wikidata_n_sources"] or 0) >= 2]


def _place_ids(research: Path, towns: set[str]) -> list[tuple[str, ...]]:
    return [(f"gn/{r['geonames']}", r["wikidata"], r["wikidata_sources"].replace("+", " "))
            for r in read_csv(research / "partner_places.csv")
            if _agreed(r) and r["geonames"] in towns]


def _key(row: dict[str, str], known: dict[str, dict[str, str]], by_geonames: dict[str, str]) -> str:
    if row["iso3166_2"]:
        key = f"iso/{row['iso3166_2']}"
        return key if key in known else ""
    return by_geonames.get(row["geonames"], "")


def _admin(
    keyed: list[tuple[str, dict[str, str]]], known: dict[str, dict[str, str]]
) -> list[tuple[str, ...]]:
    """A French name that another unit of the country bears is a slip of the source."""
    names = Counter((row["iso2"], _plain(n)) for _, row in keyed
                    for n in {row["name"], row["name_en"]} if n)
    used = {row["geonames"] for row in known.values()}
    rows = []
    for key, row in keyed:
        own = {_plain(row["name"]), _plain(row["name_en"]), _plain(known[key]["name"])}
        french = row["name_fr"].strip()
        others = [n.strip() for n in row["aliases"].split("|") if n.strip()]
        kept = [n for n in [french, row["name"], row["name_en"], *others]
                if n and (_plain(n) in own or not names[row["iso2"], _plain(n)])]
        name_fr = french if french in kept else ""
        # An identifier that the packages lack, and that they do not give to another unit.
        geonames = row["geonames"]
        if known[key]["geonames"] or geonames in used:
            geonames = ""
        aliases = {_plain(n): n for n in kept if _plain(n) and n != name_fr}
        aliases.pop(_plain(known[key]["name"]), None)
        rows.append((key, name_fr, "|".join(sorted(aliases.values())), geonames,
                     row["lat"], row["lon"]))
    return rows


def _towns(data: Path) -> set[str]:
    return {row["geonames"] for file in (data / "places").glob("*.tsv") for row in read_tsv(file)}


def _places(research: Path, towns: set[str], out: Path) -> None:
    """French names of towns that the packages have, and small places that they lack."""
    rows = read_csv(research / "partner_places.csv")
    write_tsv(out / "place_names.tsv", ["geonames", "name_fr"],
              [(r["geonames"], r["name_fr"]) for r in rows
               if r["geonames"] in towns and r["name_fr"]
               and _plain(r["name_fr"]) != _plain(r["name"])])
    small = {r["geonames"]: (r["iso2"], r["name"], r["geonames"], r["name_fr"], r["lat"], r["lon"])
             for r in rows if r["geonames"] and r["geonames"] not in towns and r["iso2"] != "FR"}
    for r in read_csv(research / "partner_villages.csv"):
        if r["geonames"] not in towns:
            small.setdefault(r["geonames"],
                             (r["iso2"], r["name"], r["geonames"], "", r["lat"], r["lon"]))
    write_tsv(out / "villages.tsv", ["country", "name", "geonames", "name_fr", "lat", "lon"],
              small.values())


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"\W|_", "", "".join(c for c in text if not unicodedata.combining(c)))


if __name__ == "__main__":
    carry_over(*map(Path, sys.argv[1:4]))
