"""One group of a partner cell, names and their countries in brackets: « Commune de Kayes
(Mali) », « Collectivités de 2 pays (Mali, Niger) »."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from coopdec.model import Mention, Severity
from coopdec.read.cells.countries import listed, only
from coopdec.read.cells.partner_names import SOFT, Names
from coopdec.read.values import Unclear
from coopdec.reference import Gazetteer
from coopdec.text import fold

__all__ = ["Group", "grouped", "is_generic"]

# Heads that name no one in particular; « de 18 pays » states how many countries follow.
_GENERIC = re.compile(
    r"^(?:divers|multiples|plusieurs|(?:\d+ |plusieurs |diverse?s? |differente?s |les |multi )?"
    r"(?:collectivites?|villes?|communes?|pays|territoires?|autorites? locales?|regions?|"
    r"gouvernements? locaux|partenaires?|municipalites?|localites)"
    r"(?: (?:territoriales?|locales?|partenaires?|etrangere?s?|diverse?s?|multiples))*"
    r"(?: (?:de|dans|issues? de|situees? dans) (?:\d+|plusieurs|divers|differents) pays)?)$"
)
_HOW_MANY = re.compile(r"\b(\d+) pays\b")


class Group(NamedTuple):
    """Who is named, and what is the matter with it."""

    mentions: tuple[Mention, ...]
    problem: Unclear | None = None


def is_generic(words: str) -> bool:
    """Whether words name no one in particular: « Collectivités de 18 pays »."""
    return _GENERIC.match(fold(words)) is not None


# Cells of several partners differ, and name whom others name alone.
@lru_cache(maxsize=1 << 15)
def grouped(head: str, inside: str, aside: tuple[str, ...], places: Gazetteer) -> Group | None:
    """What ``head (inside)`` says, None where ``inside`` does not end in a country. ``aside``:
    what stood in brackets before, and was none."""
    countries = listed(inside, places)
    if not countries or not countries[-1][1]:
        return None
    if not all(iso for _, iso in countries):
        aside = (*aside, *(words for words, _ in countries[:-1]))
        countries = countries[-1:]
    if not head or is_generic(head):
        stated = [int(n) for n in _HOW_MANY.findall(fold(head))[:1] if int(n) != len(countries)]
        return Group(tuple(map(only, countries)), Unclear("country-count", {
            "head": head, "stated": stated[0], "found": len(countries)}) if stated else None)
    if len(countries) == 1:
        return Group(tuple(Names(places).mentions(head, countries[0], aside)))
    names = [n for n in SOFT.split(head) if n]
    if len(names) == len(countries):
        each = zip(names, countries, strict=True)
        return Group(tuple(m for name, country in each
                           for m in Names(places).mentions(name, country, ())),
                     Unclear("names-paired", {"cell": f"{head} ({inside})"}, Severity.INFO))
    return Group(tuple(map(only, countries)), Unclear("names-not-paired", {
        "names": head, "countries": [words for words, _ in countries]}))
