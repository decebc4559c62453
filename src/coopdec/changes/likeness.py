"""Which project that went away is a new one: the same row, corrected.

Only to propose: a person decides (``decisions/identities.tsv``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from coopdec.text import fold

__all__ = ["Pair", "assigned", "pairs"]

Facts = Mapping[str, str]
#: (old, new, score): positions in the two sequences, score from 0 to 1.
Pair = tuple[int, int, float]

#: Almost equal from here on.
ENOUGH = 0.72
#: A row that was split, or two that were joined, share their words only in part.
_PART = 0.55
#: Up to this many pairs, each is compared; above, only those that share a field.
_ALL_PAIRS = 200_000
_CROWDED = 20


def pairs(gone: Sequence[Facts], come: Sequence[Facts]) -> list[Pair]:
    """Pairs that are almost equal, best first; one new row may take the place of several
    (rows that were joined) and one old row may be in several pairs (a row that was split)."""
    if not gone or not come:
        return []
    found = []
    folded = [[{k: fold(f.get(k, "")) for k in ("lead", "partner", "title")} for f in side]
              for side in (gone, come)]
    for one, other in _candidates(gone, come, folded):
        score = _score(gone[one], come[other], folded[0][one], folded[1][other])
        if score >= _PART:
            found.append((one, other, round(score, 3)))
    return sorted(found, key=lambda p: (-p[2], p[0], p[1]))


def _candidates(gone: Sequence[Facts], come: Sequence[Facts],
                folded: Sequence[Sequence[Mapping[str, str]]]) -> Iterator[tuple[int, int]]:
    if len(gone) * len(come) <= _ALL_PAIRS:
        yield from ((i, j) for i in range(len(gone)) for j in range(len(come)))
        return
    seen: set[tuple[int, int]] = set()
    for key in (("lead", "partner"), ("lead", "title"), ("partner", "title"), ("title",),
                ("source", "line")):
        place: dict[tuple[str, ...], list[int]] = defaultdict(list)

        def of(facts: Facts, words: Mapping[str, str], names: tuple[str, ...] = key
               ) -> tuple[str, ...]:
            return tuple(words.get(n) or facts.get(n, "") for n in names)

        for j, facts in enumerate(come):
            place[of(facts, folded[1][j])].append(j)
        for i, facts in enumerate(gone):
            near = place.get(of(facts, folded[0][i]), ())
            for j in near[:_CROWDED]:
                if (i, j) not in seen:
                    seen.add((i, j))
                    yield i, j


def _score(old: Facts, new: Facts, a: Mapping[str, str], b: Mapping[str, str]) -> float:
    """Half for the title, a quarter each for lead and partner; where two of the three are
    equal, more: a correction changes one cell."""
    from rapidfuzz.fuzz import ratio, token_set_ratio

    def like(field: str) -> float:
        one, other = a[field], b[field]
        if one == other:
            return 1.0
        return max(ratio(one, other), 0.9 * token_set_ratio(one, other)) / 100

    title, lead, partner = like("title"), like("lead"), like("partner")
    score = 0.5 * title + 0.25 * lead + 0.25 * partner
    if title == 1.0 and 1.0 in (lead, partner):
        score = max(score, 0.8 + 0.2 * min(lead, partner))
    elif lead == partner == 1.0 and title >= 0.5:
        score = max(score, 0.7 + 0.3 * title)
    # Almost the same words in another session are another announcement; all the same words
    # are the same one, told of another call.
    one, other = (f.get("session", "").rpartition("/")[2] for f in (old, new))
    return score if one == other or score == 1.0 else score * 0.8


def assigned(found: Sequence[Pair]) -> tuple[dict[int, tuple[int, float]],
                                             dict[int, tuple[int, float]]]:
    """From :func:`pairs`: (old → (new, score) that are one row corrected, old → (new,
    score) whose new one is taken: rows that were joined)."""
    kept: dict[int, tuple[int, float]] = {}
    joined: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for one, other, score in found:
        if score >= ENOUGH and one not in kept and other not in taken:
            kept[one] = other, score
            taken.add(other)
    for one, other, score in found:
        if one not in kept and one not in joined and other in taken:
            joined[one] = other, score
    return kept, joined
