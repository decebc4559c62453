"""Results in the order of their tasks, whoever is ready first; and what is handed over by files
to workers of which some come late, are taken for dead, or see another folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.errors import OutsideError
from coopdec.executors import in_order, runner
from coopdec.executors.cluster import Cluster
from coopdec.executors.pool import Pool


class Shuffled:
    """Has several tasks under way, and ends them in any order."""

    workers, apart, dashboard = 3, True, ""

    def __init__(self, draw: st.DataObject) -> None:
        self.draw = draw

    def prepare(self, function: Callable[[Any], object], given: Any) -> None:
        pass

    def __call__(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        stream = iter(tasks)
        under_way: list[Any] = []
        while True:
            while len(under_way) < 6 and (task := next(stream, None)) is not None:
                under_way.append(task)
            if not under_way:
                return
            task = under_way.pop(self.draw.draw(st.integers(0, len(under_way) - 1)))
            yield task, function(task)


@given(st.lists(st.integers(1, 3).map(lambda n: [n]), max_size=20), st.data())
def test_results_come_in_order(tasks: list[list[int]], draw: st.DataObject) -> None:
    """Equal tasks are told apart."""
    expected = [(task, 10 * task[0]) for task in tasks]
    assert list(in_order(Shuffled(draw), lambda task: 10 * task[0], tasks)) == expected
    with runner() as run:
        assert list(in_order(run, lambda task: 10 * task[0], tasks)) == expected


class Dask(Executor):
    """Client and executor in one: what a scheduler does to a call is up to ``how``."""

    status = "running"
    workers = 1

    def nthreads(self) -> dict[str, int]:
        return {"tcp://one": 1} if self.workers else {}

    def __init__(self, how: Callable[[Callable[[], Any]], Any], *, stopped: bool = False) -> None:
        self.how = how
        self.stopped = stopped
        self.by_value = 0

    def run(self, function: Callable[..., Any], *given: Any, on_error: str,
            callback_timeout: float) -> dict[str, Any]:
        if self.stopped:
            raise TimeoutError
        return {"tcp://one": function(*given)}

    def submit(self, function: Callable[..., Any], /, *given: Any, **_: Any) -> Future[Any]:
        self.by_value += len(given) == 1
        future: Future[Any] = Future()
        try:
            future.set_result(self.how(lambda: function(*given)))
        except Exception as error:  # noqa: BLE001
            future.set_exception(error)
        return future


def test_a_worker_taken_for_dead_does_not_meddle(tmp_path: Path) -> None:
    """Each task is done again while its result is on the way; that of before stays good."""
    tasks = [[n] for n in range(8)]

    def twice(call: Callable[[], Any]) -> Any:
        first, second = call(), call()
        if not isinstance(first, int):  # by file
            assert first != second
            (home,) = tmp_path.iterdir()
            (home / second).write_bytes(b"half of")
        return first

    dask = Dask(twice)
    run = Cluster(dask, dask, 2, "", tmp_path)
    assert sorted(run(sum, tasks)) == [(task, sum(task)) for task in tasks]
    assert dask.by_value == 0
    run.close()
    assert list(tmp_path.iterdir()) == []


def _no_memory(_: int) -> None:
    raise MemoryError


@pytest.mark.parametrize("workers", [1, 2])
def test_what_lacks_memory_is_not_tried_again(workers: int) -> None:
    with runner(workers) as run, pytest.raises(MemoryError):
        list(run(_no_memory, [1, 2, 3]))


def test_what_fails_is_tried_again_wherever_it_comes_to_run(tmp_path: Path) -> None:
    """Its first worker failed; the next one came later and does not see the folder."""
    calls: list[int] = []

    def late(call: Callable[[], Any]) -> Any:
        calls.append(1)
        if len(calls) == 1:
            (token,) = tmp_path.glob("*/token")
            token.write_text("of another machine", "utf-8")
            raise RuntimeError("killed")
        return call()

    dask = Dask(late)
    run = Cluster(dask, dask, 1, "", tmp_path)
    tasks = [[n] for n in range(5)]
    assert sorted(run(sum, tasks)) == [(task, sum(task)) for task in tasks]


def test_two_builds_never_hand_over_in_one_folder(tmp_path: Path) -> None:
    for _ in range(2):  # the first was interrupted: its folder is there, its workers at work
        dask = Dask(lambda call: call())
        assert list(Cluster(dask, dask, 1, "", tmp_path)(sum, [[7]])) == [([7], 7)]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_stopped_worker_does_not_hold_up_the_start(tmp_path: Path) -> None:
    """It never says whether it sees the folder: what it gets travels."""
    dask = Dask(lambda call: call(), stopped=True)
    assert list(Cluster(dask, dask, 1, "", tmp_path)(sum, [[7]])) == [([7], 7)]
    assert dask.by_value == 1


def test_a_cluster_without_workers_is_not_waited_for(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for patience in ("_PATIENCE", "_PATIENCE_WITHOUT"):
        monkeypatch.setattr(f"coopdec.executors.cluster.{patience}", 0)
    dask = Dask(lambda call: call())
    run = Cluster(dask, dask, 1, "", tmp_path)
    run.alive()
    dask.workers = 0
    with pytest.raises(OutsideError) as caught:
        run.alive()
    assert caught.value.code == "cluster-empty"


def _at_work(flag: Path) -> None:
    flag.write_text(str(os.getpid()), "utf-8")
    time.sleep(60)


def test_a_stopped_worker_does_not_hold_up_the_end(tmp_path: Path) -> None:
    """It hears nothing until it goes on, but that it is killed."""
    flag = tmp_path / "flag"
    pool = Pool(1)
    pool.submit(_at_work, flag)
    end = time.monotonic() + 30
    while not (flag.exists() and flag.read_text("utf-8")) and time.monotonic() < end:
        time.sleep(0.02)
    number = int(flag.read_text("utf-8"))
    os.kill(number, signal.SIGSTOP)
    os.waitpid(number, os.WUNTRACED)
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_ctrl_c_while_workers_start_is_not_theirs() -> None:
    """A terminal sends it to all processes: those that are just being started go on."""
    said = subprocess.run(
        [sys.executable, "-c", _STARTING], capture_output=True, text=True, timeout=60,
        start_new_session=True, check=False)
    assert said.stderr == ""
    assert said.stdout == "heard\n[1, 2] True\n"


_STARTING = """
import multiprocessing, os, signal
from coopdec.executors import runner
if __name__ == "__main__":
    with runner(2) as run:
        run.prepare(abs, 0)
        started = set(multiprocessing.active_children())
        try:
            os.killpg(0, signal.SIGINT)
            signal.pause()
        except KeyboardInterrupt:
            print("heard")
        done = sorted(n for _, n in run(abs, [-1, -2]))
        print(done, set(multiprocessing.active_children()) == started)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a stopped process hears nothing")
@pytest.mark.parametrize("cluster", ["", "local"])
def test_a_stopped_worker_does_not_outlive_who_leads(tmp_path: Path, cluster: str) -> None:
    with _leading(tmp_path, cluster) as (leader, workers):
        os.kill(workers[0], signal.SIGSTOP)
        leader.kill()
        leader.wait()
        end = time.monotonic() + 20
        while any(map(_runs, workers)) and time.monotonic() < end:
            time.sleep(0.05)
        assert not any(map(_runs, workers))


def test_ctrl_c_ends_a_cluster_of_our_own_without_a_word(tmp_path: Path) -> None:
    """It reaches all processes of a terminal, and leaves none of them, nor their folders."""
    with _leading(tmp_path, "local") as (leader, workers):
        os.killpg(leader.pid, signal.SIGINT)
        said = leader.communicate(timeout=60)
        assert said == ("heard\n", "")
        assert not any(map(_runs, workers))
        assert list(tmp_path.iterdir()) == []


@contextmanager
def _leading(home: Path, cluster: str) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A process with two workers that are at work, and their numbers."""
    if cluster:
        pytest.importorskip("distributed")
    leader = subprocess.Popen(
        [sys.executable, "-c", _LEADING, cluster], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True, env={**os.environ, "TMPDIR": str(home)},
        # The tests may run in the background of a shell, where nobody hears of Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # noqa: PLW1509
    assert leader.stdout
    try:
        workers = [int(number) for number in leader.stdout.readline().split()]
        assert len(workers) == 2
        yield leader, workers
    finally:
        with suppress(ProcessLookupError):
            os.killpg(leader.pid, signal.SIGKILL)
        leader.communicate()


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


_LEADING = """
import multiprocessing, sys, time
from coopdec.executors import runner
if __name__ == "__main__":
    try:
        with runner(2, cluster=sys.argv[1] or None) as run:
            for n, _ in enumerate(run(time.sleep, [0.05] * 5000)):
                if n == 3:
                    print(*(p.pid for p in multiprocessing.active_children()), flush=True)
    except KeyboardInterrupt:
        print("heard")
"""


def test_what_dask_cannot_end_of_a_half_made_task_is_not_told() -> None:
    pytest.importorskip("distributed")
    from types import SimpleNamespace

    from distributed.client import Future

    from coopdec.executors.cluster import _quiet

    told: list[object] = []
    hook = _quiet(told.append)
    ours, theirs = (SimpleNamespace(object=f) for f in (_quiet, Future.__del__))
    hook(ours)
    hook(theirs)
    assert told == [ours]


def test_a_second_cluster_puts_no_hook_on_the_first_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    from coopdec.executors.cluster import _hush

    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    _hush.cache_clear()
    _hush()
    first = sys.unraisablehook
    _hush()
    assert sys.unraisablehook is first
    _hush.cache_clear()  # the hook is the tests' own again
