"""Names → links: scored, explained candidates, and one chosen where it may be published.

>>> from coopdec.model import Query, Side
>>> from coopdec.reference import gazetteer
>>> asked = Query("Cercle de Niafunké", Side.PARTNER, country="ML")
>>> resolve(asked, gazetteer()).chosen.entity.key
'gn/8299588'
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, TypeGuard

from coopdec.model import Candidate, Kind, Query, Resolution, Side
from coopdec.reference import Gazetteer
from coopdec.reference.names import folded
from coopdec.remembered import Remembered
from coopdec.resolve.abroad import peer_of
from coopdec.resolve.asked import Asked, prepare, typed_by_title
from coopdec.resolve.french import is_village
from coopdec.resolve.matching import Match, begun_matches, matches, near_matches, opened_matches
from coopdec.resolve.weigh import weigh

__all__ = ["CERTAIN", "Untitled", "peer_of", "resolve", "untitled"]

#: Links at this score or above may be published.
CERTAIN = 0.9
Answer: TypeAlias = tuple[tuple[Candidate, ...], Candidate | None]


def resolve(query: Query, gazetteer: Gazetteer) -> Resolution:
    """Candidates for a name, best first, and ``chosen`` if the best is certain enough.
    Never fails: what cannot be understood has no candidates."""
    return untitled([query], gazetteer)[0].titled(query.context, gazetteer)


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
        return Resolution(self.resolution.query, *_answered([(typed, gazetteer)])[0])


def untitled(queries: Sequence[Query], gazetteer: Gazetteer) -> list[Untitled]:
    """What :func:`resolve` finds without the title, for the many rows that ask the same. Many
    queries at once go step by step, in three quarters of the time."""
    asked = [None if q.kind is Kind.COUNTRY else prepare(q, gazetteer) for q in queries]
    known = iter(_answered([(a, gazetteer) for a in asked if _territory(a)]))
    found = []
    for query, question in zip(queries, asked, strict=True):
        if query.kind is Kind.COUNTRY:
            found.append(Untitled(_country(query, gazetteer)))
        elif _territory(question):
            found.append(Untitled(Resolution(query, *next(known)),
                                  None if question.kinds else question))
        else:
            found.append(Untitled(Resolution(query)))
    return found


def _territory(asked: Asked | None) -> TypeGuard[Asked]:
    return asked is not None and Kind.INSTITUTION not in asked.kinds


def _answers(questions: Sequence[tuple[Asked, Gazetteer]]) -> list[Answer]:
    """Step by step, not question by question."""
    found = [matches(asked, gazetteer) for asked, gazetteer in questions]
    weighed = [weigh(asked, met.values(), gazetteer)
               for (asked, gazetteer), met in zip(questions, found, strict=True)]
    return [_answer(*question, met, candidates)
            for question, met, candidates in zip(questions, found, weighed, strict=True)]


def _answer(asked: Asked, gazetteer: Gazetteer, found: dict[int, Match],
            candidates: list[Candidate]) -> Answer:
    weak = not candidates or candidates[0].score < 0.6
    near = near_matches(asked, gazetteer) if weak else {}
    if asked.side is Side.FRENCH and (weak or _doubtful(asked, candidates[0])):
        near |= begun_matches(asked, gazetteer)
    elif candidates and _short_form(asked, candidates[0]):
        near |= opened_matches(asked, gazetteer)
    if fresh := {number: m for number, m in near.items()
                 if number not in found or (m.literal and not found[number].literal)}:
        candidates = weigh(asked, (found | fresh).values(), gazetteer)
    best = candidates[0] if candidates and candidates[0].score >= CERTAIN else None
    return tuple(candidates), best


def _short_form(asked: Asked, best: Candidate) -> bool:
    """« Reggio », for a town whose own name goes on."""
    if asked.side is Side.FRENCH or best.reason[0][0] != "link-name-variant":
        return False
    name = folded(best.entity.label_fr)
    return best.entity.kind is Kind.PLACE and any(name.startswith(f"{f} ") for f in asked.forms)


def _doubtful(asked: Asked, best: Candidate) -> bool:
    """« Asnières (92) », and even « Asnières », is not the only commune of just that name, a
    village of the Eure; « Le Cateau » is not Le Coteau, which only sounds like it."""
    entity = best.entity
    if asked.coded:
        return entity.key not in asked.coded
    if told := asked.told or asked.posted:
        return told.isdisjoint((entity.key, *entity.parents))
    if best.reason[0][0] == "link-name-sound":
        return True
    return is_village(entity) and not asked.scope


#: What is asked in several ways (« Ségou » of two leads) is answered once. Those who ask the
#: same for many rows keep the answer themselves.
_answered = Remembered(_answers, 1 << 13)


def _country(query: Query, gazetteer: Gazetteer) -> Resolution:
    text = query.name or query.country or ""
    if entity := gazetteer.country(text):
        found = Candidate(entity, 0.99, (("link-name-identical", {"name": entity.label_fr}),))
    elif entity := gazetteer.near_country(text):
        found = Candidate(entity, 0.92, (("link-name-near-country", {"name": entity.label_fr}),))
    else:
        return Resolution(query)
    return Resolution(query, (found,), found)
