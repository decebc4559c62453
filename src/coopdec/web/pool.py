"""Queries side by side, each where it can be killed, and no more than the machine bears."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from coopdec.dataset.binding import placed, with_prefixes
from coopdec.dataset.serial import Answer, Caps, Wanted
from coopdec.dataset.tokens import check_size, services
from coopdec.errors import CoopdecError, OutsideError, UsageError
from coopdec.vocab import BASE

__all__ = ["Asked", "Overloaded", "Pool", "Terms"]


class Overloaded(OutsideError):
    """As many queries wait as may; ``retry_after``: seconds to wait before the next try."""

    retry_after = 5


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
    what documents shorten IRIs against."""

    seconds: float = 10.0
    caps: Caps = field(default_factory=lambda: Caps(rows=100_000, size=64 << 20))
    workers: int = 4
    waiting: int = 64
    services: Collection[str] = ()
    base: str = BASE


class Pool:
    """Workers, and a queue with a bound before them. ``ended`` is told how each query ended
    (``ok``, ``cut``, or an error's code) and how long it took."""

    def __init__(self, make: Callable[[], Asked], terms: Terms,
                 ended: Callable[[str, float], None] = lambda *_: None) -> None:
        self.terms = terms
        self._ended = ended
        self._all = [make() for _ in range(terms.workers)]
        self._idle = list(self._all)
        self._queue: deque[asyncio.Future[Asked]] = deque()
        self._threads = ThreadPoolExecutor(terms.workers, "query")

    @property
    def running(self) -> int:
        """How many queries run now."""
        return len(self._all) - len(self._idle)

    @property
    def waiting(self) -> int:
        """How many wait for a worker."""
        return len(self._queue)

    async def start(self) -> None:
        """Start every worker now.

        Raises:
            StorageError: the store cannot be opened.
        """
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(self._threads, w.start) for w in self._all))

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
                wanted = Wanted(form, caps, self.terms.base)
                found = await self._run(await self._taken(), ready, wanted)
            end = "cut" if found.cut else "ok"
        except CoopdecError as error:
            end = error.code
            raise
        finally:
            self._ended(end, time.perf_counter() - began)
        return found

    async def _run(self, worker: Asked, sparql: str, wanted: Wanted) -> Answer:
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(
            self._threads, worker.answer, sparql, wanted, self.terms.seconds)
        # The worker is free when its thread is, not when whoever asked has left.
        done.add_done_callback(lambda _: self._started_again(worker))
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            worker.kill()
            raise

    def _started_again(self, worker: Asked) -> None:
        """A worker that was killed starts in its thread, before anyone waits for it."""
        def free(found: asyncio.Future[None]) -> None:
            if not found.cancelled():
                found.exception()  # whoever asks next is told
            self._free(worker)

        with suppress(RuntimeError):  # the pool was closed meanwhile
            asyncio.get_running_loop().run_in_executor(
                self._threads, worker.start).add_done_callback(free)

    def _free(self, worker: Asked) -> None:
        while self._queue:
            waiter = self._queue.popleft()
            if not waiter.done():
                waiter.set_result(worker)
                return
        self._idle.append(worker)

    async def _taken(self) -> Asked:
        if self._idle:
            return self._idle.pop()
        if len(self._queue) >= self.terms.waiting:
            raise Overloaded("web-overloaded")
        waiter: asyncio.Future[Asked] = asyncio.get_running_loop().create_future()
        self._queue.append(waiter)
        try:
            return await asyncio.wait_for(asyncio.shield(waiter), self.terms.seconds)
        except TimeoutError as error:
            self._left(waiter)
            raise Overloaded("web-overloaded") from error
        except asyncio.CancelledError:
            self._left(waiter)
            raise

    def _left(self, waiter: asyncio.Future[Asked]) -> None:
        """Who waited left; what came at that moment goes to the next."""
        if waiter in self._queue:
            self._queue.remove(waiter)
        if not waiter.cancel() and not waiter.cancelled():
            self._free(waiter.result())

    def close(self) -> None:
        """End the workers, whatever they do."""
        for worker in self._all:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.close()
