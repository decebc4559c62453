"""Work in a thread of its own, waited for no longer than asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

__all__ = ["run_aside"]

T = TypeVar("T")


def run_aside(work: Callable[[], T], seconds: float | None = None) -> T:
    """The result of ``work``; what it raises is raised here.

    Raises:
        TimeoutError: it took longer than ``seconds``; the thread is left to itself.
    """
    done: list[T] = []
    failed: list[BaseException] = []

    def go() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001 - handed on to the caller's thread
            failed.append(error)

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]
