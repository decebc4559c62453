"""The question, prepared: the name cleaned and cut into forms, the level its type words
name, the scope its region gives."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from coopdec.model import Code, Kind, Query, Side
from coopdec.reference import Gazetteer
from coopdec.reference.identifiers import bearers, departments_of
from coopdec.reference.names import bare, folded, strip_particles
from coopdec.reference.regions import Scope, scope_of, units_named
from coopdec.text import collapse, fold

__all__ = ["Asked", "prepare", "typed_by_title"]

_LONGEST = 200
_MARKS = re.compile(r"[*†‡§¹²³⁴⁵«»\"“”]+|\s*[(\[]\s*\d{1,2}\s*[)\]]")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_STRAY = re.compile(r"[()\[\]{}]")
#: « Saint-Denis (93) », « Grigny - 91 »: the number of a department.
_DEPARTMENT = re.compile(r"(?:[(\[]|\s[-–,]\s)\s*(\d\d|2[ABab]|9[78]\d)\s*(?:[)\]]|$)")
#: « … (Communauté urbaine d') ».
_OF = re.compile(r"(?:\s+(?:d[eu]s?|la|les?|[dl]['’]))+$", re.IGNORECASE)
#: « Vitry s/ Seine ».
_SUR = re.compile(r"\bs/\s*", re.IGNORECASE)
#: « Loir & Cher ».
_AND = re.compile(r"\s+&\s+")
_AT_END = {Kind.INTERCOMMUNALITY, Kind.DEPARTMENT, Kind.REGION}
_THE = re.compile(r"^the\s+(?=\S)", re.IGNORECASE)
#: English puts communes' words there too.
_ENGLISH = {"city", "city council", "city hall", "town", "town council", "town hall",
            "municipality", "municipal council"}


#: One for all: each empty set that is made is another.
_NONE: frozenset[str] = frozenset()


class Asked(NamedTuple):
    """``name``: the folded name without type words and brackets; ``forms``: with and without
    them, most literal first. ``parents``: units that must contain it, ``around``: units one
    of which it must be, ``told``: units named beside it, which may contain it.
    ``coded``: whom the ``codes`` printed beside it are of, ``posted``: the departments of its
    postcode.
    ``kinds``: levels that the type words name, () if there are none; ``stated``: the words
    themselves. ``country``: ``FR`` on the French side, an ISO code, or None."""

    side: Side
    country: str | None
    name: str
    forms: tuple[str, ...]
    kinds: tuple[Kind, ...]
    stated: str
    from_title: bool
    scope: frozenset[str]
    region: str
    within: tuple[str, ...]
    parents: frozenset[str]
    country_label: str
    on: date | None
    peer: Kind | None = None
    around: frozenset[str] = _NONE
    told: frozenset[str] = _NONE
    codes: tuple[Code, ...] = ()
    coded: frozenset[str] = _NONE
    posted: frozenset[str] = _NONE


def prepare(query: Query, gazetteer: Gazetteer) -> Asked | None:
    """None where there is nothing to look for (an empty name, an unknown country). Without
    the title: see :func:`typed_by_title`."""
    name = outer = _clean(query.name or "")
    french = query.side is Side.FRENCH
    country: str | None = "FR" if french else None
    label = ""
    inner: list[str] = []
    if _STRAY.search(name):
        inner = [b.strip() for b in _BRACKETS.findall(name)]
        outer = _STRAY.sub(" ", _BRACKETS.sub(" ", name)).strip()
    if not french:
        if query.country:
            found = gazetteer.country(query.country) or gazetteer.near_country(query.country)
            if found is None:
                return None
            country, label = found.ids["iso2"], found.label_fr
        else:
            for text in inner:  # « Sikasso (Mali) » asked without a country
                if found := gazetteer.country(text):
                    country, label = found.ids["iso2"], found.label_fr
                    inner.remove(text)
                    break
    told = _NONE
    if french:
        outer = _AND.sub(" et ", _SUR.sub("sur ", outer))
        outer, told = _districts(query.name or "", outer, inner, gazetteer)
    elif inner:
        told = _parents(inner, gazetteer, country)
    within = [w.name for w in query.within if w.name]
    if not french and "," in outer:
        outer, *rest = [part.strip() for part in outer.split(",") if part.strip()] or [""]
        within += [gazetteer.split_type(part, country)[1] for part in rest]
    words, rest_of_name = _split_french(outer, gazetteer) if french else \
        _split_abroad(outer, country, gazetteer)
    if not words:  # « Fatick (région) », « Arras (Communauté urbaine d') »
        bracket = next((b for b in inner if gazetteer.type_word(_OF.sub("", b), country)), "")
        inner = [b for b in inner if b != bracket]
        words = _OF.sub("", bracket)
    kinds, stated = _levels(query, words, country, gazetteer)
    forms: dict[str, None] = {}
    for text in dict.fromkeys(
            (outer, rest_of_name, *inner, *((_STRAY.sub("", name),) if inner else ()))):
        plain = folded(text)
        for form in (plain, strip_particles(plain), *((bare(plain),) if french else ())):
            if form:
                forms[form] = None
    if not any(map(str.isalpha, "".join(forms))):
        return None
    region = collapse(query.region or "")
    scope = scope_of(gazetteer, region) if french and region else Scope()
    if not told:
        told = scope.departments
    # Who leads tells something of a bare name only: all others ask one question.
    peer = None if kinds else query.peer
    return Asked(
        query.side, country, fold(rest_of_name), tuple(forms), kinds, stated, False,
        scope.units, region, tuple(within), _parents(within, gazetteer, country), label, query.on,
        peer, _around(query.holds, gazetteer, country), told,
        *_coded(query.codes, kinds, gazetteer))


def _levels(query: Query, words: str, country: str | None, gazetteer: Gazetteer
            ) -> tuple[tuple[Kind, ...], str]:
    """The levels that may be meant, and what says so. A kind beside a printed word may be no
    more than the word's first meaning."""
    kinds = gazetteer.type_word(words, country) if words else ()
    stated = words
    if query.type and (given := gazetteer.type_word(query.type, country)):
        kinds, stated = given, query.type
    if query.holds and not kinds:
        kinds, stated = (Kind.ADMIN1, Kind.ADMIN2), query.holds
    if query.kind is not None and not (query.type and query.kind in kinds[:1]):
        kinds, stated = (query.kind,), stated or query.type or query.kind.value
    return kinds, stated


def _coded(codes: tuple[Code, ...], kinds: tuple[Kind, ...], gazetteer: Gazetteer
           ) -> tuple[tuple[Code, ...], frozenset[str], frozenset[str]]:
    """The codes, the keys of those who bear them, and of the departments of a postcode. That of
    an intercommunality is often printed beside its communes."""
    if Kind.INTERCOMMUNALITY not in kinds:
        codes = tuple([code for code in codes if code.authority != "epci"])
    if not codes:
        return (), _NONE, _NONE
    return (codes, frozenset(e.key for code in codes for e in bearers(gazetteer, code)),
            frozenset(key for code in codes for key in departments_of(code)))


def _districts(printed: str, outer: str, inner: list[str], gazetteer: Gazetteer
               ) -> tuple[str, frozenset[str]]:
    """« Saint-Denis (93) », « Grigny (Essonne) », « Grigny, Essonne »: the name, and the keys
    of what is said to be around it, which is taken out of ``inner``."""
    numbers = {f"department/{code.upper()}" for code in _DEPARTMENT.findall(printed[:_LONGEST])}
    if numbers:
        outer = _DEPARTMENT.sub("", outer)
    named: set[str] = set()
    head, _, tail = outer.rpartition(",")
    for text in (*inner, tail if head else ""):
        if text and (units := units_named(gazetteer, text.strip())):
            named |= units
            if text in inner:
                inner.remove(text)
            else:
                outer = head.strip()
    return outer, frozenset(numbers | named)


def _split_french(name: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """Type words and the rest of a French body's name. They may stand at its end: « Ain
    Département », « Lille City », « Pays de la Loire Region »; « Plaine Commune » is no
    commune."""
    words, rest = gazetteer.split_type(_THE.sub("", name), "FR")
    if not words or folded(words) == "pays":
        last, head = gazetteer.split_last_type(_THE.sub("", name), "FR")
        if last and (gazetteer.type_word(last, "FR")[0] in _AT_END or folded(last) in _ENGLISH):
            words, rest = last, head
    return words, _THE.sub("", rest)


def _split_abroad(name: str, country: str | None, gazetteer: Gazetteer) -> tuple[str, str]:
    """Type words and the rest of a name abroad; English puts them at its end: « Gulu District »,
    « Nagano City ». What is called so with its last word needs no word: « Kansas City »."""
    words, rest = gazetteer.split_type(name, country)
    if not words:
        words, rest = gazetteer.split_last_type(name, country)
        if words and gazetteer.named(folded(name), country):
            return "", name
    return words, rest


def _parents(within: list[str], gazetteer: Gazetteer, country: str | None) -> frozenset[str]:
    """Keys of the administrative units that these names may mean."""
    if not within:
        return _NONE
    return frozenset(e.key for name in within
                     for e in gazetteer.by_name(name, country, {Kind.ADMIN1, Kind.ADMIN2}))


def _around(place: str | None, gazetteer: Gazetteer, country: str | None) -> frozenset[str]:
    """Keys of the units that contain a place of this name."""
    if not place:
        return _NONE
    return frozenset(key for e in gazetteer.by_name(place, country) for key in e.parents)


def _clean(name: str) -> str:
    text = collapse(name[: _LONGEST * 4])
    if _MARKS.search(text):
        text = collapse(_MARKS.sub(" ", text))
    return text[:_LONGEST]


def typed_by_title(asked: Asked, title: str, gazetteer: Gazetteer) -> Asked:
    """« Accueil … entre la Province de Tucuman et … » says what « Tucuman » is; « les écoles
    (Tucuman) » only where they are."""
    plain, wanted = f" {fold(title[:2000])}", f" {asked.name}"
    at = plain.find(wanted) if asked.name else -1
    while at >= 0:
        before = strip_tail(plain[:at].split())
        at = plain.find(wanted, at + len(wanted))
        for size in (3, 2, 1):
            words = " ".join(before[-size:])
            kinds = gazetteer.type_word(words.rstrip("s"), asked.country) if words else ()
            if kinds and Kind.INSTITUTION not in kinds:
                return asked._replace(kinds=kinds, stated=words, from_title=True, peer=None)
    return asked


def strip_tail(words: list[str]) -> list[str]:
    """Words without the particles at their end.

    >>> strip_tail(["la", "province", "de", "la"])
    ['la', 'province']
    """
    while words and words[-1] in {"de", "du", "des", "d", "la", "le", "les", "l"}:
        words = words[:-1]
    return words

