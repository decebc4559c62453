"""Servers that tests start for themselves, on loopback, and end by themselves."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["free_port", "sparql_server"]


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
    return port


@contextmanager
def sparql_server(*data: Path) -> Iterator[str]:
    """Oxigraph's own server (PyPI ``oxigraph``) with these files; gives its query address."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    with TemporaryDirectory() as folder:
        for file in data:
            subprocess.run([program, "load", "--location", folder, "--file", str(file)],
                           check=True, capture_output=True, timeout=60)
        port = free_port()
        process = subprocess.Popen(
            [program, "serve-read-only", "--location", folder, "--bind", f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(f"http://127.0.0.1:{port}/", process)
            yield f"http://127.0.0.1:{port}/query"
        finally:
            process.terminate()
            process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.05)
