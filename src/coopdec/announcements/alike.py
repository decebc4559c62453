"""Whether two titles say the same: words weighed and aligned, what counts phases apart.

Nothing here knows of leads or places; :mod:`coopdec.announcements.weigh` does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from coopdec.announcements.titles import Title, read_title
from coopdec.announcements.words import stem, stems

__all__ = ["Likeness", "Weights", "alike"]

_LIGHT, _NUMBER, _SHORT = 0.3, 0.5, 0.15


@dataclass(slots=True)
class Weights:
    """How much a word tells: rare words more. ``of`` → [0.15, 1]."""

    total: int
    count: Mapping[str, int]

    def of(self, word: str) -> float:
        if word.isdigit():
            return _NUMBER
        light = word in stems("light")
        most = max(self.total, 1000)
        rare = log(1 + most / max(1, self.count.get(word, 1))) / log(1 + most)
        return max(_SHORT, min(rare, _LIGHT if light else 1.0))


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score`` in [0, 1]; ``told`` the weight of what both say; ``languages`` whether one
    is in another language; ``part`` why they count as different phases, years…: a pair of
    what each says, or None."""

    score: float
    told: float
    same: bool
    languages: bool
    part: tuple[str, str] | None


def alike(one: str, two: str, weights: Weights, known: Collection[str] = ()) -> Likeness:
    """How far two titles say the same. ``known``: stems of names that go without saying
    (the partner's, the lead's)."""
    one, two = sorted((one, two))
    a, b = read_title(one), read_title(two)
    if a.folded == b.folded:
        told = sum(map(weights.of, a.words))
        return Likeness(1.0, told, True, False, _apart(a, b))
    found = _likeness(a, b, weights, known)
    if a.english != b.english:
        inner = _likeness(read_title(one, a.english), read_title(two, b.english), weights, known)
        if inner.score > found.score:
            return replace(inner, languages=True)
    return found


def _likeness(one: Title, two: Title, weights: Weights, known: Collection[str]) -> Likeness:
    both, left, right = _aligned(one, two)
    told = sum(max(weights.of(a), weights.of(b)) for a, b in both)
    missing_left = [w for w in left if not _goes_without(w, one, known)]
    missing_right = [w for w in right if not _goes_without(w, two, known)]
    lost = sum(map(weights.of, missing_left)), sum(map(weights.of, missing_right))
    swapped = min(lost)
    more = max(lost) - swapped
    names = bool(set(missing_left) & one.capital) and bool(set(missing_right) & two.capital)
    figures = any(w.isdigit() for w in missing_left) and any(w.isdigit() for w in missing_right)
    gloss = 0.12 if _is_head(one, left, two, right) or _is_head(two, right, one, left) else 0.3
    against = swapped * (5.0 if names or figures else 3.0) + more * gloss
    score = told / (told + against) if told else 0.0
    if figures and swapped:
        score = min(score, 0.5)
    return Likeness(score, told, False, False, _apart(one, two))


def _is_head(short: Title, left: Sequence[str], long: Title, right: Sequence[str]) -> bool:
    """Whether one title is what the other says before its colon, dash or bracket."""
    return not left and bool(right) and not set(long.words[:long.head]) & set(right) and (
        long.head >= len(set(short.words)))


def _goes_without(word: str, title: Title, known: Collection[str]) -> bool:
    """A name of the partner; an acronym that its own title spells out."""
    return word in known or (word in title.acronyms and bool(_spelt(word, title)))


def _apart(one: Title, two: Title) -> tuple[str, str] | None:
    """Two phases, years, volumes of a thing: what each says."""
    if one.years and two.years and (one.years[1] < two.years[0] or two.years[1] < one.years[0]):
        return _span(one.years), _span(two.years)
    for what in one.parts.keys() & two.parts.keys():
        if one.parts[what] != two.parts[what]:
            return f"{what} {one.parts[what]}".strip(), f"{what} {two.parts[what]}".strip()
    if one.phase != two.phase:
        return _phase(one), _phase(two)
    return ("—", "…") if one.next != two.next and not (one.parts and two.parts) else None


def _span(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}"


def _phase(title: Title) -> str:
    return ", ".join(f"{k} {v}".strip() for k, v in title.parts.items()) or (
        "…" if title.next else "—")


def _aligned(one: Title, two: Title) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Words of both that say the same, then what is left of each."""
    both: list[tuple[str, str]] = []
    right = list(two.words)
    left = []
    for word in one.words:
        if word in right:
            right.remove(word)
            both.append((word, word))
        else:
            left.append(word)
    # A word said twice in one title is said.
    left = [w for w in left if w not in two.words]
    right = [w for w in right if w not in one.words]
    if left and right:
        loose = one.english != two.english
        for word in list(left):
            other = next((o for o in right if _near(word, o, one, two, loose)), None)
            if other is not None:
                left.remove(word)
                right.remove(other)
                both.append((word, other))
    _spelt_out(one, two, left, right, both)
    _spelt_out(two, one, right, left, both)
    _put_together(left, right, both)
    _put_together(right, left, both)
    return both, left, right


def _near(word: str, other: str, one: Title, two: Title, loose: bool) -> bool:
    """An abbreviation, a slip of the pen; in two languages what both write nearly alike."""
    if word.isdigit() or other.isdigit():
        return False
    if word in one.short and other.startswith(word):
        return True
    if other in two.short and word.startswith(other):
        return True
    least = min(len(word), len(other))
    if least < 4 or word[0] != other[0]:
        return False
    if loose and word[:5] == other[:5]:
        return True
    if least < 6:
        return loose and word[:4] == other[:4]
    from rapidfuzz.distance import OSA

    most = 1 if least < 9 else 2
    if word in one.capital and other in two.capital:
        most = 1
    return bool(OSA.distance(word, other, score_cutoff=most) <= most)


def _spelt(acronym: str, title: Title) -> range | None:
    """The words whose first letters the acronym is."""
    at = title.letters.find(acronym)
    if at < 0 or not acronym.isalpha():
        return None
    return range(at, at + len(acronym))


def _spelt_out(one: Title, two: Title, left: list[str], right: list[str],
               both: list[tuple[str, str]]) -> None:
    for acronym in [w for w in left if w in one.acronyms]:
        if (span := _spelt(acronym, two)) is not None:
            left.remove(acronym)
            for word in (two.words[i] for i in span):
                if word in right:
                    right.remove(word)
                    both.append((word, word))


def _put_together(left: list[str], right: list[str], both: list[tuple[str, str]]) -> None:
    """« inter-communalité » is « intercommunalité »."""
    for first, second in zip(list(left), list(left)[1:], strict=False):
        whole = stem(first + second)
        other = next((o for o in right if stem(o) == whole or o == first + second), None)
        if other is not None and first in left and second in left:
            left.remove(first)
            left.remove(second)
            right.remove(other)
            both.append((other, other))
