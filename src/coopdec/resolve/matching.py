"""Finding entities whose names match, and how well: exact, same sounds, near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from coopdec.reference import Gazetteer
from coopdec.reference.gazetteer import Hit
from coopdec.reference.names import block, skeleton
from coopdec.resolve.asked import Asked

__all__ = ["Match", "matches", "near_matches"]

#: Quality by the rank of the name that matched: own, official, other, loose.
_RANK = (1.0, 0.99, 0.965, 0.96)


@dataclass(frozen=True, slots=True)
class Match:
    """``quality`` in (0, 1]; ``how`` one of identical, variant, sound, near; ``words`` the
    reference's folded name; ``alike``: the share of letters in common."""

    entity: int
    quality: float
    how: str
    words: str
    rank: int
    alike: float = 1.0

    @property
    def literal(self) -> bool:
        """The same words, not only the same sounds."""
        return self.how in {"identical", "variant"}


def matches(asked: Asked, gazetteer: Gazetteer) -> dict[int, Match]:
    """Entity → its best match among names that are the same or sound the same."""
    best: dict[int, Match] = {}
    for form in asked.forms:
        for hit in gazetteer.named(form, asked.country):
            how = "identical" if hit.rank < 2 else "variant"
            _keep(best, Match(hit.entity, _RANK[hit.rank], how, hit.folded, hit.rank))
    if asked.country is not None:
        for form in asked.forms:
            for hit in gazetteer.sounding(skeleton(form), asked.country):
                _keep(best, Match(hit.entity, _sound_quality(form, hit), "sound", hit.folded,
                                  hit.rank))
    return best


def _keep(best: dict[int, Match], match: Match) -> None:
    old = best.get(match.entity)
    if old is None or match.quality > old.quality:
        best[match.entity] = match


def _sound_quality(form: str, hit: Hit) -> float:
    """Names of the same sounds: surer the more letters they share."""
    alike = Levenshtein.normalized_similarity(form.replace(" ", ""), hit.folded.replace(" ", ""))
    return min(0.99, 0.80 + 0.19 * alike) * _RANK[hit.rank]


def near_matches(asked: Asked, gazetteer: Gazetteer, limit: int = 8) -> dict[int, Match]:
    """Entity → match, for names that differ by a few letters."""
    best: dict[int, Match] = {}
    if asked.country is None:
        return best
    for form in asked.forms:
        skel = skeleton(form)
        if len(skel) < 4:
            continue
        for near, alike in _nearest(gazetteer, asked.country, skel, limit):
            for hit in gazetteer.sounding(near, asked.country):
                whole = Levenshtein.normalized_similarity(
                    form.replace(" ", ""), hit.folded.replace(" ", ""))
                quality = _near_quality(max(whole, alike), len(skel)) * _RANK[hit.rank]
                _keep(best, Match(hit.entity, quality, "near", hit.folded, hit.rank,
                                  max(whole, alike)))
    return best


def _near_quality(alike: float, length: int) -> float:
    """0.95 at best: one slip in a long name; falls quickly, and more quickly in short ones."""
    return max(0.0, min(0.95, 1.0 - 1.1 * (1 - alike) - 0.25 / length))


def _nearest(
    gazetteer: Gazetteer, country: str, skel: str, limit: int
) -> Iterable[tuple[str, float]]:
    room = _by_length(gazetteer, country, block(skel))
    slack = max(1, len(skel) // 4)
    choices = [s for n in range(len(skel) - slack, len(skel) + slack + 1) for s in room.get(n, ())]
    for found, alike, _ in process.extract(
        skel, choices, scorer=Levenshtein.normalized_similarity, score_cutoff=0.72, limit=limit
    ):
        yield found, alike


@lru_cache(maxsize=256)
def _by_length(gazetteer: Gazetteer, country: str, first: str) -> dict[int, list[str]]:
    room: dict[int, list[str]] = {}
    for letter in first:
        for skel in gazetteer.neighbours(country, letter):
            room.setdefault(len(skel), []).append(skel)
    return room
