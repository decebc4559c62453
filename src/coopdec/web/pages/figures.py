"""Charts as values: bars with their numbers. A template draws each bar as SVG beside its
number, in a table: what is seen and what is read aloud are one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coopdec.goals import goals
from coopdec.messages import Lang
from coopdec.web.pages.index import Index
from coopdec.web.pages.models import Entity

__all__ = ["Bar", "Chart", "chart", "goal_colour"]


@dataclass(frozen=True, slots=True)
class Bar:
    """``share``: 0 to 100, of the longest; ``goal``: the number whose colour it has."""

    label: str
    lang: str | None
    path: str
    n: int
    share: float
    goal: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """``left``: how many more have no bar."""

    key: str
    bars: tuple[Bar, ...]
    left: int = 0


def goal_colour(number: int) -> str:
    """The UN's colour of a goal."""
    found = goals().get(number)
    return found.colour if found else "#5b6b75"


def chart(key: str, counted: Sequence[tuple[str, int]], path: Callable[[str], str], index: Index,
          lang: Lang, *, most: int = 12) -> Chart | None:
    """Bars of a facet's values; None for fewer than two."""
    found: list[tuple[Entity, int]] = []
    for value, n in counted:
        entity = index.entity(path(value))
        if entity is not None and n:
            found.append((entity, n))
    if len(found) < 2:
        return None
    top = max(n for _, n in found)
    bars = tuple(
        Bar(e.label(lang), e.label_lang(lang), e.path, n, round(100 * n / top, 1),
            int(e.path[5:]) if e.kind == "goal" and e.path[5:].isdigit() else None)
        for e, n in found[:most])
    return Chart(key, bars, max(len(found) - most, 0))
