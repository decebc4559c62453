"""When Python looks for garbage. What a build makes has hardly any cycles, and lives for long:
to go through it again and again would take a tenth of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

__all__ = ["set_aside", "take_back", "uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """What a chunk makes has no cycles, and lives as long as the chunk: it is not looked
    through."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


#: Times that something is set aside until all of it is looked through: a process that builds
#: for days must not keep what died there.
_TIMES = 32
_calls = count()


def set_aside() -> None:
    """Nothing that is alive now is looked through, but now and then. To be called where garbage
    is not looked for."""
    if next(_calls) % _TIMES == 0:  # the first time, too: what loading has left
        gc.unfreeze()
        gc.collect()
    gc.freeze()


def take_back() -> None:
    """Nothing is set aside any more."""
    gc.unfreeze()
