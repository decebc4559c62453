# ruff: noqa: T201 (it prints its figures)
"""How long checking takes, and how much memory, at sizes up to a million projects.

    python benchmarks/check.py [--sizes 1000,10000] [--reference 200] [--workers N]
    python benchmarks/check.py --by-shape [FILE.nt]

The data are projects of the release in ``output/``, repeated under other identifiers, one
project in a hundred with a fault. The reference runs on ``--reference`` of them (10000 for
the whole comparison: about half an hour); both reports must be the same. Each size runs
in a process of its own, so that the peak of memory is its own.

With ``--by-shape``: what each shape costs the fast engine, alone, beside reading; on 500
projects as above or on the first 500 of a dump, and on a thousand of its shared entities.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from _measure import environment, keep

RELEASE = Path(__file__).parents[1] / "output" / "coopdec.nt"


def projects(n: int) -> Iterator[str]:
    """Statements of n projects, then those that they share."""
    groups: dict[str, list[str]] = {}
    shared = []
    for line in RELEASE.read_text("utf-8").rstrip("\n").split("\n"):
        match = re.match(r"<[^>#]*/project/[^>#]+", line)
        if match:
            groups.setdefault(match[0], []).append(line + "\n")
        else:
            shared.append(line + "\n")
    known = [(iri.rpartition("/")[2], "".join(lines)) for iri, lines in groups.items()]
    for i in range(n):
        old, text = known[i % len(known)]
        text = text.replace(old, hashlib.sha256(b"%d" % i).hexdigest()[:16])
        if i % 100 == 0:
            text = re.sub(r'(titleCell> )"[^\n]*', r'\1"" .', text)
        yield text
    yield "".join(shared)


def spent(who: int) -> float:
    """CPU time, which is the same on a machine that does other things as well."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def measure(path: Path, engine: str, workers: int) -> dict[str, object]:
    """One run in this process."""
    from coopdec.check import check, write

    everyone = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    before = sum(spent(who) for who in everyone)
    report = check(path, engine=engine, workers=workers)  # type: ignore[arg-type]
    seconds = sum(spent(who) for who in everyone) - before
    peak = sum(resource.getrusage(who).ru_maxrss for who in everyone)
    digest = hashlib.sha256(write(report, "jsonl").encode()).hexdigest()
    return {"projects": report.projects, "engine": report.engine, "seconds": seconds,
            "megabytes": peak / 1024, "results": len(report.results), "report": digest}


def by_shape(lines: list[bytes]) -> None:
    """The costs of the shapes, in one process: CPU time, the least of several runs."""
    from coopdec.check.facts import Facts
    from coopdec.check.fast_engine import FastEngine
    from coopdec.check.named import Named
    from coopdec.check.pieces import pieces
    from coopdec.check.shapes import load_shapes
    from coopdec.check.split import Splitter, root_of

    def cost(text: bytes, data: bytes) -> float:
        best = 1e9
        for _ in range(7):
            start = time.process_time()
            FastEngine().validate(data, text)
            best = min(best, time.process_time() - start)
        return best

    parts, shapes = Splitter(lambda: lines), load_shapes()
    parts.scan()
    chunk, piece = next(parts.chunks(500)), next(pieces(parts.shared, shapes.text))
    named = Facts(chunk.text).named
    for what, n, side, data in (
            ("projects", len(chunk.projects), shapes.project_side,
             chunk.text + Named(parts.shared.one).stand_ins(named)),
            ("shared entities", len(set(map(root_of, piece.own.splitlines()))),
             shapes.alone_side, piece.own + piece.context)):
        statements = side.splitlines(keepends=True)
        targets = [s for s in statements if b" <http://www.w3.org/ns/shacl#target" in s]
        rest = b"".join(s for s in statements if s not in targets)
        reading, whole = cost(rest, data), cost(side, data)
        print(f"{n} {what}, {len(data.splitlines())} statements: {1e6 * whole / n:.0f} µs each, "
              f"{1e6 * reading / n:.0f} of them to read")
        costs = sorted(((cost(rest + b"".join(t for t in targets if t.startswith(shape + b" ")),
                              data) - reading, shape)
                        for shape in {t.split(b" ", 1)[0] for t in targets}), reverse=True)
        for seconds, shape in costs[:12]:
            print(f"{1e6 * seconds / n:>9.1f} µs  {shape.decode()}", flush=True)


def run(path: Path, engine: str, workers: int) -> dict[str, object]:
    """One run in a process of its own."""
    command = [sys.executable, __file__, "--one", str(path), engine, str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def show(found: dict[str, object]) -> None:
    seconds, n = float(str(found["seconds"])), int(str(found["projects"]))
    print(f"{n:>9} projects  {found['engine']:<8} {seconds:>8.2f} s CPU  "
          f"{1e6 * seconds / n:>9.0f} µs a project  {found['megabytes']:>6.0f} MB  "
          f"{found['results']} results", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--reference", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--by-shape", nargs="?", const="", metavar="FILE.nt")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        path, engine, workers = options.one
        print(json.dumps(measure(Path(path), engine, int(workers))))
        return
    if options.by_shape is not None:
        text = (Path(options.by_shape).read_bytes() if options.by_shape
                else "".join(projects(500)).encode())
        by_shape(text.splitlines(keepends=True))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.nt"

        def write_data(n: int) -> None:
            with path.open("w", encoding="utf-8") as file:
                file.writelines(projects(n))

        runs = []
        if options.reference:
            write_data(options.reference)
            reference, fast = run(path, "pyshacl", 1), run(path, "fast", 1)
            runs += [reference, fast]
            show(reference)
            show(fast)
            ratio = float(str(reference["seconds"])) / float(str(fast["seconds"]))
            same = "the same report" if reference["report"] == fast["report"] else "REPORTS DIFFER"
            print(f"fast is {ratio:.0f} times pySHACL, {same}\n", flush=True)
        for n in map(int, options.sizes.split(",")):
            write_data(n)
            runs.append(run(path, "fast", options.workers))
            show(runs[-1])
        keep("check", {"runs": runs}, **environment("pyshacl", "rdflib"))


if __name__ == "__main__":
    main()
