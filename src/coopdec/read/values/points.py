"""Coordinates: decimal or in degrees, minutes and seconds, in one cell or in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from coopdec.model import Point
from coopdec.read.values.unclear import Unclear, nothing
from coopdec.text import collapse

__all__ = ["parse_coordinate", "parse_point"]

_HEMISPHERES = {"n": ("lat", 1), "s": ("lat", -1), "e": ("lon", 1), "w": ("lon", -1),
                "o": ("lon", -1)}
_SIDE = r"nord|sud|ouest|est|north|south|west|east|[nsewo]"
_REAL = r"\d+(?:[.,]\d+)?"
_ONE = re.compile(
    rf"(?P<before>{_SIDE})?\s*(?P<sign>[-−–+])?\s*(?P<deg>{_REAL})\s*(?:°|º|˚|deg\.?|d(?=\s?\d))?\s*"
    rf"(?:(?P<min>{_REAL})\s*(?:'(?!')|[′’´‘]|m(?=\s?\d|$))\s*)?"
    rf"(?:(?P<sec>{_REAL})\s*(?:\"|″|''|”|“|’’|s$)?\s*)?(?P<after>{_SIDE})?", re.IGNORECASE)
_WKT = re.compile(rf"POINT\s*\(\s*(-?{_REAL})\s+(-?{_REAL})\s*\)", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:latitude|longitude|lat|long|lon|lng|gps|coordonn[ée]es)\b\.?\s*[:=]?\s*",
                    re.IGNORECASE)
#: Where a pair may be cut, the surest first.
_CUTS = tuple(map(re.compile, (
    r"\s*[;|\n]\s*", r"\s+/\s+|/", r"\s*,\s+", r"(?<=\.\d),|(?<=\d),(?=\s?-?\d+\.)",
    r"(?i)(?<=[nsewo])\s*,?\s*(?=[-+\d])", r"(?i)\s+(?=[nsewo]\s?\d)", r"\s+", r",(?=-)")))
_COMMAS = re.compile(r"(-?\d+,\d+),(-?\d+,\d+)")


@lru_cache(maxsize=1 << 14)
def parse_coordinate(cell: str, axis: str) -> float | Unclear | None:
    """Decimal degrees of one coordinate; ``axis`` is ``lat`` or ``lon``, which N, S, E, W and
    O (« ouest ») must not contradict. At most 180 either way, whatever the axis: who knows
    the place can tell that two were swapped.

    >>> parse_coordinate("14,6937", "lat"), parse_coordinate("17°26'24\\" O", "lon")
    (14.6937, -17.44)
    """
    text = collapse(cell)
    if nothing(text):
        return None
    read = _one(_LABEL.sub("", text))
    if isinstance(read, Unclear):
        return read
    value, side = read
    return Unclear("point-unreadable") if side not in (axis, None) else value


@lru_cache(maxsize=1 << 14)
def parse_point(cell: str) -> Point | Unclear | None:
    """Latitude and longitude of one cell, in this order unless letters say otherwise.

    >>> parse_point("14.6937, -17.4441"), parse_point("48,84 ; 2,37")
    (Point(lat=14.6937, lon=-17.4441), Point(lat=48.84, lon=2.37))
    """
    text = collapse(cell)
    if nothing(text):
        return None
    if match := _WKT.search(text):
        lon, lat = (float(n.replace(",", ".")) for n in match.groups())
        return Point(lat, lon) if max(abs(lat), abs(lon)) <= 180 else Unclear("point-out-of-range")
    wrong = Unclear("point-unreadable")
    for first, second in _pairs(_LABEL.sub(" ", text).strip().strip("()[]")):
        one, two = _one(first), _one(second)
        if isinstance(one, Unclear) or isinstance(two, Unclear):
            wrong = next(u for u in (one, two) if isinstance(u, Unclear))
            continue
        if (one[1], two[1]) in (("lon", "lat"), ("lon", None), (None, "lat")):
            one, two = two, one
        if one[1] == "lon" or two[1] == "lat":
            return Unclear("point-unreadable")
        return Point(one[0], two[0])
    return wrong


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    if match := _COMMAS.fullmatch(text):
        yield match[1], match[2]
    for cut in _CUTS:
        parts = [p for p in cut.split(text) if p]
        if len(parts) == 2:
            yield parts[0], parts[1]


def _one(text: str) -> tuple[float, str | None] | Unclear:
    """Degrees, and the axis that a letter tells."""
    match = _ONE.fullmatch(text.strip(" ,;"))
    if match is None or (match["before"] and match["after"]):
        return Unclear("point-unreadable")
    degrees, minutes, seconds = (
        float((match[name] or "0").replace(",", ".")) for name in ("deg", "min", "sec"))
    whole = "." not in match["deg"] and "," not in match["deg"]
    if (match["min"] or match["sec"]) and not (whole and minutes < 60 and seconds < 60):
        return Unclear("point-unreadable")
    if match["sec"] and not match["min"]:
        return Unclear("point-unreadable")
    value = degrees + minutes / 60 + seconds / 3600
    if value > 180:
        return Unclear("point-out-of-range")
    axis, sign = _HEMISPHERES.get((match["before"] or match["after"] or "").lower()[:1], (None, 1))
    if match["sign"] and match["sign"] != "+":
        if axis is not None:
            return Unclear("point-unreadable")  # « -17,4 O »: twice, or the east?
        sign = -1
    return round(sign * value, 6), axis
