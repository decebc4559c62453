"""Tasks on a Dask cluster: one that runs already, or one of our own.

What travels through Dask is copied and looked at again and again, 35 ms a megabyte. Where the
workers see a folder of ours, tasks and results are files there, and only their names travel.
"""

from __future__ import annotations

import logging
import pickle
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from coopdec.errors import MissingExtra, OutsideError
from coopdec.executors.bound import unheard
from coopdec.executors.running import Bounded
from coopdec.scratch import marked, scratch, sees

__all__ = ["Cluster", "clustered"]

T = TypeVar("T")
R = TypeVar("R")

#: Seconds without a scheduler before it counts as lost; and for all workers to answer.
_PATIENCE = 5
#: Seconds without any worker: one that died is started again by whoever looks after it.
_PATIENCE_WITHOUT = 30


class Cluster(Bounded):
    """``folder``: where things are handed over to workers who see it."""

    def __init__(self, executor: Executor, client: Any, workers: int, dashboard: str,
                 folder: Path | None = None) -> None:
        super().__init__(workers)
        self._executor = executor
        self._client = client
        self.dashboard = dashboard
        self._answered = self._asked = self._manned = time.monotonic()
        self._folder = folder
        self._home: Path | None = None
        self._token = ""
        self._numbers = count()
        self._handed: dict[Future[Any], Path] = {}
        self._started: list[object] = []

    def prepare(self, function: Callable[[T], object], given: T) -> None:
        with suppress(OSError):  # that all is lost shows with the tasks
            # Held: what nobody waits for is not run.
            self._started = [self._client.submit(function, given, workers=[worker], pure=False)
                             for worker in self._client.nthreads()]

    def submit(self, function: Callable[[T], R], task: T) -> Future[R]:
        if self._folder is not None and not self._token:
            self._meet(self._folder)
        if self._folder is None:
            return self._executor.submit(function, task)
        path = self._folder / f"{next(self._numbers)}"
        path.write_bytes(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        future: Future[Any] = self._executor.submit(_fetched, function, str(path), self._token)
        self._handed[future] = path
        return future

    def alone(self, function: Callable[[T], R], task: T) -> R:
        """By value: who runs it may be a worker that came later and does not see the folder."""
        folder, self._folder = self._folder, None
        try:
            return super().alone(function, task)
        finally:
            self._folder = folder

    def _meet(self, folder: Path) -> None:
        """Hand over in a new folder in this one, if all workers see it. No other build ever
        has its name: what a worker still does for one that was interrupted comes to nothing."""
        home = folder / f"handed-{secrets.token_hex(8)}"
        home.mkdir()
        self._home = home
        self._token = marked(home)
        try:
            seen = self._client.run(sees, home, self._token, on_error="return",
                                    callback_timeout=_PATIENCE)
        except OSError:  # a worker that is stopped and not dead does not answer (TimeoutError)
            seen = {}
        self._folder = home if seen and all(s is True for s in seen.values()) else None

    def result(self, future: Future[R]) -> R:
        path = self._handed.pop(future, None)
        if path is None:
            return future.result()
        name: Any = future.result()
        path.unlink()
        if not name:  # a worker that came later; run again, and by value
            self._folder = None
            raise RuntimeError("a worker does not see the work folder")
        answer = path.with_name(name)
        result: R = pickle.loads(answer.read_bytes())
        answer.unlink()
        return result

    def close(self) -> None:
        """Remove what was handed over and is not needed any more."""
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)

    def alive(self) -> None:
        now = time.monotonic()
        if self._client.status != "running":
            if now - self._answered > _PATIENCE:
                raise OutsideError("cluster-lost")
            return
        self._answered = now
        if now - self._asked < _PATIENCE:
            return
        self._asked = now
        if self._client.nthreads():
            self._manned = now
        elif now - self._manned > _PATIENCE_WITHOUT:
            raise OutsideError("cluster-empty")

    def assess(self, error: BaseException) -> None:
        if isinstance(error, CancelledError) or self._client.status != "running":
            raise OutsideError("cluster-lost") from error


def _fetched(function: Callable[[Any], object], name: str, token: str) -> str:
    """In a worker: do a task that is in a file; the name of the file beside it that has the
    result, empty where the worker does not see the folder. A worker that is taken for dead may
    still write while another does its task again: each writes a file of its own."""
    path = Path(name)
    if not sees(path.parent, token):
        return ""
    result = function(pickle.loads(path.read_bytes()))
    answer = path.with_name(f"{path.name}.{secrets.token_hex(8)}.result")
    answer.write_bytes(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
    return answer.name


#: A scheduler that is gone is said after seconds, not minutes.
_SETTINGS = {"distributed.comm.timeouts.connect": "5s", "distributed.comm.retry.count": 1,
             "distributed.scheduler.allowed-failures": 1}
#: Of a cluster of our own, that is in this process in part: to look at workers and loops up to
#: a hundred times a second is work, too, and so is to give memory back at once that is asked for
#: again at once.
_OWN = {"distributed.worker.profile.enabled": False, "distributed.admin.tick.interval": "1s",
        "distributed.admin.system-monitor.interval": "5s",
        "distributed.worker.memory.monitor-interval": "1s",
        "distributed.nanny.pre-spawn-environ": {}}


def _unreachable(address: str, error: Exception) -> OutsideError:
    return OutsideError("cluster-unreachable", address=address, why=str(error))


def _quiet(told: Callable[[Any], object]) -> Callable[[Any], object]:
    """Without what comes of a task that Ctrl-C met half made: nobody has it, and Dask's own end
    of it fails."""
    return lambda what: None if getattr(what.object, "__module__", "").startswith(
        "distributed.") else told(what)


@cache
def _hush() -> None:
    """Once a process, and for all of it: what is left half made may be met long after its
    cluster has ended."""
    sys.unraisablehook = _quiet(sys.unraisablehook)


@contextmanager
def clustered(address: str, workers: int, folder: Path | None) -> Iterator[Cluster]:
    """See :func:`coopdec.executors.runner`."""
    try:
        import dask
        import distributed
    except ImportError as error:
        raise MissingExtra("missing-extra-cluster", extra="cluster", need="--cluster") from error
    # What happens to connections is ours to tell, in one line.
    silent = logging.CRITICAL + 1
    # « asyncio » tells of what was under way when all was ended, when Python comes upon it.
    for name in ("distributed", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(silent)
    _hush()
    lib: Any = distributed
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_SETTINGS | (_OWN if address == "local" else {})))
        try:
            own = stack.enter_context(
                _on_this_machine(workers, silent)) if address == "local" else None
            client = lib.Client(own or address, timeout=10, direct_to_workers=own is not None)
        except (OSError, ValueError, TimeoutError) as error:
            raise _unreachable(address, error) from error
        stack.callback(client.close, timeout=2)
        if not client.nthreads():
            try:
                client.wait_for_workers(1, timeout=30)
            except TimeoutError as error:
                raise _unreachable(address, error) from error
        run = Cluster(client.get_executor(retries=0), client,
                      sum(client.nthreads().values()), client.dashboard_link, folder)
        stack.callback(run.close)
        yield run


@contextmanager
def _on_this_machine(workers: int, silent: int) -> Iterator[Any]:
    """A cluster of our own. Its workers hear nothing of a Ctrl-C, which we hear when they are
    there (half started, it cannot be ended cleanly); they do not outlive this process, nor do
    their folders."""
    import dask
    import distributed

    lib: Any = distributed
    with scratch("coopdec-dask-") as home, dask.config.set({"temporary-directory": str(home)}):
        own = None
        try:
            with unheard():
                own = lib.LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=":0",
                    silence_logs=silent, preload=["coopdec.executors.bound"])
            yield own
        finally:
            if own is not None:
                own.close(timeout=5)
