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

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coopdec.executors.running import Here, Runner, TaskFailed, in_order

__all__ = ["Runner", "TaskFailed", "cores", "in_order", "runner"]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def runner(
    workers: int = 1, cluster: str | None = None, folder: Path | None = None
) -> Iterator[Runner]:
    """``workers``: processes of this machine, 0 for as many as cores, 1 for this process
    alone. ``cluster``: the address of a Dask scheduler, or « local » for one of our own;
    ``folder``: where its tasks and results may be handed over, if its workers see it.

    Raises:
        MissingExtra: ``distributed`` is not installed.
        OutsideError: no scheduler at that address.
    """
    number = workers or cores()
    if cluster is not None:
        from coopdec.executors.cluster import clustered

        with clustered(cluster, number, folder) as run:
            yield run
        return
    if number == 1:
        yield Here()
        return
    from coopdec.executors.pool import Pool

    pool = Pool(number)
    try:
        yield pool
    finally:
        pool.close()
