"""Whose query runs next, so that none who asks for much keeps the others waiting.

A client runs no more than its share at once. All workers but one run queries to the time
limit; the last one takes what comes while those are busy: what is short is answered, what is
long gives way after a moment to whoever waits, and waits for a worker that has the time. Who
runs least now goes first, then who had least of the workers' time lately.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from coopdec.errors import OutsideError

__all__ = ["ASKER", "Overloaded", "Turn", "Turns"]

#: Who the running request comes from; "": the server itself, which is not counted.
ASKER: ContextVar[str] = ContextVar("asker", default="")

#: Clients whose time is remembered; beyond, those who had their last turn first are forgotten.
_REMEMBERED = 2000

W = TypeVar("W")


class Overloaded(OutsideError):
    """As many queries wait as may; ``retry_after``: seconds to wait before the next try."""

    retry_after = 5


@dataclass(eq=False, slots=True)
class Turn(Generic[W]):
    """A worker for one query. ``whole``: it may run to the time limit; otherwise only for
    a moment."""

    worker: W
    client: str
    whole: bool
    since: float


@dataclass(eq=False, slots=True)
class _Waiting(Generic[W]):
    client: str
    long: bool
    future: asyncio.Future[Turn[W]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future())


class _Spent:
    """Seconds of the workers that each client had, of which half are forgotten each minute."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._found: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __getitem__(self, client: str) -> float:
        seconds, then = self._found.get(client, (0.0, 0.0))
        return seconds * 0.5 ** ((self._clock() - then) / 60) if seconds else 0.0

    def add(self, client: str, seconds: float) -> None:
        self._found[client] = (self[client] + seconds, self._clock())
        self._found.move_to_end(client)
        if len(self._found) > _REMEMBERED:
            self._found.popitem(last=False)


class Turns(Generic[W]):
    """``workers`` for queries; ``waiting``: how many may wait, of one client half as many;
    ``share``: how many of one client may run."""

    def __init__(self, workers: Sequence[W], waiting: int, share: int,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._idle = list(workers)
        self._number = len(workers)
        self._bound, self._share = waiting, share
        self._queue: list[_Waiting[W]] = []
        self._held: Counter[str] = Counter()
        self._whole = 0
        self._closed = False
        self._clock = clock
        self._spent = _Spent(clock)

    @property
    def running(self) -> int:
        return self._number - len(self._idle)

    @property
    def waiting(self) -> int:
        return len(self._queue)

    async def take(self, client: str, seconds: float, *, long: bool = False) -> Turn[W]:
        """A worker, after no more than ``seconds``. ``long``: the query is known to take
        more than a moment.

        Raises:
            Overloaded: too many wait already, or none came free.
        """
        if self._closed:
            raise Overloaded("web-stopping")
        asked: _Waiting[W] = _Waiting(client, long)
        if (turn := self._given(asked)) is not None:
            return turn
        theirs = sum(w.client == client for w in self._queue) if client else 0
        if len(self._queue) >= self._bound or theirs >= max(1, self._bound // 2):
            raise Overloaded("web-overloaded")
        self._queue.append(asked)
        try:
            return await asyncio.wait_for(asyncio.shield(asked.future), seconds)
        except TimeoutError as error:
            self._left(asked)
            raise Overloaded("web-overloaded") from error
        except asyncio.CancelledError:
            self._left(asked)
            raise

    def close(self) -> None:
        """No more turns are given."""
        self._closed = True
        for asked in self._queue:
            if not asked.future.done():
                asked.future.set_exception(Overloaded("web-stopping"))
        self._queue.clear()

    def gives_way(self, turn: Turn[W]) -> bool:
        """Whether a turn that was given for a moment must end now: someone waits for such a
        one. Otherwise it goes on, to the time limit where another worker came free."""
        if not turn.whole and self._has_time():
            turn.whole = True
            self._whole += 1
        return not turn.whole and any(
            not w.long and self._may_run(w.client) for w in self._queue)

    def free(self, turn: Turn[W]) -> None:
        """The worker may be given to another."""
        self._idle.append(turn.worker)
        if turn.client:
            self._spent.add(turn.client, self._clock() - turn.since)
        self._whole -= turn.whole
        self._held[turn.client] -= 1
        if self._held[turn.client] <= 0:
            del self._held[turn.client]
        self._serve()

    def _serve(self) -> None:
        for asked in sorted(self._queue,
                            key=lambda w: (self._held[w.client], self._spent[w.client])):
            if not self._idle:
                return
            if asked.future.done():
                continue
            turn = self._given(asked)
            if turn is not None:
                self._queue.remove(asked)
                asked.future.set_result(turn)

    def _given(self, asked: _Waiting[W]) -> Turn[W] | None:
        if not self._idle or not self._may_run(asked.client):
            return None
        whole = self._has_time()
        if asked.long and not whole:
            return None
        self._whole += whole
        self._held[asked.client] += 1
        return Turn(self._idle.pop(), asked.client, whole, self._clock())

    def _has_time(self) -> bool:
        """Whether one more may run to the time limit: on any worker but the last, or on the only
        one."""
        return self._whole < max(1, self._number - 1)

    def _may_run(self, client: str) -> bool:
        return not client or self._held[client] < self._share

    def _left(self, asked: _Waiting[W]) -> None:
        """Who waited left; what came at that moment goes to the next."""
        if asked in self._queue:
            self._queue.remove(asked)
        if (not asked.future.cancel() and not asked.future.cancelled()
                and asked.future.exception() is None):
            self.free(asked.future.result())
