"""Which columns say in one cell what holds for the lines below: a region or a country printed
once, above its group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from coopdec.read.columns.column_roles import first_columns
from coopdec.read.columns.roles import PLACES, REQUIRED
from coopdec.read.documents import Line

__all__ = ["SAMPLE", "begun_late", "carried_roles", "doubts_of"]

#: So many first lines tell.
SAMPLE = 30


def carried_roles(carry: tuple[str, ...] | None, roles: Mapping[int, str], lines: Sequence[Line]
                  ) -> tuple[str, ...]:
    """The roles whose empty cells mean the cell above; ``carry``: those of the ``.toml``, which
    has the last word. A region that line after line repeats, or that stands behind who leads, is
    said of each line, and an empty cell says none. A country that stands before all else, and is
    never repeated, heads a group.
    """
    if carry is not None:
        return carry
    at = first_columns(roles)
    filled = [line for line in lines if sum(bool(cell.strip()) for cell in line.cells) > 1]
    found: tuple[str, ...] = ()
    if "region" in at:
        again, empty = _counted(at["region"], filled)
        own = (again and again >= empty) or at["region"] > at.get("lead", at["region"])
        found = () if own else ("region",)
    country = at.get("country")
    if country is not None and all(
            country < i for role, i in at.items() if role in {*REQUIRED, *PLACES} - {"country"}):
        again, empty = _counted(country, filled)
        found = (*found, "country") if empty and not again else found
    return found


def doubts_of(carry: Iterable[str], roles: Mapping[int, str], lines: Sequence[Line]
              ) -> Iterator[tuple[str, str]]:
    """Where empty cells might mean something else than was guessed: codes of findings, each with
    its role."""
    at = first_columns(roles)
    if "country" in carry:
        yield "country-carried", "country"
    if "region" not in at:
        return
    filled = [line for line in lines if sum(bool(cell.strip()) for cell in line.cells) > 1]
    again, empty = _counted(at["region"], filled)
    if not empty or again >= empty:
        return
    said = [line.cells[at["region"]].strip() for line in filled if at["region"] < len(line.cells)]
    groups = [name for name, _ in groupby(filter(None, said))]
    if "region" not in carry:
        yield "region-empty", "region"
    elif len(groups) > len(set(groups)):  # one that comes back heads no group
        yield "region-carried", "region"


def begun_late(carry: Iterable[str], roles: Mapping[int, str], lines: Sequence[Line]
               ) -> Iterator[str]:
    """The roles whose cells hold for the lines below and begin beside a later line than the
    first: they may be merged, their words in the middle of what they are said of."""
    columns = first_columns(roles)
    for role in carry:
        at = columns.get(role, -1)
        said = [bool(line.cells[at].strip()) for line in lines
                if 0 <= at < len(line.cells) and at not in line.covered
                and (line.cells[at].strip() or sum(map(bool, line.cells)) > 1)]
        if any(said) and not said[0]:
            yield role


def _counted(column: int, lines: Sequence[Line]) -> tuple[int, int]:
    """How often a cell says what the one right above it says, on one page, and how many are
    empty."""
    cells = [(line.cells[column].strip() if column < len(line.cells) else "", line)
             for line in lines if column not in line.covered]
    again = sum(bool(above) and above == cell and upper.page == lower.page
                for (above, upper), (cell, lower) in pairwise(cells))
    return again, sum(not cell for cell, _ in cells)
