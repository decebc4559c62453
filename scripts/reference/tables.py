"""Reading and writing the reference's tables: tab-separated, sorted, one header line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["clean", "read_csv", "read_tsv", "write_tsv"]


def clean(value: object) -> str:
    """One line, no tabs, trimmed; None is empty."""
    return " ".join(str(value).split()) if value is not None else ""


def write_tsv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write rows sorted by their cells, so that a rebuild shows as a small diff."""
    lines = sorted({"\t".join(clean(cell) for cell in row) for row in rows})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["\t".join(header), *lines]) + "\n", encoding="utf-8")
    return len(lines)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def read_tsv(path: Path) -> list[dict[str, str]]:
    header, *lines = path.read_text("utf-8").splitlines()
    names = header.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines if line]
