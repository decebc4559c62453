"""What a process that answers for long gives back to the system between two questions."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from pathlib import Path

__all__ = ["few_arenas", "give_back", "own"]

#: https://man7.org/linux/man-pages/man3/mallopt.3.html
_M_ARENA_MAX = -8


def few_arenas() -> None:
    """glibc gives each thread a heap of its own, of which little ever goes back; the lock of
    Python's interpreter lets no two of ours allocate at once anyway."""
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def give_back() -> None:
    """Whole pages of freed memory, wherever they lie in the heap."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def own() -> int:
    """Bytes of memory that are this process's own; 0 where the system does not say."""
    with suppress(OSError, ValueError):
        _, resident, shared, *_ = map(int, Path("/proc/self/statm").read_text().split())
        return (resident - shared) * os.sysconf("SC_PAGE_SIZE")
    return 0
