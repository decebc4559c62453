"""Answers that are kept for those who ask the same again, or for the next part of it."""

from __future__ import annotations

from collections import OrderedDict

from coopdec.dataset.serial import Answer

__all__ = ["Kept"]


class Kept:
    """Answers to queries of the site, ``size`` bytes of them at most, the last used longest.
    They hold as long as the release does: each has its own."""

    def __init__(self, size: int = 32 << 20) -> None:
        self._most = size
        self._size = 0
        self._found: OrderedDict[str, Answer] = OrderedDict()

    def get(self, sparql: str) -> Answer | None:
        found = self._found.get(sparql)
        if found is not None:
            self._found.move_to_end(sparql)
        return found

    def put(self, sparql: str, answer: Answer) -> None:
        if len(answer.data) > self._most // 2 or sparql in self._found:
            return
        self._found[sparql] = answer
        self._size += len(answer.data)
        while self._size > self._most:
            self._size -= len(self._found.popitem(last=False)[1].data)
