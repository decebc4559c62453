"""Tasks in several processes of this machine."""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from coopdec.executors.bound import ASKED, bound, unheard
from coopdec.executors.running import Bounded

__all__ = ["Pool"]

T = TypeVar("T")
R = TypeVar("R")


class Pool(Bounded):
    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, function: Callable[[T], R], task: T) -> Future[R]:
        if self._pool is None:
            self._pool = self._new()
        with unheard():
            try:
                return self._pool.submit(function, task)
            except BrokenExecutor:
                self.close()
                self._pool = self._new()
                return self._pool.submit(function, task)

    def prepare(self, function: Callable[[T], object], given: T) -> None:
        for _ in range(self.workers):
            self.submit(function, given)  # whoever cannot says so with its first task

    def _new(self) -> ProcessPoolExecutor:
        # Spawned: a forked copy of a process with threads may hang.
        return ProcessPoolExecutor(self.workers, get_context("spawn"), _start)

    def close(self) -> None:
        if self._pool is None:
            return
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()  # one that is stopped hears nothing else
        for process in processes:
            process.join(5)
        self._pool = None


def _start() -> None:
    """In a new worker: when to end is its parent's matter, and it does not outlive it."""
    for asked in ASKED:
        signal.signal(asked, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED)
    bound()
