"""Names → links: scored, explained candidates, and one chosen where it may be published.

>>> from coopdec.model import Query, Side
>>> from coopdec.reference import gazetteer
>>> asked = Query("Cercle de Niafunké", Side.PARTNER, country="ML")
>>> resolve(asked, gazetteer()).chosen.entity.key
'gn/8299588'
"""

from __future__ import annotations

from functools import lru_cache

from coopdec.model import Candidate, Kind, Query, Resolution
from coopdec.reference import Gazetteer
from coopdec.resolve.abroad import peer_of
from coopdec.resolve.asked import Asked, prepare
from coopdec.resolve.matching import matches, near_matches
from coopdec.resolve.weigh import weigh

__all__ = ["CERTAIN", "link_kind", "peer_of", "resolve"]

#: Links at this score or above may be published.
CERTAIN = 0.9
_MOST = 8
_WEAK = 0.05


def resolve(query: Query, gazetteer: Gazetteer) -> Resolution:
    """Candidates for a name, best first, and ``chosen`` if the best is certain enough.
    Never fails: what cannot be understood has no candidates."""
    if query.kind is Kind.COUNTRY:
        return _country(query, gazetteer)
    asked = prepare(query, gazetteer)
    if asked is None or Kind.INSTITUTION in asked.kinds:
        return Resolution(query)
    candidates, chosen = _answer(asked, gazetteer)
    return Resolution(query, candidates, chosen)


@lru_cache(maxsize=1 << 14)
def _answer(
    asked: Asked, gazetteer: Gazetteer
) -> tuple[tuple[Candidate, ...], Candidate | None]:
    found = matches(asked, gazetteer)
    candidates = weigh(asked, found.values(), gazetteer)
    if not candidates or candidates[0].score < 0.6:
        near = near_matches(asked, gazetteer)
        if fresh := {k: m for k, m in near.items() if k not in found}:
            candidates = weigh(asked, [*found.values(), *fresh.values()], gazetteer)
    kept = tuple(c for c in candidates[:_MOST] if c.score >= _WEAK)
    best = kept[0] if kept and kept[0].score >= CERTAIN else None
    return kept, best


def _country(query: Query, gazetteer: Gazetteer) -> Resolution:
    text = query.name or query.country or ""
    if entity := gazetteer.country(text):
        found = Candidate(entity, 0.99, (("link-name-identical", {"name": entity.label_fr}),))
    elif entity := gazetteer.near_country(text):
        found = Candidate(entity, 0.92, (("link-name-near-country", {"name": entity.label_fr}),))
    else:
        return Resolution(query)
    return Resolution(query, (found,), found)


def link_kind(candidate: Candidate) -> str:
    """``exactMatch`` for an entry of the same level (an administrative unit, a French
    collectivity, a country); ``closeMatch`` for GeoNames' populated place, which stands
    for the commune around it."""
    return "closeMatch" if candidate.entity.kind is Kind.PLACE else "exactMatch"
