"""The compiled index as a file: where it is, and how it is opened."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from coopdec.errors import StorageError

__all__ = ["INDEX_NAME", "connect", "index_path"]

INDEX_NAME = "index.sqlite"
ROOT = Path(__file__).parent


def index_path() -> Path:
    """The index to open: the one made at installation, or one compiled into the user's
    cache when that is missing or older than the tables."""
    shipped = ROOT / INDEX_NAME
    if shipped.exists() and _fresh(shipped):
        return shipped
    from coopdec.reference.compile import SCHEMA_VERSION, compile_index
    from coopdec.reference.tables import content_hash

    cached = _cache() / f"reference-{SCHEMA_VERSION}-{content_hash(ROOT)[:16]}.sqlite"
    if not cached.exists():
        try:
            compile_index(ROOT, cached)
        except (OSError, sqlite3.Error) as error:
            raise StorageError("reference-not-compiled", path=str(cached), why=str(error)) from error
    return cached


def _fresh(index: Path) -> bool:
    """An installed package has no tables beside the index and needs no check; in a
    checkout the index must be younger than every table."""
    made = index.stat().st_mtime_ns
    for folder in ("curated", "data", "data/places", "researched"):
        if (ROOT / folder).is_dir():
            with os.scandir(ROOT / folder) as entries:
                if any(e.stat().st_mtime_ns > made for e in entries if e.name.endswith(".tsv")):
                    return False
    return True


def _cache() -> Path:
    if named := os.environ.get("COOPDEC_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "coopdec"


def connect(path: Path) -> sqlite3.Connection:
    """Read-only and immutable: no locks, pages shared by all processes that open it."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        db.execute("PRAGMA mmap_size=268435456")
    except sqlite3.Error as error:
        raise StorageError("reference-not-opened", path=str(path), why=str(error)) from error
    return db
