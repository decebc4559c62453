"""Queries side by side, each where it can be killed, and no more than the machine bears."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from coopdec.dataset.binding import placed, with_prefixes
from coopdec.dataset.serial import Answer, Caps, Wanted
from coopdec.dataset.tokens import check_size, services
from coopdec.errors import CoopdecError, UsageError
from coopdec.vocab import BASE
from coopdec.web.turns import ASKER, Overloaded, Turn, Turns

__all__ = ["Asked", "Overloaded", "Pool", "Terms"]

#: Queries that took long, of which we know again that they do.
_REMEMBERED = 200


class _GaveWay(Exception):
    pass


class Asked(Protocol):
    """What answers one query at a time: a worker process, or another endpoint."""

    def answer(self, sparql: str, wanted: Wanted, timeout: float | None = None) -> Answer: ...
    def start(self) -> None: ...
    def kill(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """What a query may take: ``seconds``; ``caps`` on its answer; how many may run
    (``workers``) and wait (``waiting``); the endpoints that ``SERVICE`` may name. ``base``:
    what documents shorten IRIs against. ``share``: how many of one client may run, None: half
    of the workers; ``moment``: seconds after which a query that runs while all others are busy
    gives way; None: it never does."""

    seconds: float = 10.0
    caps: Caps = field(default_factory=lambda: Caps(rows=100_000, size=64 << 20))
    workers: int = 4
    waiting: int = 64
    services: Collection[str] = ()
    base: str = BASE
    share: int | None = None
    moment: float | None = 0.5


class Pool:
    """Workers, and a queue with a bound before them. ``ended`` is told how each query ended
    (``ok``, ``cut``, or an error's code) and how long it took."""

    def __init__(self, make: Callable[[], Asked], terms: Terms,
                 ended: Callable[[str, float], None] = lambda *_: None) -> None:
        self.terms = terms
        self._ended = ended
        self._all = [make() for _ in range(terms.workers)]
        self._turns = Turns(self._all, terms.waiting, terms.share or max(1, terms.workers // 2))
        self._threads = ThreadPoolExecutor(terms.workers, "query")
        self._long: OrderedDict[str, None] = OrderedDict()

    @property
    def running(self) -> int:
        """How many queries run now."""
        return self._turns.running

    @property
    def waiting(self) -> int:
        """How many wait for a worker."""
        return self._turns.waiting

    async def start(self) -> None:
        """Start every worker, and wait for the first: the others come while it answers.

        Raises:
            StorageError: the store cannot be opened.
        """
        loop = asyncio.get_running_loop()
        first, *_ = [loop.run_in_executor(self._threads, w.start) for w in reversed(self._all)]
        await first

    async def ask(self, sparql: str, form: str, *, rows: int | None = None) -> Answer:
        """The answer as ``form`` of :mod:`coopdec.dataset.serial`, cut at ``rows`` if that is
        less than the cap.

        Raises:
            Overloaded: the queue is full, or did not move within the time limit.
            QuerySyntaxError, UsageError, QueryTimeout, OutsideError: from the query.
        """
        check_size(sparql)
        for name in services(sparql):
            if name not in self.terms.services:
                raise UsageError("web-service-off", url=name)
        ready, added = with_prefixes(sparql)
        caps = self.terms.caps
        if rows is not None:
            caps = Caps(rows if caps.rows is None else min(rows, caps.rows), caps.size)
        began, end = time.perf_counter(), "left"
        try:
            with placed(added):
                found = await self._answered(ready, Wanted(form, caps, self.terms.base))
            end = "cut" if found.cut else "ok"
        except CoopdecError as error:
            end = error.code
            raise
        finally:
            self._ended(end, time.perf_counter() - began)
        return found

    async def _answered(self, sparql: str, wanted: Wanted) -> Answer:
        client, limit = ASKER.get(), self.terms.seconds
        turn = await self._turns.take(client, limit, long=sparql in self._long)
        began = time.perf_counter()
        try:
            return await self._run(turn, sparql, wanted)
        except _GaveWay:
            turn = await self._turns.take(client, limit, long=True)
            return await self._run(turn, sparql, wanted)
        finally:
            moment = self.terms.moment
            if moment is not None and time.perf_counter() - began > moment:
                self._known_as_long(sparql)

    def _known_as_long(self, sparql: str) -> None:
        """Asked again, it does not begin where it would be stopped after a moment."""
        self._long[sparql] = None
        while len(self._long) > _REMEMBERED:
            self._long.popitem(last=False)

    async def _run(self, turn: Turn[Asked], sparql: str, wanted: Wanted) -> Answer:
        """
        Raises:
            _GaveWay: it was stopped for others that wait.
        """
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(
            self._threads, turn.worker.answer, sparql, wanted, self.terms.seconds)

        def over(found: asyncio.Future[Answer]) -> None:
            # The worker is free when its thread is, not when whoever asked has left.
            if not found.cancelled():
                found.exception()  # whoever still waits is told
            self._started_again(turn)

        done.add_done_callback(over)
        try:
            while not turn.whole and not (await asyncio.wait(
                    {done}, timeout=self.terms.moment))[0]:
                if self._turns.gives_way(turn):
                    turn.worker.kill()
                    raise _GaveWay
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            turn.worker.kill()
            raise

    def _started_again(self, turn: Turn[Asked]) -> None:
        """A worker that was killed starts in its thread, before anyone waits for it."""
        def free(found: asyncio.Future[None]) -> None:
            if not found.cancelled():
                found.exception()  # whoever asks next is told
            self._turns.free(turn)

        with suppress(RuntimeError):  # the pool was closed meanwhile
            asyncio.get_running_loop().run_in_executor(
                self._threads, turn.worker.start).add_done_callback(free)

    def drain(self) -> None:
        """The server stops: what runs may end, whoever waits or comes is sent away."""
        self._turns.close()

    def close(self) -> None:
        """End the workers, whatever they do."""
        for worker in self._all:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.close()
