"""What runs tasks, whoever does the work; and tasks in this very process."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from itertools import islice
from typing import Any, Protocol, TypeVar

from coopdec.errors import CoopdecError, OutsideError

__all__ = ["Bounded", "Here", "Runner", "TaskFailed", "in_order"]

#: What says by itself what is the matter: to try again would not help.
_PLAIN = (CoopdecError, OSError, MemoryError)

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


def in_order(
    run: Runner, function: Callable[[T], R], tasks: Iterable[T]
) -> Iterator[tuple[T, R]]:
    """The same in the order of the tasks: what is ready early waits."""
    under_way: deque[T] = deque()
    ready: dict[int, R] = {}

    def drawn() -> Iterator[T]:
        for task in tasks:
            under_way.append(task)
            yield task

    for task, result in run(function, drawn()):
        ready[id(task)] = result
        while under_way and id(under_way[0]) in ready:
            first = under_way.popleft()
            yield first, ready.pop(id(first))


class TaskFailed(OutsideError):
    """``task`` failed twice; ``why`` is what it said the second time."""

    def __init__(self, task: Any, why: str) -> None:
        super().__init__("task-failed", why=why)
        self.task = task
        self.why = why


class Here:
    workers = 1
    apart = False
    dashboard = ""

    def prepare(self, function: Callable[[T], object], given: T) -> None:
        pass

    def __call__(self, function: Callable[[T], R], tasks: Iterable[T]) -> Iterator[tuple[T, R]]:
        for task in tasks:
            try:
                result = function(task)
            except _PLAIN:
                raise
            except Exception:  # noqa: BLE001 (once more, as everywhere)
                result = _again(function, task)
            yield task, result


def _again(function: Callable[[T], R], task: T) -> R:
    try:
        return function(task)
    except _PLAIN:
        raise
    except Exception as error:
        raise TaskFailed(task, f"{type(error).__name__}: {error}".strip(": ")) from error


class Bounded(ABC):
    """Tasks on any executor; what its failures mean is the subclass's."""

    apart = True
    dashboard = ""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    @abstractmethod
    def prepare(self, function: Callable[[T], object], given: T) -> None: ...

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
                    result = self.result(future)
                except _PLAIN:
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
            return self.result(future)
        except _PLAIN:
            raise
        except (CancelledError, Exception) as error:
            self.assess(error)
            raise TaskFailed(task, f"{type(error).__name__}: {error}".strip(": ")) from error

    @abstractmethod
    def submit(self, function: Callable[[T], R], task: T) -> Future[R]: ...

    def result(self, future: Future[R]) -> R:
        """What a finished one gave."""
        return future.result()

    def finished(self, futures: Collection[Future[R]]) -> set[Future[R]]:
        """Wait for one of them at least. Raises where the engine is gone for good."""
        while True:
            done, _ = wait(futures, timeout=1, return_when=FIRST_COMPLETED)
            if done:
                return done
            self.alive()

    def alive(self) -> None:  # noqa: B027 (not every engine can be lost)
        """Raise where the engine does not answer any more."""

    def assess(self, error: BaseException) -> None:  # noqa: B027
        """Raise where the error is the engine's and not the task's."""
