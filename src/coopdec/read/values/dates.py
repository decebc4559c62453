"""Dates at the precision that they are printed with, and years."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from coopdec.model import Day
from coopdec.read.values.unclear import Unclear, nothing
from coopdec.text import collapse, fold

__all__ = ["day_first", "months_first", "parse_day", "parse_end", "parse_period", "parse_years"]

_MONTHS = {
    name: number
    for number, names in enumerate((
        "janvier janv january jan", "fevrier fevr fev february feb", "mars march mar",
        "avril avr april apr", "mai may", "juin june jun", "juillet juil july jul",
        "aout august aug", "septembre sept september sep", "octobre oct october",
        "novembre nov november", "decembre dec december"), start=1)
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
#: Words around a date that add nothing to it.
_IDLE = re.compile(
    r"^(?:(?:le|de|du|au|des|depuis|des le|a partir d[eu]|a compter d[eu]|en|date|prevue?|prevu en|"
    r"courant|fin|debut|mi|annee|from|since|on|starting|the|until|jusqu au|jusqu en|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday) )+")
_WORDS = (
    re.compile(rf"(?P<d>\d{{1,2}})(?:er|e|st|nd|rd|th)? (?:of |de )?(?P<m>{_MONTH})"
               r" (?P<y>\d{4})"),
    re.compile(rf"(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<y>\d{{4}})"),
    re.compile(rf"(?P<m>{_MONTH}) (?P<y>\d{{4}})"),
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ]\d{1,2}[:h]\d\d.*)?")
_DAY = re.compile(r"(\d{1,2})(?:\s?[-/.]\s?| )(\d{1,2})(?:\s?[-/.]\s?| )(\d{4}|\d\d)"
                  r"(?: \d{1,2}[:h]\d\d.*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{4})")
_SHORT = re.compile(rf"(?:(?P<d>\d{{1,2}}) )?(?P<m>{_MONTH}) (?P<y>\d\d)")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
#: A spreadsheet's day 0; day 60 is one that never was, long before any project.
_EPOCH = date(1899, 12, 30)
#: Serials before 1970 are nearly always years with a digit too many (« 20222 » is no 1955).
_FIRST_SERIAL = 25569
#: « T1 2021 », « 1er semestre 2020 », « 2021-Q3 »: which part of the year, of how many.
_RANK = r"(?P<n>[1-4]|premier|deuxieme|second|troisieme|quatrieme|first|third|fourth)"
_PART = r"(?P<p>t|q|s|trim|sem|trimestre|semestre|quarter|semester|half)"
_PARTS = tuple(map(re.compile, (
    rf"{_RANK}(?:er|re|e|eme|ere|nd|nde|st|rd|th)? ?{_PART} ?(?:of |de |d )?(?P<y>\d{{4}})",
    rf"{_PART} ?{_RANK} (?P<y>\d{{4}})", rf"(?P<y>\d{{4}}) ?{_PART} ?{_RANK}")))
_RANKS = {"premier": 1, "first": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "third": 3,
          "quatrieme": 4, "fourth": 4}
#: Projects that anyone lists.
_FIRST, _LAST = 1950, 2100


@lru_cache(maxsize=1 << 14)
def parse_day(cell: str) -> Day | Unclear | None:
    """A day, a month or a year, in French or English, in figures (day first) or ISO 8601, or
    a spreadsheet's serial number.

    >>> parse_day("1er mars 2021"), parse_day("03/2021"), parse_day("44270").iso
    (Day(year=2021, month=3, day=1), Day(year=2021, month=3, day=None), '2021-03-15')
    >>> parse_day("31/02/2021").code
    'date-impossible'
    """
    text = collapse(cell).rstrip(".")
    if nothing(text):
        return None
    if match := _ISO.fullmatch(text):
        return _made(match[1], match[2], match[3])
    if match := _DAY.fullmatch(text):
        return _made(match[3], match[2], match[1])
    if match := _MONTH_YEAR.fullmatch(text):
        return _made(match[2], match[1], None)
    if _SERIAL.fullmatch(text):
        serial = int(float(text))
        if serial < _FIRST_SERIAL:
            return Unclear("date-unreadable")
        day = _EPOCH + timedelta(days=serial)
        return _made(str(day.year), str(day.month), str(day.day))
    if _COMPACT.fullmatch(text):
        return _made(text[:4], text[4:6], text[6:])
    words = fold(text)
    words = _IDLE.sub("", words)
    if part := _part_of_year(words):
        return part[0]
    if re.fullmatch(r"\d{4}", words):
        return _made(words, None, None)
    for form in _WORDS:
        if match := form.fullmatch(words):
            parts = match.groupdict()
            return _made(parts["y"], str(_MONTHS[parts["m"]]), parts.get("d"))
    if match := _SHORT.fullmatch(words):
        return _made(match["y"], str(_MONTHS[match["m"]]), match["d"])
    if words != fold(text):  # « à partir du 15/03/2021 »
        rest = re.sub(r"^\D+", "", text)
        if rest and rest != text:
            return parse_day(rest)
    return Unclear("date-unreadable")


#: In figures, of a table that may put either first.
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})(?=\2(?:\d{4}|\d\d)(?!\d))")


def months_first(cells: Iterable[str]) -> str:
    """The first of the dates that could only put the month first (« 12/31/2023 »), "" where there
    is none, or one that could not.

    >>> months_first(["03/01/2021", "12/31/2023"]), months_first(["12/31/2023", "15/01/2021"])
    ('12/31/2023', '')
    """
    told = [(cell, int(match[1]), int(match[3]))
            for cell in cells for match in _FIGURES.finditer(cell)]
    return "" if any(first > 12 for _, first, _ in told) else next(
        (cell for cell, _, second in told if second > 12), "")


def day_first(cell: str) -> str:
    """A cell of such a table as the others write it.

    >>> day_first("from 03/01/2021 to 12/31/2023")
    'from 01/03/2021 to 31/12/2023'
    """
    return _FIGURES.sub(r"\3\2\1", cell)


@lru_cache(maxsize=1 << 14)
def parse_end(cell: str) -> Day | Unclear | None:
    """The same where a project ends: the last month of a quarter or a half, not the first.

    >>> parse_day("T2 2021").iso, parse_end("T2 2021").iso, parse_end("2e semestre 2020").iso
    ('2021-04', '2021-06', '2020-12')
    """
    part = _part_of_year(_IDLE.sub("", fold(collapse(cell))))
    return part[1] if part else parse_day(cell)


def _part_of_year(words: str) -> tuple[Day, Day] | None:
    """The first and the last month of a quarter or a half of a year."""
    for form in _PARTS:
        if match := form.fullmatch(words):
            rank = _RANKS.get(match["n"]) or int(match["n"])
            months = 6 if match["p"][0] in "sh" else 3
            year = int(match["y"])
            if rank * months > 12 or not _FIRST <= year <= _LAST:
                return None
            return Day(year, (rank - 1) * months + 1, None), Day(year, rank * months, None)
    return None


def _made(year: str, month: str | None, day: str | None) -> Day | Unclear:
    y = int(year)
    if len(year) == 2:
        y += 2000 if y < 70 else 1900
    if not _FIRST <= y <= _LAST:
        return Unclear("date-impossible")
    try:
        date(y, int(month or 1), int(day or 1))
    except ValueError:
        return Unclear("date-impossible")
    return Day(y, int(month) if month else None, int(day) if day else None)


#: What stands between the two dates of a period.
_BETWEEN = tuple(map(re.compile, (
    r"(?i)\s+(?:jusqu['’]au|jusqu['’][àa]|au|à|to|until)\s+", r"\s*(?:–|—|→|->)\s*", r"\s+[-/]\s+",
    r"(?<=\d{4})\s*[-/]\s*(?=\d{4}$)", r"(?<=\d{4})-(?=\d{1,2}/|[^\W\d])",
    r"(?<=\d{4}-\d\d-\d\d)/(?=\d{4})", r"\s*>\s*", r"(?<=\d{4})\s*/\s*(?=[^\W\d])",
    r"(?<=[^\W\d])\.?-(?=[^\W\d])")))
#: Periods of which only one end is known.
_SINCE = re.compile(r"(?i)(?:depuis|[àa] partir d[eu]|[àa] compter d[eu]|since|d[èe]s)\s+"
                    r"(?:le\s+)?(.+)"
                    r"|(.+?)\s*(?:[-–—→>/]|à)\s*(?:en cours|aujourd['’]hui|ce jour|ongoing|present"
                    r"|\.\.\.|…)")
_UNTIL = re.compile(r"(?i)(?:jusqu['’](?:en|au|[àa])|until|up to)\s+(.+)")


@lru_cache(maxsize=1 << 12)
def parse_period(cell: str) -> tuple[Day | None, Day | None] | Unclear | None:
    """The first and the last date of a period; one date alone is both, unless it is said to be
    the first (« depuis 2019 », « 2021 - en cours ») or the last (« jusqu'en 2024 »).

    >>> [d.iso for d in parse_period("du 01/03/2021 au 15 mai 2022")]
    ['2021-03-01', '2022-05-15']
    >>> [d.iso for d in parse_period("mars - mai 2022")]
    ['2022-03', '2022-05']
    """
    text = collapse(cell)
    if nothing(text):
        return None
    for mark in _BETWEEN:
        parts = mark.split(text)
        if len(parts) != 2:
            continue
        last = parse_end(parts[1])
        if isinstance(last, Day):
            first = parse_day(parts[0])
            if not isinstance(first, Day):  # « mars à mai 2022 », « 1er au 15 mars 2022 »
                first = parse_day(f"{parts[0]} {last.year}")
            if isinstance(first, Day):
                return first, last
    if (open_ := _SINCE.fullmatch(text)) and isinstance(
            first := parse_day(open_[1] or open_[2]), Day):
        return first, None
    if (open_ := _UNTIL.fullmatch(text)) and isinstance(last := parse_end(open_[1]), Day):
        return None, last
    only = parse_day(text)
    if isinstance(only, Day):
        last = parse_end(text)
        return only, last if isinstance(last, Day) else only
    years = parse_years(text)
    if isinstance(years, tuple) and years[-1] - years[0] == len(years) - 1:
        return Day(years[0], None, None), Day(years[-1], None, None)
    return Unclear("period-unreadable") if only is None or only.code == "date-unreadable" else only


_YEAR_WORDS = re.compile(r"\b(?:annees?|exercices?|ans?|campagnes?|millesimes?|years?|fiscal|et"
                         r"|and|a|au|to|de|from|aap|session|du|en|budget|annuel|biennal|triennal|pluriannuel"
                         r"|programme)\b")
_YEAR_SPAN = re.compile(r"((?:19|20)\d\d)\s*(?:[-–—/]|à|a|to|au)\s*((?:19|20)?\d\d)(?!\d)",
                        re.IGNORECASE)
#: A longer span is two numbers that happen to look like years.
_LONGEST = 30


@lru_cache(maxsize=1 << 10)
def parse_years(cell: str) -> tuple[int, ...] | Unclear | None:
    """Every year that a cell means, in order: « 2020-2022 » is three, « 2020, 2022 » two.

    >>> parse_years("2020-2022"), parse_years("2021/22"), parse_years("Exercice 2020")
    ((2020, 2021, 2022), (2021, 2022), (2020,))
    """
    text = collapse(cell)
    if nothing(text):
        return None
    found: set[int] = set()
    for match in _YEAR_SPAN.finditer(text):
        first = int(match[1])
        last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
        if not first <= last <= first + _LONGEST:
            return Unclear("year-unreadable")
        found |= set(range(first, last + 1))
    rest = _YEAR_SPAN.sub(" ", text)
    single = re.findall(r"(?<!\d)(?:19|20)\d\d(?:\.0)?(?!\d)", rest)
    found |= {int(float(y)) for y in single}
    left = _YEAR_WORDS.sub(" ", fold(re.sub(r"(?<!\d)(?:19|20)\d\d(?:\.0)?(?!\d)", " ", rest)))
    if left.strip() or not found:
        day = parse_day(text)
        return (day.year,) if isinstance(day, Day) else Unclear("year-unreadable")
    return tuple(sorted(found))
