"""What a list tells only between the lines: whether a lead is a French collectivity at all,
and which country a title names. For layouts whose columns do not say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from coopdec.model import Kind, Mention
from coopdec.reference import Gazetteer
from coopdec.reference.nearby import OTHERS
from coopdec.text import fold

__all__ = ["FRENCH", "any_french", "countries_in", "is_foreign", "is_french"]

#: The codes of France and of what is French overseas: « Saint-Pierre (La Réunion) » is not abroad.
FRENCH = OTHERS["FR"] | {"FR"}
#: Levels that do without a type word: « Auvergne-Rhône-Alpes », « Val d'Oise », « Sicoval ».
_PLAIN = frozenset({Kind.REGION, Kind.DEPARTMENT, Kind.INTERCOMMUNALITY, Kind.SYNDICATE,
                    Kind.SINGLE_TERRITORIAL_COLLECTIVITY})
_LONGEST = 6
_BRACKETS = re.compile(r"\(([^()]*)\)")


def is_foreign(words: str, places: Gazetteer) -> bool:
    """Whether words name a country that is not France, nor French overseas."""
    country = places.country(words)
    return country is not None and country.key.removeprefix("country/") not in FRENCH


@lru_cache(maxsize=1 << 14)
def is_french(name: str, countries: tuple[str, ...], places: Gazetteer,
              lone: bool = False) -> bool:
    """Whether a name is that of a French collectivity and of nothing in these countries
    (ISO codes): « Ville de Paris »; not « Commune de Saint-Louis » on a project in Senegal,
    nor « Orange », which may be a company, except where ``lone`` words name communes too."""
    return any(_is_french(form, countries, places, lone) for form in _forms(name))


def _forms(name: str) -> list[str]:
    """« CA du Sud-Est Toulousain (SICOVAL) » → with and without the brackets, and what is in;
    « (SIAAP) et Commune de Bangangté » says more than its brackets."""
    inner = _BRACKETS.findall(name)
    last = inner[-1:] if name.rstrip().endswith(")") else []
    return [f for f in (name, _BRACKETS.sub(" ", name).strip(), *last) if f] if inner else [name]


def _is_french(name: str, countries: tuple[str, ...], places: Gazetteer, lone: bool) -> bool:
    found = places.by_name(name, "FR")
    words, rest = places.split_type(name, "FR")
    if not words:  # « Moselle Department »
        words, rest = places.split_last_type(name, "FR")
    if words and rest:
        kinds = places.type_word(words, "FR")
        found = (*found, *(e for e in places.by_name(rest, "FR") if e.kind in kinds))
    if not found:
        return False
    if not (words or lone or any(e.kind in _PLAIN for e in found) or len(fold(name).split()) > 1):
        return False
    return not any(places.by_name(form, country)
                   for country in countries if country != "FR"
                   for form in {name, rest} if form)


def any_french(leads: Iterable[Mention], countries: tuple[str, ...], places: Gazetteer,
               lone: bool = False) -> bool:
    return any(is_french(m.name or m.printed, countries, places, lone) for m in leads)


@cache
def _names(places: Gazetteer) -> Mapping[tuple[str, ...], str]:
    """The words of a country's name → its usual name; codes and France left out."""
    found: dict[tuple[str, ...], str] = {}
    for name, key in places.country_names():
        words = tuple(name.split())
        country = places.entity(key)
        if country is not None and sum(map(len, words)) >= 4 and key != "country/FR":
            found.setdefault(words, country.label_fr)
    return found


def countries_in(title: str, places: Gazetteer) -> list[str]:
    """The countries that a title names, as the reference spells them, longest names first:
    « en Guinée-Bissau » is not Guinea."""
    words = fold(title).split()
    names = _names(places)
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            if name := names.get(tuple(words[at:at + size])):
                found[name] = None
                at += size
                break
        else:
            at += 1
    return list(found)
