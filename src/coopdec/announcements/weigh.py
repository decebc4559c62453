"""Two announcements: are they one project? A score in [0, 1] and the reasons for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from coopdec.announcements.alike import Weights, alike
from coopdec.announcements.gather import UNKNOWN, Announced
from coopdec.announcements.titles import read_title
from coopdec.announcements.words import stem
from coopdec.text import fold

__all__ = ["LEAST", "Reason", "weigh"]

#: Below it nothing is proposed.
LEAST = 0.6

Reason = tuple[str, Mapping[str, Any]]


def weigh(one: Announced, two: Announced, weights: Weights) -> tuple[float, list[Reason]]:
    """``(score, reasons)``, most telling first; ``(0, [])`` where they cannot be one.

    The score is the likeness of the titles, less for each thing that is left open: another
    spelling of the lead, a partner that one does not name, years between.
    """
    lead, why_lead = _lead(one, two)
    place, why_place = _place(one, two) if lead else (0.0, None)
    time, why_time = _time(one, two) if place else (0.0, None)
    if not (lead and place and time) or (one.scheme and one.scheme == two.scheme):
        return 0.0, []
    title, why_title = _title(one, two, weights)
    score = title * lead * place * time
    same_list = one.source == two.source
    if same_list:
        # One list seldom says a thing twice, but in other words.
        score *= 0.85 if title >= 0.95 else 0.7
    reasons = [why_title, why_lead, why_place, why_time]
    if one.grant and one.grant == two.grant:
        score = min(1.0, score * 1.05)
        reasons.append(("merge-grant", {"amount": one.grant.strip()}))
    if same_list:
        reasons.append(("merge-same-list", {"source": one.source}))
    return round(min(score, 0.99), 3), [r for r in reasons if r is not None]


def _lead(one: Announced, two: Announced) -> tuple[float, Reason | None]:
    if one.leads & two.leads:
        return 1.0, ("merge-lead", {"lead": one.lead})
    if one.called & two.called and _unknown(one, two):
        return 0.95, ("merge-lead-near", {"one": one.lead, "other": two.lead})
    return 0.0, None


def _unknown(one: Announced, two: Announced) -> bool:
    """Whether one has a lead that nobody identified: two that are identified differ."""
    return any(lead.startswith(UNKNOWN) for lead in one.leads | two.leads)


def _place(one: Announced, two: Announced) -> tuple[float, Reason | None]:
    shared = one.countries & two.countries
    if one.countries and two.countries and not shared:
        return 0.0, None
    if not one.countries or not two.countries:
        return 0.8, ("merge-place-open", {})
    country = ("merge-country", {"country": sorted(shared)})
    if not one.partners and not two.partners:
        return 0.97, country
    if not one.partners or not two.partners:
        return 0.94, country
    name = ("merge-partner", {"partner": one.partner})
    if one.partners & two.partners:
        return 1.0, name
    if one.partners & two.within or two.partners & one.within:
        return 0.95, ("merge-partner-within", {"one": one.partner, "other": two.partner})
    if any(_near(a, b) for a in _named(one) for b in _named(two)):
        return 0.95, name
    return 0.0, None


def _named(one: Announced) -> list[str]:
    return [k.rsplit("/", 1)[-1] for k in one.partners if k.startswith("name/")] or [
        fold(one.partner)]


@lru_cache(maxsize=1 << 14)
def _near(one: str, other: str) -> bool:
    """Two spellings of a name that at least one list spells in its own way."""
    from rapidfuzz.fuzz import token_set_ratio

    return token_set_ratio(one, other) >= 90


def _time(one: Announced, two: Announced) -> tuple[float, Reason | None]:
    if one.years and two.years:
        if one.years[1] < two.years[0] or two.years[1] < one.years[0]:
            lone = one.years[0] == one.years[1] or two.years[0] == two.years[1]
            gap = max(one.years[0], two.years[0]) - min(one.years[1], two.years[1])
            # A year alone may be that of the decision, of the convention, of the start.
            return (0.85, ("merge-years-near", {"n": gap})) if lone and gap <= 1 else (0.0, None)
        span = {"years": _span(one.years) if one.years == two.years else
                f"{_span(one.years)} / {_span(two.years)}"}
        return 1.0, ("merge-years", span)
    for dated, other in ((one, two), (two, one)):
        if dated.years and other.issued:
            gap = max(dated.years[0] - other.issued - 1, other.issued - dated.years[1] - 1, 0)
            return _gap(gap, _announced_in(one, two))
    if one.issued and two.issued:
        return _gap(max(0, abs(one.issued - two.issued) - 2), _announced_in(one, two))
    return 0.97, None


def _announced_in(one: Announced, two: Announced) -> Reason | None:
    if one.call == two.call and one.session != two.session and one.session and two.session:
        return "merge-sessions", {"one": one.session, "other": two.session}
    if one.issued and two.issued and one.issued != two.issued:
        return "merge-issued", {"one": one.issued, "other": two.issued}
    return None


def _gap(years: int, reason: Reason | None) -> tuple[float, Reason | None]:
    """What so many years too many take from the score."""
    return (1.0, 0.85, 0.7)[years] if years < 3 else 0.4, reason


def _span(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}"


def _title(one: Announced, two: Announced, weights: Weights) -> tuple[float, Reason]:
    known = frozenset(stem(w) for w in one.names | two.names)
    found = alike(one.title, two.title, weights, known)
    if found.part is not None or _years_apart(one, two):
        return 0.0, ("merge-title", {"percent": 0})
    score = found.score
    if found.same:
        return 1.0, ("merge-title-same", {})
    if found.languages:
        return score * 0.95, ("merge-title-language", {"percent": round(100 * score)})
    if found.told < 0.5:  # nothing but words that every title has
        score *= 0.8
    return score, ("merge-title", {"percent": round(100 * score)})


def _years_apart(one: Announced, two: Announced) -> bool:
    """Years that one title names and the other's dates do not reach."""
    for named, dated in ((one, two), (two, one)):
        years = read_title(named.title).years
        if years and dated.years and (years[1] < dated.years[0] or dated.years[1] < years[0]):
            return True
    return False
