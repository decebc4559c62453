"""Lists that a test writes, read."""

from __future__ import annotations

from pathlib import Path

from coopdec.model import Finding, Row
from coopdec.read import read


def read_text(folder: Path, name: str, text: str) -> tuple[list[Row], list[Finding]]:
    """The rows and findings of a list with this name and these words."""
    path = folder / name
    path.write_text(text, "utf-8")
    reading = read(path)
    return list(reading), reading.findings


def rows(folder: Path, text: str, suffix: str = ".csv") -> tuple[list[Row], list[Finding]]:
    return read_text(folder, f"liste{suffix}", text)
