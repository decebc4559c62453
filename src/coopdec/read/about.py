"""The one country that a list is about: « Fonds conjoint franco-tunisien », « Solidarité Liban :
les projets retenus ». It holds where nothing else says a country, and is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from coopdec.read.cells.nationalities import country_of_header
from coopdec.read.documents import Paragraph
from coopdec.read.oddities.outside import countries_in, is_foreign
from coopdec.reference import Gazetteer

__all__ = ["country_of_title"]

#: So many first lines may be the title, and so long.
_LINES, _LONGEST = 15, 200
#: So many lines tell whether projects name countries of their own.
_MOST = 200
_BRACKETS = re.compile(r"\(([^()]{3,40})\)")
#: What a title of a list says.
_TITLE = re.compile(r"\b(?:franco|programmes?|fonds|appels?|projets?|laur[ée]ats?|palmar[eè]s|"
                    r"coop[ée]rations?|partenariats?|jumelages?|solidarit[ée]|groupes?[- ]pays|"
                    r"projects?|calls?|fund)\b",
                    re.IGNORECASE)

#: A line of a fiche is no title.
_FIELD = re.compile(r"\s*(?:[^\W\d]+\s)?(?:chef|partenaires?|pays|porteurs?|b[ée]n[ée]ficiaires?|"
                    r"territoires?|collectivit[ée]s?|lieux?)\b[^:]{0,40}:", re.IGNORECASE)


def country_of_title(lines: Iterable[Paragraph], places: Gazetteer) -> str | None:
    """The country that the title lines name, if they name one alone, and no two others are
    named in brackets below: then « Orchestre franco-allemand » is one project's title."""
    first, found, others = list(islice(lines, _MOST)), set[str](), set[str | None]()
    for line in first[:_LINES]:
        if line.kind == "item" or len(line.text) > _LONGEST or not _TITLE.search(line.text) or (
                _FIELD.match(line.text)):
            continue
        found.update(name for name in countries_in(line.text, places)
                     if is_foreign(name, places))  # « Réunion du groupe-pays » names none
        iso = country_of_header(line.text)
        if iso and (country := places.country(iso)) is not None:
            found.add(country.label_fr)
    if len(found) != 1:
        return None
    for line in first:
        others.update(named.label_fr for words in _BRACKETS.findall(line.text)
                      if (named := places.country(words)) is not None)
    return found.pop() if len(others - found) < 2 else None
