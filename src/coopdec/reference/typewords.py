"""Type words: what they mean in a country, and taking them off a name's head: « Gouvernement
autonome municipal de Sacaba »."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

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
        # Most names hold none: one look at their first word, or their last, tells. The first
        # word of type words → of how many words the longest that begin so are.
        self._first = dict[str, int]()
        for words, _ in self._kinds:
            first = words.partition(" ")[0]
            self._first[first] = max(self._first.get(first, 0), words.count(" ") + 1)
        self._last = {words.rpartition(" ")[2] for words, _ in self._kinds}

    def kinds(self, words: str, country: str | None) -> tuple[Kind, ...]:
        """See :meth:`Gazetteer.type_word`."""
        return self._of(folded(words), country)

    def _of(self, plain: str, country: str | None) -> tuple[Kind, ...]:
        own = self._kinds.get((plain, country or ""))
        if own is None and country != "FR":
            own = self._kinds.get((plain, ""))
        return own or ()

    def split(self, name: str, country: str | None) -> tuple[str, str]:
        """See :meth:`Gazetteer.split_type`. The longest run of type words wins; a name that
        is nothing but type words (« Région Centre » is not) keeps its last word."""
        text = collapse(name)[:500]
        words = folded(text).split(" ")
        for n in range(min(self._first.get(words[0], 0), len(words)), 0, -1):
            plain = " ".join(words[:n])
            end = _end(text, plain) if self._of(plain, country) else 0
            if end and (rest := text[end:].strip()):
                return text[:end], _PARTICLE.sub("", rest.strip(" -–:,")) or rest
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


def _end(text: str, plain: str) -> int:
    """Where the words end whose folded form opens a text, with the marks after them; 0 where
    they end within a word: « Ville-Haute » is one."""
    end = 0
    for word in islice(_WORD.finditer(text), _LONGEST):
        if folded(text[: word.end()]) == plain:
            end = word.end()
        elif end:
            break
    return end
