"""Which column plays a role that no header tells, by what its cells hold.

Only what a list cannot do without is looked for so, and only where a header was found by its
other columns. Nearly all cells must speak for it: what is guessed is said, with its column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from coopdec.read.cells.partners import parse_partner_cell
from coopdec.read.columns.column_cells import (
    LEAST,
    LINES,
    SHARE,
    are_abroad,
    filled_columns,
    is_country,
    is_lead,
    is_place,
    names_french,
    nearly_all,
    words_each,
)
from coopdec.read.columns.column_roles import first_columns
from coopdec.read.columns.role_words import is_commune, is_foreign_level, is_tie
from coopdec.read.columns.roles import (
    PERSONAL,
    PLACES,
    department,
    names_a_body,
    names_a_department,
    names_both,
    names_french_partners,
    plain,
    role_of,
)
from coopdec.read.personal import names_a_person
from coopdec.reference import Gazetteer
from coopdec.text import fold

__all__ = ["guessed", "settled"]

#: A title has so many words, on average.
_WORDS = 3.0
#: …and a code fewer than these.
_FEW_WORDS = 1.5
#: Whose region is not that of who leads.
_OTHERS = re.compile(r"\b(?:operateur|association|partenaire|prestataire|beneficiaire|siege)")
#: Roles whose cells name a body, and must not name people.
_NAMES = frozenset({"lead", "partner", "operator", "cofunders", "region", "status"})


def guessed(
    missing: Collection[str], lines: Sequence[Sequence[str]], names: Sequence[str],
    taken: Collection[int], places: Gazetteer,
) -> Mapping[int, str]:
    """Column → role for what is ``missing`` of lead, title and partner; ``taken`` columns
    are left alone. A role that two columns could play is given to none, but to the one whose
    header (``names``) is of a body; the titles of a list of twinnings are what ties them."""
    columns = {i: cells for i, cells in filled_columns(lines).items()
               if i not in taken and len(cells) >= LEAST}
    found: dict[int, str] = {}

    def give(role: str, test: Callable[[str], bool]) -> None:
        fits = [i for i, cells in columns.items() if i not in found and nearly_all(cells, test)]
        if len(fits) > 1:  # « Commune » beside « Département »
            fits = [i for i in fits if i < len(names) and names_a_body(names[i])]
        if len(fits) == 1:
            found[fits[0]] = role

    if "partner" in missing:
        give("country", lambda cell: is_country(cell, places))
        if not found:
            give("partner", lambda cell: is_place(cell, places))
    if "lead" in missing:
        give("lead", lambda cell: is_lead(cell, places))
    if "title" in missing:
        long = {i: words_each(cells)
                for i, cells in columns.items() if i not in found
                and len(set(cells)) >= SHARE * len(cells)}
        best = max(long, key=lambda i: long[i], default=None)
        if best is not None and long[best] >= _WORDS and not any(
                i != best and words > long[best] / 2 for i, words in long.items()):
            found[best] = "title"
        elif (tie := _only(i for i in columns if i not in found and i < len(names)
                           and is_tie(plain(names[i])))) is not None:
            found[tie] = "title"
    return found


def settled(
    by_column: Mapping[int, str], names: Sequence[str], lines: Sequence[Sequence[str]],
    places: Gazetteer, country: str = "",
) -> Mapping[int, str]:
    """The roles that cells give to columns whose headers say them wrongly or not at all,
    column → role, "" for one that loses its own; nothing where the headers are right.
    ``country``: that of a heading.

    A lead column of names that are not French, beside one of French names; names of places
    abroad in a column without a role; names of people; codes where another header says a title
    as well.
    """
    table = _Settling(by_column, names, lines, places, country)
    table.lead()
    table.territory()
    table.partner_or_country()
    table.people()
    table.french_partners()
    table.region()
    table.department()
    table.title()
    return table.found


class _Settling:
    """A table while roles are settled, one rule after the other. ``at``: role → its column;
    ``free``: the filled columns without a role; ``found`` grows."""

    def __init__(self, by_column: Mapping[int, str], names: Sequence[str],
                 lines: Sequence[Sequence[str]], places: Gazetteer, country: str) -> None:
        self.by_column, self.names, self.lines = by_column, names, lines
        self.places, self.country = places, country
        self.columns = filled_columns(lines)
        self.at = first_columns(by_column)
        self.free = [i for i in self.columns if i not in by_column and i < len(names)]
        self.found: dict[int, str] = {}

    def lead(self) -> None:
        """Who leads is in the column of French names, beside one of others."""
        leads, lead = self._cells("lead"), self.at.get("lead", -1)
        if not self.free or len(leads) < LEAST or self._french(leads) > 1 - SHARE:
            return
        french = _only(i for i in self.free if len(self.columns[i]) >= LEAST
                       and self._french(self.columns[i]) >= SHARE)
        if french is not None:
            self.found |= {french: "lead", lead: "" if "partner" in self.at else "partner"}
            self.at.setdefault("partner", lead)

    def territory(self) -> None:
        """« Territoire » of who leads, beside « Partenaire local »: a region, or nothing."""
        if not (cells := self._cells("partner")) or self._french(cells) < SHARE:
            return
        told = _only(i for i in self._left() if role_of(self.names[i]) == "partner")
        if told is not None and self._french(self.columns[told]) < SHARE:
            region = "region" not in self.at and all(map(self.places.french_region, cells))
            self.found |= {told: "partner", self.at["partner"]: "region" if region else ""}

    def partner_or_country(self) -> None:
        """The one that no header says, beside the other; « Partenariat » may be neither."""
        beside = "country" in self.at or bool(self.country)
        if "partner" not in self.at:
            if beside and (best := self._abroad()) is not None:
                self.found[best] = "partner"
        elif not beside:
            if not any(parse_partner_cell(cell, self.places, "").countries
                       for cell in self._cells("partner")):
                told = _only(i for i in self._left() if len(self.columns[i]) >= LEAST
                             and nearly_all(self.columns[i],
                                            lambda cell: is_country(cell, self.places)))
                if told is not None:
                    self.found[told] = "country"
        elif "country" in self.at and (at := self.at["partner"]) not in self.found and names_both(
                self.names[at]) and not are_abroad(self._with_country(at), True, self.places):
            self.found[at] = ""  # « Partenariat »: « Pacte d'amitié »

    def people(self) -> None:
        """A column that names people plays no other role."""
        self.found |= {i: PERSONAL for i, role in self.by_column.items()
                       if role in _NAMES and i not in self.found
                       and len(cells := self.columns.get(i, [])) >= LEAST
                       and sum(map(names_a_person, cells)) * 2 > len(cells)}

    def french_partners(self) -> None:
        """« French partners » lead as well."""
        if "lead" in self.at:
            self.found |= {i: "lead" for i in self._left() if names_french_partners(self.names[i])
                           and self._french(self.columns[i]) >= SHARE}

    def region(self) -> None:
        """A region of none of which France knows is that of the partner; numbers that are not
        all those of today's regions are departments'. « Territoire (région) » is the region
        where nothing else is and all its cells name one."""
        cells, places = self._cells("region"), self.places
        if "region" not in self.at and (alone := _only(
                i for i in self._left() if "region" in (said := fold(self.names[i]))
                and not _OTHERS.search(said) and len(self.columns[i]) >= LEAST
                and nearly_all(self.columns[i], lambda cell: bool(places.french_region(cell)))
        )) is not None:
            self.found[alone] = "region"
            return
        if len(cells) >= LEAST and {*PLACES} & self.at.keys() and not any(
                map(places.french_region, cells)):
            self.found[self.at.pop("region")] = ""
            home = _only(i for i in self._left() if role_of(self.names[i]) == "region"
                         and all(map(places.french_region, self.columns[i])))
            if home is not None:  # « Région du porteur »
                self.found[home] = "region"
        elif any((told := department(cell)) != cell and places.french_region(told) and (
                (unit := places.entity(f"region/{cell.zfill(2)}")) is None or unit.until)
                for cell in cells):
            self.found[self.at.pop("region")] = "lead_department"

    def department(self) -> None:
        """Departments stand for the region where nothing says it."""
        told = _only(i for i in self._left() if names_a_department(self.names[i])
                     and nearly_all(self.columns[i], lambda cell: bool(
                         self.places.french_region(department(cell)))))
        if told is not None:
            said = {*self.at, *self.found.values()}
            self.found[told] = "lead_department" if "region" in said else "region"

    def title(self) -> None:
        """Codes are no titles where another header says one as well."""
        if len(cells := self._cells("title")) < LEAST or words_each(cells) >= _FEW_WORDS:
            return
        told = _only(i for i in self.free if role_of(self.names[i]) == "title"
                     and words_each(self.columns[i]) >= _WORDS)
        if told is not None:
            self.found |= {told: "title", self.at["title"]: ""}

    # -- what the rules ask

    def _left(self) -> list[int]:
        return [i for i in self.free if i not in self.found]

    def _cells(self, role: str) -> list[str]:
        """The filled cells of the column of a role."""
        return self.columns.get(self.at.get(role, -1), [])

    def _french(self, cells: Sequence[str]) -> float:
        """The share of cells that name French collectivities."""
        return sum(names_french(cell, self.places) for cell in cells) / len(cells)

    def _with_country(self, i: int) -> list[tuple[str, str]]:
        """The cells of a column, each with its country."""
        beside = self.at.get("country", -1)
        return [(cells[i], self.country if beside < 0 else cells[beside])
                for cells in self.lines[:LINES] if max(i, beside) < len(cells)]

    def _abroad(self) -> int | None:
        """The column of places abroad; of « Région », « Cercle », « Commune » of one place the
        smallest."""
        left, names, places = self._left(), self.names, self.places
        small = _only(i for i in left if is_commune(plain(names[i]))
                      and self._french(self.columns[i]) <= 1 - SHARE)
        if small is not None and {"lead", "operator"} & self.at.keys():
            return small
        return _only(i for i in left if are_abroad(
            self._with_country(i), names_a_body(names[i]) or is_foreign_level(plain(names[i])),
            places))


def _only(fits: Iterable[int]) -> int | None:
    """The only column that fits, None where none does, or several."""
    columns = list(fits)
    return columns[0] if len(columns) == 1 else None
