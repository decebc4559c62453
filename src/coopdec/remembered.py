"""Answers to questions that are asked many at a time and come again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

__all__ = ["Remembered"]

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Remembered(Generic[K, T]):
    """Asks ``find``, which gives an answer for each question (none is None), all that it does
    not remember at once. It remembers ``size`` answers at most: the last half that came and, of
    those before, what was asked for since; and those of the questions at hand.

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
