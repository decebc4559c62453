"""What comes again, for a while: memories of two generations, which hold the last half that
came and, of those before, what was asked for since."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

__all__ = ["Memory", "Remembered"]

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Memory(Generic[T]):
    """What was made of ``size`` keys at most, asked for one at a time."""

    def __init__(self, size: int) -> None:
        self._half = size // 2
        self._known: dict[Hashable, tuple[T, Any]] = {}
        self._before: dict[Hashable, tuple[T, Any]] = {}

    def get(self, key: Hashable, make: Callable[[], T], held: Any = None) -> T:
        """What was made of this key, or is now. ``held``: the objects whose identity is part
        of the key, so that no other gets it."""
        known = self._known.get(key)
        if known is None:
            known = self._before.get(key) or (make(), held)
            if len(self._known) >= self._half:
                self._before, self._known = self._known, {}
            self._known[key] = known
        return known[0]


class Remembered(Generic[K, T]):
    """Answers to questions that are asked many at a time: ``find`` gives one for each (none is
    None) and is asked at once all that is not remembered. ``size`` answers at most, and those
    of the questions at hand.

    >>> squares = Remembered(lambda numbers: [n * n for n in numbers], 8)
    >>> squares([3, 2, 3])
    [9, 4, 9]
    """

    def __init__(self, find: Callable[[Sequence[K]], Sequence[T]], size: int) -> None:
        self._find = find
        self._half = size // 2
        self._known: dict[K, T] = {}
        self._before: dict[K, T] = {}

    def __call__(self, questions: Sequence[K]) -> list[T]:
        """The answers, in order; the same object for the same question, while remembered."""
        known, before = self._known, self._before
        found = [known.get(question) for question in questions]
        if None in found:
            missing = []
            for question in dict.fromkeys(
                    [q for q, answer in zip(questions, found, strict=True) if answer is None]):
                if (answer := before.get(question)) is None:
                    missing.append(question)
                else:
                    known[question] = answer
            known.update(zip(missing, self._find(missing) if missing else (), strict=True))
            found = [known[q] if answer is None else answer
                     for q, answer in zip(questions, found, strict=True)]
            if len(known) >= self._half:
                self._before, self._known = known, {}
        return found  # type: ignore[return-value]  # none is None now
