"""What a careful reader finds odd in a row that has all that it needs: a title that is none, a
name that is cut, the sides exchanged, a partner in France, a title that names another country.

A row that raises a doubt is read as it is printed; the doubt is said. Each sign must be rare in
lists that are right: where words may well be right, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from coopdec.model import Entity, Finding, Kind, Mention, Row, Severity
from coopdec.read.cells.typed_names import NEXT
from coopdec.read.oddities.outside import FRENCH, is_foreign, is_french
from coopdec.read.values import nothing
from coopdec.reference import Gazetteer
from coopdec.reference.nearby import OTHERS
from coopdec.text import fold

__all__ = ["Doubts"]

#: What no title or name ends with: the rest of it stands elsewhere.
_CUT_ENDS = frozenset({
    "d'", "d’", "l'", "l’", "de", "du", "des", "la", "le", "les", "et", "ou", "à", "au", "aux",
    "en", "par", "pour", "avec", "dans", "sur", "sous", "the", "of", "and", "for", "with", "("})
#: What no collectivity's name begins with.
_CUT_START = re.compile(r"(?:d[eu]s?|et|à|aux?|en) |d['’]")
_SAINT = re.compile(r"(?:st|ste|saint|sainte|san|santa|santo|sao) ")
#: What opens words that are no name: « via l'ONG Protos », « Le projet de Dole ».
_NO_NAME = re.compile(r"(?:via|[Aa]vec|[Ee]n (?:partenariat|coopération|lien) avec|"
                      r"par|dont|ainsi que|et|and|with|through) |(?:[Ll]e )?[Pp]rojet ")
#: Words in place of a title.
_NO_TITLE = frozenset({"projet", "titre", "project", "title", "intitule", "objet", "test"})
#: « Voir ci-dessus », « même partenaire ».
_ELSEWHERE = re.compile(r"(?:voir|cf|see|meme|same)\b.*\b(?:dessus|dessous|haut|bas|supra|infra|"
                        r"annexe|above|below|partenaires?|partner|projet)|(?:idem|ibid)\b.*|"
                        r"(?:ci )?dessus|supra")
_ELSEWHERE_BEGINS = frozenset({"voi", "cf ", "cf.", "see", "mem", "mêm", "sam", "ide", "ibi",
                               "ci-", "ci ", "des", "sup"})
#: A title of so few characters may be a name, or nothing.
_SHORT = 30
_WORDS = 4
#: A cell of so few characters may hold a number, or a sign; letters of other scripts are letters.
_SHORTEST = 8
_SPELT = re.compile(r"[^\W\d_a-zA-Z]")
#: Software that cuts long cells puts this there.
_ELLIPSIS = re.compile(r"\w(?:\.{3}|…)$")
#: So many people make a town that is known by its bare name.
_TOWN = 10_000
#: Where a name at the beginning of a title may end.
_FIRST = re.compile(r"\s*:\s|\s[–—-]\s")
_CAPITAL = re.compile(r"[A-ZÀ-Ý]\w+")
_BRACKETS = re.compile(r"\(([^()]{4,})\)")
#: Countries whose name in a title may be that of a person or of a river; and those of which two
#: are called by one name.
_NOT_SURE = frozenset({"FR", "MU", "DM", "NE"})
_SAME_NAME = ({"CG", "CD"}, {"GN", "GW", "GQ"}, {"KP", "KR"}, {"CN", "TW", "HK"}, {"SS", "SD"})
#: A list of more rows is the export of a database, in which no cell slips; of so many different
#: names it is looked up where they are known.
_ROWS, _NAMES = 1000, 400

_WHY = {
    "empty": {"fr": "il ne dit rien du projet", "en": "it says nothing of the project"},
    "lead": {"fr": "c'est aussi le chef de file", "en": "it is the lead as well"},
    "partner": {"fr": "c'est aussi le partenaire", "en": "it is the partner as well"},
    "place": {"fr": "c'est le nom d'un lieu", "en": "it is the name of a place"},
    "begins": {"fr": "il commence par le nom d'un lieu du pays, et aucun partenaire n'est nommé",
               "en": "it begins with the name of a place of the country, and no partner is named"},
}
_ROLE = {
    "lead": {"fr": "chef de file", "en": "lead"},
    "partner": {"fr": "partenaire", "en": "partner"},
    "title": {"fr": "titre", "en": "title"},
}
#: A body of France is no partner that can be published.
_SEVERITY = {"partner-in-france": Severity.FATAL}


@dataclass(slots=True)
class Doubts:
    """Looks at the (first) rows of one list; ``findings`` grow by what is odd. ``looked_up``: the
    names that were, each with its country; ``rows``: how many were looked at."""

    places: Gazetteer
    findings: list[Finding]
    looked_up: set[tuple[str, str]] = field(default_factory=set)
    rows: int = 0

    def look(self, row: Row) -> None:
        if self.rows < _ROWS and not row.outside:
            self.rows += 1
            self._look(row)

    def _look(self, row: Row) -> None:
        title, partners, places = row.title, row.partners, self.places
        why = _no_title(row, places) if len(title) <= _SHORT or (
            partners and partners[0].name is None) else None
        if why:
            self._say("title-doubtful", row, "title", {"title": title, "why": _WHY[why]})
        elif _is_cut(title):
            self._say("cell-cut", row, "title", {"cell": title, "role": _ROLE["title"]})
        elif named := _of_other(row, places):
            self._say("title-of-other-country", row, "title", {"title": title, "named": named})
        more = len(self.looked_up) < _NAMES
        for lead in row.leads:
            name = lead.name or lead.printed
            if code := _odd_lead(name, places):
                self._say(code, row, "lead", {"cell": name, "role": _ROLE["lead"]})
            elif ("(" in name and _holds_country(name, places)) or (
                    more and self._once(name, "FR") and _is_abroad(name, partners, places)):
                self._say("side-doubtful", row, "lead", {
                    "cell": name, "role": _ROLE["lead"],
                    "place": {"fr": "à l'étranger", "en": "abroad"}})
        for partner in partners:
            partner_name, country = partner.name, partner.country or ""
            if country == "FR":
                if partner_name or len(partners) == 1:
                    self._say("partner-in-france", row, "partner",
                              {"cell": partner_name or partner.printed})
            elif partner_name is None:
                continue
            elif code := _odd(partner_name):
                self._say(code, row, "partner", {"cell": partner_name, "role": _ROLE["partner"]})
            elif NEXT.search(partner_name) and any(
                    is_french(part, (), places) for part in NEXT.split(partner_name)):
                self._say("side-doubtful", row, "partner", {
                    "cell": partner_name, "role": _ROLE["partner"],
                    "place": {"fr": "en France", "en": "in France"}})
            elif more and country not in FRENCH and self._once(partner_name, country) and (
                    there := _elsewhere(partner, country, places)):
                self._say("side-doubtful", row, "partner", {
                    "cell": partner_name, "role": _ROLE["partner"],
                    "place": {"fr": f"ailleurs ({there.label_fr})",
                              "en": f"elsewhere ({there.label_en or there.label_fr})"}})

    def _say(self, code: str, row: Row, role: str, params: Mapping[str, Any]) -> None:
        where = row.where(role if role in row.cells else "country")
        self.findings.append(Finding(code, _SEVERITY.get(code, Severity.WARNING), where, params))

    def _once(self, name: str, country: str) -> bool:
        """Whether a name comes for the first time."""
        known = len(self.looked_up)
        self.looked_up.add((name, country))
        return len(self.looked_up) > known


def _no_title(row: Row, places: Gazetteer) -> str | None:
    """Why a title is none."""
    title, cells = row.title, row.cells
    if not title:
        return None  # said
    if row.partners and not row.partners[0].name and (first := _FIRST.search(title)) and any(
            m.country and places.by_name(title[: first.start()], m.country)
            for m in row.partners if not m.name):
        return "begins"
    if len(title) > _SHORT:
        return None
    words = fold(title)
    if sum(map(str.isalpha, words)) < 3 or words in _NO_TITLE or nothing(title) or (
            _ELSEWHERE.fullmatch(words)):
        return "empty"
    for role in ("lead", "partner"):
        if (cell := cells.get(role)) and fold(cell) == words:
            return role
    name = title[0].isupper() and words.count(" ") < _WORDS
    return "place" if name and _is_place(title, row.partners, places) else None


def _is_place(title: str, partners: tuple[Mention, ...], places: Gazetteer) -> bool:
    """Whether a title is the name of a country, a region of France, or of what is
    known in the row's countries."""
    country = places.country(title)  # « EAU » is a code
    if country is not None and fold(title) in map(
            fold, (country.label_fr, country.label_en or "")):
        return True
    region = places.french_region(title)
    if region is not None and fold(title) == fold(region.label_fr):
        return True
    typed, rest = places.split_type(title)
    names = (title, rest) if typed and rest[:1].isupper() else (title,)
    return any(entity.kind is not Kind.COUNTRY
               for m in partners if m.country and (typed or m.name is None or m.name not in title)
               for name in names for entity in places.by_name(name, m.country))


@cache
def _countries(places: Gazetteer) -> tuple[frozenset[str], re.Pattern[str]]:
    """The usual names of countries, as a title writes them: their first words, and what finds
    them whole."""
    names = {name for country in places.countries() for name in (country.label_fr, country.label_en)
             if name and country.key.removeprefix("country/") not in _NOT_SURE}
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return (frozenset(first for name in names for first in _CAPITAL.findall(name)[:1]),
            re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])"))


def _of_other(row: Row, places: Gazetteer) -> list[str]:
    """The countries that the title names, where it names none of the row's, nor its partner."""
    words, names = _countries(places)
    if words.isdisjoint(_CAPITAL.findall(row.title)):
        return []
    own = {m.country for m in row.partners if m.country}
    named = list(dict.fromkeys(names.findall(row.title)))
    codes = {country.key.removeprefix("country/")
             for name in named if (country := places.country(name)) is not None}
    same = {code for alike in _SAME_NAME if not alike.isdisjoint(codes) for code in alike}
    if not own or not own.isdisjoint(codes | same):
        return []
    title = fold(row.title)
    beside = any(m.name and fold(m.own_name or m.name) in title for m in row.partners)
    return [] if beside else named


def _is_cut(text: str) -> bool:
    """« Éducation des », « Schéma d'assai- », « Alimentation en eau potable de 4 villag… »"""
    last = text[-1:]
    return text.rpartition(" ")[2] in _CUT_ENDS or (last == "-" and text[-3:-1].isalpha()) or (
        last in ".…" and len(text) >= _SHORT and _ELLIPSIS.search(text) is not None)


@lru_cache(maxsize=1 << 14)
def _odd(name: str) -> str | None:
    """« Province de », « voir ci-dessus », « 60 »."""
    if _is_cut(name):
        return "cell-cut"
    empty = len(name) <= _SHORTEST and sum(map(str.isalpha, name)) < 2
    if (empty and not _SPELT.search(name)) or _NO_NAME.match(name):
        return "name-none"
    return "name-elsewhere" if name[:3].lower() in _ELSEWHERE_BEGINS and _ELSEWHERE.fullmatch(
        fold(name)) else None


@lru_cache(maxsize=1 << 14)
def _odd_lead(lead: str, places: Gazetteer) -> str | None:
    """The same, « Conseil départemental » without any name, « du Val-de-Marne » without what it
    is."""
    if code := _odd(lead):
        return code
    cut = _CUT_START.match(lead) or (
        places.type_word(lead, "FR") and not places.by_name(lead, "FR"))
    return "cell-cut" if cut else None


def _holds_country(lead: str, places: Gazetteer) -> bool:
    """« Région Normandie Ville de Kairouan (Tunisie) »: two cells that were one line."""
    return any(is_foreign(inside, places) for inside in _BRACKETS.findall(lead))


def _is_abroad(lead: str, partners: tuple[Mention, ...], places: Gazetteer) -> bool:
    """Whether who leads is nothing in France, and known in a country of the row."""
    return not is_french(lead, (), places, lone=True) and any(
        _known(lead, m.country, places)
        for m in partners if m.country and m.country not in FRENCH)


def _known(name: str, country: str, places: Gazetteer) -> bool:
    """Whether a name is that of something in a country, with its type word or without it."""
    words, rest = places.split_type(name, country)
    return bool(places.by_name(name, country) or (
        words and rest and places.by_name(rest, country)))


def _elsewhere(partner: Mention, country: str, places: Gazetteer) -> Entity | None:
    """The country of the town of this name that all know, where its own has nothing of it."""
    name = partner.own_name or partner.name or ""
    if _known(name, country, places) or _known(partner.name or "", country, places):
        return None
    folded, own = fold(name), {country, *OTHERS.get(country, ())}
    if _SAINT.match(folded):
        return None  # there is one everywhere
    towns = [e for e in places.by_name(name) if (e.population or 0) >= _TOWN and e.country
             and e.kind is not Kind.COUNTRY and fold(e.label_fr) == folded]
    if not towns or not own.isdisjoint(e.country for e in towns):
        return None
    return places.entity(f"country/{max(towns, key=lambda e: e.population or 0).country}")
