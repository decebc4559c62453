"""Ends that are asked for from outside."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["ended_by_signal"]


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """A polite end (SIGTERM), or of the terminal (SIGHUP, unless nohup keeps it away), is like
    Ctrl-C: what is under way is cleaned up."""
    before = {asked: signal.getsignal(asked) for asked in (signal.SIGTERM, signal.SIGHUP)}
    for asked, done in before.items():
        if done is not signal.SIG_IGN:
            signal.signal(asked, signal.default_int_handler)
    try:
        yield
    finally:
        for asked, done in before.items():
            signal.signal(asked, done)
