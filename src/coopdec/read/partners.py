"""A partner cell taken apart: « Région centrale (Togo), Borgou (Bénin) » → two mentions.

What a cell can hold, and how it is told apart:

* ``NAME (COUNTRY)``, several of them one after the other;
* ``NAME, PARENT (COUNTRY)``: one partner within its parent, where the second is printed
  with a type word of a higher level, or the gazetteer knows that it holds the first;
* ``NAME, NAME (COUNTRY)`` or ``NAME et NAME (COUNTRY)``: several partners;
* ``Collectivités de 18 pays (A, B, …)``: countries only, nothing invented;
* ``NAME, COUNTRY``, ``COUNTRY : NAME``, ``COUNTRY``, or a name whose country has a cell
  of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from coopdec.model import Kind, Mention, Severity
from coopdec.read.partner_names import HARD, SOFT, Country, Names
from coopdec.reference import Gazetteer
from coopdec.text import close_matches, collapse, fold

__all__ = ["PartnerCell", "Problem", "parse_partner_cell"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding without its place, which only the row knows."""

    code: str
    severity: Severity
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartnerCell:
    mentions: tuple[Mention, ...]
    problems: tuple[Problem, ...] = ()


_BREAK = re.compile(r"(?<=\))\s*\n\s*|\s*\n\s*(?=[-•–*]\s)")
_GROUP = re.compile(r"([^()]*)\(((?:[^()]|\([^()]*\))*)\)")
_COUNTRY_LIST = re.compile(r"\s*[,;/\n]\s*|\s+(?:et|and|&)\s+")
_LEADING = re.compile(r"^[\s,;:/•*–-]+|^(?:et|and)\s+", re.IGNORECASE)
_TRAILING = re.compile(r"[\s,;:/•–-]+$")
# Heads that name no one in particular; « de 18 pays » states how many countries follow.
_GENERIC = re.compile(
    r"^(?:\d+ |plusieurs |diverses? |differente?s |les )?"
    r"(?:collectivites?|villes?|communes?|pays|territoires?|autorites? locales?|regions?|"
    r"gouvernements? locaux|partenaires?|municipalites?|localites)"
    r"(?: (?:territoriales?|locales?|partenaires?|etrangeres?|etrangers?))*"
    r"(?: (?:de|dans|issues? de|situees? dans) (?:\d+|plusieurs|divers|differents) pays)?$"
)
_HOW_MANY = re.compile(r"\b(\d+) pays\b")
_FOOTNOTE = re.compile(r"\s*(?:\*+|\[\d+\]|[¹²³⁴-⁹]+)(?=\s|$|\()")


def parse_partner_cell(cell: str, places: Gazetteer, country_cell: str = "") -> PartnerCell:
    """The mentions of a cell and what is the matter with it. Memoised by its words."""
    return _parse(cell, country_cell, places)


@lru_cache(maxsize=1 << 16)
def _parse(cell: str, country_cell: str, places: Gazetteer) -> PartnerCell:
    return _Parser(places, country_cell).run(cell)


class _Parser:
    def __init__(self, places: Gazetteer, country_cell: str) -> None:
        self.places = places
        self.problems: list[Problem] = []
        self.mentions: list[Mention] = []
        self.default = self._country_cell(country_cell)
        self.names = Names(places)

    def run(self, cell: str) -> PartnerCell:
        text = _FOOTNOTE.sub("", cell)
        if text.count("(") != text.count(")"):
            self._say("unbalanced-parentheses", Severity.WARNING, cell=collapse(cell))
            text = text.replace("（", "(") + ")" * (text.count("(") - text.count(")"))
        for piece in _BREAK.split(text):
            self._piece(collapse(piece))
        if not self.mentions and self.default:
            self.mentions = [self._only(c) for c in self.default]
        elif len(self.default) > 1 and self.mentions:
            # Countries of the country cell that no partner is in.
            met = {m.country for m in self.mentions}
            self.mentions += [self._only(c) for c in self.default if c[1] and c[1] not in met]
        elif not self.mentions and not self._fatal():
            self._say("no-country", Severity.FATAL, cell=collapse(cell))
        unique = dict.fromkeys(self.mentions)
        return PartnerCell(tuple(unique), tuple(self.problems))

    # -- pieces of a cell

    def _piece(self, text: str) -> None:
        """``head (inside) head (inside) … tail``; an inside that is no country belongs
        to the words around it."""
        pending, at = "", 0
        aside: list[str] = []
        for match in _GROUP.finditer(text):
            head, inside = _clean(f"{pending} {match[1]}"), collapse(match[2])
            at = match.end()
            countries = self._countries(inside)
            if countries and all(iso for _, iso in countries):
                self._group(head, inside, countries, aside)
                pending, aside = "", []
            elif countries and countries[-1][1]:
                self._group(head, inside, countries[-1:], [*aside, *(w for w, _ in countries[:-1])])
                pending, aside = "", []
            else:
                pending, aside = head, [*aside, inside]
        tail = _clean(f"{pending} {text[at:]}")
        if tail:
            self._bare(tail, aside)

    def _group(self, head: str, inside: str, countries: list[Country],
               aside: Sequence[str]) -> None:
        if not head or _GENERIC.match(fold(head)):
            how_many = _HOW_MANY.search(fold(head))
            if how_many and int(how_many[1]) != len(countries):
                self._say("country-count", Severity.WARNING, head=head,
                          stated=int(how_many[1]), found=len(countries))
            self.mentions += [self._only(c) for c in countries]
        elif len(countries) == 1:
            self._add(head, countries[0], aside)
        else:
            names = [n for n in SOFT.split(head) if n]
            if len(names) == len(countries):
                self._say("names-paired", Severity.INFO, cell=f"{head} ({inside})")
                for name, country in zip(names, countries, strict=True):
                    self._add(name, country, ())
            else:
                self._say("names-not-paired", Severity.WARNING, names=head,
                          countries=[w for w, _ in countries])
                self.mentions += [self._only(c) for c in countries]

    def _bare(self, text: str, aside: Sequence[str]) -> None:
        """Words with no country in parentheses after them."""
        for part in filter(None, HARD.split(text)):
            if self._bare_with_country(part, aside):
                continue
            if len(self.default) == 1:
                self._add(part, self.default[0], aside)
            elif len(self.default) > 1:
                names = [n for n in SOFT.split(part) if n]
                if len(names) == len(self.default):
                    for name, country in zip(names, self.default, strict=True):
                        self._add(name, country, aside)
                else:
                    self._say("names-not-paired", Severity.WARNING, names=part,
                              countries=[w for w, _ in self.default])
                    self.mentions += [self._only(c) for c in self.default]
            elif aside:
                self._unknown(aside[-1])
            elif not self._fatal():
                self._say("no-country", Severity.FATAL, cell=part)

    def _bare_with_country(self, part: str, aside: Sequence[str]) -> bool:
        """« Bamako, Mali », « Mali : Bamako, Ségou », « Bamako - Mali », « Mali »."""
        countries = self._countries(part)
        if countries and all(iso for _, iso in countries) and not self.default:
            self.mentions += [self._only(c) for c in countries]
            return True
        for mark in (" : ", ": ", " - ", " – ", " — ", ", "):
            if mark not in part:
                continue
            for before, after in (part.split(mark, 1), part.rsplit(mark, 1)):
                first, last = self._countries(before), self._countries(after)
                if len(last) == 1 and last[0][1]:
                    self._add(before, last[0], aside)
                    return True
                if len(first) == 1 and first[0][1]:
                    self._add(after, first[0], aside)
                    return True
        return False

    # -- small parts

    def _unknown(self, words: str) -> None:
        """A country that nobody knows, or that is no more."""
        former = self.places.former_country(words)
        if former is not None:
            self._say("country-former", Severity.FATAL, country=words, until=former.until.year,
                      successors=[self._label(iso) for iso in former.successors])
            return
        names = {n for c in self.places.countries() for n in (c.label_fr, c.label_en) if n}
        self._say("unknown-country", Severity.FATAL, country=words,
                  near=close_matches(words, sorted(names)) or ["—"])

    def _label(self, iso2: str) -> str:
        entity = self.places.entity(f"country/{iso2}")
        return entity.label_fr if entity else iso2

    def _countries(self, text: str) -> list[Country]:
        """Every item of a list of countries with its ISO code, None for what is none.

        A list first, one name second: « Congo, République démocratique du » is no list,
        since its second item is no country.
        """
        items = [i for i in _COUNTRY_LIST.split(text) if i]
        found = [(i, self._iso(i)) for i in items]
        if not all(iso for _, iso in found) and (whole := self._iso(text)):
            return [(text, whole)]
        return found

    def _iso(self, words: str) -> str | None:
        entity = self.places.country(words)
        return entity.ids.get("iso2") if entity else None

    def _country_cell(self, text: str) -> list[Country]:
        found = self._countries(collapse(text)) if collapse(text) else []
        for words, iso in found:
            if iso is None:
                self._unknown(words)
        return [c for c in found if c[1]]

    def _add(self, head: str, country: Country, aside: Sequence[str]) -> None:
        self.mentions += self.names.mentions(head, country, aside)

    def _only(self, country: Country) -> Mention:
        return Mention(country[0], None, Kind.COUNTRY, None, country[1], country[0])

    def _fatal(self) -> bool:
        return any(p.severity is Severity.FATAL for p in self.problems)

    def _say(self, code: str, severity: Severity, **params: Any) -> None:
        self.problems.append(Problem(code, severity, params))


def _clean(text: str) -> str:
    before = None
    text = collapse(text)
    while before != text:
        before, text = text, _TRAILING.sub("", _LEADING.sub("", text))
    return text
