"""How likely each matching entity is the one that is meant.

An entity's score is the quality of its match, times how well its level fits, times a
power of its share among the rivals: a name that two villages bear equally links to neither.
The numbers were set by hand and then held against ``benchmarks/resolve.py``; see
``docs/linking.md``.
"""

from __future__ import annotations

from collections.abc import Collection

from coopdec.model import Candidate, Side
from coopdec.reference import Gazetteer
from coopdec.resolve.abroad import weigh_abroad
from coopdec.resolve.asked import Asked
from coopdec.resolve.french import weigh_french
from coopdec.resolve.matching import Match
from coopdec.resolve.rival import Reason, Rival

__all__ = ["weigh"]

#: By the rank of the name that matched: its own, an official or French one, another, a loose one.
_RANK_WEIGHT = (1.0, 0.8, 0.3, 0.03)
#: A name that only sounds alike, or is near, beside one that is the same. Names of France are
#: spelt in one way: « Tours » is not « Thuré », of which there may be many.
_OVERSHADOWED, _OVERSHADOWED_FRENCH = 0.1, 0.01
#: A misspelt name that a city's is near to; set against ``benchmarks/resolve.py``.
_CITY, _CITY_FITS, _MISSPELT_MOST = 50_000, 1.05, 0.965
_CEILING = 0.99
#: Calibrated: the best of several homonyms is right more often than its bare share says.
_SHARE = 0.6
_RIVAL = 0.05
#: Candidates that are worth naming: the best few, none that is hardly possible.
_MOST, _WEAK = 8, 0.05
#: How many are scored: fit and quality may change the order of weights a little.
_SCORED = 12


def weigh(asked: Asked, found: Collection[Match], gazetteer: Gazetteer) -> list[Candidate]:
    """Candidates, best first."""
    rivals = [
        Rival(gazetteer.by_number(m.entity), m, _RANK_WEIGHT[m.rank] * m.quality**12, [])
        for m in found
    ]
    for r in rivals:
        if r.match.how == "near":
            _misspelt(r)
    if len(rivals) > 1:
        _overshadow(rivals, asked.side is Side.FRENCH)
    if asked.side is Side.FRENCH:
        weigh_french(asked, rivals)
    else:
        weigh_abroad(asked, rivals)
    total = sum([r.weight for r in rivals])
    if not total:
        return []
    if len(rivals) == 1:  # two names in three
        only, score = rivals[0], _score(rivals[0], total)
        return [Candidate(only.entity, score, _reasons(only, rivals))] if score >= _WEAK else []
    best = sorted(rivals, key=lambda r: -r.weight * r.fit)[:_SCORED]
    scored = [(-_score(r, total), r.entity.key, r) for r in best if r.weight > 0]
    scored.sort(key=lambda s: s[:2])
    return [Candidate(r.entity, -score, _reasons(r, rivals))
            for score, _, r in scored[:_MOST] if -score >= _WEAK]


def _misspelt(r: Rival) -> None:
    """One slip says far more than two; and who slips names a city more often than a village."""
    r.weight *= r.match.quality**28
    if (r.entity.population or 0) >= _CITY:
        r.fit *= min(_CITY_FITS, _MISSPELT_MOST / r.match.quality)


def _overshadow(rivals: list[Rival], french: bool) -> None:
    """Abroad, a name that is only divided otherwise is the same: « N'Dali », « Ndali »."""
    weight = _OVERSHADOWED_FRENCH if french else _OVERSHADOWED
    literal = [r.match.literal or (not french and r.match.alike == 1.0) for r in rivals]
    if any(literal):
        for r, same in zip(rivals, literal, strict=True):
            if not same:
                r.weight *= weight


def _score(r: Rival, total: float) -> float:
    share: float = (r.weight / total) ** _SHARE
    return round(min(_CEILING, r.match.quality) * r.fit * share, 4)


def _reasons(r: Rival, rivals: list[Rival]) -> tuple[Reason, ...]:
    floor = _RIVAL * r.weight
    homonyms = sum([o.weight > floor for o in rivals]) - 1
    told: tuple[Reason, ...] = (("link-homonyms", {"n": homonyms}),) if homonyms else ()
    return (_how(r.match), *r.reasons, *told)


_HOW = {"identical": "link-name-identical", "variant": "link-name-variant",
        "sound": "link-name-sound", "near": "link-name-near", "begun": "link-name-begun"}


def _how(match: Match) -> Reason:
    return _HOW[match.how], {"name": match.words, "percent": round(100 * match.alike)}
