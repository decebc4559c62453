"""The French side: level by type words, homonyms by region and department, lives by date."""

from __future__ import annotations

from coopdec.model import Kind
from coopdec.reference.regions import existed
from coopdec.resolve.asked import Asked
from coopdec.resolve.rival import Rival

__all__ = ["weigh_french"]

#: Without type words. « Guyane », « Corse », « Martinique » mean today's single authority.
_PRIOR = {Kind.SINGLE_TERRITORIAL_COLLECTIVITY: 4.0}
#: A delegated commune seldom leads a project, and often bears its successor's name.
_DELEGATED = 0.02
#: « Sicoval » for « CA du Sicoval » without any word that says intercommunality.
_LOOSE = 0.02
_OTHER_LEVEL = 0.001
_ELSEWHERE = 0.001
_NOT_ALIVE = 0.03


def weigh_french(asked: Asked, rivals: list[Rival]) -> None:
    for r in rivals:
        _level(asked, r)
        if asked.scope:
            _scope(asked, r)
        _life(asked, r)
    if asked.told:
        _told(asked.told, rivals)


def _level(asked: Asked, r: Rival) -> None:
    delegated = r.entity.level == "delegated-commune"
    if asked.kinds:
        if r.entity.kind not in asked.kinds:
            r.weight *= _OTHER_LEVEL
            r.fit = 0.4
            return
        r.reasons.append(("link-type-fits", {"word": asked.stated, "country": _FRANCE}))
    elif r.match.rank == 3:
        r.weight *= _LOOSE
        r.fit = 0.9
    r.weight *= _DELEGATED if delegated else _PRIOR.get(r.entity.kind, 1.0)


_FRANCE = {"fr": "en France", "en": "in France"}


def _scope(asked: Asked, r: Rival) -> None:
    around = {r.entity.key, *r.entity.parents, *r.entity.replaced_by}
    if not r.entity.parents and r.entity.kind is Kind.SYNDICATE:
        return  # it may reach over several regions
    if around & asked.scope:
        r.reasons.append(("link-region-fits", {"region": asked.region}))
    else:
        r.weight *= _ELSEWHERE
        r.fit *= 0.5
        r.reasons.append(("link-region-differs", {"region": asked.region}))


def _told(units: frozenset[str], rivals: list[Rival]) -> None:
    """« Saint-Denis (93) » is the one in that department. Where none of the name is, the
    number was a footnote's, or the bracket another name."""
    there = [r for r in rivals if r.match.literal
             and not units.isdisjoint((r.entity.key, *r.entity.parents))]
    if not there:
        return
    for r in rivals:
        if r not in there:
            r.weight *= _ELSEWHERE
            r.fit *= 0.5


def _life(asked: Asked, r: Rival) -> None:
    if r.entity.level == "delegated-commune" or existed(r.entity, asked.on):
        return
    r.weight *= _NOT_ALIVE
    if asked.on is not None:
        r.fit *= 0.85
        r.reasons.append(("link-not-alive", {"day": asked.on.isoformat()}))
