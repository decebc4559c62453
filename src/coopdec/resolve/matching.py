"""Finding entities whose names match, and how well: exact, same sounds, near."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from coopdec.model import Entity, Kind, Side
from coopdec.reference import Gazetteer
from coopdec.reference.gazetteer import Hit
from coopdec.reference.names import PARTICLES, block, skeleton
from coopdec.resolve.asked import Asked

__all__ = ["Match", "begun_matches", "matches", "near_matches", "opened_matches"]

#: Quality by the rank of the name that matched: own, official, other, loose.
_RANK = (1.0, 0.99, 0.965, 0.96)
#: Quality of names of the same sounds, by the number of letters that differ.
_SOUND = (0.985, 0.965, 0.95, 0.94, 0.93, 0.92)
#: Quality of the one commune around whose name begins so; of one that few know, or of several.
_BEGUN, _BEGUN_IN_REGION, _BEGUN_OPEN = 0.95, 0.92, 0.85
_KNOWN, _TOWN, _BEGINS = 2000, 5000, 3
#: Nouns that say what a place is, not which: « Bois (77) » is not short for Bois-le-Roi.
_NOUNS = frozenset((
    "bas", "bois", "bourg", "camp", "cap", "champ", "chapelle", "chateau", "col", "cote", "croix",
    "eglise", "fontaine", "fort", "grand", "grande", "grange", "haut", "haute", "ile", "iles",
    "lac", "mas", "mesnil", "mont", "montagne", "moulin", "neuf", "notre dame", "petit", "petite",
    "plan", "plateau", "pont", "port", "pre", "puy", "riviere", "roche", "saint", "sainte",
    "tour", "val", "vallee", "vieux", "ville"))
_UNLIKE, _OTHER_NUMBER, _OTHER_WORD = 0.34, 0.1, 0.85
_SHORTEST = 4
_MOST_SLIPS = 2
_WORST = 0.26
_MOST = 8


class Match(NamedTuple):
    """``quality`` in (0, 1]; ``how`` one of identical, variant, sound, near, begun; ``words`` the
    reference's folded name; ``alike``: the share of letters in common."""

    entity: int
    quality: float
    how: str
    words: str
    rank: int
    alike: float = 1.0

    @property
    def literal(self) -> bool:
        """The same words, or the first of them, not only the same sounds."""
        return self.how in {"identical", "variant", "begun"}


def matches(asked: Asked, gazetteer: Gazetteer) -> dict[int, Match]:
    """Entity → its best match among names that are the same or sound the same."""
    country = asked.country
    if country is None:
        return _best(_same(hit) for form in asked.forms for hit in gazetteer.named(form))
    # The same words sound the same: one question a form gives both.
    same, alike = [], []
    for form in asked.forms:
        for hit in gazetteer.sounding(skeleton(form), country):
            if hit.folded == form:
                same.append(_same(hit))
            else:
                renamed = country == "FR" and _renamed(form, hit, gazetteer)
                alike.append(_sounding(form, hit, renamed))
    return _best([*same, *alike])


def _best(found: Iterable[Match]) -> dict[int, Match]:
    """Entity → its best match, of several as good the first."""
    best: dict[int, Match] = {}
    for match in found:
        old = best.get(match.entity)
        if old is None or match.quality > old.quality:
            best[match.entity] = match
    return best


def _same(hit: Hit) -> Match:
    number, words, rank = hit
    return Match(number, _RANK[rank], "identical" if rank < 2 else "variant", words, rank)


def _sounding(form: str, hit: Hit, renamed: bool) -> Match:
    """Names of the same sounds: surer the more letters they share, and the longer they are."""
    a, b = form.replace(" ", ""), hit.folded.replace(" ", "")
    slips = OSA.distance(a, b)
    length = max(len(a), len(b))
    short = slips and min(len(a), len(b)) < 5  # « COR », an acronym, is no Corre
    quality = _SOUND[min(slips, len(_SOUND) - 1)] - (0.06 if short else 0.0)
    if slips and (renamed or _numbers(form) != _numbers(hit.folded)):
        quality -= _OTHER_NUMBER
    if slips > _UNLIKE * length:  # « Dhaka » sounds like « Dakar » by our rules only
        quality -= 0.04
    return Match(hit.entity, quality * _RANK[hit.rank], "sound", hit.folded, hit.rank,
                 1 - slips / length)


def _numbers(plain: str) -> list[str]:
    """« Nkom II » is not « Nkom I », « 2 Vallées » not « 7 Vallées »."""
    words = plain.split()
    return [w for w in words if w.isdecimal()] + [w for w in words[-1:] if not w.strip("ivx")]


def _renamed(form: str, hit: Hit, gazetteer: Gazetteer) -> bool:
    """Who slips seldom writes a word that French names bear: « Grand Verdon » is not Grand Verdun.
    So for intercommunalities, of which the reference lacks those of before; of others, all of
    which it has, where two words are such: « Val d'Orne » is not Valonne."""
    theirs = hit.folded.split()
    apart = [w for w in form.split() if len(w) > 2 and w not in theirs and w not in PARTICLES]
    if len(apart) == 1 and apart[0].rstrip("s") in [word.rstrip("s") for word in theirs]:
        return False  # « Vallées de l'Ubaye »
    if gazetteer.by_number(hit.entity).kind is Kind.INTERCOMMUNALITY:
        return any(map(gazetteer.is_word, apart))
    return len(apart) > 1 and all(map(gazetteer.is_word, apart))


def begun_matches(asked: Asked, gazetteer: Gazetteer) -> dict[int, Match]:
    """Communes whose name begins with that. The one in the department or region beside it is
    meant: « Vitry (94) », « Asnières (92) », or that whose code it is; of several, the towns are
    candidates."""
    if asked.kinds and Kind.COMMUNE not in asked.kinds:
        return {}
    told = asked.told or asked.posted
    around = told or asked.scope
    towns: dict[int, tuple[Entity, str, str]] = {}
    for form in asked.forms:
        for hit in gazetteer.opening(form, "FR") if len(form) >= _BEGINS else ():
            town = gazetteer.by_number(hit.entity)
            if town.level == "commune" and (not around or not around.isdisjoint(town.parents)):
                towns.setdefault(hit.entity, (town, form, hit.folded))
    alone = bool(around) and len(towns) == 1
    found = {}
    for number, (town, form, name) in towns.items():
        people = town.population or 0
        if town.key in asked.coded:
            quality = _BEGUN
        elif form in _NOUNS:
            quality = _BEGUN_OPEN
        elif alone and people >= _KNOWN:
            quality = _BEGUN if told else _BEGUN_IN_REGION
        elif alone or people >= _TOWN:
            quality = _BEGUN_OPEN
        else:
            continue
        found[number] = Match(number, quality, "begun", name, 0, len(form) / len(name))
    return found


def opened_matches(asked: Asked, gazetteer: Gazetteer) -> dict[int, Match]:
    """Towns abroad whose name begins with that: « Reggio » is short for Reggio Emilia, and for
    Reggio Calabria."""
    found = [(form, hit) for form in asked.forms
             for hit in gazetteer.opening(form, asked.country or "")]
    return _best(Match(hit.entity, _BEGUN_OPEN, "begun", hit.folded, hit.rank,
                       len(form) / len(hit.folded))
                 for form, hit in found if _is_town(gazetteer.by_number(hit.entity)))


def _is_town(entity: Entity) -> bool:
    return entity.kind is Kind.PLACE and (entity.population or 0) >= _TOWN


def near_matches(asked: Asked, gazetteer: Gazetteer) -> dict[int, Match]:
    """Entity → match, for names that differ by a few letters."""
    found: list[Match] = []
    if asked.country is None:
        return {}
    french = asked.side is Side.FRENCH
    for form in asked.forms:
        skel = skeleton(form)
        squeezed, numbers = form.replace(" ", ""), _numbers(form)
        if len(skel) < _SHORTEST:
            continue
        for near in _nearest(gazetteer, asked.country, skel):
            for hit in gazetteer.sounding(near, asked.country):
                if numbers != _numbers(hit.folded):
                    continue
                other = hit.folded.replace(" ", "")
                slips = min(OSA.distance(squeezed, other), OSA.distance(skel, near) + 0.5)
                length = max(len(squeezed), len(other))
                told = length - _shared(form, hit.folded, french) / 2
                if quality := _near_quality(slips, told) * _RANK[hit.rank]:
                    if french and _renamed(form, hit, gazetteer):
                        quality *= _OTHER_WORD
                    found.append(Match(hit.entity, quality, "near", hit.folded, hit.rank,
                                       1 - slips / length))
    return _best(found)


def _shared(one: str, other: str, french: bool) -> int:
    """Letters of the words at the head of both names and, abroad, at their end. They tell half
    as much as others: « Deir el Qamar » is not Deir el Ahmar, « Grand Laon » no misspelt Grand
    Lyon, « Bình Long » not Vĩnh Long.

    >>> _shared("deir el qamar", "deir el ahmar", False), _shared("bamako", "bamaco", False)
    (6, 0)
    """
    a, b = one.split(), other.split()
    head = [word for word, _ in takewhile(_alike, zip(a, b, strict=False))]
    rest = () if french else zip(a[len(head):][::-1], b[len(head):][::-1], strict=False)
    return sum(map(len, head)) + sum(len(word) for word, _ in takewhile(_alike, rest))


def _alike(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _near_quality(slips: float, length: float) -> float:
    """By how many letters two names differ, for their length: one slip in nine letters is
    nearly sure, two in nine is another name. Set against ``benchmarks/resolve.py``."""
    rate = slips / length
    if slips > _MOST_SLIPS or rate > _WORST:
        return 0.0
    return min(0.955, 1.08 - 1.15 * rate) - 0.02 * (slips - 1) - (0.04 if length < 7 else 0.0)


def _nearest(gazetteer: Gazetteer, country: str, skel: str) -> list[str]:
    """Skeletons a slip or two away, among those that begin with a letter taken for the same."""
    slack = 1 if len(skel) < 9 else _MOST_SLIPS
    found = []
    for length in range(len(skel) - slack, len(skel) + slack + 1):
        if choices := gazetteer.skeletons(country, block(skel), length):
            found += [near for near, _, _ in process.extract(
                skel, choices, scorer=OSA.distance, score_cutoff=slack, limit=_MOST)]
    return found
