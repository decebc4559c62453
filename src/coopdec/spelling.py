"""« Did you mean »: known words near to one that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coopdec.text import fold

__all__ = ["close_matches", "close_titles", "near_names"]


def close_matches(word: str, known: Iterable[str], n: int = 3) -> list[str]:
    """The known words nearest to this one, best first: few of its letters are changed, missing,
    too many or exchanged, or it is the beginning of theirs.

    >>> close_matches("sugest", ["suggest", "list"]), close_matches("nope", ["open", "notes"])
    (['suggest'], [])
    """
    from rapidfuzz.distance import OSA  # late: commands that spell well need it not

    asked = fold(word)
    near = []
    for other in dict.fromkeys(known):
        plain = fold(other)
        begun = len(asked) >= 3 and plain.startswith(asked)
        like = OSA.normalized_similarity(asked, plain, score_cutoff=0.6)
        if like or begun:
            near.append((max(like, 0.6), other))
    near.sort(key=lambda found: -found[0])
    return [other for _, other in near[:n]]


def close_titles(words: str, titles: Iterable[str], n: int = 3) -> list[str]:
    """The titles that have most letters of these words, in their order; best first."""
    from rapidfuzz import fuzz, process

    plain = {title: fold(title) for title in titles}
    found = process.extract(fold(words), plain, scorer=fuzz.ratio, score_cutoff=60, limit=n)
    return [title for _, _, title in found]


def near_names(path: Path) -> list[str]:
    """What lies where ``path`` does not, and is called nearly so."""
    try:
        there = sorted(p.name for p in path.parent.iterdir())
    except OSError:
        return []
    return close_matches(path.name, there)
