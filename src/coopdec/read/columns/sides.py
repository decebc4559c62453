"""One column that names who leads and with whom: « Ville de Rennes / Bandiagara (Mali) ».

The French side is told by the reference: each of its names is known in France and in none of
the countries of the other side. A cell of several partners is never taken for one of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coopdec.model import Finding, Severity
from coopdec.read.cells.leads import is_typed, leads_of
from coopdec.read.cells.partners import parse_partner_cell
from coopdec.read.columns.column_roles import first_columns
from coopdec.read.documents import Line
from coopdec.read.oddities.outside import FRENCH, is_french
from coopdec.read.oddities.totals import total_in
from coopdec.read.personal import shown
from coopdec.read.sections import Sections
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["Sides", "column_of_both", "is_pair", "pair"]

#: Of the cells of such a column so many name both sides; fewer cells prove nothing.
_SHARE, _LEAST = 0.6, 2
_LONGEST = 300
#: What may stand between the sides.
_BETWEEN = re.compile(
    r"(?P<weak>\s*,\s+|\s+(?:et|and)\s+)|(?P<tight>(?<=\w)[-–](?=[A-ZÀ-Ý]))"
    r"|\s+[–—→↔/-]\s+|\s*[;|:\n]\s*"
    r"|,?\s+(?:et son partenaire|en partenariat avec|en coopération avec|avec|with)\s+")
_ARTICLE = re.compile(r"^(?:l['’]\s?|l[ae]s?\s+)(?=\w)")
#: « Entre la Ville de Metz et la commune de Kayes (Mali) »
_OPENING = re.compile(r"^\s*(?:entre|between)\s+(?:l['’]\s?|l[ae]s?\s+|the\s+)?", re.IGNORECASE)
#: A line with fewer cells is a heading, a total or a note.
_FILLED = 2
#: A finding shows so much of a cell.
_SHOWN = 120


@lru_cache(maxsize=1 << 12)
def pair(cell: str, country: str, places: Gazetteer) -> tuple[str, str] | None:
    """Who leads and with whom, in this order, where a cell says both, whichever comes first;
    ``country``: that of a cell of its own."""
    if len(cell) > _LONGEST:
        return None
    found: list[tuple[str, str]] = []
    cell = _OPENING.sub("", cell)
    for mark in _BETWEEN.finditer(cell):
        before = collapse(cell[: mark.start()])
        after = _ARTICLE.sub("", collapse(cell[mark.end() :]), 1) if mark["weak"] else collapse(
            cell[mark.end() :])
        if before.count("(") == before.count(")"):
            # « Tours, Mopti (Mali) » may be two places in Mali; « Tours / Mopti (Mali) » is none.
            found += [(lead, partner) for lead, partner in ((before, after), (after, before))
                      if (not mark["weak"] or is_typed(lead, places))
                      and is_pair(lead, partner, country, places, tight=bool(mark["tight"]))]
    # « Métropole de Lyon, Ville de Brest / Kayes (Mali) »: what is French is not abroad.
    return max(found, key=lambda one: len(one[0]), default=None)


def is_pair(lead: str, partner: str, country: str, places: Gazetteer, *, tight: bool = False
            ) -> bool:
    """Whether one leads, and with the other. ``tight``: nothing but a hyphen stands between them,
    as in many names."""
    leads = leads_of(lead, places)
    if not leads or not partner or not FRENCH.issuperset(
            parse_partner_cell(lead, places, "").countries):  # « Valence (Espagne) »
        return False
    found = parse_partner_cell(partner, places, country)
    countries = found.countries
    if found.problems or not countries or not FRENCH.isdisjoint(countries):
        return False
    # Beside a cell of its own, a country is no more than that of what is known there.
    known = ("(" in partner and not tight) or all(
        m.name is None or places.by_name(m.own_name or m.name, m.country) for m in found.mentions)
    return known and all(
        is_french(m.name or "", countries, places, lone=True) for m in leads) and not any(
        m.name and is_french(m.printed.partition(" (")[0], countries, places)
        for m in found.mentions)


def column_of_both(by_column: Mapping[int, str], lines: Sequence[Line], sections: Sections
                   ) -> int | None:
    """The column that names both sides in these lines, where no two columns do."""
    at = first_columns(by_column)
    if "lead" in at and "partner" in at:
        return None
    own = at.get("lead", at.get("partner"))
    width = max((len(line.cells) for line in lines), default=0)
    cells: dict[int, list[tuple[str, str]]] = {i: [] for i in (
        [own] if own is not None else set(range(width)) - by_column.keys())}
    heading = sections.country()
    for line in lines:
        texts = line.texts
        if len(texts) < _FILLED or total_in(texts):
            if len(texts) == 1 and sections.role(texts[0], inside=True) == "country":
                heading = texts[0]
            continue
        country = _country(line, at.get("country"), heading)
        for i in cells.keys() & {i for i, cell in enumerate(line.cells) if cell.strip()}:
            cells[i].append((line.cells[i].strip(), country))
    told = {i: sum(pair(cell, country, sections.places) is not None for cell, country in some)
            for i, some in cells.items()}
    fits = [i for i, n in told.items() if n >= _LEAST and n >= _SHARE * len(cells[i])]
    return fits[0] if len(fits) == 1 else None


def _country(line: Line, column: int | None, heading: str) -> str:
    return line.cells[column].strip() if column is not None and column < len(line.cells) else (
        heading)


@dataclass(frozen=True, slots=True)
class Sides:
    """Makes two columns of one: the partners stay in theirs, who leads comes after the last
    (the ``width`` of the header). ``findings`` grow by the cells that do not tell the sides."""

    column: int
    country: int | None
    names: Sequence[str]
    sections: Sections
    document: str
    findings: list[Finding]
    #: Whether another table begins with this line: what comes then is not parted.
    ends: Callable[[Line], bool]

    @property
    def width(self) -> int:
        return len(self.names)

    def parted(self, lines: Iterator[Line]) -> Iterator[Line]:
        """The lines, but those whose cell does not tell: each is said, and fatal where these are
        more than the others."""
        heading, told, untold = self.sections.country(), 0, list[Finding]()
        for line in lines:
            if self.ends(line):
                self._say(untold, told)
                yield line
                yield from lines
                return
            cells = [*line.cells, *[""] * (self.width - len(line.cells))]
            printed = cells[self.column].strip()
            texts = line.texts
            both = pair(printed, _country(line, self.country, heading), self.sections.places)
            if len(texts) == 1 and (role := self.sections.role(texts[0], inside=True)):
                both = printed, ""  # a heading, which names no partner
                heading = texts[0] if role == "country" else heading
            lead, cells[self.column] = both or ("", cells[self.column])
            told += bool(lead)
            whole = len(texts) > min(_FILLED, self.width - 1)
            if both is None and printed and whole and not total_in(texts) and (
                    fold(printed) != fold(self.names[self.column])):
                where = line.where(self.document, self.names[self.column])
                untold.append(Finding("sides-untold", Severity.WARNING, where,
                                      {"cell": shown([printed], _SHOWN)}))
                continue
            covered = line.covered | {self.width} if self.column in line.covered else line.covered
            yield line._replace(cells=[*cells[: self.width], lead, *cells[self.width :]],
                                covered=covered)
        self._say(untold, told)

    def _say(self, untold: list[Finding], told: int) -> None:
        severity = Severity.FATAL if len(untold) > told else Severity.WARNING
        self.findings.extend(replace(finding, severity=severity) for finding in untold)
