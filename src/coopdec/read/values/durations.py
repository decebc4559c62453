"""Durations: « 24 mois », « 2 ans et 6 mois », « 18 » under « Durée (mois) »."""

from __future__ import annotations

import re
from functools import lru_cache

from coopdec.read.values.unclear import Unclear, nothing
from coopdec.text import collapse, fold

__all__ = ["parse_duration"]

_NUMBERS = {word: number for number, words in enumerate((
    "un une one", "deux two", "trois three", "quatre four", "cinq five", "six", "sept seven",
    "huit eight", "neuf nine", "dix ten", "onze eleven", "douze twelve"), start=1)
    for word in words.split()} | {"dix huit": 18, "vingt quatre": 24, "trente six": 36,
                                  "eighteen": 18}
_NUMBER = r"(?P<n>\d+(?: \d)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNITS = {"years": "ans? annees? years?", "months": "mois months?", "weeks": "semaines? weeks?",
          "days": "jours? days?"}
_UNIT = "|".join(f"(?P<{name}>{'|'.join(words.split())})" for name, words in _UNITS.items())
_PART = re.compile(rf"\b{_NUMBER} ?(?:{_UNIT})\b")
_HALF = re.compile(r"\b(?:et demie?|and a half)\b")
_IDLE = re.compile(r"\b(?:et|and|duree|duration|sur|de|pendant|for|over|soit)\b")
_HEADER = {name: re.compile(rf"\b(?:{'|'.join(words.split())})\b")
           for name, words in _UNITS.items()}
#: A project longer than this is a slip of the pen.
_LONGEST = {"years": 50, "months": 600, "weeks": 2600, "days": 18500}


@lru_cache(maxsize=1 << 12)
def parse_duration(cell: str, header: str = "") -> str | Unclear | None:
    """An ISO 8601 duration, with the units printed; those of a bare number come from the
    header.

    >>> parse_duration("24 mois"), parse_duration("2 ans et 6 mois"), parse_duration("1,5 an")
    ('P24M', 'P2Y6M', 'P1Y6M')
    >>> parse_duration("36", "Durée (en mois)"), parse_duration("36").code
    ('P36M', 'duration-no-unit')
    """
    text = collapse(cell)
    if nothing(text):
        return None
    if re.fullmatch(r"P(?:\d+Y)?(?:\d+M)?(?:\d+W|\d+D)?", text) and len(text) > 2:
        return _iso({unit: int(n) for n, u in re.findall(r"(\d+)([YMWD])", text)
                     for unit in [{"Y": "years", "M": "months", "W": "weeks", "D": "days"}[u]]})
    text = re.sub(r"(?<=\d)[.,]0+(?!\d)", "", text)
    if re.fullmatch(r"\d+(?:[.,]5)?", text):
        units = [name for name, words in _HEADER.items() if words.search(fold(header))]
        if len(units) != 1:
            return Unclear("duration-no-unit")
        text = f"{text} {'ans' if units[0] == 'years' else 'mois' if units[0] == 'months' else ''}"
        if units[0] not in ("years", "months"):
            return _iso({units[0]: int(float(text.replace(",", ".")))})
    words = fold(re.sub(r"\([^()]*\)", " ", text))
    return _of_words(words)


def _of_words(words: str) -> str | Unclear:
    parts: dict[str, int] = {}
    halves = 0
    for match in _PART.finditer(words):
        unit = next(name for name in _UNITS if match[name])
        if unit in parts:
            return Unclear("duration-unreadable")
        number = match["n"]
        if " " in number and number[0].isdigit():  # « 1,5 » folded
            whole, half = number.split()
            if half != "5" or unit != "years":
                return Unclear("duration-unreadable")
            halves, number = 1, whole
        parts[unit] = _NUMBERS.get(number) or int(number)
    rest = _PART.sub(" ", words)
    if parts.keys() == {"years"} and _HALF.search(rest):
        halves, rest = 1, _HALF.sub(" ", rest)
    if not parts or _IDLE.sub(" ", rest).strip():
        return Unclear("duration-unreadable")
    if halves:
        parts["months"] = parts.get("months", 0) + 6
    return _iso(parts)


def _iso(parts: dict[str, int]) -> str | Unclear:
    if not any(parts.values()) or any(n > _LONGEST[unit] for unit, n in parts.items()):
        return Unclear("duration-unreadable")
    days = parts.get("weeks", 0) * 7 + parts.get("days", 0)  # weeks do not mix with months
    shown = (("Y", parts.get("years", 0)), ("M", parts.get("months", 0)), ("D", days))
    return "P" + "".join(f"{n}{letter}" for letter, n in shown if n)
