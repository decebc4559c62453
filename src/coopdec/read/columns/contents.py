"""Which column plays a role that no header tells, by what its cells hold.

Only what a list cannot do without is looked for so, and only where a header was found by its
other columns. Nearly all cells must speak for it: what is guessed is said, with its column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

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
                    and sum(map(test, cells)) >= _SHARE * len(cells)]
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
        elif len(ties := [i for i in columns if i not in found and i < len(names)
                          and is_tie(plain(names[i]))]) == 1:
            found[ties[0]] = "title"
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
    columns = _columns(lines)
    at = first_columns(by_column)
    free = [i for i in columns if i not in by_column and i < len(names)]
    found: dict[int, str] = {}
    lead = at.get("lead", -1)
    if free and len(leads := columns.get(lead, [])) >= _LEAST and _french(leads, places) <= 1 - (
            _SHARE):
        french = [i for i in free if len(columns[i]) >= _LEAST
                  and _french(columns[i], places) >= _SHARE]
        if len(french) == 1:
            found |= {french[0]: "lead", lead: "" if "partner" in at else "partner"}
            at["partner"] = at.get("partner", lead)
    if (where := at.get("partner", -1)) >= 0 and (
            cells := columns.get(where, [])) and _french(cells, places) >= _SHARE:
        # « Territoire » of who leads, beside « Partenaire local ».
        told = [i for i in free if role_of(names[i]) == "partner" and i not in found]
        if len(told) == 1 and _french(columns[told[0]], places) < _SHARE:
            found |= {told[0]: "partner", where: _region_of(cells, at, places)}
    beside = at.get("country", -1)

    def with_country(i: int) -> list[tuple[str, str]]:
        return [(cells[i], country if beside < 0 else cells[beside]) for cells in lines[:_LINES]
                if max(i, beside) < len(cells)]

    if "partner" not in at and ("country" in at or country):
        abroad = [i for i in free if i not in found and _abroad(
            with_country(i), names_a_body(names[i]) or is_foreign_level(plain(names[i])), places)]
        # « Région », « Cercle », « Commune » of one place: the smallest is with whom.
        small = [i for i in free if i not in found and is_commune(plain(names[i]))
                 and _french(columns[i], places) <= 1 - _SHARE]
        if len(best := small if len(small) == 1 and "lead" in at else abroad) == 1:
            found[best[0]] = "partner"
    elif beside < 0 and not country and "partner" in at and not any(
            parse_partner_cell(cell, places, "").countries for cell in columns.get(where, ())):
        told = [i for i in free if i not in found and len(columns[i]) >= _LEAST and sum(
            _is_country(cell, places) for cell in columns[i]) >= _SHARE * len(columns[i])]
        found |= {told[0]: "country"} if len(told) == 1 else {}
    elif beside >= 0 and where not in found and names_both(names[where]) and not _abroad(
            with_country(where), True, places):
        found[where] = ""  # « Partenariat »: « Pacte d'amitié »
    found |= {i: PERSONAL for i, role in by_column.items() if role in _NAMES and i not in found
              and len(cells := columns.get(i, [])) >= _LEAST
              and sum(map(names_a_person, cells)) * 2 > len(cells)}
    found |= {i: "lead" for i in free if i not in found and "lead" in at
              and names_french_partners(names[i]) and _french(columns[i], places) >= _SHARE}
    if len(cells := columns.get(at.get("region", -1), [])) >= _LEAST and {
            *PLACES} & at.keys() and not any(map(places.french_region, cells)):
        found[at.pop("region")] = ""  # that of the partner
    told = [i for i in free if i not in found and names_a_department(names[i])
            and _in_departments(columns[i], places)]
    if len(told) == 1:
        found[told[0]] = "lead_department" if "region" in {*at, *found.values()} else "region"
    title = at.get("title", -1)
    if len(columns.get(title, ())) >= _LEAST and _words_each(columns[title]) < _FEW_WORDS:
        told = [i for i in free if role_of(names[i]) == "title"
                and _words_each(columns[i]) >= _WORDS]
        if len(told) == 1:
            found |= {told[0]: "title", title: ""}
    return found


def _region_of(cells: Sequence[str], at: Mapping[str, int], places: Gazetteer) -> str:
    """« region » for names of regions, where no other column says it; else no role."""
    return "region" if "region" not in at and all(
        map(places.french_region, cells)) else ""


def _in_departments(cells: Sequence[str], places: Gazetteer) -> bool:
    """Whether nearly all cells are departments of France, by name or number."""
    known = sum(places.french_region(department(cell)) is not None for cell in cells)
    return known >= _SHARE * len(cells)


def _french(cells: Sequence[str], places: Gazetteer) -> float:
    """The share of cells that name French collectivities."""
    return sum(_is_french(cell, places) for cell in cells) / len(cells)


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
