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
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from coopdec.model import Mention, Severity
from coopdec.read.cells.broken_cells import MOST_LINES, unbroken
from coopdec.read.cells.countries import (
    Country,
    iso_of,
    labels,
    listed,
    names_its_city,
    only,
    unknown,
)
from coopdec.read.cells.distribution import distributed
from coopdec.read.cells.in_turn import PLACED, in_turn
from coopdec.read.cells.partner_groups import grouped, is_generic
from coopdec.read.cells.partner_names import HARD, Names, each_group, marked
from coopdec.read.cells.units import all_known, with_countries
from coopdec.read.footnotes import SIGN
from coopdec.read.values import Unclear, nothing
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["PartnerCell", "parse_partner_cell"]


class PartnerCell(NamedTuple):
    """``countries``: the ISO codes of the mentions, each once, in order."""

    mentions: tuple[Mention, ...]
    problems: tuple[Unclear, ...] = ()
    countries: tuple[str, ...] = ()

    @classmethod
    def of(cls, mentions: Iterable[Mention], problems: Iterable[Unclear]) -> PartnerCell:
        """With each mention once."""
        unique = tuple(dict.fromkeys(mentions))
        return cls(unique, tuple(problems), tuple(sorted({m.country for m in unique if m.country})))


_BREAK = re.compile(r"(?<=\))\s*\n\s*|\s*\n\s*(?=[-•–*]\s)")
_GROUP = re.compile(r"([^()]*)\(((?:[^()]|\([^()]*\))*)\)")
_OPENING = re.compile(r"(?:et|and)\s+", re.IGNORECASE)
_BEFORE, _AFTER = " ,;:/+&•*–-", " ,;:/+&•–-"
_BRACKETS = str.maketrans("[]（）", "()()")
_FOOTNOTE = re.compile(rf"\s*(?:{SIGN}|\[\d+\]|\([1-9]\))(?=\s|$|\(|[,;])")
#: What only some cells hold, and takes a closer look: other brackets, marks of footnotes.
_ODD = re.compile(rf"[\[\]（）]|{SIGN}|\([1-9]\)")


@lru_cache(maxsize=1 << 15)
def parse_partner_cell(cell: str, places: Gazetteer, country_cell: str) -> PartnerCell:
    """The mentions of a cell and what is the matter with it; ``country_cell`` is "" where the
    country has none of its own."""
    if not cell and (found := _in_countries(country_cell, places)):
        return found
    # « n.c. » is the name of nobody.
    found = _Parser(places, country_cell).run("" if country_cell and nothing(cell) else cell)
    if any(p.code == "unknown-country" for p in found.problems):
        named, country, said = with_countries(cell, country_cell, places)
        again = _Parser(places, country).run(named) if said else found
        known = country == country_cell or all_known(again.mentions, places)
        if known and not any(p.severity is Severity.FATAL for p in again.problems):
            return again._replace(problems=(*again.problems, *said))
    return found


def _groups(text: str) -> Iterator[re.Match[str]]:
    """Names with what stands in brackets behind them; what has none is not gone through from each
    of its letters."""
    return _GROUP.finditer(text, 0, text.rfind(")") + 1)


def _in_countries(cell: str, places: Gazetteer) -> PartnerCell | None:
    """« Burkina Faso (Ouahigouya) », « Mali – Kayes » in a column of countries."""
    groups = [iso for m in _groups(cell) for _, iso in listed(m[2], places)]
    if any(groups) or not (groups or PLACED.search(cell)):
        return None
    found = _Parser(places, "").run(cell)
    known = bool(groups) or (any(m.name for m in found.mentions)
                             and all_known(found.mentions, places))
    return found if known and not found.problems else None


class _Parser:
    def __init__(self, places: Gazetteer, country_cell: str) -> None:
        self.places = places
        self.problems: list[Unclear] = []
        self.mentions: list[Mention] = []
        self.default = self._country_cell(country_cell) if country_cell else []
        self.names = Names(places)

    def run(self, cell: str) -> PartnerCell:
        text = _FOOTNOTE.sub("", cell).translate(_BRACKETS) if _ODD.search(cell) else cell
        if text.count("(") != text.count(")"):
            self._say("unbalanced-parentheses", Severity.WARNING, cell=collapse(cell))
            text += ")" * (text.count("(") - text.count(")"))
        if "\n" in text and not self.default:
            text = self._under_country(text)
        if "\n" in text:
            text = unbroken(text, self._iso, placed=bool(self.default))
        for piece in _BREAK.split(text):
            self._piece(each_group(collapse(piece), self.places))
        met = {m.country for m in self.mentions}
        # Countries of the country cell that no partner is in.
        missed = [c for c in self.default if c[1] and c[1] not in met]
        if not self.mentions and self.default:
            self.mentions = [only(c) for c in self.default]
        elif missed and len(self.default) > 1:
            self.mentions += map(only, missed)
        elif missed:
            self._say("country-differs", Severity.WARNING, cell=collapse(cell),
                      country=labels(missed[0], self.places))
        elif not self.mentions and not self._fatal():
            self._say("no-country", Severity.FATAL, cell=collapse(cell))
        return PartnerCell.of(self.mentions, self.problems)

    def _under_country(self, text: str) -> str:
        """« Maroc », and below it « Commune de Fès »: the country of the lines below, which are
        left."""
        first, _, rest = text.strip().partition("\n")
        below = [collapse(line) for line in rest.split("\n") if line.strip()]
        iso = self._iso(collapse(first)) if below and len(below) < MOST_LINES else None
        if iso is None or "(" in rest or self._iso(f"{first} {below[0]}") or (
                not below[0][:1].isupper()) or any(
                found for line in below for _, found in listed(line, self.places)):
            return text
        self.default = [(collapse(first), iso)]
        return rest

    # -- pieces of a cell, white space collapsed

    def _piece(self, text: str) -> None:
        """``head (inside) head (inside) … tail``; an inside that is no country belongs
        to the words around it."""
        pending, at = "", 0
        aside: tuple[str, ...] = ()
        for match in _groups(text):
            head, inside = _joined(pending, match[1]), match[2].strip()
            at = match.end()
            if (found := grouped(head, inside, aside, self.places)) is not None:
                self.mentions += found.mentions
                if found.problem is not None:
                    self.problems.append(found.problem)
                pending, aside = "", ()
            elif not self.default and not aside and head and (iso := self._iso(head)):
                self._within((head, iso), inside)
                pending = ""
            else:
                pending, aside = head, (*aside, inside)
        if tail := _joined(pending, text[at:]):
            self._bare(tail, aside)

    def _within(self, country: Country, inside: str) -> None:
        """« Maroc (Fès, Agadir) »: places in brackets after their country. « (suspendu) »,
        « (AIMF) », « (3 communes) » are none."""
        if inside[:1].isupper() and not inside.isupper() and not is_generic(inside):
            self._add(inside, country, ())
        else:
            self.mentions.append(only(country))

    def _bare(self, text: str, aside: Sequence[str]) -> None:
        """Words with no country in parentheses after them."""
        parts = [p for p in HARD.split(marked(text, self.places)) if p]
        if len(parts) == 2 and not self.default and not aside and "/" in text:
            # « Cisjordanie / Jéricho »
            isos = [self._iso(p) for p in parts]
            if (isos[0] is None) != (isos[1] is None):
                at = 0 if isos[0] else 1
                self._add(parts[1 - at], (parts[at], isos[at]), ())
                return
        if len(self.default) > 1:
            left = [p for p in parts if not self._bare_with_country(p, aside)]
            if left and not all(listed(p, self.places)[-1][1] for p in parts):
                self._distribute(left, aside)
                return
            parts = left
        for part in parts:
            if self._bare_with_country(part, aside):
                continue
            if len(self.default) == 1:
                if self._iso(part) == self.default[0][1] and not names_its_city(
                        part, self.default[0], self.places):
                    self.mentions.append(only(self.default[0]))
                else:
                    self._add(part, self.default[0], aside)
            elif aside:
                self.problems.append(unknown(aside[-1], self.places))
            elif not self._fatal():
                self._say("no-country", Severity.FATAL, cell=part)

    def _distribute(self, parts: Sequence[str], aside: Sequence[str]) -> None:
        """Names over the countries of a cell of their own; countries that nothing is placed
        in stand for themselves where names are left."""
        found = distributed(parts, self.default, self.places)
        for name, country in found.placed:
            self._add(name, country, aside)
        if found.problem is not None:
            self.problems.append(found.problem)
        if found.open:
            met = {m.country for m in self.mentions}
            self.mentions += [only(c) for c in dict.fromkeys(self.default) if c[1] not in met]

    def _bare_with_country(self, part: str, aside: Sequence[str]) -> bool:
        """« Bamako, Mali », « Mali : Bamako, Ségou », « Bamako - Mali », « Mali »."""
        if not self.default:
            countries = listed(part, self.places)
            if countries and all(iso for _, iso in countries):
                self.mentions += map(only, countries)
                return True
        if found := in_turn(part, self._iso):
            for name, country in found:
                self._add(name, country, aside)
            return True
        for mark in (" : ", ": ", " - ", " – ", " — ", ", "):
            if mark not in part:
                continue
            for before, after in (part.split(mark, 1), part.rsplit(mark, 1)):
                first, last = listed(before, self.places), listed(after, self.places)
                if len(last) == 1 and last[0][1]:
                    self._add(before.strip(), last[0], aside)
                    return True
                if len(first) == 1 and first[0][1]:
                    self._add(after.strip(), first[0], aside)
                    return True
        return False

    # -- small parts

    def _country_cell(self, text: str) -> list[Country]:
        whole = collapse(text)
        found = listed(whole, self.places) if whole else ()
        if "\n" in text and not all(iso for _, iso in found):
            lines = [c for line in text.split("\n") if line.strip()
                     for c in listed(collapse(line), self.places)]
            found = tuple(lines) if all(iso for _, iso in lines) else found
        self.problems += [unknown(words, self.places) for words, iso in found if iso is None]
        return [c for c in found if c[1]]

    def _iso(self, words: str) -> str | None:
        return iso_of(words, self.places)

    def _add(self, head: str, country: Country, aside: Sequence[str]) -> None:
        """« Plusieurs communes » in a country are no more than the country."""
        self.mentions += [only(country)] if is_generic(head) else self.names.mentions(
            head, country, aside)

    def _fatal(self) -> bool:
        return any(p.severity is Severity.FATAL for p in self.problems)

    def _say(self, code: str, severity: Severity, **params: Any) -> None:
        self.problems.append(Unclear(code, params, severity))


def _joined(pending: str, words: str) -> str:
    """Two pieces of a cell as one, without the punctuation and « et » around them."""
    text = (f"{pending} {words.strip()}" if pending else words).lstrip(_BEFORE)
    while opening := _OPENING.match(text):
        text = text[opening.end() :].lstrip(_BEFORE)
    return text.rstrip(_AFTER)
