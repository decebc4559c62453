"""How likely each matching entity is the one that is meant.

An entity's score is the quality of its match, times how well its level fits, times its
share among the rivals: a name that two villages bear equally gives each one half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coopdec.model import Candidate, Entity, Kind, Side
from coopdec.reference import Gazetteer
from coopdec.reference.regions import existed
from coopdec.resolve.asked import Asked
from coopdec.resolve.matching import Match

__all__ = ["weigh"]

Reason = tuple[str, Mapping[str, Any]]

#: Without type words: how often a bare name means each kind.
_FRENCH_PRIOR = {
    Kind.COMMUNE: 1.0, Kind.DEPARTMENT: 1.0, Kind.REGION: 1.0, Kind.INTERCOMMUNALITY: 1.0,
    Kind.SINGLE_TERRITORIAL_COLLECTIVITY: 4.0, Kind.SYNDICATE: 1.0,
}
_DELEGATED = 0.02
#: A name that only sounds alike, beside one that is the same.
_OVERSHADOWED = 0.1
_LOOSE_UNTYPED = 0.02
_ADMIN_PRIOR = {Kind.ADMIN1: 0.30, Kind.ADMIN2: 0.06, Kind.COUNTRY: 0.0}


@dataclass(slots=True)
class _Rival:
    entity: Entity
    match: Match
    weight: float
    fit: float = 1.0
    reasons: list[Reason] = field(default_factory=list)


def weigh(asked: Asked, found: Iterable[Match], gazetteer: Gazetteer) -> list[Candidate]:
    """Candidates, best first."""
    found = list(found)
    literal = any(m.how in {"identical", "variant"} for m in found)
    rivals = [_rival(asked, gazetteer.by_number(m.entity), m) for m in found]
    for r in rivals:
        if literal and r.match.how in {"sound", "near"}:
            r.weight *= _OVERSHADOWED
    rivals = [r for r in rivals if r.weight > 0]
    if asked.side is Side.PARTNER:
        _seats(asked, rivals)
    total = sum(r.weight for r in rivals)
    result = []
    for r in rivals:
        share = r.weight / total
        reasons = list(r.reasons)
        homonyms = sum(o.weight > 0.05 * r.weight for o in rivals) - 1
        if homonyms:
            reasons.append(("link-homonyms", {"n": homonyms}))
        score = round(min(0.99, r.match.quality) * r.fit * share, 4)
        result.append(Candidate(r.entity, score, tuple(reasons)))
    result.sort(key=lambda c: (-c.score, c.entity.key))
    return result


def _rival(asked: Asked, entity: Entity, match: Match) -> _Rival:
    rival = _Rival(entity, match, match.quality ** 12, reasons=[_how(entity, match)])
    if asked.side is Side.FRENCH:
        _french(asked, rival)
    else:
        _abroad(asked, rival)
    return rival


def _how(entity: Entity, match: Match) -> Reason:
    if match.how == "near":
        percent = round(100 * match.quality)
        return "link-name-near", {"name": match.words, "percent": percent}
    return f"link-name-{match.how}", {"name": match.words}


# ---- the French side ----

def _french(asked: Asked, r: _Rival) -> None:
    entity = r.entity
    delegated = entity.level == "delegated-commune"
    if asked.kinds:
        if entity.kind in asked.kinds:
            r.reasons.append(("link-type-fits", {"word": asked.stated}))
            if delegated:
                r.weight *= _DELEGATED
        else:
            r.weight *= 0.01
            r.fit = 0.4
    elif r.match.rank == 3:
        r.weight *= _LOOSE_UNTYPED
        r.fit = 0.85
    else:
        r.weight *= _DELEGATED if delegated else _FRENCH_PRIOR[entity.kind]
    if asked.scope:
        near = {entity.key, *entity.parents, *entity.replaced_by}
        if near & asked.scope:
            r.reasons.append(("link-region-fits", {"region": asked.region}))
        else:
            r.weight *= 0.01
            r.fit *= 0.5
            r.reasons.append(("link-region-differs", {"region": asked.region}))
    if not delegated and not existed(entity, asked.on):
        r.weight *= 0.03
        if asked.on is not None:
            r.fit *= 0.85
            r.reasons.append(("link-not-alive", {"day": asked.on.isoformat()}))


# ---- abroad ----

def _people(place: Entity) -> float:
    """A town's weight: one for a hundred thousand people, some hundredths for a village;
    less for a point of the villages' table, of which nothing but the name is known."""
    base = 0.02 if place.parents or place.population else 0.004
    return base + ((place.population or 0) / 100_000) ** 0.8


def _abroad(asked: Asked, r: _Rival) -> None:
    entity = r.entity
    kind = entity.kind
    if kind is Kind.COUNTRY and Kind.COUNTRY not in asked.kinds:
        r.weight = 0.0
        return
    r.weight *= _people(entity) if kind is Kind.PLACE else _ADMIN_PRIOR.get(kind, 0.1)
    if asked.kinds:
        if kind in asked.kinds:
            at = asked.kinds.index(kind)
            r.weight *= 1.0 if at == 0 else 0.2
            code = "link-type-in-title" if asked.from_title else "link-type-fits"
            r.reasons.append((code, {"word": asked.stated}))
        else:
            r.weight *= 0.002
            r.fit = 0.45
    elif asked.peer in {Kind.REGION, Kind.DEPARTMENT} and kind in {Kind.ADMIN1, Kind.ADMIN2}:
        r.weight *= 4
    if asked.country is None:
        r.fit *= 0.9


def _seats(asked: Asked, rivals: list[_Rival]) -> None:
    """A town and the unit around it that bears its name do not contradict each other: with
    no type word the town stands for both, with one the unit does."""
    by_key = {r.entity.key: r for r in rivals}
    for r in rivals:
        if r.entity.kind is not Kind.PLACE:
            continue
        for key in r.entity.parents:
            unit = by_key.get(key)
            if unit is None:
                continue
            if r.weight >= 0.5 * unit.weight:
                r.weight, unit.weight = r.weight + unit.weight * 0.98, unit.weight * 0.02
