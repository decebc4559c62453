"""Cells → facts: what a row says beside who leads, with whom and what.

A value that is not understood is a finding with its cell, and is not published; the cell is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from coopdec.messages import LANGS, begun, number
from coopdec.model import Amount, Facts, Finding, Point, Position, Severity
from coopdec.read.cells.location import misplaced
from coopdec.read.oddities.totals import PrintedTotal
from coopdec.read.raw import RawRow
from coopdec.read.values import (
    Unclear,
    currency_of,
    day_first,
    nothing,
    parse_amount,
    parse_coordinate,
    parse_day,
    parse_duration,
    parse_end,
    parse_organisations,
    parse_period,
    parse_point,
    parse_status,
    parse_years,
    unit_of_header,
    units,
)
from coopdec.text import collapse

__all__ = ["DATES", "FACT_ROLES", "FactReader"]

#: Roles whose cells are read here.
FACT_ROLES = frozenset({"description", "grant", "cost", "cofunders", "operator", "start", "end",
                        "period", "duration", "year", "status", "lat", "lon", "coordinates"})
#: Of these, those that hold dates.
DATES = frozenset({"start", "end", "period", "year"})
#: A finding shows so much of a cell.
_SHOWN = 120
T = TypeVar("T")


def _description(cell: str) -> str | None:
    text = collapse(cell)
    # A long text says something; only a short one may say that there is nothing.
    return None if len(text) < 30 and nothing(text) else text


#: Role, the fact, and how a cell of it is read where the cell alone says it all.
_Simple = tuple[tuple[str, str, Callable[[str], object]], ...]
_SIMPLE: _Simple = (
    ("start", "start", parse_day), ("end", "end", parse_end), ("year", "years", parse_years),
    ("status", "status", parse_status), ("description", "description", _description),
    ("cofunders", "cofunders", parse_organisations),
    ("operator", "operators", parse_organisations),
)
#: Roles whose cells take more than that.
_OTHERS = frozenset({"duration", "coordinates", "lat", "lon", "period", "start", "end"})


def _both(value: Decimal) -> dict[str, str]:
    """A sum as people read it."""
    return {lang: number(float(value), lang) for lang in LANGS}


@dataclass(slots=True)
class _Sum:
    """Of a column's amounts; ``unread``: how many were not understood."""

    value: Decimal = Decimal(0)
    n: int = 0
    unread: int = 0
    currencies: set[str | None] = field(default_factory=set)


@dataclass(slots=True)
class FactReader:
    """Reads the facts of one list. ``findings`` grow; :meth:`finish` adds what is said once a
    column: amounts whose currency nothing tells. ``statuses``: what the codes of a known layout
    mean."""

    findings: list[Finding]
    currency: str | None = None
    statuses: Mapping[str, str] = field(default_factory=dict)
    _unsaid: dict[str, tuple[Position, int]] = field(default_factory=dict)
    _sums: dict[str, _Sum] = field(default_factory=dict)
    _columns: Mapping[str, str] = field(default_factory=dict)
    _simple: _Simple = ()
    _others: bool = False

    def read(self, raw: RawRow, countries: tuple[str, ...], months_first: bool = False
             ) -> Facts | None:
        """The facts of a row, None where it says none. ``countries`` are the project's, as
        ISO codes; ``months_first``: whether its dates are written so."""
        cells = raw.cells
        if months_first:
            cells = {r: day_first(c) if r in DATES else c for r, c in cells.items()}
        found: dict[str, Any] = {}
        if raw.columns is not self._columns:  # the first row of a table
            self._columns = raw.columns
            self._simple = tuple(one for one in _SIMPLE if one[0] in raw.columns)
            self._others = not _OTHERS.isdisjoint(raw.columns)
        for role, name, parse in self._simple:
            if role in cells:
                cell = cells[role]
                value = parse(self.statuses.get(cell, cell) if role == "status" else cell)
                if type(value) is Unclear:
                    self._say(raw, role, value)
                elif value is not None:
                    found[name] = value
        for role in ("grant", "cost"):
            if role in cells and (amount := self._amount(raw, role, countries)) is not None:
                found[role] = amount
        if self._others:
            self._read_others(raw, cells, countries, found)
        if None in found.values():
            found = {name: value for name, value in found.items() if value is not None}
        return Facts(**found) if found else None

    def _read_others(self, raw: RawRow, cells: Mapping[str, str], countries: tuple[str, ...],
                     found: dict[str, Any]) -> None:
        """What takes more than its own cell, or several cells together."""
        if "duration" in cells:
            found["duration"] = self._value(raw, "duration", parse_duration(
                cells["duration"], raw.columns["duration"]))
        if "coordinates" in cells or "lat" in cells or "lon" in cells:
            found["point"] = self._point(raw, countries)
        if "period" in cells:
            both = self._value(raw, "period", parse_period(cells["period"])) or (None, None)
            found["start"] = found.get("start") or both[0]
            found["end"] = found.get("end") or both[1]
        if (start := found.get("start")) and (end := found.get("end")) and start.after(end):
            self._say(raw, "end" if "end" in cells else "period",
                      Unclear("dates-reversed", {"start": start.iso, "end": end.iso}))
            found["start"] = found["end"] = None

    def finish(self, totals: Sequence[PrintedTotal] = ()) -> None:
        """Say what concerns whole columns; hold the sums against the totals printed."""
        for role, read in sorted(self._sums.items()):
            self._check(role, read, totals)
        for column, (where, n) in sorted(self._unsaid.items()):
            self.findings.append(Finding("currency-unsaid", Severity.WARNING,
                                         where._replace(column=column), {"n": n}))
        self._unsaid.clear()

    def _check(self, role: str, read: _Sum, totals: Sequence[PrintedTotal]) -> None:
        """One total is the sum of all; several are a part each, or the last is the sum."""
        printed = []
        for total in totals:
            if role in total.cells:
                header = total.columns[role]
                amount = parse_amount(total.cells[role], header, (), default=self.currency,
                                      typed=total.position.sheet is not None)
                if isinstance(amount, Amount):
                    printed.append((total, header, amount.value))
        if not printed or len(read.currencies) > 1:
            return
        values = [value for *_, value in printed]
        if read.value not in {values[-1], sum(values)}:
            total, header, value = printed[-1]
            self.findings.append(Finding(
                "total-differs", Severity.WARNING, total.position._replace(column=header),
                {"printed": _both(value), "found": _both(read.value), "n": read.n,
                 "unread": read.unread}))

    # -- one value

    def _value(self, raw: RawRow, role: str, read: T | Unclear | None) -> T | None:
        if isinstance(read, Unclear):
            self._say(raw, role, read)
            return None
        return read

    def _amount(self, raw: RawRow, role: str, countries: tuple[str, ...]) -> Amount | None:
        cell, header = raw.cells[role], raw.columns[role]
        beside = raw.cells.get("currency", "")
        # A cell that nobody understands says all the same that it is not the usual one.
        default = self.currency if nothing(beside) else currency_of(beside.strip(), countries)
        amount = parse_amount(
            cell, header, countries, typed=raw.position.sheet is not None, default=default)
        read = self._sums.get(role)
        if read is None:
            read = self._sums[role] = _Sum()
        if not isinstance(amount, Amount):
            read.unread += not nothing(cell)
            return self._value(raw, role, amount)
        read.value += amount.value
        read.n += 1
        read.currencies.add(amount.currency)
        if amount.currency is None:
            self._no_currency(raw, role, cell, header, beside)
        return amount

    def _no_currency(self, raw: RawRow, role: str, cell: str, header: str, beside: str) -> None:
        if printed := _printed_currency(cell, header) or ("" if nothing(beside) else beside):
            self._say(raw, role, Unclear("currency-undecided", {"currency": printed}))
            return
        where, n = self._unsaid.get(header, (raw.position, 0))
        self._unsaid[header] = where, n + 1

    def _point(self, raw: RawRow, countries: tuple[str, ...]) -> Point | None:
        role, point = _coordinates(raw)
        if isinstance(point, Point):
            wrong = misplaced(point, countries)
            if wrong is None:
                return point
            point = wrong
        return self._value(raw, role, point)

    def _say(self, raw: RawRow, role: str, why: Unclear) -> None:
        shown = begun(collapse(raw.cells.get(role, "")), _SHOWN)
        where = raw.position._replace(column=raw.columns.get(role))
        if role in raw.carried:
            where = where._replace(line=raw.carried[role], last_line=None)
        self.findings.append(Finding(why.code, why.severity, where,
                                     {"cell": shown, **why.params}))


@lru_cache(maxsize=1 << 12)
def _printed_currency(cell: str, header: str) -> str | None:
    """The currency printed beside an amount, else in the header of its column."""
    printed = [] if cell.isdecimal() else [u.currency for u in units(cell)[0] if u.currency]
    return printed[0] if printed else unit_of_header(header).currency


def _coordinates(raw: RawRow) -> tuple[str, Point | Unclear | None]:
    """The point that a row gives, and the role of the cell that a finding is about."""
    cells = raw.cells
    if "coordinates" in cells:
        return "coordinates", parse_point(cells["coordinates"])
    lat, lon = cells.get("lat", ""), cells.get("lon", "")
    if nothing(lat) or nothing(lon):
        role, one = ("lat", lat) if nothing(lon) else ("lon", lon)
        if nothing(one):
            return role, None
        both = parse_point(one)  # both in one cell
        return role, both if isinstance(both, Point) else Unclear("point-half")
    found = parse_coordinate(lat, "lat"), parse_coordinate(lon, "lon")
    for role, value in zip(("lat", "lon"), found, strict=True):
        if isinstance(value, Unclear) or value is None:
            return role, value
    return "lat", Point(*(v for v in found if isinstance(v, float)))
