"""Running titles of a text that was copied page by page: the same words beside the number of each
page. Which of them are no part of the list, who reads it knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coopdec.read.documents._text import is_page_number
from coopdec.text import collapse

__all__ = ["running_titles"]

#: Words, and not one alone: « Bretagne », « 2021 », « 9 000 € » are of the list.
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LEAST = 2
#: A running title has no more lines, and its letterhead stands no lower.
_LINES, _TOP = 3, 10


def running_titles(lines: Sequence[str]) -> frozenset[int]:
    """The indexes of filled lines that come again, word by word, beside a page number (« Page 3 »)
    or beside another such line. One more may stand at the top of the text: it is none of these.

    >>> sorted(running_titles(["Eau", "Prix des villes", "Page 1", "Lait", "Prix des villes",
    ...                        "Page 2"]))
    [1, 4]
    """
    filled = [i for i, line in enumerate(lines) if line.strip()]
    words = [collapse(lines[i]) for i in filled]
    edges = {at for at, i in enumerate(filled) if is_page_number(lines[i])}
    numbers = set(edges)
    if not edges:
        return frozenset()
    where: dict[str, list[int]] = {}
    for at, text in enumerate(words):
        where.setdefault(text, []).append(at)
    for _ in range(_LINES):
        beside = {at + step for at in edges for step in (-1, 1)} - edges
        new = {at for at in beside if 0 <= at < len(words) and _is_running(
            words[at], where[words[at]], beside)}
        if not new:
            break
        edges |= new
    return frozenset(filled[at] for at in edges - numbers)


def _is_running(text: str, places: Sequence[int], beside: set[int]) -> bool:
    if len(places) < _LEAST or len(_WORDS.findall(text)) < _LEAST:
        return False
    return all(at in beside or (n == 0 and at < _TOP) for n, at in enumerate(places))
