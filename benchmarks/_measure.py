"""What a run costs: CPU time of a process and all its children, its peak memory, and where."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

__all__ = ["RESULTS", "Run", "environment", "keep", "run", "venv"]

RESULTS = Path(__file__).parents[1] / "docs" / "performance.json"


@dataclass(frozen=True)
class Run:
    """``cpu`` is user + system of the process and of all it waited for, ``wall`` what a clock
    says (of use on a quiet machine only), in seconds; ``peak`` the largest resident size of
    any one process, in MB."""

    cpu: float
    wall: float
    peak: float
    code: int = 0
    output: str = ""


def run(command: list[str], **more: Any) -> Run:
    """One run in a process of its own."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          **more) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(cpu, time.perf_counter() - start, used.ru_maxrss / 1024, process.returncode, output)


def environment(*packages: str) -> dict[str, Any]:
    """The machine and the versions: figures mean nothing without."""
    def known(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "—"

    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo")
                  if line.startswith("model name")), platform.processor() or platform.machine())
    return {"cpu": model, "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
            "system": f"{platform.system()} {platform.machine()}",
            "python": platform.python_version(),
            **{name: known(name) for name in ("coopdec", "pyoxigraph", "shacl", *packages)}}


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        return []


def keep(name: str, figures: dict[str, Any], **environ: Any) -> None:
    """Put figures under a name into the file from which docs/performance.md is made."""
    known = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    known[name] = {"environment": environ or environment(), "figures": figures}
    RESULTS.write_text(json.dumps(known, indent=1, ensure_ascii=False, sort_keys=True) + "\n",
                       "utf-8")


def venv(folder: Path, *packages: str) -> Path:
    """The Python of a virtual environment with these packages, made once, outside of the
    repository: their pins may clash with ours."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def as_dict(found: Run) -> dict[str, float]:
    return {k: round(v, 3) for k, v in asdict(found).items() if k in ("cpu", "wall", "peak")}
