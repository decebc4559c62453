# ruff: noqa: E501 (tables and a drawing)
"""docs/performance.md, its chart and the figures of docs/scale.md, from docs/performance.json.

    python benchmarks/report.py

No figure is written by hand: the benchmarks put them into the .json, each with its machine.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
HEAD = """# Performance

Made by `make performance` from `docs/performance.json`, into which each benchmark puts its
figures with the machine, the versions and how busy the machine was (`load`). CPU is user and
system time of all processes; a wall clock says something on a quiet machine only.

| command | measures | takes |
|---|---|---|
| `python benchmarks/build.py --rows 100000` | our stages and whole build; morph-kgc, rdflib | ~20 min |
| `python benchmarks/scaling.py --rows 10000,100000,1000000 --workers 1,2 --dask` | rows, workers, Dask, memory, floor | ~15 min a run of a million |
| `python benchmarks/check.py` | SHACL against pySHACL | 2 min |
| `python benchmarks/query.py` | named queries against rdflib | 5 min |
| `python benchmarks/startup.py` | commands from their name to their answer | 20 s |
"""


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def built(name: str, entry: dict[str, Any]) -> str:
    f = entry["figures"]
    stages = f["stages"]
    whole, writing = sum(stages.values()), stages["describe"] + stages["write nt"]
    rows = [[f"ours: {k}", f"{v:.2f}", f"{1e6 * v / f['rows']:.0f}", ""] for k, v in stages.items()]
    rows.append(["**ours: the whole pipeline, unchecked**", f"{whole:.2f}",
                 f"{1e6 * whole / f['rows']:.0f}", ""])
    for other in ("build, checked", "morph-kgc", "morph-kgc, ready", "rdflib"):
        if other in f:
            cpu = f[other]["cpu"]
            rows.append([other, f"{cpu:.2f}", f"{1e6 * cpu / f['rows']:.0f}",
                         f"{cpu / whole:.2f} × the pipeline, {cpu / writing:.2f} × describing "
                         f"and writing N-Triples; peak {f[other]['peak']:.0f} MB"])
    return (f"\n## {name} ({f['triples']} statements)\n\n"
            + table(["what", "CPU s", "µs a row", ""], rows) + place(entry))


def scaled(name: str, entry: dict[str, Any]) -> str:
    rows = [[f"`{r['way']}`", f"{r['cpu']:.1f}", f"{1e6 * r['cpu'] / r['rows']:.0f}",
             f"{r['wall']:.1f}", f"{r['peak']:.0f}", f"{r['bytes'] / 1e6:.0f}", f"{r['floor']:.2f}"]
            for r in entry["figures"]["runs"]]
    return f"\n## {name} rows\n\n" + table(
        ["way", "CPU s", "µs a row", "wall s", "peak MB", "N-Triples MB", "floor CPU s"],
        rows) + place(entry)


def checked(entry: dict[str, Any]) -> str:
    """The fast engine beside pySHACL, then alone at its sizes."""
    rows = [[str(r["projects"]), r["engine"], f"{r['seconds']:.2f}",
             f"{1e6 * r['seconds'] / r['projects']:.0f}", f"{r['megabytes']:.0f}"]
            for r in entry["figures"]["runs"]]
    return "\n## check\n\n" + table(
        ["projects", "engine", "CPU s", "µs a project", "peak MB"], rows) + place(entry)


def asked(entry: dict[str, Any]) -> str:
    rows = [[f"`{q['query']}`", str(q["rows"]), *(f"{1e3 * q[k]:.1f}" for k in (
                "in memory", "on disk", "rdflib")),
             f"{q['rdflib'] / q['in memory']:.0f}", f"{q['rdflib'] / q['on disk']:.0f}"]
            for q in entry["figures"]["queries"]]
    return f"\n## named queries, {entry['figures']['rows']} projects (ms, medians)\n\n" + table(
        ["query", "rows", "in memory", "on disk", "rdflib", "ratio", "ratio on disk"],
        rows) + place(entry)


def started(entry: dict[str, Any]) -> str:
    rows = [[f"`{r['command']}`", f"{1e3 * r['cpu']:.0f}", str(r["modules"])]
            for r in entry["figures"]["commands"]]
    return "\n## start-up\n\n" + table(["command", "CPU ms", "modules"], rows) + place(entry)


ALONE = {"check": checked, "query": asked, "startup": started}


def place(entry: dict[str, Any]) -> str:
    return "\n" + ", ".join(f"{k} {v}" for k, v in entry["environment"].items()) + "\n"


def chart(runs: list[dict[str, Any]]) -> str:
    """CPU a row, a bar for each run: flat is linear."""
    cost = [1e6 * r["cpu"] / r["rows"] for r in runs]
    top, step = max(cost), 34
    bars = "".join(
        f'<text x="250" y="{at + 20}" text-anchor="end">{r["rows"]} rows, {r["way"].strip("-")}'
        f'</text><rect x="260" y="{at + 4}" width="{330 * c / top:.0f}" height="22" fill="#3558a2"/>'
        f'<text x="{266 + 330 * c / top:.0f}" y="{at + 20}">{c:.0f} µs</text>'
        for at, r, c in zip(range(0, step * len(runs), step), runs, cost, strict=True))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {step * len(runs)}" '
            f'font-family="sans-serif" font-size="13">{bars}</svg>\n')


def largest(run: dict[str, Any], smallest: dict[str, Any]) -> str:
    """What a build took, and how its cost a row compares with that of fewer rows, which was
    measured on another day."""
    row, before = (r["cpu"] / r["rows"] for r in (run, smallest))
    minutes, seconds = divmod(round(run["wall"]), 60)
    return (
        f"**The largest run.** {run['rows']:,} rows with `--only --format ttl {run['way']}` took "
        f"{run['cpu']:.0f} s of CPU and\n{minutes} min {seconds} s on 2 cores, checked: "
        f"{1e3 * row:.2f} ms a row, {row / before:.2f} of the cost at {smallest['rows']:,}, where "
        f"hardly a\nname occurs twice (each size is measured by itself: the load of the machine "
        f"was {run['load']} and {smallest['load']} at\nthe end, so take the ratio for a rough one); "
        f"no process had more than {run['peak']:.0f} MB "
        f"(`python benchmarks/scaling.py --rows {run['rows']} {run['way']}`).\n")


def hundred_million(run: dict[str, Any]) -> str:
    """What the measured cost of a row makes of 100 million projects."""
    n = 1e8
    hours = n * run["cpu"] / run["rows"] / 3600
    size = n * run["bytes"] / run["rows"] / 1e12
    return table(["for 100 million projects", "at the measured cost a row"], [
        ["measured on", f"{run['rows']} rows, `{run['way']}`"],
        ["CPU", f"{hours:,.0f} core hours: {hours / 64:,.1f} hours on 64 cores"],
        ["memory of a process", f"{run['peak']:.0f} MB measured; it grows with the distinct "
                                "places and bodies, not with the projects"],
        ["N-Triples", f"{size:.1f} TB, as much again in runs while it is built"],
        ["parts (`--partitions`)", f"{n * run['bytes'] / run['rows'] / (64 << 20):,.0f} of 64 MB "
                                   "before compression"]])


def _order(name: str) -> tuple[str, int]:
    """By what was measured, then by size."""
    what, _, size = name.rpartition(" ")
    return (what, int(size)) if size.isdecimal() else (name, 0)


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    known = json.loads((DOCS / "performance.json").read_text("utf-8"))
    text, runs = HEAD, []
    for name in sorted(known, key=_order):
        if name.startswith("build"):
            text += built(name, known[name])
        elif name.startswith("scaling"):
            text += scaled(name, known[name])
            load = known[name]["environment"]["load"]
            runs += [{**run, "load": load} for run in known[name]["figures"]["runs"]]
        elif name in ALONE:
            text += ALONE[name](known[name])
    if runs:
        (DOCS / "performance.svg").write_text(chart(runs), "utf-8")
        text += "\n![CPU time a row](performance.svg)\n"
        most = max(runs, key=lambda r: (r["rows"], -r["cpu"]))
        fewest = min((r for r in runs if r["way"] == most["way"]), key=lambda r: r["rows"])
        page = DOCS / "scale.md"
        words = page.read_text("utf-8")
        for mark, figures in (("largest", largest(most, fewest)),
                              ("figures", hundred_million(most))):
            words = re.sub(rf"(<!-- {mark} -->\n).*?(<!-- end -->)", rf"\1{figures}\2", words,
                           flags=re.DOTALL)
        page.write_text(words, "utf-8")
    (DOCS / "performance.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
