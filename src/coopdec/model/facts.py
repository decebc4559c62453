"""What a list may say of a project beside who, with whom and what: money, time, place."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Amount", "Day", "Facts", "Point", "Status"]


class Status(StrEnum):
    """How far a project is: a closed list, each a term of the ontology."""

    PLANNED = "planned"
    SIGNED = "signed"
    ONGOING = "ongoing"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Amount(NamedTuple):
    """An amount of money in whole units (euros, not thousands of them), greater than 0, to
    the cent. ``currency`` is an ISO 4217 code, None where nothing says it."""

    value: Decimal
    currency: str | None = None


class Day(NamedTuple):
    """A date at the precision that it is printed with: a day, a month or a year."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """``2021-03-15``, ``2021-03`` or ``2021``.

        >>> Day(2021, 3).iso
        '2021-03'
        """
        parts = (f"{self.year:04d}", *(f"{p:02d}" for p in (self.month, self.day) if p))
        return "-".join(parts)

    @property
    def datatype(self) -> str:
        """The local name of its XML Schema datatype."""
        return "date" if self.day else "gYearMonth" if self.month else "gYear"

    def after(self, other: Day) -> bool:
        """Whether it is surely later: 2021 is not after March 2021."""
        if self.year != other.year or self.month is None or other.month is None:
            return self.year > other.year
        if self.month != other.month or self.day is None or other.day is None:
            return self.month > other.month
        return self.day > other.day


class Point(NamedTuple):
    """Decimal degrees, WGS 84."""

    lat: float
    lon: float


class Facts(NamedTuple):
    """What a row says beyond what every list says; each may be missing.

    ``duration`` is an ISO 8601 duration (``P24M``, ``P2Y6M``); ``years`` all years that are
    meant (« 2020-2022 » is three); ``cofunders`` and ``operators`` are names as printed.
    """

    grant: Amount | None = None
    cost: Amount | None = None
    start: Day | None = None
    end: Day | None = None
    duration: str | None = None
    years: tuple[int, ...] = ()
    status: Status | None = None
    description: str | None = None
    cofunders: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    point: Point | None = None
