"""Cells → values: amounts, dates, durations, years, a status, organisations, coordinates.

Each parser is pure: the cell (and what its header says) in; the value out, or None where
the cell says nothing, or :class:`Unclear` with the code of a message. Nothing is guessed:
what could mean two things is not understood.
"""

from coopdec.read.values.amounts import parse_amount
from coopdec.read.values.currencies import currency_of, is_code, unit_of_header, units
from coopdec.read.values.dates import (
    day_first,
    months_first,
    parse_day,
    parse_end,
    parse_period,
    parse_years,
)
from coopdec.read.values.durations import parse_duration
from coopdec.read.values.organisations import parse_organisations
from coopdec.read.values.points import parse_coordinate, parse_point
from coopdec.read.values.statuses import parse_status
from coopdec.read.values.unclear import Unclear, nothing

__all__ = ["Unclear", "currency_of", "day_first", "is_code", "months_first", "nothing",
           "parse_amount", "parse_coordinate", "parse_day", "parse_duration", "parse_end",
           "parse_organisations", "parse_period", "parse_point", "parse_status", "parse_years",
           "unit_of_header", "units"]
