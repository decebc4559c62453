"""Two projects of the same lead under nearly the same title: perhaps one announced twice.

Exact repeats (titles alike but for case, accents and punctuation) are found at any size,
from digests; near ones by comparing a lead's titles, up to a bound of projects, since a
million titles cannot be held.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from coopdec.check.beyond.collected import Collected
from coopdec.check.facts import Facts, plain, term
from coopdec.model import Finding, Position, Severity
from coopdec.text import fold

__all__ = ["NEAR", "Check", "Near", "Sighting", "sighting"]

_LEAD, _PARTNER = term("lead"), term("partner")
#: How alike two folded titles must be, of 100, and up to how many projects we compare.
NEAR = 92
_COMPARED = 20_000
#: Shorter titles (« Fantastic », « Coopération ») are alike without meaning anything.
_SHORTEST = 15


@dataclass(frozen=True, slots=True)
class Sighting:
    """A project with a title that can be compared. ``digest`` is that of lead, partners and
    folded title; IRIs are bare."""

    digest: str
    project: str
    lead: str
    title: str
    where: Position | None

    def packed(self) -> list[Any]:
        """As plain values; :meth:`of` is the way back."""
        where = self.where and tuple(self.where)
        return [self.digest, self.project, self.lead, self.title, where]

    @classmethod
    def of(cls, packed: Sequence[Any]) -> Sighting:
        digest, project, lead, title, where = packed
        return cls(digest, project, lead, title, Position(*where) if where else None)

    def repeats(self, other: str) -> Finding:
        """That it perhaps announces again what ``other`` (a bare IRI) is."""
        return Finding("check-near-duplicate", Severity.INFO, self.where,
                       {"title": self.title, "other": other}, self.project)


def sighting(
    project: str, title: str, leads: Iterable[str], partners: Iterable[str],
    where: Position | None,
) -> Sighting | None:
    """What is remembered of a project; None where its title is too short to tell."""
    folded = fold(title)
    if len(folded) < _SHORTEST:
        return None
    lead = min(leads, default="")
    key = "\x1f".join((lead, *sorted(partners), folded))
    digest = blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Sighting(digest, project, lead, title, where)


class Near:
    """Titles that are nearly those of another project of the same lead, among the first
    projects in the order of their IRIs; the same title is found by its digest."""

    def __init__(self) -> None:
        self._digests: set[str] = set()
        self._titles: dict[str, list[tuple[str, str, str]]] = {}
        self._count = 0

    @property
    def full(self) -> bool:
        """Whether as many were seen as are compared."""
        return self._count >= _COMPARED

    def see(self, seen: Sighting) -> Finding | None:
        """What there is to say of a project; each is remembered for those to come."""
        from rapidfuzz.fuzz import ratio

        self._count += 1
        if seen.digest in self._digests:
            return None
        self._digests.add(seen.digest)
        folded = fold(seen.title)
        known = self._titles.setdefault(seen.lead, [])
        numbers = _numbers(folded)
        # « phase 2 » and « phase 3 » are two projects, however alike the rest is.
        other = next((iri for iri, words, theirs in known
                      if numbers == theirs and ratio(folded, words, score_cutoff=NEAR)), None)
        known.append((seen.project, folded, numbers))
        return None if other is None else seen.repeats(other)


class Check(Collected):
    """Both, for data whose projects come in the order of their IRIs."""

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self._near = Near()
        self._first: dict[str, str] = {}

    def see(self, projects: Facts) -> None:
        for project in projects.of_class("Project"):
            seen = sighting(
                plain(project), projects.title(project),
                map(plain, projects.all(project, _LEAD)),
                map(plain, projects.all(project, _PARTNER)), None)
            found = seen and self._repeats(seen)
            if found:  # and only then is it asked where that is printed
                self.found.append(replace(found, where=projects.where(project, _LEAD)))

    def _repeats(self, seen: Sighting) -> Finding | None:
        first = self._first.setdefault(seen.digest, seen.project)
        if first != seen.project:
            return seen.repeats(first)
        return None if self._near.full else self._near.see(seen)


def _numbers(words: str) -> str:
    return " ".join(w for w in words.split() if w.isdigit() or w in _ROMAN)


_ROMAN = {"i", "ii", "iii", "iv", "v", "vi"}
