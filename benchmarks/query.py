# ruff: noqa: T201 (it prints its figures)
"""Each named query on generated projects: coopdec's data set against rdflib, in one run.

    python benchmarks/query.py [--rows 10000] [--seed 1] [--repeat 5] [--data DIR]

The projects go through the real ``build``. Both engines are warm, ask the same SPARQL, and
turn every answer into Python values; their rows are held against each other. Medians in
milliseconds.
"""

from __future__ import annotations

import argparse
import platform
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import rdflib
from _measure import environment, keep

from coopdec.dataset import Dataset, queries

#: Seconds after which rdflib is interrupted; the ratio is then a lower bound.
LONGEST = 120
#: Seconds that a named query may take on the two lists (``--data output``).
QUICK = 0.1
#: Values that generated data surely have.
VALUES = {"collectivity": "Marseille", "words": "eau potable", "project": "lecture publique"}


def timed(work: Callable[[], Any], repeat: int, limit: float) -> tuple[float, Any]:
    """The median of ``repeat`` runs in seconds (fewer when they take longer than ``limit``
    together) and what the last one gave."""
    taken: list[float] = []
    found = None
    while len(taken) < repeat and sum(taken) < limit:
        start = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), found


class TooLong(BaseException):
    """No Exception: rdflib takes those for a filter that did not hold, and goes on."""


def gave_up(*_: object) -> None:
    raise TooLong


def generated(rows: int, seed: int) -> Path:
    from generate import write

    from coopdec.pipeline import build

    folder = Path(tempfile.mkdtemp(prefix="coopdec-bench-"))
    write(folder / "lists", rows, seed)
    start = time.perf_counter()
    summary = build([folder / "lists"], folder / "output")
    print(f"build: {summary.projects} projects, {time.perf_counter() - start:.1f} s")
    return folder / "output"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--data", type=Path, help="a release that is there already")
    asked = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, "
          f"pyoxigraph {pyoxigraph.__version__}, rdflib {rdflib.__version__}")
    signal.signal(signal.SIGALRM, gave_up)
    output = asked.data or generated(asked.rows, asked.seed)
    memory, disk = Dataset(output, in_memory=True), Dataset(output, in_memory=False)
    disk.ask("ASK {}")  # makes the store where there is none yet
    disk = Dataset(output, in_memory=False)
    opened = []
    for data in (memory, disk):
        start = time.perf_counter()
        data.ask("ASK {}")
        opened.append(time.perf_counter() - start)
    start = time.perf_counter()
    graph = rdflib.Graph().parse(output / "coopdec.nt", format="nt")
    print(f"open: in memory {opened[0]:.2f} s, on disk {opened[1]:.2f} s, "
          f"rdflib {time.perf_counter() - start:.1f} s, {len(graph):,} statements")
    print("\n| query | rows | in memory ms | on disk ms | rdflib ms | ratio | ratio on disk |\n"
          f"|{'---|' * 7}")
    ratios, on_disk, kept_figures = [], [], []
    for name, query in queries().items():
        if query.federated:
            continue
        values = {p.name: VALUES.get(p.name, p.example) for p in query.parameters if p.required}
        bound = query.bound(values)
        ours, rows = timed(lambda b=bound: memory.select(b).dicts(), asked.repeat, 20)
        kept, _ = timed(lambda b=bound: disk.select(b).dicts(), asked.repeat, 20)
        signal.alarm(LONGEST)
        try:
            theirs, other = timed(
                lambda b=bound: [tuple(v if v is None else v.toPython() for v in r)
                                 for r in graph.query(b)], asked.repeat, 10)
        except TooLong:  # counted as if it had ended just now
            theirs, other = float(LONGEST), rows
        signal.alarm(0)
        if len(rows) != len(other):
            sys.exit(f"{name}: {len(rows)} rows against {len(other)}")
        ratios.append(theirs / ours)
        on_disk.append(theirs / kept)
        kept_figures.append({"query": name, "rows": len(rows), "in memory": ours, "on disk": kept,
                             "rdflib": theirs})
        print(f"| {name} | {len(rows)} | {ours * 1000:.1f} | {kept * 1000:.1f} | "
              f"{theirs * 1000:.0f} | {ratios[-1]:.0f} | {on_disk[-1]:.0f} |", flush=True)
    if asked.data is None:
        keep("query", {"rows": asked.rows, "queries": kept_figures},
             **environment("rdflib"))
    slow = [f["query"] for f in kept_figures if f["in memory"] > QUICK]
    print(f"slower than {QUICK * 1000:.0f} ms in memory: {', '.join(slow) or 'none'}")
    for words, found in (("in memory", ratios), ("on disk", on_disk)):
        print(f"ratio {words}: least {min(found):.1f}, median {statistics.median(found):.1f}")


if __name__ == "__main__":
    main()
