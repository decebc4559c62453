"""The French side: level by type words, homonyms by region and department, lives by date."""

from __future__ import annotations

from coopdec.model import Entity, Kind
from coopdec.reference.regions import existed
from coopdec.resolve.asked import Asked
from coopdec.resolve.rival import Rival

__all__ = ["is_village", "weigh_french"]

#: Without type words. « Guyane », « Corse », « Martinique » mean today's single authority.
_PRIOR = {Kind.SINGLE_TERRITORIAL_COLLECTIVITY: 4.0}
#: A delegated commune seldom leads a project, and often bears its successor's name.
_DELEGATED = 0.02
#: « Sicoval » for « CA du Sicoval » without any word that says intercommunality.
_LOOSE = 0.02
_OTHER_LEVEL = 0.001
_ELSEWHERE = 0.001
_NOT_ALIVE = 0.03
_OF_ANOTHER_CODE = 1e-6
#: A commune of fewer people, beside a town of so many times more that goes by its name.
_VILLAGE, _TIMES, _DWARFED = 5000, 20, 0.88
#: A rival of at least this share of its weight is what a code settles against.
_NAMESAKE = 0.05


def weigh_french(asked: Asked, rivals: list[Rival]) -> None:
    for r in rivals:
        _level(asked, r)
        if asked.scope:
            _scope(asked, r)
        _life(asked, r)
    if len(asked.told) != 1 and any(r.entity.level == "commune" and r.match.literal
                                    for r in rivals):
        _absorbed(asked, rivals)
    if not (asked.told or asked.scope):
        _dwarfed(rivals)
    if asked.told and not _told(asked.told, rivals):
        _elsewhere(asked, rivals)
    if asked.codes and not _coded(asked, rivals):
        _posted(asked, rivals)


def _dwarfed(rivals: list[Rival]) -> None:
    """« Ville d'Asnières » without anything beside it may be the village of just that name, or
    the town that everybody calls so: the question stays open."""
    towns = [r.entity.population or 0 for r in rivals if r.match.how == "begun"]
    for r in rivals if towns else ():
        if is_village(r.entity) and (r.entity.population or 0) * _TIMES < max(towns):
            r.fit *= _DWARFED


def _absorbed(asked: Asked, rivals: list[Rival]) -> None:
    """« Saint-Julien » of « Franche-Comté » may be the one that is a part of another commune
    now: communes of that name elsewhere leave it a question, unless its department is named."""
    for r in rivals:
        if r.entity.level == "delegated-commune" and r.entity.key not in asked.coded:
            r.fit *= _DWARFED


def is_village(entity: Entity) -> bool:
    """A commune that few know."""
    return entity.kind is Kind.COMMUNE and (entity.population or 0) < _VILLAGE


def _level(asked: Asked, r: Rival) -> None:
    delegated = r.entity.level == "delegated-commune"
    if asked.kinds:
        if r.entity.kind not in asked.kinds:
            r.weight *= _OTHER_LEVEL
            r.fit = 0.4
            return
        r.reasons.append(("link-type-fits", {"word": asked.stated, "country": _FRANCE}))
    elif r.match.rank == 3 and r.entity.key not in asked.coded:
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


def _told(units: frozenset[str], rivals: list[Rival]) -> list[Rival]:
    """« Saint-Denis (93) » is the one in that department. Where none of the name is, the
    bracket may be another name. Gives those that are."""
    return _only([r for r in rivals if r.match.literal and _within(units, r)], rivals)


def _within(units: frozenset[str], r: Rival) -> bool:
    return not units.isdisjoint((r.entity.key, *r.entity.parents))


def _elsewhere(asked: Asked, rivals: list[Rival]) -> None:
    """None of the name is in the department beside it: any commune elsewhere, and what only
    sounds so, stays a question. What sounds so and is there is likely meant."""
    for r in rivals:
        if not _within(asked.told, r) and (
                r.entity.kind is Kind.COMMUNE or not r.match.literal):
            r.fit *= _DWARFED


def _only(meant: list[Rival], rivals: list[Rival], weight: float = _ELSEWHERE) -> list[Rival]:
    """What something beside the name says to be meant, if anything is, sets all others back."""
    for r in rivals if meant else ():
        if r not in meant:
            r.weight *= weight
            r.fit *= 0.5
    return meant


def _posted(asked: Asked, rivals: list[Rival]) -> None:
    """A postcode is that of the seat: its department tells homonyms apart, where nothing surer
    does."""
    printed = [code.printed for code in asked.codes if code.authority == "postcode"]
    for r in _told(asked.posted, rivals):
        r.reasons.append(("link-postcode-fits", {"code": printed}))


def _coded(asked: Asked, rivals: list[Rival]) -> bool:
    """The code says which of those who bear the name is meant; never one of another name or
    of another level than the type words name. Gives whether it says any."""
    named = [r for r in rivals if not asked.kinds or r.entity.kind in asked.kinds]
    literal = any(r.match.literal for r in named)  # then what only sounds so is another name
    borne = [r for r in named if r.entity.key in asked.coded and r.match.literal >= literal]
    if not borne:
        return False
    least = _NAMESAKE * max(r.weight for r in borne)
    settles = any(r.match.literal and r.weight > least for r in rivals if r not in borne)
    reason = ("link-code-settles" if settles else "link-code-fits",
              {"code": [c.printed for c in asked.codes if c.authority != "postcode"]})
    for r in _only(borne, rivals, _OF_ANOTHER_CODE):
        r.reasons.append(reason)
    return True


def _life(asked: Asked, r: Rival) -> None:
    if r.entity.level == "delegated-commune" or existed(r.entity, asked.on):
        return
    r.weight *= _NOT_ALIVE
    if asked.on is not None:
        r.fit *= 0.85
        r.reasons.append(("link-not-alive", {"day": asked.on.isoformat()}))
