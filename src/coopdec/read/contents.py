"""Which column plays a role that no header tells, by what its cells hold.

Only what a list cannot do without is looked for so, and only where a header was found by its
other columns. Nearly all cells must speak for it: what is guessed is said, with its column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from coopdec.read.countries import listed
from coopdec.read.leads import opens_lead, parse_lead_cell
from coopdec.read.outside import any_french
from coopdec.read.partners import parse_partner_cell
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["guessed"]

#: Of so many first lines; fewer filled cells than these prove nothing.
_LINES, _LEAST = 30, 3
_SHARE = 0.8
#: A title has so many words, on average.
_WORDS = 3.0


def guessed(
    missing: Collection[str], lines: Sequence[Sequence[str]], taken: Collection[int],
    places: Gazetteer,
) -> Mapping[int, str]:
    """Column → role for what is ``missing`` of lead, title and partner; ``taken`` columns
    are left alone. A role that two columns could play is given to none."""
    columns: dict[int, list[str]] = {}
    for cells in lines[:_LINES]:
        for i, cell in enumerate(cells):
            if i not in taken and cell.strip():
                columns.setdefault(i, []).append(cell.strip())
    columns = {i: cells for i, cells in columns.items() if len(cells) >= _LEAST}
    found: dict[int, str] = {}

    def give(role: str, *tests: Callable[[str], bool]) -> None:
        for test in tests:
            fits = [i for i, cells in columns.items() if i not in found
                    and sum(map(test, cells)) >= _SHARE * len(cells)]
            if len(fits) == 1:
                found[fits[0]] = role
                return

    if "partner" in missing:
        give("country", lambda cell: _is_country(cell, places))
        if not found:
            give("partner", lambda cell: _is_place(cell, places))
    if "lead" in missing:
        give("lead", lambda cell: _is_lead(cell, places))
    if "title" in missing:
        long = {i: sum(len(c.split()) for c in cells) / len(cells)
                for i, cells in columns.items() if i not in found
                and len(set(cells)) >= _SHARE * len(cells)}
        best = max(long, key=lambda i: long[i], default=None)
        if best is not None and long[best] >= _WORDS and not any(
                i != best and words > long[best] / 2 for i, words in long.items()):
            found[best] = "title"
    return found


def _is_country(cell: str, places: Gazetteer) -> bool:
    return len(cell) > 1 and all(iso for _, iso in listed(collapse(cell), places))


def _is_place(cell: str, places: Gazetteer) -> bool:
    found = parse_partner_cell(cell, places)
    return bool(found.mentions) and not found.problems


def _is_lead(cell: str, places: Gazetteer) -> bool:
    leads = parse_lead_cell(cell)
    return bool(leads) and "(" not in cell and len(cell) <= 200 and (
        opens_lead(cell) or any_french(leads, (), places, lone=True))
