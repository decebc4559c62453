"""The countries that a cell names: one, a list of them, several at once (« Afrique de
l'Ouest »), one that is no more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from coopdec.model import Kind, Mention, Severity
from coopdec.read.cut_words import put_together
from coopdec.read.values import Unclear
from coopdec.reference import Gazetteer
from coopdec.reference.names import folded
from coopdec.text import fold

__all__ = ["Country", "french_name", "iso_of", "labels", "listed", "names_its_city",
           "only", "unknown"]

#: A country as printed, and its ISO code.
Country = tuple[str, str | None]

#: How like a country's name a word must be (0 to 100) for the country to be proposed.
_NEAR = 65
#: A city of so many people may be what its country is called elsewhere.
_CITY = 100_000
_LIST = re.compile(r"\s*[,;/|\n]\s*|\s+(?:et|and|&|[-–—])\s+")
#: « République de Côte d'Ivoire » is « Côte d'Ivoire »; but these have two republics.
_REPUBLIC = re.compile(r"^(?:la )?(?:republique|royaume|etat)(?: (?:islamique|unie?))? "
                       r"(?:de la |de l |du |des |de |d )(?!chine\b|coree\b|congo\b)")
#: What names several countries, and none of them.
_MANY = re.compile(
    r"^(?:multi ?pays|multi ?(?:pays|lateral|lateraux)|plusieurs pays|divers(?: pays)?|monde|"
    r"international|tous pays|afrique|asie|amerique|europe|oceanie|oceans?|caraibes?|"
    r"(?:afrique|asie|amerique|europe) (?:de l |du |centrale|australe|orientale|latine|occidentale|"
    r"subsaharienne)?(?:ouest|est|nord|sud|sud est)?|afrique sub ?saharienne|maghreb|sahel|"
    r"proche orient|moyen orient|balkans|mediterranee|bassin mediterraneen|multi ?country|"
    r"several countries|(?:west|east|north|southern|central|sub saharan) africa|africa|"
    r"latin america|middle east)$")


#: More words are no list of countries.
_TOGETHER = 12


# The same countries are asked for by nearly every cell, however its names differ.
@lru_cache(maxsize=1 << 12)
def iso_of(words: str, places: Gazetteer) -> str | None:
    """The ISO code of the country that words name."""
    entity = places.country(words)
    if entity is None and (short := _REPUBLIC.sub("", plain := fold(words))) != plain:
        entity = places.country(short)
    return entity.ids.get("iso2") if entity else None


@lru_cache(maxsize=1 << 12)
def listed(text: str, places: Gazetteer) -> tuple[Country, ...]:
    """Every item of a list of countries with its ISO code, None for what is none.

    A list first, one name second: « Congo, République démocratique du » is no list,
    since its second item is no country.
    """
    found = tuple((i, iso_of(i, places)) for i in _LIST.split(text) if i)
    if not all(iso for _, iso in found) and (whole := iso_of(text, places)):
        return ((text, whole),)
    return tuple(c for item in found for c in ([item] if item[1] else _run_together(item, places)))


def _run_together(item: Country, places: Gazetteer) -> list[Country]:
    """« Tunisie Maroc », two lines of a narrow cell that were joined: all of the words are
    names of countries, or it is as it stands."""
    words, found, at = item[0].split(), list[Country](), 0
    while at < len(words) and len(words) <= _TOGETHER:
        for end in range(len(words), at, -1):
            name = " ".join(words[at:end])
            if len(name) > 3 and (iso := iso_of(name, places)):
                found.append((name, iso))
                at = end
                break
        else:
            return [next(((name, iso) for name in put_together(words)
                          if len(name) > 3 and (iso := iso_of(name, places))), item)]
    return found or [item]


def only(country: Country) -> Mention:
    """The mention of a country in which nobody is named."""
    return Mention(country[0], None, Kind.COUNTRY, None, country[1], country[0])


def names_its_city(words: str, country: Country, places: Gazetteer) -> bool:
    """« Mexico », beside « Mexique »: the city, which is what the country is called in other
    languages. « État de Mexico » is one of its states."""
    printed, iso = country
    plain, entity = folded(words), places.entity(f"country/{iso}")
    if entity is None or plain in {folded(printed), folded(entity.label_fr)}:
        return False
    return any(
        (e.kind is not Kind.PLACE or (e.population or 0) >= _CITY) and folded(e.label_fr) == plain
        for e in places.by_name(words, iso, {Kind.PLACE, Kind.ADMIN1}))


def labels(country: Country, places: Gazetteer) -> dict[str, str]:
    """Its name in both languages, where a header gave its code."""
    found = places.country(country[1] or "")
    return {"fr": found.label_fr, "en": found.label_en or found.label_fr} if found else {
        "fr": country[0], "en": country[0]}


def unknown(words: str, places: Gazetteer) -> Unclear:
    """What is the matter with a country that nobody knows, or that is no more."""
    if _MANY.match(fold(words)):
        return Unclear("country-many", {"country": words}, Severity.FATAL)
    former = places.former_country(words)
    if former is not None:
        return Unclear("country-former", {
            "country": words, "until": former.until.year,
            "successors": [french_name(iso, places) for iso in former.successors]}, Severity.FATAL)
    return Unclear("unknown-country", {"country": words, "near": _near(words, places)},
                   Severity.FATAL)


@lru_cache(maxsize=4)
def _names(places: Gazetteer) -> Mapping[str, str]:
    """Folded name → key; codes are near to anything."""
    return {name: key for name, key in places.country_names() if len(name) > 3}


@lru_cache(maxsize=1 << 10)
def _near(words: str, places: Gazetteer) -> list[str]:
    """Countries of which any name is near: « Palestien » is said to be near to the Palestinian
    territories, in the language of the name that it is near to."""
    from rapidfuzz import fuzz, process

    names = _names(places)
    found: dict[str, str] = {}
    for name, *_ in process.extract(fold(words), names.keys(), scorer=fuzz.ratio, limit=6,
                                    score_cutoff=_NEAR):
        country = places.entity(names[name])
        if country is not None:
            english = country.label_en if fold(country.label_en or "") == name else None
            found.setdefault(country.key, english or country.label_fr)
    return list(found.values())[:3]


def french_name(iso2: str, places: Gazetteer) -> str:
    """What a country is called, its code where it is not known."""
    entity = places.entity(f"country/{iso2}")
    return entity.label_fr if entity else iso2
