"""What was made once, for a while."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

__all__ = ["Memory"]

T = TypeVar("T")


class Memory(Generic[T]):
    """Remembers what was made of ``size`` keys, then begins anew."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: dict[Hashable, tuple[T, Any]] = {}

    def get(self, key: Hashable, make: Callable[[], T], held: Any = None) -> T:
        """What was made of this key, or is now. ``held``: the objects whose identity is part
        of the key, so that no other gets it."""
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= self._size:
                self._known.clear()
            known = self._known[key] = make(), held
        return known[0]
