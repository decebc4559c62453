"""Processes of ours that work for this one: what they hear, and that they do not outlive it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker

__all__ = ["ASKED", "bound", "unheard"]

#: How an end is asked for: of all processes of a terminal, or of whoever leads.
ASKED = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)

_PR_SET_PDEATHSIG = 1  # prctl(2)


@contextmanager
def unheard() -> Iterator[None]:
    """Who is started meanwhile (a process, or a thread and whatever that one starts) hears
    nothing of what a terminal sends to all its processes until it asks for it; we hear it at
    the end."""
    resource_tracker.ensure_running()  # to start it later would let signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ASKED)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def bound() -> None:
    """In a process that ``multiprocessing`` started: it ends with its parent, whatever ends
    that one."""
    parent = parent_process()
    if parent is None or parent.pid is None:
        return
    if sys.platform == "linux":  # one that is stopped ends, too
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent.pid,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def dask_setup(_: object) -> None:
    """What Dask calls in each worker that loads this module first."""
    bound()
