"""What a person is asked of the names that nobody knows, and told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from coopdec.describe.decided import Decided
from coopdec.describe.who import Abroad, French
from coopdec.model import (
    Announcement,
    Finding,
    Mention,
    Question,
    Resolution,
    Row,
    Severity,
)
from coopdec.reference import Gazetteer

__all__ = ["OF_NAMES", "Asked"]

#: (role, whether there are candidates) → what a person reads.
_OPEN = {
    ("lead", True): "lead-ambiguous", ("lead", False): "lead-unknown",
    ("partner", True): "partner-ambiguous", ("partner", False): "partner-unknown",
}
#: Questions that « coopdec links suggest » asks, too.
OF_NAMES = frozenset(_OPEN.values())
#: How many candidates a finding shows.
_SHOWN = 5


class Asked:
    """Asks about names, unless a person has answered."""

    def __init__(self, decided: Decided) -> None:
        self.decided = decided
        self._words = lru_cache(maxsize=1 << 12)(_words)

    def questions(self, announced: Announcement, french: French, abroad: Abroad
                  ) -> tuple[Question, ...]:
        row = announced.row
        return (*self._about("lead", row, ((iri, row.leads[n], announced.leads[n])
                                           for n, iri in french.unknown)),
                *self._about("partner", row, ((iri, row.partners[n], announced.partners[n])
                                              for n, iri in abroad.unknown)))

    def _about(self, role: str, row: Row,
               unknown: Iterable[tuple[str, Mention, Resolution | None]]) -> Iterator[Question]:
        for iri, mention, resolution in unknown:
            left = self.decided.left(iri, resolution.candidates if resolution else ())
            if left is not None:
                yield Question(self.decided.path(iri), mention.name or mention.printed, role,
                               mention.country, row.title, row.where(role), left)

    def finding(self, question: Question, project: str) -> Finding:
        params: dict[str, Any] = {
            "name": question.name, "country": question.country, "about": question.title}
        if question.candidates:
            places = self.decided.entities.places
            params["candidates"] = [self._words(c.entity.key, f"{c.score:.2f}", places)
                                    for c in question.candidates[:_SHOWN]]
        code = _OPEN[question.role, bool(question.candidates)]
        return Finding(code, Severity.WARNING, question.where, params, project)


def _words(key: str, score: str, places: Gazetteer) -> str:
    """« Verejeni (Telenești) [gn/617137] 0.71 »: enough to tell candidates apart."""
    entity = places.entity(key)
    assert entity is not None, key
    parents = places.labels(entity.parents)
    name = f"{entity.label_fr} ({', '.join(parents[:2])})" if parents else entity.label_fr
    return f"{name} [{entity.key}] {score}"
