"""What stands beside the answers of a search: pages of its words, and words that were meant."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Literal

from coopdec.classify.explicit import named_goals
from coopdec.dataset.patterns import told
from coopdec.web.pages.index import WORDS, Index
from coopdec.web.pages.models import Entity

__all__ = ["alone", "meant", "pages_of"]

#: Spellings that are offered.
_OFFERED = 4


def pages_of(index: Index, words: str) -> list[Entity]:
    """Goals that the words name by number (« ODD 6 », “SDG 6.1”), then what is called so."""
    goals = [e for goal, target, _, _ in named_goals(words)
             if (e := index.entity(f"goal/{target or goal}"))]
    return list({e.path: e for e in (*goals, *index.named(words))}.values())


def alone(index: Index, words: str) -> list[tuple[str, int]]:
    """Each of the words that finds projects by itself, and how many."""
    return [(w, bits.bit_count()) for w in told(words)[:WORDS] if (bits := index.search(w))]


def meant(index: Index, words: str, found: Callable[[str], int],
          table: Literal["words", "names"] = "words") -> list[tuple[str, int]]:
    """The same search with each word that finds nothing spelt as one that does, and how much
    it finds; where all words together find nothing, that spelling by itself."""
    asked = told(words)[:WORDS]
    offered: dict[str, int] = {}
    for word in asked:
        for near in () if found(word) else index.spelt(word, table):
            for spelling in (" ".join(near if w == word else w for w in asked), near):
                if n := found(spelling):
                    offered[spelling] = n
                    break
    return list(islice(offered.items(), _OFFERED))
