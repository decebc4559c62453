"""The parts of a line of prose, and what each may be: who leads, a place abroad, other words."""

from __future__ import annotations

import re
from itertools import pairwise

from coopdec.model import Kind
from coopdec.read.cells.countries import listed
from coopdec.read.cells.leads import opens_lead, parse_lead_cell
from coopdec.read.cells.partners import parse_partner_cell
from coopdec.read.columns.roles import wording_of
from coopdec.read.columns.sides import is_pair
from coopdec.read.oddities.outside import FRENCH, is_french
from coopdec.reference import Gazetteer

__all__ = ["AND", "LED_BY", "all_french", "is_abroad", "is_either", "is_grouping", "is_known",
           "is_place_there", "is_there", "leads", "spans_of", "two_of"]

#: « porté par », before who leads.
LED_BY = (r"(?:est\s+)?(?:porté|proposé|présenté|mené|piloté|conduit|initié|soutenu)e?s?\s+par"
          r"|mise?\s+en\s+œuvre\s+par|led\s+by")
_PARTED = re.compile(
    r"\s+(?:[–—→↔>=-]|<?[=-]{1,2}>)\s+|\s*[:|;]\s+|\s+/\s+|\s*[«»“”]\s*|\n(?!\()"
    r"|,?\s+pour\s+(?:son|le|leur|un)\s+projet\b(?:\s+intitulé)?\s*:?\s*"
    r"|(?:,?\s+|(?<=[»”]\s))(?:avec|en partenariat avec|en coopération avec|et son partenaire|with"
    rf"|{LED_BY})\s+"
    r"(?:l['’]\s?|l[ae]s?\s+)?(?:(?:ses|son|sa|leurs?)\s+(?:partenaires?|jumelle)\s+"
    r"(?:(?:d[eu]s?|la)\s+|[dl]['’])*)?")
#: Between names: « Ville de Metz et la commune de Kayes ».
AND = re.compile(r"(?:\s+(?:et|and|[&+])|,)\s+(?:l['’]\s?|l[ae]s?\s+)?(?!d(?:[eu]s?\s|['’]))")
#: Cells of a table that has lost its lines; so many of them make a row.
_CELLS, _LEAST = re.compile(r"\s*\|\s*"), 2
_BRACKETS = re.compile(r"\(([^()]*)\)")
_ARTICLE = re.compile(r"^(?:l['’]\s?|l[ae]s? )", re.IGNORECASE)
#: Between several that lead, or several places.
_SEVERAL = re.compile(r"\s*;\s*|\s+/\s+")
#: Between places that each have their country, too.
_COUNTRY, _DASH = re.compile(r"\(|\w, \w"), re.compile(r"\s+[–—-]\s+")
#: « Le projet « Eau », porté par… » says no more than its title.
_PROJECT = re.compile(r"\W*(?:(?:le|un|the) )?(?:projet|project)(?: intitulé)?\W*", re.IGNORECASE)
#: Kinds whose type words are those of France alone: « SIVOM de », « PETR du ».
_GROUPINGS = frozenset({Kind.INTERCOMMUNALITY, Kind.SYNDICATE})


def spans_of(text: str, places: Gazetteer, country: str = "") -> list[tuple[int, int]]:
    """Where its parts stand; marks inside of brackets part nothing, nor those between several
    that lead, or several places abroad."""
    cells = len(_CELLS.findall(text)) >= _LEAST
    found: list[tuple[int, int]] = []
    at = 0
    for mark in (_CELLS if cells else _PARTED).finditer(text):
        before = text[at : mark.start()]
        if before.count("(") > before.count(")"):
            continue
        if before.strip(" ,") and not _PROJECT.fullmatch(before):
            found.append((at + len(before) - len(before.lstrip(" ,")), mark.start()))
        at = mark.end()
    if rest := text[at:].lstrip(" ,"):
        found.append((len(text) - len(rest), len(text)))
    return found if cells else _together(text, found, places, country)


def _together(text: str, spans: list[tuple[int, int]], places: Gazetteer, country: str
              ) -> list[tuple[int, int]]:
    """« Ville de Dax / Ville de Pau – Thiès (Sénégal) ; Sfax (Tunisie) : Eau » has three parts, and
    so has « Ville de Dax – Bonn (Allemagne) – Thiès (Sénégal) : Eau »."""
    out = spans[:1]
    for before, after in pairwise(spans):
        parts = [text[a:b] for a, b in (out[-1], after)]
        if (_SEVERAL.fullmatch(text, before[1], after[0]) and (
                all(_COUNTRY.search(part) and is_abroad(part, places) for part in parts)
                or all(_is_french_in(part, country, places) for part in parts))) or (
                _DASH.fullmatch(text, before[1], after[0])
                and all(part.endswith(")") and _is_place(part, places) for part in parts)):
            out[-1] = out[-1][0], after[1]
        else:
            out.append(after)
    return out


def _is_french_in(part: str, country: str, places: Gazetteer) -> bool:
    """Whether a part names whom France knows, and the country of a heading does not."""
    there = parse_partner_cell("", places, country).countries if country else ()
    return not is_abroad(part, places) and all(
        is_french(m.name or "", there, places) for m in parse_lead_cell(part))


def is_abroad(part: str, places: Gazetteer) -> bool:
    """Whether a part names places abroad, each with its country."""
    if len(part) > 200 or ("(" in part and not _names_country(part, places)):
        return False
    found = parse_partner_cell(part, places, "")
    return bool(found.mentions) and not found.problems and all(
        m.country and m.country not in FRENCH for m in found.mentions)


def _is_place(part: str, places: Gazetteer) -> bool:
    """Whether each that a part names abroad has a type, or is known there: « Thiès (Sénégal) »."""
    return is_abroad(part, places) and all(
        m.type or places.by_name(m.own_name or "", m.country)
        for m in parse_partner_cell(part, places, "").mentions)


def _names_country(part: str, places: Gazetteer) -> bool:
    """Whether brackets hold a country, or stand after one, or before one."""
    around = (part.partition("(")[0], part.rpartition(",")[2].strip(), *_BRACKETS.findall(part))
    return any(iso for words in around for _, iso in listed(words.strip(), places))


def is_there(part: str, country: str, places: Gazetteer) -> bool:
    """Whether a part opens with the type of a place, or is known, in the country of a heading."""
    found = parse_partner_cell(part, places, country) if country else None
    return found is not None and bool(found.mentions) and all(
        m.name and (m.type or places.by_name(m.own_name or m.name, m.country))
        for m in found.mentions)


def is_place_there(part: str, country: str, places: Gazetteer) -> bool:
    """The same for words that might be a title: each a name, « Ville de Tlemcen »; not « Ville
    durable »."""
    found = parse_partner_cell(part, places, country) if country else None
    return found is not None and is_there(part, country, places) and all(
        (m.name or "")[:1].isupper() for m in found.mentions)


def leads(part: str, places: Gazetteer) -> bool:
    """Whether a part opens as the name of who leads does, or is one that is known."""
    if len(part) > 160 or wording_of(part) == "lead":
        return False
    return is_known(part, places) or all(
        opens_lead(m.name or "") or is_grouping(m.name or "", places)
        for m in parse_lead_cell(part))


def is_known(part: str, places: Gazetteer) -> bool:
    """Whether each that a part names is known in France."""
    return is_french(part, (), places, lone=True) or all(
        is_french(m.name or "", (), places, lone=True) for m in parse_lead_cell(part))


def is_either(part: str, country: str, places: Gazetteer) -> bool:
    """Whether one that a part names is known in France and in the country of a heading."""
    there = parse_partner_cell("", places, country).countries
    return any(is_french(name := m.name or "", (), places, lone=True)
               and not is_french(name, there, places, lone=True) for m in parse_lead_cell(part))


def is_grouping(name: str, places: Gazetteer) -> bool:
    """Whether a name opens as that of a grouping of French authorities: « SIVOM de », « PETR »."""
    words, rest = places.split_type(_ARTICLE.sub("", name, count=1), "FR")
    return rest[:1].isupper() and bool(words) and not _GROUPINGS.isdisjoint(
        places.type_word(words, "FR"))


def two_of(text: str, span: tuple[int, int], places: Gazetteer, country: str = ""
         ) -> list[tuple[int, int]]:
    """A part that « et » makes of who leads and of a place abroad, as two; [] for another.
    Under the heading of a ``country`` the place names none itself."""
    found: list[tuple[int, int]] = []
    for mark in AND.finditer(text, *span):
        before, after = text[span[0] : mark.start()], text[mark.end() : span[1]]
        if found and not is_known(before, places):  # « Ville de Metz et Metz Métropole »
            continue
        # « Ville de Metz, Commune de Kayes (Mali) » may be one
        abroad = text[mark.start()] != "," and is_abroad(after, places)
        if leads(before, places) and not is_abroad(before, places) and (
                abroad or is_pair(before, after, country, places) or (country and (
                    (is_known(before, places) and _only_abroad(after, places))
                    or _only_there(after, country, places)))):
            found = [(span[0], mark.start()), (mark.end(), span[1])]
    return found


def _only_abroad(part: str, places: Gazetteer) -> bool:
    """« communauté rurale de Coubalan »: a type that France has not."""
    printed = places.split_type(part)[0]
    return bool(printed) and printed != places.split_type(part, "FR")[0]


def _only_there(part: str, country: str, places: Gazetteer) -> bool:
    """« Ngor » under « Sénégal »: known there, and nothing in France."""
    return is_there(part, country, places) and not leads(part, places)


def all_french(part: str, country: str, places: Gazetteer) -> bool:
    """Whether « et » is within one name, or between names that are all French."""
    return is_known(part, places) or not any(
        _only_there(part[mark.end() :], country, places)
        or all(is_french(m.name or "", (), places, lone=True)
               for m in parse_lead_cell(part[: mark.start()]))
        for mark in AND.finditer(part))
