"""Countries from whatever a cell holds: codes, names in French and English, slips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from coopdec.model import Entity
from coopdec.reference.names import bare, folded
from coopdec.reference.store import ROOT
from coopdec.reference.tables import read_table, split
from coopdec.text import collapse

if TYPE_CHECKING:
    from coopdec.reference.gazetteer import Gazetteer

__all__ = ["FormerCountry", "find_country", "former_country", "near_country"]

_BRACKETS = re.compile(r"[()\[\]{}*†‡§¹²³]")
_FOOTNOTE = re.compile(r"[\s*]*\(\d+\)\s*$")
_LONGEST = 200
#: No country's name is so short.
_ACRONYM = 3
#: « Congo, … » and « Corée, … » are two countries each: what follows the comma decides, or
#: nothing does.
_SHARED_HEADS = frozenset({"congo", "coree", "korea", "guinee", "guinea", "iles", "islands",
                           "vierges", "samoa", "saint martin", "soudan", "sudan"})


#: What may follow a country's name and a comma: « Moldavie, République de ». Any other word is
#: of a place in it: « Maroc, Fès ».
_OF_STATES = """republique royaume etat etats federation union emirat emirats principaute grand
    duche sultanat republic kingdom state states commonwealth principality sultanate province
    territoire territoires territory territories ile iles island islands arabe arabes arab
    unie unies unis uni united islamique islamic democratique democratic populaire people
    peoples s socialiste socialist federal federale federated federes plurinational
    plurinationale bolivarienne bolivarian cooperative hachemite hashemite ex ancienne
    former yougoslave yugoslav occupe occupes occupied sar ras rep dem rd of the and de du
    des d la le les l et"""
_STATE_WORDS = frozenset(_OF_STATES.split())


@dataclass(frozen=True, slots=True)
class FormerCountry:
    """A country that no longer exists: recognised, never linked. ``successors``: ISO codes."""

    name: str
    until: date
    successors: tuple[str, ...]


def find_country(gazetteer: Gazetteer, name_or_code: str) -> Entity | None:
    """See :meth:`Gazetteer.country`."""
    text = collapse(name_or_code)[:_LONGEST]
    if re.fullmatch(r"Q[1-9]\d*", text):
        return next((e for e in gazetteer.countries() if e.ids.get("wikidata") == text), None)
    for form in _forms(text):
        hits = sorted(gazetteer.named(form, ""), key=lambda h: h.rank)
        best = [h for h in hits if h.rank == hits[0].rank]
        if len(best) == 1:
            found = gazetteer.by_number(best[0].entity)
            return found if len(text) > _ACRONYM or _is_code(text, found) else None
    return None


def _is_code(text: str, country: Entity) -> bool:
    """Whether a text of so few letters is an acronym or a code, and no word: « EAU », « ML »,
    « ml »; « Eau » is water, « La » an article."""
    codes = {country.ids.get("iso2"), country.ids.get("iso3")}
    return text.isupper() or (text.islower() and text.upper() in codes)


def _forms(text: str) -> Iterator[str]:
    """The spellings to try, strictest first."""
    text = _FOOTNOTE.sub("", text)
    plain = folded(_BRACKETS.sub(" ", text))
    yield folded(text)
    yield plain
    yield bare(plain)
    head, comma, tail = text.partition(",")
    if not comma:
        head, comma, tail = text.partition("(")
    if not comma or (len(head.strip()) <= _ACRONYM and not head.isupper()):  # « Eau, hygiène »
        return
    tail = _BRACKETS.sub(" ", tail)
    for link in ("", "de", "du", "d'", "de la", "de l'", "des"):
        yield folded(f"{tail} {link} {head}")
    yield bare(folded(f"{tail} {head}"))
    if bare(folded(head)) not in _SHARED_HEADS and (
            "(" in text or _STATE_WORDS.issuperset(folded(tail).split())):
        yield folded(head)
        yield bare(folded(head))


def near_country(gazetteer: Gazetteer, name: str) -> Entity | None:
    """See :meth:`Gazetteer.near_country`. One slip in a name of six letters or more, two in
    one of ten; two countries equally near are no answer (« Hambie »)."""
    from rapidfuzz.distance import OSA

    plain = bare(folded(collapse(name)[:_LONGEST]))
    allowed = 0 if len(plain) < 6 else 1 if len(plain) < 10 else 2
    if not allowed:
        return None
    near: dict[int, set[str]] = {}
    for other, key in _all_names(gazetteer):
        slips = OSA.distance(plain, other, score_cutoff=allowed)
        if slips <= allowed:
            near.setdefault(slips, set()).add(key)
    best = near[min(near)] if near else set()
    return gazetteer.entity(best.pop()) if len(best) == 1 else None


@lru_cache(maxsize=4)
def _all_names(gazetteer: Gazetteer) -> tuple[tuple[str, str], ...]:
    return gazetteer.country_names()


def former_country(name: str) -> FormerCountry | None:
    """See :meth:`Gazetteer.former_country`."""
    return _former().get(bare(folded(collapse(name)[:_LONGEST])))


@lru_cache(maxsize=1)
def _former() -> dict[str, FormerCountry]:
    return {
        bare(folded(r["name"])): FormerCountry(
            r["name"], date.fromisoformat(r["until"]), tuple(split(r["successors"])))
        for r in read_table(ROOT / "curated/former_countries.tsv")
    }
