"""Names in one cell, their countries in another: which is in which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coopdec.model import Severity
from coopdec.read.cells.countries import Country
from coopdec.read.cells.partner_names import SOFT, parted
from coopdec.read.values import Unclear
from coopdec.reference import Gazetteer

__all__ = ["Distributed", "distributed"]


@dataclass(frozen=True, slots=True)
class Distributed:
    """``placed``: names, each with its country; ``problem``: what to say of it, fatal or
    not; ``open``: some name found no country, so that the rest of them stand for themselves."""

    placed: tuple[tuple[str, Country], ...]
    problem: Unclear | None = None
    open: bool = False


def distributed(parts: Sequence[str], whole: Sequence[Country], places: Gazetteer) -> Distributed:
    """Each name to the only country in which a place of its name is known; else in order,
    where there are as many of both and nothing known speaks against it; else what is known
    is placed. ``whole``: the countries as printed, each as often as it is."""
    countries = list(dict.fromkeys(whole))
    if len(countries) == 1:
        return Distributed(tuple((part, countries[0]) for part in parts))
    names = [n for p in parts for n in SOFT.split(parted(p, places)) if n]
    if not names:
        return Distributed(())
    known = [_known(name, countries, places) for name in names]
    if all(len(k) == 1 for k in known):
        placed = tuple((name, k[0]) for name, k in zip(names, known, strict=True))
        problem = Unclear("names-placed", {
            "names": "; ".join(names), "countries": [words for _, (words, _) in placed]},
            Severity.INFO)
        return Distributed(placed, None if [k[0] for k in known] == countries else problem)
    for units, given in ((parts, whole), (names, whole), (names, countries)):
        if len(units) == len(given) and all(
                not (k := _known(unit, countries, places)) or country in k
                for unit, country in zip(units, given, strict=True)):
            return Distributed(tuple(zip(units, given, strict=True)))
    rest = [n for n, k in zip(names, known, strict=True) if len(k) != 1]
    return Distributed(
        tuple((name, k[0]) for name, k in zip(names, known, strict=True) if len(k) == 1),
        Unclear("names-not-paired", {
            "names": ", ".join(rest), "countries": [words for words, _ in countries]}), True)


def _known(name: str, countries: Sequence[Country], places: Gazetteer) -> list[Country]:
    """Those of the countries in which a place of this name is known."""
    found = []
    for country in countries:
        _, rest = places.split_type(name, country[1])
        if any(places.by_name(form, country[1]) for form in {name, rest} if form):
            found.append(country)
    return found
