"""Reading the reference's tab-separated tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

__all__ = ["CODE", "content_hash", "read_table", "split"]

_FOLDERS = ("curated", "data", "researched")
#: The code that decides what the index holds: a change of it makes the index stale.
CODE = ("compile.py", "exonyms.py", "france.py", "levels.py", "names.py", "records.py", "world.py")


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Rows as dicts by the header line; comment lines (``#``) and blank lines are skipped."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        header: list[str] | None = None
        for number, line in enumerate(lines, start=1):
            if line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t")
            if header is None:
                header = cells
            elif len(cells) != len(header):
                raise ValueError(f"{path}, line {number}: {len(cells)} cells, not {len(header)}")
            else:
                yield dict(zip(header, cells, strict=True))


def split(cell: str) -> list[str]:
    """The values of a ``|``-separated cell."""
    return [value for value in cell.split("|") if value]


def content_hash(root: Path) -> str:
    """SHA-256 over every table and the code that compiles them."""
    digest = hashlib.sha256()
    tables = [p for folder in _FOLDERS for p in (root / folder).rglob("*.tsv")]
    for path in [*sorted(tables), *(root / name for name in CODE)]:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()
