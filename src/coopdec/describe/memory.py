"""What was made once, for a while."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

__all__ = ["Memory"]

T = TypeVar("T")


class Memory(Generic[T]):
    """Remembers what was made of ``size`` keys at most: of the last half that came and, of
    those before, what was asked for since."""

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
