"""Answers that are kept for those who ask the same again, or for the next part of it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from coopdec.dataset.serial import Answer

__all__ = ["Kept"]


class Kept:
    """Answers to queries of the site, ``size`` bytes of them at most, the last used longest.
    They hold as long as the release does: each has its own."""

    def __init__(self, size: int = 32 << 20,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._most = size
        self._size = 0
        self._clock = clock
        #: Each with the time at which it was asked for last.
        self._found: OrderedDict[str, tuple[Answer, float]] = OrderedDict()

    def get(self, sparql: str) -> Answer | None:
        found = self._found.pop(sparql, None)
        if found is None:
            return None
        self._found[sparql] = found[0], self._clock()
        return found[0]

    def put(self, sparql: str, answer: Answer) -> None:
        if len(answer.data) > self._most // 2 or sparql in self._found:
            return
        self._found[sparql] = answer, self._clock()
        self._size += len(answer.data)
        while self._size > self._most:
            self._drop_oldest()

    def forget(self, seconds: float) -> None:
        """Let go of what nobody asked for in the last so many seconds."""
        before = self._clock() - seconds
        while self._found and next(iter(self._found.values()))[1] < before:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        _, (answer, _) = self._found.popitem(last=False)
        self._size -= len(answer.data)
