"""What the lexicon does not see yet: titles without a theme, and their frequent words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coopdec.classify.engine import classify
from coopdec.classify.lexicon import Lexicon, builtin
from coopdec.classify.words import cut, mend, spell
from coopdec.text import fold

__all__ = ["Coverage", "coverage"]

#: Words of every project title: nobody needs to be told of them.
_EVERYWHERE = (
    "avec afin ainsi amelioration ameliorer appui appuyer cadre dans developpement durable "
    "durables elle entre ensemble faveur gestion leur leurs lieu mise oeuvre phase pour programme "
    "projet projets renforcement renforcer sein soutien soutenir travers vers with from project "
    "support"
)
_COMMON = frozenset(_EVERYWHERE.split())


@dataclass(frozen=True, slots=True)
class Coverage:
    """``titles``: how many were read; ``goals``: how many state each goal; ``without``:
    the titles that state none; ``words``: the words that the lexicon does not know and
    that occur in more than one of those, with the number of titles, most frequent first."""

    titles: int
    goals: Mapping[int, int]
    without: tuple[str, ...]
    words: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float:
        """Share of the titles that state at least one goal; 1 where there is no title."""
        return 1 - len(self.without) / self.titles if self.titles else 1.0


def coverage(
    titles: Iterable[str], *, top: int = 50, lexicon: Lexicon | None = None
) -> Coverage:
    """Read the titles and say what the lexicon makes of them.

    >>> coverage(["Eau potable", "Fantastic", "Fantastic bis"]).words
    (('fantastic', 2),)
    """
    known = lexicon or builtin()
    read = 0
    goals: Counter[int] = Counter()
    words: Counter[str] = Counter()
    without = []
    for title in titles:
        read += 1
        found = {theme.goal for theme in classify(title, lexicon=known)}
        goals.update(found)
        if not found:
            without.append(title)
            words.update(_unknown(title, known))
    frequent = sorted(((w, n) for w, n in words.items() if n > 1), key=lambda x: (-x[1], x[0]))
    return Coverage(read, dict(sorted(goals.items())), tuple(without), tuple(frequent[:top]))


def _unknown(title: str, lexicon: Lexicon) -> set[str]:
    words = {word for word in cut(mend(title)[0])[1] if len(word) > 3}
    return {fold(spell(word)) for word in words if lexicon.keys[word] is None} - _COMMON
