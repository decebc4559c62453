"""Names and their countries in turn, without brackets: « Carthage, Tunisie et Bath, Royaume-Uni »,
« Kairouan - Tunisie, Saly - Sénégal », « Tunisie : Kairouan, Sousse, Sénégal : Saly »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from coopdec.read.cells.countries import Country
from coopdec.read.cells.partner_names import SOFT

__all__ = ["PLACED", "in_turn"]

#: Between a name and its country, or a country and its names.
PLACED = re.compile(r"\s[–—-]\s|\s?:\s")
_DASH = re.compile(r"\s[–—-]\s")
#: ISO code of a country's name, None of any other words.
Iso = Callable[[str], str | None]
Placed = list[tuple[str, Country]]


def in_turn(words: str, iso: Iso) -> Placed:
    """Names, several parted by commas, each with its country; none where two countries at
    least do not take turns with names."""
    items = [item for item in SOFT.split(words) if item]
    return _after_commas(items, iso) or _after_marks(items, iso) or _between_dashes(words, iso)


def _after_commas(items: Sequence[str], iso: Iso) -> Placed:
    """« Carthage, Tunisie et Bath, Royaume-Uni »: names, their country, names, theirs."""
    isos = [iso(i) for i in items] if len(items) > 3 else []
    if not isos or isos[0] or not isos[-1] or sum(map(bool, isos)) < 2 or any(
            a and b for a, b in pairwise(isos)):
        return []
    return list(_before([("", item) if found else (item,)
                         for item, found in zip(items, isos, strict=True)], isos))


def _after_marks(items: Sequence[str], iso: Iso) -> Placed:
    """A country goes with the names before it, or with those after it: the same way in all."""
    halves = [PLACED.split(item, maxsplit=1) for item in items]
    for side in (-1, 0):
        isos = [iso(h[side]) if len(h) == 2 else None for h in halves]
        if sum(map(bool, isos)) > 1 and isos[side]:
            return list(_before(halves, isos) if side else _below(halves, isos))
    return []


def _between_dashes(words: str, iso: Iso) -> Placed:
    """« Jacmel, Haïti - Kayes, Mali »."""
    pieces = [piece.rpartition(",") for piece in _DASH.split(words)]
    isos = [iso(last.strip()) for _, _, last in pieces] if len(pieces) > 1 else []
    if not isos or not all(isos):
        return []
    return [(name.strip(), (last.strip(), found))
            for (name, _, last), found in zip(pieces, isos, strict=True) if name.strip()]


def _before(halves: Sequence[Sequence[str]], isos: Sequence[str | None]
            ) -> Iterator[tuple[str, Country]]:
    """Of a half with a country the first may be no name."""
    names: list[str] = []
    for half, iso in zip(halves, isos, strict=True):
        if iso:
            yield ", ".join(filter(None, [*names, half[0]])), (half[1], iso)
            names = []
        else:
            names.append(" - ".join(half))


def _below(halves: Sequence[Sequence[str]], isos: Sequence[str | None]
           ) -> Iterator[tuple[str, Country]]:
    found: list[tuple[list[str], Country]] = []
    for half, iso in zip(halves, isos, strict=True):
        if iso:
            found.append(([half[1]], (half[0], iso)))
        else:
            found[-1][0].append(" - ".join(half))
    return ((", ".join(names), country) for names, country in found)
