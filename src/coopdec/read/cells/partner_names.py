"""Names within one country: « Benkadi, cercle et région de Sikasso » → a partner within its
parents; « Dakar et Thiès » → two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from coopdec.model import Kind, Mention
from coopdec.read.cells.countries import Country
from coopdec.read.cells.plurals import OF, each_of, own_name
from coopdec.reference import Gazetteer
from coopdec.text import fold

__all__ = ["HARD", "SOFT", "Names", "each_group", "marked", "parted"]

HARD = re.compile(r"\s*[;|\n]\s*|\s+[/+]\s+")
SOFT = re.compile(r"\s*,\s*(?:(?:et|and|&)\s+(?=[A-ZÀ-Ý]))?"
                  r"|\s+(?:et|and|&)\s+(?!(?:d[eu]s?|la|les?)\b|[dl]['’])")
#: One of the marks above: a head without any is one name.
_SEVERAL = re.compile(r"[,;|\n/&+]|\s(?:et|and)\s")
#: « Commune V », « Région 2 » are names with their type.
_NUMERALS, _NUMBERED = frozenset("IVX123456789"), re.compile(r"(?:[IVX]{1,5}|\d{1,2})\b(?![’'-])")
#: « la Province de Mongo », not « La Marsa ».
_ARTICLE = re.compile(r"(?:l['’]\s?|l[ae]s?\s+)")
_AND_THE = re.compile(r"\s(?:et|and|&)\s+(l['’]\s?|l[ae]s?\s+)")
#: « Île autonome d'Anjouan »: what follows the type word and is of it.
_OF_TYPE = re.compile(r"([a-zà-ÿ]+)\s+(?:d[eu]s?\s+(?:la\s+|l['’]\s?)?|d['’]\s?)(?=[A-ZÀ-Ý])")
_PARTICLE = re.compile(r"(?:\s+(?:d[eu]s?|la|les?|[dl]['’]))+$", re.IGNORECASE)


_PLURAL = re.compile(rf"\s*(?:les\s+)?([^\W\d_]+[sx])(\s+\w+)?\s+(?={OF})", re.IGNORECASE)
#: « Régions Maritime et Savanes ».
_BARE = re.compile(r"\s*(?:[Ll]es\s+)?([^\W\d_]+[sx])()\s+(?=[A-ZÀ-Ý])")
_EACH = re.compile(rf"{SOFT.pattern}|\s+(?:et|and|&)\s+(?={OF}[A-ZÀ-Ý])")
#: Where a name may begin that no mark parts from the one before: a capital after its last word.
_NEXT = re.compile(r"(?<=\w\w)(?<!\b(?:de|du|la|le|et))(?<!\b(?:des|les|and)) (?=[A-ZÀ-Ý]\w+ \w)")


def marked(text: str, places: Gazetteer) -> str:
    """« Ville de Tanger Ville de Sfax » → « Ville de Tanger ; Ville de Sfax »: the line break
    between them is lost. Each must begin with a type word."""
    starts = [m.start() for m in _NEXT.finditer(text)
              if places.type_word(text[m.end() :].partition(" ")[0])]
    pieces = [text[a:b].strip() for a, b in pairwise([0, *starts, len(text)])]
    if len(pieces) < 2 or not all(all(places.split_type(p)) for p in pieces):
        return text
    return " ; ".join(pieces)


def _plural(text: str, places: Gazetteer) -> re.Match[str] | None:
    """The type word in the plural with which words begin, and what follows it: « Communes de »."""
    head = _PLURAL.match(text)
    return head if head is not None and places.type_word(head[1][:-1]) else None


def _bare(text: str, places: Gazetteer) -> re.Match[str] | None:
    """The same before names that are known: « Villes Nouvelles et Durables » are none."""
    head = _BARE.match(text)
    kinds = places.type_word(head[1][:-1]) if head is not None else ()
    return head if head is not None and kinds and kinds[0] is not Kind.INSTITUTION and all(
        places.by_name(name) for name in SOFT.split(text[head.end() :])) else None


def _singular(head: re.Match[str]) -> str:
    return f"{head[1][:-1]}{(head[2] or '').removesuffix('s')}"


def parted(text: str, places: Gazetteer) -> str:
    """« Communes de Matam et de Kanel » → « Commune de Matam, Commune de Kanel »: a type word
    in the plural is that of each name after it. One name alone holds them, and stays; so do
    unknown names without a preposition."""
    head = _plural(text, places) or _bare(text, places)
    if head is None:
        return text
    names = [n for n in _EACH.split(text[head.end() :]) if n]
    if len(names) < 2 or places.split_type(own_name(names[1]))[0]:
        return text
    own = list(takewhile(lambda name: own_name(name)[:1].isupper(), names))
    each = each_of(_singular(head), own)
    return ", ".join([*each, *map(own_name, names[len(own) :])]) if each else text


#: The names before a country, the first of a cell or after another country.
_GROUPS = re.compile(rf"(^|\)\s*(?:[,;]\s*)?(?:(?:et|and|&)\s+)?)({OF}[A-ZÀ-Ý][^()]*?)(?=\s*\()")


def each_group(text: str, places: Gazetteer) -> str:
    """« Communes de Toulal (Maroc) et de Pesaro (Italie) » → « Commune de Toulal (Maroc) et
    Commune de Pesaro (Italie) »."""
    head = _plural(text, places) if text.count("(") > 1 else None
    if head is None:
        return text
    several = text[: head.end()]

    def typed(group: re.Match[str]) -> str:
        names = f"{several}{group[2]}"
        each = parted(names, places)
        return f"{group[1]}{each if each != names else f'{_singular(head)} {group[2]}'}"

    found, n = _GROUPS.subn(typed, text[head.end() :])
    return found if n else text


class _Typed(NamedTuple):
    """« Cercle de Niafunké » → type « Cercle », its level in that country, the rest."""

    name: str
    type: str | None = None
    kind: Kind | None = None


class Names(NamedTuple):
    """Takes the names of a cell apart with what the gazetteer knows."""

    places: Gazetteer

    def mentions(self, head: str, country: Country, aside: Sequence[str]) -> list[Mention]:
        """Each partner that ``head`` names; ``aside`` are words that stood in parentheses
        beside it and are no country."""
        if head and not aside and not _SEVERAL.search(head):
            return [self._mention(head, country)]
        head = self._without_articles(head, country)
        all_of_them: list[Mention] = []
        parents = [m for words in aside for m in self._parents(words, country)]
        for hard in filter(None, HARD.split(parted(head, self.places))):
            own: list[Mention] = []
            for words, apart in self._parts(hard, country):
                # « commune de Podor et département de Matam » are two.
                inner = bool(own) and (bool(own[-1].within) or not apart)
                if inner and self._holds(own[-1], words, country):
                    own[-1] = _put_within(self._mention(words, country), [(own[-1], True)])
                elif inner and (found := self._is_within(words, own[-1], country)):
                    own[-1] = _put_within(own[-1], found)
                else:
                    own += self._of_levels(words, country)
            for parent in parents if own else ():
                own[-1] = _put_within(own[-1], [(parent, True)]) if parent.name else \
                    _called(own[-1], parent)
            all_of_them += own
        return all_of_them

    def _without_articles(self, text: str, country: Country) -> str:
        """« la ville de Stein et le district d'Ansbach » → « la ville de Stein et district
        d'Ansbach »: an article that stands before the type of another name."""
        for mark in reversed([*_AND_THE.finditer(text)]):
            printed, rest = self.places.split_type(text[mark.end() :], country[1])
            if printed and rest[:1].isupper():
                text = f"{text[: mark.start(1)]}{text[mark.end() :]}"
        return text

    def _parts(self, text: str, country: Country) -> list[tuple[str, bool]]:
        """Split at commas and « et », except where that would part a type word from its
        name (« cercle et région de Sikasso ») or the words of an institution: each part, and
        whether « et » stands before it."""
        typed = self._typed(text, country)
        if typed.kind is Kind.INSTITUTION:
            return [(text, False)]
        parts: list[tuple[str, bool]] = []
        joined = ""
        at = 0
        apart = False
        for match in [*SOFT.finditer(text), None]:
            piece = text[at : match.start() if match else len(text)].strip()
            at = match.end() if match else len(text)
            joined = f"{joined} et {piece}" if joined else piece
            if match and self._typed(piece, country).name == "" and piece:
                continue
            if any(map(str.isalpha, joined)):  # « 2 » is the mark of a note, or a number
                parts.append((joined, apart))
            joined = ""
            apart = match is not None and "," not in match[0]
        return parts

    def _mention(self, words: str, country: Country) -> Mention:
        typed = self._typed(words, country)
        if typed.kind is Kind.COUNTRY or not typed.name:
            typed = typed._replace(name=words)
            if self.places.named(fold(words), country[1]):  # « Canton », the town in China
                typed = _Typed(words)
        return Mention(
            f"{words} ({country[0]})", typed.name, typed.kind, typed.type, country[1], country[0]
        )

    def _holds(self, above: Mention, words: str, country: Country) -> bool:
        """« Région de Kaolack, département de Nioro »: the larger unit is named first."""
        if above.type is None or above.within or not words[:1].islower():
            return False
        kind = self._typed(words, country).kind
        return kind in _LEVEL and _LEVEL[kind] < _LEVEL.get(above.kind or Kind.PLACE, 0)

    def _is_within(
        self, words: str, child: Mention, country: Country
    ) -> list[tuple[Mention, bool]]:
        """The parents that ``words`` name, if they are parents of ``child``: each with
        whether it is printed with a type word."""
        *types, last = self._levels(words, country)
        if last.type is None:
            known = self.places.is_parent(words, of=child.own_name or "", country=country[1] or "")
            return [(self._mention(words, country), False)] if known else []
        if child.type is not None and fold(child.type) == fold(last.type):
            return []  # « cercle de San, cercle de Tominian »
        higher = _LEVEL.get(last.kind or Kind.PLACE, 0) > _LEVEL.get(child.kind or Kind.PLACE, 0)
        lower_case = words[:1].islower()
        if not (lower_case or (higher and child.type is None) or types):
            known = self.places.is_parent(last.name, of=child.own_name or "",
                                          country=country[1] or "")
            if not (higher and known):
                return []
        return [(m, True) for m in self._each(words, types, last, country)]

    def _levels(self, words: str, country: Country) -> list[_Typed]:
        """« cercle et région de Sikasso »: a unit of each level."""
        return [self._typed(level, country) for level in re.split(r"\s+et\s+", words)]

    @staticmethod
    def _each(words: str, types: Sequence[_Typed], last: _Typed, country: Country
              ) -> list[Mention]:
        named = [t._replace(name=last.name) for t in types if t.type is not None] + [last]
        return [Mention(words, t.name, t.kind, t.type, country[1], country[0]) for t in named]

    def _of_levels(self, words: str, country: Country) -> list[Mention]:
        """« ville et région de Sikasso »: two that share their name; else the one that is named."""
        *types, last = self._levels(words, country)
        if not types or not last.type or not all(t.type and not t.name for t in types):
            return [self._mention(words, country)]
        printed = f"{words} ({country[0]})"
        return [m._replace(printed=printed) for m in self._each(words, types, last, country)]

    def _parents(self, words: str, country: Country) -> list[Mention]:
        """Words in parentheses that are no country: parents if they say so, else an
        acronym or another name, which the printed cell keeps."""
        bare = _PARTICLE.sub("", words)  # « Kayes (Cercle de) »
        *types, last = self._levels(bare, country)
        if not (types and last.type and all(t.type and not t.name for t in types)):
            types, last = [], self._typed(bare, country)
        if last.type is None and (
                not words[:1].isupper() or words.isupper() or len(words) < 3):
            return []
        return self._each(words, types, last, country)

    def _typed(self, words: str, country: Country) -> _Typed:
        only = self.places.type_word(words, country[1])
        if only:  # nothing but a type word: « cercle » in « cercle et région de Sikasso »
            return _Typed("", words, only[0])
        printed, rest = self.places.split_type(words, country[1])
        if not printed and (article := _ARTICLE.match(words)):
            printed, rest = self.places.split_type(words[article.end() :], country[1])
        if not printed:
            return _Typed(words)
        if (adjective := _OF_TYPE.match(rest)) and words.endswith(f"{printed} {rest}"):
            printed, rest = f"{printed} {adjective[1]}", rest[adjective.end() :]
        kinds = self.places.type_word(printed, country[1])
        printed = _PARTICLE.sub("", printed)
        if kinds and kinds[0] is Kind.INSTITUTION:
            return _Typed(words, printed, Kind.INSTITUTION)
        if rest[0] in _NUMERALS and _NUMBERED.match(rest):
            rest = words
        return _Typed(rest[:1].upper() + rest[1:], printed, kinds[0] if kinds else None)


_LEVEL = {Kind.PLACE: 1, Kind.ADMIN2: 2, Kind.ADMIN1: 3, Kind.COUNTRY: 4}


def _called(named: Mention, word: Mention) -> Mention:
    """« Kayes (région) » is the « Région de Kayes »; what has a type word keeps it."""
    return named if named.type else named._replace(type=word.type, kind=word.kind)


def _put_within(child: Mention, parents: Sequence[tuple[Mention, bool]]) -> Mention:
    """The child within these. A parent printed without a type word stays part of the
    name, as people say it (« Manizales, Caldas »)."""
    name = child.name or ""
    for parent, typed in parents:
        if not typed and parent.name:
            name = f"{name}, {parent.name}"
    return child._replace(name=name, within=(*child.within, *(p for p, _ in parents)))
