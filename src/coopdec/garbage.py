"""When Python looks for garbage. What a build makes has hardly any cycles, and lives for long:
to go through it again and again would take a tenth of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

__all__ = ["look_through", "set_aside", "thawed", "uncollected"]


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
_calls = count(1)


def set_aside() -> None:
    """Nothing that is alive now is looked through, until :func:`look_through`. To be called
    where garbage is not looked for."""
    if next(_calls) % _TIMES == 0:
        look_through()
    gc.freeze()


def look_through() -> None:
    """Let go of what died among what was set aside; the rest stays there."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
        gc.freeze()


@contextmanager
def thawed() -> Iterator[None]:
    """Nothing is set aside any more when this ends."""
    try:
        yield
    finally:
        gc.unfreeze()
