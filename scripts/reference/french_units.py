"""French names of the world's subdivisions, by their code of ISO 3166-2: Debian's
``unicode-cldr-core`` (Unicode CLDR).

Writes ``french_units.tsv``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from xml.etree import ElementTree

from reference.tables import read_tsv, write_tsv

from coopdec.reference.levels import unit_forms

__all__ = ["build_french_units"]


#: Codes that ISO 3166-2 has given to other units since: Iran's, Morocco's of regions.
_RECODED = re.compile(r"IR-|MA-\d\d$|CD-LO$")
#: What CLDR adds to tell homonyms apart: « Dhaka² », « Attique (périphérie) ».
_TOLD = re.compile(r"[²³]|\s*\(.*")


def build_french_units(cldr: Path, out: Path) -> None:
    """``cldr``: the package's folder ``common``; ``out`` holds ``admin.tsv`` already. Left out
    are names of France's own parts, of codes that ``admin.tsv`` lacks, those that are another
    unit's own name (codes were given anew since, and some names are slips), and those that two
    units of a level get."""
    units = {r["iso3166_2"]: r for r in read_tsv(out / "admin.tsv") if r["iso3166_2"]}
    borne: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, r in units.items():
        for name in (r["name"], *filter(None, r["aliases"].split("|"))):
            for form in unit_forms(name):
                borne[r["country"], form].add(code)
    given = {}
    for element in ElementTree.parse(cldr / "subdivisions/fr.xml").iter("subdivision"):
        code = f"{element.attrib['type'][:2]}-{element.attrib['type'][2:]}".upper()
        name = _TOLD.sub("", (element.text or "").replace("’", "'")).strip()
        if name and code in units and not (code.startswith("FR-") or _RECODED.match(code)):
            given[code] = name[0].upper() + name[1:]
    twice = Counter((units[c]["country"], units[c]["level"], form)
                    for c, name in given.items() for form in unit_forms(name))
    found = []
    for code, name in given.items():
        country, level = units[code]["country"], units[code]["level"]
        bearers = set[str]().union(*(borne[country, f] for f in unit_forms(name)))
        alone = all(twice[country, level, f] == 1 for f in unit_forms(name))
        if code in bearers or (alone and not bearers):
            found.append((code, name))
    write_tsv(out / "french_units.tsv", ("iso3166_2", "name_fr"), found)
