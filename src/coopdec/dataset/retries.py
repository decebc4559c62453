"""Trying again when a server is busy: a few times, ever later, as late as it asks."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from coopdec.errors import EndpointError

__all__ = ["MAX_WAIT", "TRIES", "Busy", "patiently", "wait_asked"]

TRIES = 4
#: Whoever asks for a longer pause gets an error for the user to read, not a silent wait.
MAX_WAIT = 30.0
_FIRST = 0.5

T = TypeVar("T")


class Busy(Exception):
    """A server that cannot answer now: HTTP ``status`` and its Retry-After as sent."""

    def __init__(self, status: int, retry_after: str | None) -> None:
        self.status = status
        self.wait = wait_asked(retry_after)
        super().__init__(status)


def wait_asked(header: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After asks for, as a number or a date; None if it says nothing.

    >>> wait_asked("7")
    7.0
    """
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def patiently(
    attempt: Callable[[], T], deadline: float, url: str,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Try until it works, :data:`TRIES` times at most and never past ``deadline`` (of
    ``time.monotonic``).

    Raises:
        EndpointError: still busy, or it asks for a longer wait than there is.
    """
    for number in range(1, TRIES + 1):
        try:
            return attempt()
        except Busy as busy:
            pause = _FIRST * 2 ** (number - 1) * random.uniform(0.75, 1.25)
            asked = busy.wait
            if asked is not None and (asked > MAX_WAIT or time.monotonic() + asked > deadline):
                raise EndpointError("endpoint-busy-until", url=url, status=busy.status,
                                    seconds=round(asked)) from busy
            pause = max(pause, asked or 0.0)
            if number == TRIES or time.monotonic() + pause > deadline:
                raise EndpointError("endpoint-busy", url=url, status=busy.status,
                                    tries=number) from busy
            sleep(pause)
    raise AssertionError("unreachable")
