"""Ends that are asked for from outside."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["ended_by_signal"]


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """A polite end (SIGTERM) is like Ctrl-C: what is under way is cleaned up."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
