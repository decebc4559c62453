"""Type words: what they mean in a country, and taking them off a name's head: « Gouvernement
autonome municipal de Sacaba »."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coopdec.model import Kind
from coopdec.reference.names import folded
from coopdec.text import collapse

__all__ = ["TypeWords"]

_WORD = re.compile(r"[^\s'’]+['’]?")
#: An article with a capital belongs to the name: « Ville de La Paz », « Ville de Da Nang ».
_PARTICLE = re.compile(
    r"^(?:(?:de\s+l['’]|de|du|des|d['’]|(?-i:la|le|les|do|da|dos|das|di|del)|l['’]|of)"
    r"(?:(?<=['’])|\s+))+(?=\S)", re.IGNORECASE)
_LONGEST = 6


class TypeWords:
    """All of them, a few hundred, by (folded words, country): ``FR`` is the French side,
    ``""`` anywhere abroad."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self._kinds = {(words, country): tuple(map(Kind, kinds.split("|")))
                       for words, country, kinds in rows if kinds}
        # Most names hold none: one look at their first word, or their last, tells.
        self._first = {words.partition(" ")[0] for words, _ in self._kinds}
        self._last = {words.rpartition(" ")[2] for words, _ in self._kinds}

    def kinds(self, words: str, country: str | None) -> tuple[Kind, ...]:
        """See :meth:`Gazetteer.type_word`."""
        plain = folded(words)
        own = self._kinds.get((plain, country or ""))
        if own is None and country != "FR":
            own = self._kinds.get((plain, ""))
        return own or ()

    def split(self, name: str, country: str | None) -> tuple[str, str]:
        """See :meth:`Gazetteer.split_type`. The longest run of type words wins; a name that
        is nothing but type words (« Région Centre » is not) keeps its last word."""
        text = collapse(name)[:500]
        if (plain := folded(text)) and plain.partition(" ")[0] not in self._first:
            return "", text
        ends = [m.end() for _, m in zip(range(_LONGEST), _WORD.finditer(text), strict=False)]
        for end in reversed(ends):
            head, rest = text[:end], text[end:]
            if not rest.strip() or not self.kinds(head, country):
                continue
            rest = _PARTICLE.sub("", rest.strip(" -–:,")) or rest
            return head, rest.strip()
        return "", text

    def split_last(self, name: str, country: str | None) -> tuple[str, str]:
        """See :meth:`Gazetteer.split_last_type`."""
        text = collapse(name)[:500]
        if (plain := folded(text)) and plain.rpartition(" ")[2] not in self._last:
            return "", text
        starts = [m.start() for m in _WORD.finditer(text)][-_LONGEST:]
        for start in starts:
            head, tail = text[:start].rstrip(" -–:,"), text[start:]
            if head and self.kinds(tail, country):
                return tail, head
        return "", text
