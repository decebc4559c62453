"""Marks of footnotes that are raised: they are no part of the words."""

from __future__ import annotations

import re

__all__ = ["is_mark"]

_MARK = re.compile(r"\s*[\[(]?(?:\d{1,2}(?:\s*[,;]\s*\d{1,2})*|\*{1,3}|[a-d])[\])]?\s*")
_UNITS = re.compile(r"(?<!\w)(?:[kcdm]?m|ha|CO)$")


def is_mark(raised: str, before: str) -> bool:
    """Whether raised signs are one, by the words ``before`` them. « XXI<sup>e</sup> » has none,
    nor has « m<sup>2</sup> »."""
    return _MARK.fullmatch(raised) is not None and not _UNITS.search(before)
