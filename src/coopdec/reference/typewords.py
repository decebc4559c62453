"""Taking the type words off a name's head: « Gouvernement autonome municipal de Sacaba »."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coopdec.text import collapse, fold

if TYPE_CHECKING:
    from coopdec.reference.gazetteer import Gazetteer

__all__ = ["split_last_type", "split_type"]

_WORD = re.compile(r"[^\s'’]+['’]?")
_PARTICLE = re.compile(
    r"^(?:(?:de\s+la|de\s+l['’]|de|du|des|d['’]|la|le|les|l['’]|of)(?:(?<=['’])|\s+))+(?=\S)",
    re.IGNORECASE)
_LONGEST = 6


def split_type(gazetteer: Gazetteer, name: str, country: str | None) -> tuple[str, str]:
    """See :meth:`Gazetteer.split_type`. The longest run of type words wins; a name that
    is nothing but type words (« Région Centre » is not) keeps its last word."""
    text = collapse(name)[:500]
    ends = [m.end() for m in _WORD.finditer(text)][: _LONGEST + 1]
    for end in reversed(ends[:_LONGEST]):
        head, rest = text[:end], text[end:]
        if not rest.strip() or not gazetteer.type_word(fold(head), country):
            continue
        rest = _PARTICLE.sub("", rest.strip(" -–:,")) or rest
        return head, rest.strip()
    return "", text


def split_last_type(gazetteer: Gazetteer, name: str, country: str | None) -> tuple[str, str]:
    """See :meth:`Gazetteer.split_last_type`."""
    text = collapse(name)[:500]
    starts = [m.start() for m in _WORD.finditer(text)][-_LONGEST:]
    for start in starts:
        head, tail = text[:start].rstrip(" -–:,"), text[start:]
        if head and gazetteer.type_word(fold(tail), country):
            return tail, head
    return "", text
