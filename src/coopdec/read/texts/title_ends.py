"""A year or a region that the titles of a text end with: « Eau potable (2021) », « Eau potable –
2021 », « Eau potable (Bretagne) ». It is told apart where every title has one: « Festival (2021) »
alone may be a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from coopdec.read.sections import is_region
from coopdec.reference import Gazetteer

__all__ = ["Ended", "ended"]

_YEAR = re.compile(r"\s*(?:\(((?:19|20)\d\d)\)|(?:\s[–—|/-]|[,;])\s+((?:19|20)\d\d))[\s.;]*$")
_REGION = re.compile(r"\s*(?:\(([^()]{4,40})\)|\s[–—|/-]\s+([^–—|/()]{4,40}))[\s.;]*$")


class Ended(NamedTuple):
    title: str
    year: str = ""
    region: str = ""


def ended(titles: Sequence[str], places: Gazetteer) -> list[Ended]:
    """Each title, with the year and the region at its end where all have these."""
    out = [Ended(title) for title in titles]
    for _ in range(2):  # « Eau potable (Bretagne), 2021 », or the other way round
        out = _years(out)
        out = _regions(out, places)
    return out


def _years(titles: list[Ended]) -> list[Ended]:
    found = [match for one in titles if (match := _YEAR.search(one.title)) and match.start()]
    return [Ended(one.title[: match.start()], match[1] or match[2], one.region)
            for one, match in zip(titles, found, strict=True)] if _all(found, titles) else titles


def _regions(titles: list[Ended], places: Gazetteer) -> list[Ended]:
    found = [match for one in titles if (match := _REGION.search(one.title)) and match.start()
             and is_region(match[1] or match[2], places)]
    return [Ended(one.title[: match.start()], one.year, match[1] or match[2])
            for one, match in zip(titles, found, strict=True)] if _all(found, titles) else titles


def _all(found: Sequence[object], titles: Sequence[object]) -> bool:
    return len(found) == len(titles) > 1
