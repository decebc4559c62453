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
from itertools import pairwise
from typing import Any

from coopdec.model import Kind, Mention, Severity
from coopdec.read.partner_names import HARD, SOFT, Country, Names, parted
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


#: A cell of more lines is read as running text.
_LINES = 200
_UNFINISHED = re.compile(r"(?:[-–,/:]|\b(?:de|du|des|la|le|les|et|d['’]|l['’]|en|à|au|aux|sur|"
                         r"sous))\s*$", re.IGNORECASE)
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
_BRACKETS = str.maketrans("[]（）", "()()")
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
_FOOTNOTE = re.compile(r"\s*(?:\*+|\[\d+\]|[¹²³⁴-⁹]+)(?=\s|$|\()")


def parse_partner_cell(cell: str, places: Gazetteer, country_cell: str = "") -> PartnerCell:
    """The mentions of a cell and what is the matter with it. Memoised by its words."""
    return _parse(cell, country_cell, places)


@lru_cache(maxsize=1 << 16)
def _parse(cell: str, country_cell: str, places: Gazetteer) -> PartnerCell:
    if not cell and "(" in country_cell:
        # « Burkina Faso (Ouahigouya) » in a column of countries.
        parser = _Parser(places, "")
        if not any(parser.names_country(m[2]) for m in _GROUP.finditer(country_cell)):
            found = parser.run(country_cell)
            if not found.problems:
                return found
    return _Parser(places, country_cell).run(cell)


class _Parser:
    def __init__(self, places: Gazetteer, country_cell: str) -> None:
        self.places = places
        self.problems: list[Problem] = []
        self.mentions: list[Mention] = []
        self.default = self._country_cell(country_cell)
        self.names = Names(places)

    def run(self, cell: str) -> PartnerCell:
        text = _FOOTNOTE.sub("", cell).translate(_BRACKETS)
        if text.count("(") != text.count(")"):
            self._say("unbalanced-parentheses", Severity.WARNING, cell=collapse(cell))
            text += ")" * (text.count("(") - text.count(")"))
        for piece in _BREAK.split(self._unbroken(text)):
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

    def _unbroken(self, text: str) -> str:
        """A line that begins with a capital is another partner, except where the one above
        is unfinished; a country alone on its line is that of the line above."""
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or len(lines) > _LINES:
            return text
        out = lines[0]
        for above, line in pairwise(lines):
            opened = out.count("(") > out.count(")")
            if opened or _UNFINISHED.search(above) or not line[0].isupper():
                out += f"\n{line}"
            elif not self.default and "(" not in above and self._iso(line) and (
                    not self._iso(above)):
                out += f", {line}"
            else:
                out += f"\n{line}" if above.endswith(")") else f" ; {line}"
        return out

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
            elif not self.default and not aside and (country := self._country_before(head)):
                self._within(country, inside)
                pending = ""
            else:
                pending, aside = head, [*aside, inside]
        tail = _clean(f"{pending} {text[at:]}")
        if tail:
            self._bare(tail, aside)

    def _country_before(self, head: str) -> Country | None:
        """« Maroc » before « (Fès) »."""
        iso = self._iso(head) if head else None
        return (head, iso) if iso else None

    def _within(self, country: Country, inside: str) -> None:
        """« Maroc (Fès, Agadir) »: places in brackets after their country. « (suspendu) »,
        « (AIMF) », « (3 communes) » are none."""
        if inside[:1].isupper() and not inside.isupper() and not _GENERIC.match(fold(inside)):
            self._add(inside, country, ())
        else:
            self.mentions.append(self._only(country))

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
        parts = [p for p in HARD.split(text) if p]
        if len(parts) == 2 and not self.default and not aside and "/" in text:
            # « Cisjordanie / Jéricho »
            isos = [self._iso(p) for p in parts]
            if (isos[0] is None) != (isos[1] is None):
                at = 0 if isos[0] else 1
                self._add(parts[1 - at], (parts[at], isos[at]), ())
                return
        if len(self.default) > 1:
            if not all(self._countries(p)[-1][1] for p in parts):
                self._distribute(parts, aside)
                return
            parts = [p for p in parts if not self._bare_with_country(p, aside)]
        for part in parts:
            if self._bare_with_country(part, aside):
                continue
            if len(self.default) == 1:
                if self._iso(part) == self.default[0][1]:
                    self.mentions.append(self._only(self.default[0]))
                else:
                    self._add(part, self.default[0], aside)
            elif aside:
                self._unknown(aside[-1])
            elif not self._fatal():
                self._say("no-country", Severity.FATAL, cell=part)

    def _distribute(self, parts: list[str], aside: Sequence[str]) -> None:
        """Names over the countries of a cell of their own: what says its country itself;
        else each to the only one in which a place of its name is known; else in order,
        where there are as many of both and nothing known speaks against it."""
        left = [p for p in parts if not self._bare_with_country(p, aside)]
        countries = list(dict.fromkeys(self.default))
        if len(countries) == 1:
            for part in left:
                self._add(part, countries[0], aside)
            return
        names = [n for p in left for n in SOFT.split(parted(p, self.places)) if n]
        if not names:
            return
        known = [self._known(name, countries) for name in names]
        if all(len(k) == 1 for k in known):
            for name, (country,) in zip(names, known, strict=True):
                self._add(name, country, aside)
            if [k[0] for k in known] != countries:
                self._say("names-placed", Severity.INFO, names="; ".join(names),
                          countries=[k[0][0] for k in known])
            return
        for units, whole in ((left, self.default), (names, self.default), (names, countries)):
            each = [self._known(unit, countries) for unit in units]
            if len(units) == len(whole) and all(
                    not k or country in k for k, country in zip(each, whole, strict=True)):
                for unit, country in zip(units, whole, strict=True):
                    self._add(unit, country, aside)
                return
        # What is known is placed; the countries of the rest stand for themselves.
        rest = [n for n, k in zip(names, known, strict=True) if len(k) != 1]
        for name, k in zip(names, known, strict=True):
            if len(k) == 1:
                self._add(name, k[0], aside)
        self._say("names-not-paired", Severity.WARNING, names=", ".join(rest),
                  countries=[w for w, _ in countries])
        met = {m.country for m in self.mentions}
        self.mentions += [self._only(c) for c in countries if c[1] not in met]

    def _known(self, name: str, countries: Sequence[Country]) -> list[Country]:
        """Those of the countries in which a place of this name is known."""
        found = []
        for country in countries:
            _, rest = self.places.split_type(name, country[1])
            if any(self.places.by_name(form, country[1]) for form in {name, rest} if form):
                found.append(country)
        return found

    def _bare_with_country(self, part: str, aside: Sequence[str]) -> bool:
        """« Bamako, Mali », « Mali : Bamako, Ségou », « Bamako - Mali », « Mali »."""
        countries = self._countries(part)
        if countries and all(iso for _, iso in countries) and not self.default:
            self.mentions += [self._only(c) for c in countries]
            return True
        if self._in_turn(part, aside):
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

    def _in_turn(self, part: str, aside: Sequence[str]) -> bool:
        """« Carthage, Tunisie et Bath, Royaume-Uni »: names, their country, names, theirs."""
        items = [i for i in SOFT.split(part) if i]
        isos = [self._iso(i) for i in items]
        if len(items) < 4 or isos[0] or not isos[-1] or sum(map(bool, isos)) < 2 or any(
                a and b for a, b in pairwise(isos)):
            return False
        names: list[str] = []
        for item, iso in zip(items, isos, strict=True):
            if iso:
                self._add(", ".join(names), (item, iso), aside)
                names = []
            else:
                names.append(item)
        return True

    # -- small parts

    def _unknown(self, words: str) -> None:
        """A country that nobody knows, or that is no more."""
        if _MANY.match(fold(words)):
            self._say("country-many", Severity.FATAL, country=words)
            return
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

    def names_country(self, words: str) -> bool:
        return any(iso for _, iso in self._countries(words))

    def _iso(self, words: str) -> str | None:
        entity = self.places.country(words)
        if entity is None and (short := _REPUBLIC.sub("", plain := fold(words))) != plain:
            entity = self.places.country(short)
        return entity.ids.get("iso2") if entity else None

    def _country_cell(self, text: str) -> list[Country]:
        found = self._countries(collapse(text)) if collapse(text) else []
        if "\n" in text and not all(iso for _, iso in found):
            lines = [c for line in text.split("\n") if line.strip()
                     for c in self._countries(collapse(line))]
            found = lines if all(iso for _, iso in lines) else found
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
