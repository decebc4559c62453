# ruff: noqa: T201 (it prints its figures)
"""How long a command takes from its name to its answer: CPU time of whole processes.

    python benchmarks/startup.py [--times 5]

The least of a few runs, in milliseconds, and how many modules each loads. DESIGN asks for
200 ms of ``coopdec --help``; a named query on the two lists is answered in less than a second.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from _measure import environment, keep, run

ROOT = Path(__file__).parents[1]
COMMANDS = {
    "python": ["-c", "pass"],
    "coopdec --help": ["-m", "coopdec", "--help"],
    "coopdec read": ["-m", "coopdec", "read", "sources"],
    "coopdec resolve": ["-m", "coopdec", "resolve", "Ségou", "--country", "ML"],
    "coopdec themes": ["-m", "coopdec", "themes", "Accès à l'eau potable"],
    "coopdec query": ["-m", "coopdec", "query", "projects-by-country", "--country", "Mali"],
}
_COUNT = "import atexit, sys; atexit.register(lambda: print(len(sys.modules)))"


def modules(command: list[str]) -> int:
    """How many modules the command has loaded when it ends."""
    if command[0] == "-c":
        code = _COUNT
    else:
        code = f"{_COUNT}; from coopdec.cli import main; main({command[2:]!r})"
    return int(run([sys.executable, "-c", code], cwd=ROOT).output.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    figures = []
    print("| command | CPU ms | modules |\n|---|---|---|")
    for name, command in COMMANDS.items():
        runs = [run([sys.executable, *command], cwd=ROOT) for _ in range(asked.times)]
        assert not any(r.code for r in runs), runs[-1].output
        cpu = min(r.cpu for r in runs)
        figures.append({"command": name, "cpu": cpu, "modules": modules(command)})
        print(f"| `{name}` | {cpu * 1000:.0f} | {figures[-1]['modules']} |", flush=True)
    keep("startup", {"commands": figures}, **environment())


if __name__ == "__main__":
    main()
