"""One way to run tasks: in this process, in several, or on a cluster.

::

    with runner(workers=2) as run:
        for task, result in run(function, tasks):
            …

Results come as they are ready. No more tasks are under way than twice the workers, so that
memory is bounded. A task whose worker dies is run once more, alone; one that fails twice
raises :class:`TaskFailed`. Leaving the block ends every process.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from coopdec.errors import CoopdecError, MissingExtra, OutsideError

__all__ = ["Runner", "TaskFailed", "cores", "in_order", "runner"]

T = TypeVar("T")
R = TypeVar("R")


class Runner(Protocol):
    """Calls a function for each task. ``workers``: how many run at a time; ``apart``: in
    other processes than this one; ``dashboard``: where to watch them, if anywhere."""

    workers: int
    apart: bool
    dashboard: str

    def prepare(self, function: Callable[[T], object], given: T) -> None:
        """Let each worker start and call this while the first task is being made."""

    def __call__(
        self, function: Callable[[T], R], tasks: Iterable[T]
    ) -> Iterator[tuple[T, R]]: ...


def in_order(run: Runner, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
    """The results in the order of their tasks: what is ready early waits."""
    under_way: deque[T] = deque()
    ready: dict[int, R] = {}

    def drawn() -> Iterator[T]:
        for task in tasks:
            under_way.append(task)
            yield task

    for task, result in run(function, drawn()):
        ready[id(task)] = result
        while under_way and id(under_way[0]) in ready:
            yield ready.pop(id(under_way.popleft()))


class TaskFailed(OutsideError):
    """``task`` failed twice; ``why`` is what it said the second time."""

    def __init__(self, task: Any, why: str) -> None:
        super().__init__("task-failed", why=why)
        self.task = task
        self.why = why


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def runner(workers: int = 1, cluster: str | None = None) -> Iterator[Runner]:
    """``workers``: processes of this machine, 0 for as many as cores, 1 for this process
    alone. ``cluster``: the address of a Dask scheduler, or « local » for one of our own.

    Raises:
        MissingExtra: ``distributed`` is not installed.
        OutsideError: no scheduler at that address.
    """
    if cluster is not None:
        with _dask(cluster, workers) as run:
            yield run
        return
    number = workers or cores()
    if number == 1:
        yield _Here()
        return
    pool = _Pool(number)
    try:
        yield pool
    finally:
        pool.close()


class _Here:
    workers = 1
    apart = False
    dashboard = ""

    def prepare(self, function: Callable[[T], object], given: T) -> None:
        pass

    def __call__(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R]]:
        for task in tasks:
            try:
                result = function(task)
            except (CoopdecError, OSError):
                raise
            except Exception:  # noqa: BLE001 (once more, as everywhere)
                result = _again(function, task)
            yield task, result


def _again(function: Callable[[T], R], task: T) -> R:
    try:
        return function(task)
    except (CoopdecError, OSError):
        raise
    except Exception as error:
        raise TaskFailed(task, f"{type(error).__name__}: {error}") from error


class _Bounded:
    """Tasks on any executor; what its failures mean is the subclass's."""

    apart = True
    dashboard = ""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def prepare(self, function: Callable[[T], object], given: T) -> None:
        """Nothing on a cluster, whose workers are there."""

    def __call__(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R]]:
        stream = iter(tasks)
        under_way: dict[Future[R], T] = {}
        while True:
            for task in islice(stream, 2 * self.workers - len(under_way)):
                under_way[self.submit(function, task)] = task
            if not under_way:
                return
            finished = self.finished(under_way)
            failed: list[T] = []
            for future in finished:
                task = under_way.pop(future)
                try:
                    result = future.result()
                except (CoopdecError, OSError):
                    raise
                except BrokenExecutor:
                    # All that was under way is lost: which of them broke it shows alone.
                    failed += [task, *under_way.values()]
                    under_way = {}
                    break
                except (CancelledError, Exception) as error:  # noqa: BLE001
                    self.assess(error)
                    failed.append(task)
                else:
                    yield task, result
            for task in failed:
                yield task, self.alone(function, task)

    def alone(self, function: Callable[[T], R], task: T) -> R:
        """Once more, with nothing beside it."""
        try:
            future = self.submit(function, task)
            self.finished([future])
            return future.result()
        except (CoopdecError, OSError):
            raise
        except (CancelledError, Exception) as error:
            self.assess(error)
            raise TaskFailed(task, f"{type(error).__name__}: {error}".strip(": ")) from error

    def submit(self, function: Callable[[T], R], task: T) -> Future[R]:
        raise NotImplementedError

    def finished(self, futures: Collection[Future[R]]) -> set[Future[R]]:
        """Wait for one of them at least. Raises where the engine is gone for good."""
        while True:
            done, _ = wait(futures, timeout=1, return_when=FIRST_COMPLETED)
            if done:
                return done
            self.alive()

    def alive(self) -> None:
        """Raise where the engine does not answer any more."""

    def assess(self, error: BaseException) -> None:
        """Raise where the error is the engine's and not the task's."""


class _Pool(_Bounded):
    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, function: Callable[[T], R], task: T) -> Future[R]:
        if self._pool is None:
            self._pool = self._new()
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
        return ProcessPoolExecutor(self.workers, get_context("spawn"), _start, (os.getpid(),))

    def close(self) -> None:
        if self._pool is None:
            return
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(5)
        self._pool = None


def _start(parent: int) -> None:
    """In a new worker: Ctrl-C is its parent's matter, and it does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


#: Seconds without a scheduler before it counts as lost.
_PATIENCE = 5


class _Cluster(_Bounded):
    def __init__(self, executor: Executor, client: Any, workers: int, dashboard: str) -> None:
        super().__init__(workers)
        self._executor = executor
        self._client = client
        self.dashboard = dashboard
        self._answered = time.monotonic()

    def submit(self, function: Callable[[T], R], task: T) -> Future[R]:
        return self._executor.submit(function, task)

    def alive(self) -> None:
        if self._client.status == "running":
            self._answered = time.monotonic()
        elif time.monotonic() - self._answered > _PATIENCE:
            raise OutsideError("cluster-lost")

    def assess(self, error: BaseException) -> None:
        if isinstance(error, CancelledError) or self._client.status != "running":
            raise OutsideError("cluster-lost") from error


@contextmanager
def _dask(address: str, workers: int) -> Iterator[Runner]:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise MissingExtra("missing-extra-cluster", extra="cluster", need="--cluster") from error
    # What happens to connections is ours to tell, in one line.
    for name in ("distributed", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # A scheduler that is gone is said after seconds, not minutes.
    with dask.config.set({"distributed.comm.timeouts.connect": "5s",
                          "distributed.comm.retry.count": 1,
                          # Looking at what workers do a hundred times a second is work, too.
                          "distributed.worker.profile.enabled": False,
                          "distributed.scheduler.allowed-failures": 1}):
        lib: Any = distributed
        own = None
        try:
            if address == "local":
                own = lib.LocalCluster(n_workers=workers or cores(), threads_per_worker=1,
                                   dashboard_address=":0")
            client = lib.Client(own or address, timeout=10, direct_to_workers=own is not None)
        except (OSError, ValueError, TimeoutError) as error:
            raise OutsideError("cluster-unreachable", address=address, why=str(error)) from error
        try:
            number = sum(client.nthreads().values())
            if not number:
                client.wait_for_workers(1, timeout=30)
                number = sum(client.nthreads().values())
            yield _Cluster(client.get_executor(retries=0), client, number, client.dashboard_link)
        except TimeoutError as error:
            raise OutsideError("cluster-unreachable", address=address, why=str(error)) from error
        finally:
            client.close(timeout=2)
            if own is not None:
                own.close(timeout=5)
