# ruff: noqa: T201 (it prints its figures)
"""How ``build`` grows with rows and with workers, its memory, and the floor.

    python benchmarks/scaling.py [--rows 10000,100000] [--workers 1,2] [--dask] [--distinct]

Each run is a whole build, checked, of Turtle and N-Triples, in a process of its own; all of
one size must give the same bytes. The floor is reading the lists' bytes and writing the
dumps' bytes. ``--distinct``: every name occurs once, the worst case. On a quiet machine with
2 cores: about 1 minute for 10,000 rows, 5 for 100,000, 15 a run for 1,000,000.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
import time
from pathlib import Path

from _measure import as_dict, environment, keep, run
from generate import write as generate


def floor(lists: Path, out: Path, copy: Path) -> float:
    """CPU seconds to read the lists and to write as many bytes as the dumps have."""
    start = time.process_time()
    for path in lists.iterdir():
        path.read_bytes()
    for name in ("coopdec.nt", "coopdec.ttl"):
        with (out / name).open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", default="10000,100000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--distinct", action="store_true")
    parser.add_argument("--folder", type=Path, help="Where there is room; a temporary one else.")
    asked = parser.parse_args()
    ways = [["--workers", n] for n in asked.workers.split(",")]
    ways += [["--cluster", "local", "--workers", "2"]] if asked.dask else []
    for rows in map(int, asked.rows.split(",")):
        with tempfile.TemporaryDirectory(prefix="coopdec-bench-", dir=asked.folder) as name:
            folder, sums = Path(name), set()
            found: list[dict[str, object]] = []
            generate(folder / "lists", rows, distinct=asked.distinct)
            for way in ways:
                done = run([sys.executable, "-m", "coopdec", "build", str(folder / "lists"), "-o",
                            str(folder / "out"), "--only", "--format", "ttl", *way])
                if done.code:
                    sys.exit(done.output[-2000:])
                sums.add(hashlib.sha256((folder / "out" / "SHA256SUMS").read_bytes()).hexdigest())
                size = (folder / "out" / "coopdec.nt").stat().st_size
                figures = {"rows": rows, "way": " ".join(way), **as_dict(done), "bytes": size,
                           "floor": round(floor(folder / "lists", folder / "out",
                                                folder / "copy"), 3)}
                found.append(figures)
                print(f"{rows:>9} rows  {figures['way']:<28} {done.wall:>8.1f} s  "
                      f"{done.cpu:>8.1f} s CPU  {1e6 * done.cpu / rows:>6.0f} µs a row  "
                      f"{done.peak:>5.0f} MB", flush=True)
                shutil.rmtree(folder / "out")
            if len(sums) > 1:
                sys.exit("THE BYTES DIFFER")
        what = f"scaling{', distinct' if asked.distinct else ''} {rows}"
        keep(what, {"runs": found}, **environment())


if __name__ == "__main__":
    main()
