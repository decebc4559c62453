"""Which column plays a role that no header tells, by what its cells hold.

Only what a list cannot do without is looked for so, and only where a header was found by its
other columns. Nearly all cells must speak for it: what is guessed is said, with its column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from coopdec.read.cells.countries import listed
from coopdec.read.cells.leads import opens_lead, parse_lead_cell
from coopdec.read.cells.partners import parse_partner_cell
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
from coopdec.read.oddities.outside import any_french
from coopdec.read.personal import names_a_person
from coopdec.reference import Gazetteer
from coopdec.reference.regions import without_number
from coopdec.text import collapse

__all__ = ["guessed", "settled"]

#: Of so many first lines; fewer filled cells than these prove nothing.
_LINES, _LEAST = 30, 3
_SHARE = 0.8
#: A title has so many words, on average.
_WORDS = 3.0
#: …and a code fewer than these.
_FEW_WORDS = 1.5
#: Roles whose cells name a body, and must not name people.
_NAMES = frozenset({"lead", "partner", "operator", "cofunders", "region", "status"})


def guessed(
    missing: Collection[str], lines: Sequence[Sequence[str]], names: Sequence[str],
    taken: Collection[int], places: Gazetteer,
) -> Mapping[int, str]:
    """Column → role for what is ``missing`` of lead, title and partner; ``taken`` columns
    are left alone. A role that two columns could play is given to none, but to the one whose
    header (``names``) is of a body; the titles of a list of twinnings are what ties them."""
    columns = {i: cells for i, cells in _columns(lines).items()
               if i not in taken and len(cells) >= _LEAST}
    found: dict[int, str] = {}

    def give(role: str, *tests: Callable[[str], bool]) -> None:
        for test in tests:
            fits = [i for i, cells in columns.items() if i not in found
                    and _nearly_all(cells, test)]
            if len(fits) > 1:  # « Commune » beside « Département »
                fits = [i for i in fits if i < len(names) and names_a_body(names[i])]
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
        long = {i: _words_each(cells)
                for i, cells in columns.items() if i not in found
                and len(set(cells)) >= _SHARE * len(cells)}
        best = max(long, key=lambda i: long[i], default=None)
        if best is not None and long[best] >= _WORDS and not any(
                i != best and words > long[best] / 2 for i, words in long.items()):
            found[best] = "title"
        elif (tie := _only(i for i in columns if i not in found and i < len(names)
                           and is_tie(plain(names[i])))) is not None:
            found[tie] = "title"
    return found


def _columns(lines: Sequence[Sequence[str]]) -> dict[int, list[str]]:
    """The filled cells of each column; lines with few of them are totals and notes."""
    found: dict[int, list[str]] = {}
    for cells in lines[:_LINES]:
        filled = [(i, text) for i, cell in enumerate(cells) if (text := cell.strip())]
        if len(filled) >= _LEAST:
            for i, text in filled:
                found.setdefault(i, []).append(text)
    return found


def _is_country(cell: str, places: Gazetteer) -> bool:
    return len(cell) > 1 and all(iso not in (None, "FR")
                                 for _, iso in listed(collapse(cell), places))


def _is_place(cell: str, places: Gazetteer) -> bool:
    found = parse_partner_cell(cell, places, "")
    return bool(found.mentions) and not found.problems


def _is_lead(cell: str, places: Gazetteer) -> bool:
    leads = parse_lead_cell(cell)
    return bool(leads) and "(" not in without_number(cell) and len(cell) <= 200 and (
        opens_lead(cell) or any_french(leads, (), places, lone=True))


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
        self.columns = _columns(lines)
        self.at = first_columns(by_column)
        self.free = [i for i in self.columns if i not in by_column and i < len(names)]
        self.found: dict[int, str] = {}

    def lead(self) -> None:
        """Who leads is in the column of French names, beside one of others."""
        leads, lead = self._cells("lead"), self.at.get("lead", -1)
        if not self.free or len(leads) < _LEAST or self._french(leads) > 1 - _SHARE:
            return
        french = _only(i for i in self.free if len(self.columns[i]) >= _LEAST
                       and self._french(self.columns[i]) >= _SHARE)
        if french is not None:
            self.found |= {french: "lead", lead: "" if "partner" in self.at else "partner"}
            self.at.setdefault("partner", lead)

    def territory(self) -> None:
        """« Territoire » of who leads, beside « Partenaire local »: a region, or nothing."""
        if not (cells := self._cells("partner")) or self._french(cells) < _SHARE:
            return
        told = _only(i for i in self._left() if role_of(self.names[i]) == "partner")
        if told is not None and self._french(self.columns[told]) < _SHARE:
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
                told = _only(i for i in self._left() if len(self.columns[i]) >= _LEAST
                             and _nearly_all(self.columns[i],
                                             lambda cell: _is_country(cell, self.places)))
                if told is not None:
                    self.found[told] = "country"
        elif "country" in self.at and (at := self.at["partner"]) not in self.found and names_both(
                self.names[at]) and not _abroad(self._with_country(at), True, self.places):
            self.found[at] = ""  # « Partenariat »: « Pacte d'amitié »

    def people(self) -> None:
        """A column that names people plays no other role."""
        self.found |= {i: PERSONAL for i, role in self.by_column.items()
                       if role in _NAMES and i not in self.found
                       and len(cells := self.columns.get(i, [])) >= _LEAST
                       and sum(map(names_a_person, cells)) * 2 > len(cells)}

    def french_partners(self) -> None:
        """« French partners » lead as well."""
        if "lead" in self.at:
            self.found |= {i: "lead" for i in self._left() if names_french_partners(self.names[i])
                           and self._french(self.columns[i]) >= _SHARE}

    def region(self) -> None:
        """A region of none of which France knows is that of the partner; numbers that are not
        all those of today's regions are departments'."""
        cells, places = self._cells("region"), self.places
        if len(cells) >= _LEAST and {*PLACES} & self.at.keys() and not any(
                map(places.french_region, cells)):
            self.found[self.at.pop("region")] = ""
        elif any((told := department(cell)) != cell and places.french_region(told) and (
                (unit := places.entity(f"region/{cell.zfill(2)}")) is None or unit.until)
                for cell in cells):
            self.found[self.at.pop("region")] = "lead_department"

    def department(self) -> None:
        """Departments stand for the region where nothing says it."""
        told = _only(i for i in self._left() if names_a_department(self.names[i])
                     and _nearly_all(self.columns[i], lambda cell: bool(
                         self.places.french_region(department(cell)))))
        if told is not None:
            said = {*self.at, *self.found.values()}
            self.found[told] = "lead_department" if "region" in said else "region"

    def title(self) -> None:
        """Codes are no titles where another header says one as well."""
        if len(cells := self._cells("title")) < _LEAST or _words_each(cells) >= _FEW_WORDS:
            return
        told = _only(i for i in self.free if role_of(self.names[i]) == "title"
                     and _words_each(self.columns[i]) >= _WORDS)
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
        return sum(_is_french(cell, self.places) for cell in cells) / len(cells)

    def _with_country(self, i: int) -> list[tuple[str, str]]:
        """The cells of a column, each with its country."""
        beside = self.at.get("country", -1)
        return [(cells[i], self.country if beside < 0 else cells[beside])
                for cells in self.lines[:_LINES] if max(i, beside) < len(cells)]

    def _abroad(self) -> int | None:
        """The column of places abroad; of « Région », « Cercle », « Commune » of one place the
        smallest."""
        left, names, places = self._left(), self.names, self.places
        small = _only(i for i in left if is_commune(plain(names[i]))
                      and self._french(self.columns[i]) <= 1 - _SHARE)
        if small is not None and "lead" in self.at:
            return small
        return _only(i for i in left if _abroad(
            self._with_country(i), names_a_body(names[i]) or is_foreign_level(plain(names[i])),
            places))


def _only(fits: Iterable[int]) -> int | None:
    """The only column that fits, None where none does, or several."""
    columns = list(fits)
    return columns[0] if len(columns) == 1 else None


def _nearly_all(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    return sum(map(test, cells)) >= _SHARE * len(cells)


def _is_french(cell: str, places: Gazetteer) -> bool:
    return len(cell) <= 200 and any_french(parse_lead_cell(cell), (), places, lone=True)


def _words_each(cells: Sequence[str]) -> float:
    return sum(len(c.split()) for c in cells) / len(cells)


def _abroad(pairs: Sequence[tuple[str, str]], is_body: bool, places: Gazetteer) -> bool:
    """Whether a column names places of the countries beside it: nearly all cells open with
    the type of one or are known, and most are known unless the header names a body."""
    filled = [(cell.strip(), country) for cell, country in pairs if cell.strip() and country]
    if len(filled) < (1 if is_body else _LEAST):
        return False
    french = known = told = 0
    for cell, country in filled:
        if len(cell) > 200 or any(c.isdecimal() for c in cell):
            return False
        mentions = parse_partner_cell(cell, places, country).mentions
        named = [m for m in mentions if m.name]
        french += _is_french(cell, places)
        is_known = any(places.by_name(m.own_name or m.name or "", m.country) for m in named)
        known += is_known
        told += is_known or any(m.type for m in named)
    if french * 2 > len(filled):
        return False
    return told * 2 >= len(filled) if is_body else (
        known * 2 >= len(filled) and told >= _SHARE * len(filled))
