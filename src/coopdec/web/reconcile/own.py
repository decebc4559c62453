"""What our data name, through the index that the pages use too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coopdec.reference import Gazetteer
from coopdec.text import fold
from coopdec.web.reconcile.entities import Known, in_reference, of_reference
from coopdec.web.reconcile.types import TYPES

if TYPE_CHECKING:
    from coopdec.web.pages.index import Index
    from coopdec.web.pages.models import Entity

__all__ = ["Own"]

_CANDIDATES = 40
#: As many words as the index looks for, and how many of them are left out in turn.
_MOST_WORDS, _LEFT_OUT = 12, 4


class Own:
    """Resources of the data by identifier and by name. Safe in threads."""

    def __init__(self, index: Index, places: Gazetteer) -> None:
        self.index = index
        self.places = places

    def get(self, path: str) -> Known | None:
        """A resource of one of our types, whether or not the reference knows it."""
        found = self.index.entity(path)
        return None if found is None else self._known(found)

    def placed(self, known: Known) -> Known:
        """An entry of the reference, with what the data say of it."""
        found = self.index.entity(known.id)
        if found is None or known.entity is None:
            return known
        return of_reference(known.entity, found.n)

    def _known(self, found: Entity) -> Known | None:
        if found.type not in TYPES:
            return None
        entity = in_reference(found.path, self.places)
        if entity is not None:
            return of_reference(entity, found.n)
        parts = found.path.split("/")
        abroad = parts[0] in ("territory", "institution") and len(parts) > 1
        return Known(found.path, found.type, found.labels, None, found.n,
                     parts[1] if abroad else "FR" if parts[0] == "collectivity" else None)

    def named(self, words: str, *, partly: bool = False) -> list[Known]:
        """Resources that are no projects, by words of a name, the last of which may be
        begun only; ``partly``: one word of the name may be another."""
        for asked in _tries(words, partly):
            found = self.index.named(asked, _CANDIDATES)
            if known := [k for e in found if (k := self._known(e)) is not None]:
                return known
        return []

    def projects(self, words: str, *, partly: bool = False, skip: int = 0,
                 count: int = _CANDIDATES) -> list[Known]:
        for asked in _tries(words, partly):
            bits = self.index.search(asked)
            if bits:
                cards = self.index.cards(_ordinals(bits, skip + count)[skip:])
                return [Known(c["path"], "Project", c["labels"],
                              facets={k: v for k, v in c.items() if isinstance(v, list)})
                        for c in cards]
        return []


def _tries(words: str, partly: bool) -> Iterator[str]:
    """The words, then all but one of them: each of the longest may be misspelt."""
    yield words
    single = fold(words[:400]).split()[:_MOST_WORDS]
    if partly and len(single) > 2:
        for left_out in sorted(dict.fromkeys(single), key=len, reverse=True)[:_LEFT_OUT]:
            yield " ".join(w for w in single if w != left_out)


def _ordinals(bits: int, most: int) -> list[int]:
    found: list[int] = []
    while bits and len(found) < most:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found
