"""A year or a region that the titles of a text end with: « Eau potable (2021) », « Eau potable –
2021 », « Eau potable (Bretagne) ». It is told apart where every title has one: « Festival (2021) »
alone may be a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from coopdec.read.sections import is_region
from coopdec.reference import Gazetteer

__all__ = ["Ended", "ended"]

_YEAR = re.compile(r"\s*(?:\(((?:19|20)\d\d)\)|(?:\s[–—|/-]|[,;:])\s+((?:19|20)\d\d))[\s.;]*$")
_REGION = re.compile(r"\s*(?:\(([^()]{4,40})\)|(?:\s[–—|/-]|[;:])\s+([^–—|/():;]{4,40}))[\s.;]*$")


class Ended(NamedTuple):
    title: str
    year: str = ""
    region: str = ""


def ended(titles: Sequence[str], places: Gazetteer) -> list[Ended]:
    """Each title, with the year and the region at its end where all have these."""
    out = [Ended(title) for title in titles]
    for _ in range(2):  # « Eau potable (Bretagne), 2021 », or the other way round
        out = _apart(out, "year", _YEAR)
        out = _apart(out, "region", _REGION, lambda words: is_region(words, places))
    return out


def _apart(titles: list[Ended], field: str, end: re.Pattern[str],
           is_one: Callable[[str], bool] = bool) -> list[Ended]:
    """What all titles end with, as this field of theirs; the same titles where one does not."""
    found = [(match.start(), match[1] or match[2]) for one in titles
             if (match := end.search(one.title)) and match.start()]
    if len(titles) < 2 or len(found) < len(titles) or not all(is_one(words) for _, words in found):
        return titles
    return [one._replace(title=one.title[:at], **{field: words})
            for one, (at, words) in zip(titles, found, strict=True)]
