"""Names → links: scored, explained candidates, and one chosen where it may be published.

>>> from coopdec.model import Query, Side
>>> from coopdec.reference import gazetteer
>>> asked = Query("Cercle de Niafunké", Side.PARTNER, country="ML")
>>> resolve(asked, gazetteer()).chosen.entity.key
'gn/8299588'
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeAlias

from coopdec.model import Candidate, Kind, Query, Resolution
from coopdec.reference import Gazetteer
from coopdec.resolve.abroad import peer_of
from coopdec.resolve.asked import Asked, prepare, typed_by_title
from coopdec.resolve.matching import matches, near_matches
from coopdec.resolve.weigh import weigh

__all__ = ["CERTAIN", "Untitled", "peer_of", "resolve", "untitled"]

#: Links at this score or above may be published.
CERTAIN = 0.9
Answer: TypeAlias = tuple[tuple[Candidate, ...], Candidate | None]


def resolve(query: Query, gazetteer: Gazetteer) -> Resolution:
    """Candidates for a name, best first, and ``chosen`` if the best is certain enough.
    Never fails: what cannot be understood has no candidates."""
    return untitled(query, gazetteer).titled(query.context, gazetteer)


class Untitled(NamedTuple):
    """What a name means, whatever the title (``context``) says: titles differ, what they say
    of a name seldom does. ``untyped``: the question, where a title may add the level."""

    resolution: Resolution
    untyped: Asked | None = None

    def titled(self, title: str, gazetteer: Gazetteer) -> Resolution:
        """What it means in this title."""
        if not title or self.untyped is None:
            return self.resolution
        typed = typed_by_title(self.untyped, title, gazetteer)
        if typed is self.untyped:
            return self.resolution
        return Resolution(self.resolution.query, *_answer(typed, gazetteer))


def untitled(query: Query, gazetteer: Gazetteer) -> Untitled:
    """What :func:`resolve` finds without the title, for the many rows that ask the same."""
    if query.kind is Kind.COUNTRY:
        return Untitled(_country(query, gazetteer))
    asked = prepare(query, gazetteer)
    if asked is None or Kind.INSTITUTION in asked.kinds:
        return Untitled(Resolution(query))
    return Untitled(Resolution(query, *_answer(asked, gazetteer)), None if asked.kinds else asked)


#: What is asked in several ways (« Ségou » of two leads) is answered once. Those who ask the
#: same for many rows keep the answer themselves.
@lru_cache(maxsize=1 << 13)
def _answer(asked: Asked, gazetteer: Gazetteer) -> Answer:
    found = matches(asked, gazetteer)
    candidates = weigh(asked, found.values(), gazetteer)
    if not candidates or candidates[0].score < 0.6:
        near = near_matches(asked, gazetteer)
        if fresh := [m for number, m in near.items() if number not in found]:
            candidates = weigh(asked, [*found.values(), *fresh], gazetteer)
    best = candidates[0] if candidates and candidates[0].score >= CERTAIN else None
    return tuple(candidates), best


def _country(query: Query, gazetteer: Gazetteer) -> Resolution:
    text = query.name or query.country or ""
    if entity := gazetteer.country(text):
        found = Candidate(entity, 0.99, (("link-name-identical", {"name": entity.label_fr}),))
    elif entity := gazetteer.near_country(text):
        found = Candidate(entity, 0.92, (("link-name-near-country", {"name": entity.label_fr}),))
    else:
        return Resolution(query)
    return Resolution(query, (found,), found)
