"""The compiled index as a file: where it is, and how it is opened."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from coopdec.errors import StorageError
from coopdec.paths import cache_folder
from coopdec.reference.tables import CODE, content_hash
from coopdec.sqlite import read_only

__all__ = ["INDEX_NAME", "ROOT", "connect", "hash_of", "index_path", "is_current"]

INDEX_NAME = "index.sqlite"
ROOT = Path(__file__).parent


def index_path() -> Path:
    """The index to open: the one made at installation, or one compiled into the user's
    cache when that is missing or older than the tables."""
    shipped = ROOT / INDEX_NAME
    if not (ROOT / "data/places").is_dir():  # installed from a wheel, without the tables
        if shipped.exists():
            return shipped
        raise StorageError("reference-not-opened", path=str(shipped), why=INDEX_NAME)
    if is_current(shipped):
        return shipped
    return _compiled(cache_folder() / f"reference-{content_hash(ROOT)[:16]}.sqlite")


def is_current(index: Path) -> bool:
    """True if the index was compiled from the tables as they are now."""
    if not index.exists():
        return False
    if _younger(index):
        return True
    return hash_of(index) == content_hash(ROOT)


def _compiled(cached: Path) -> Path:
    if not cached.exists():
        from coopdec.reference.compile import compile_index

        try:
            compile_index(ROOT, cached)
        except (OSError, ValueError, sqlite3.Error) as error:
            why = str(error)
            raise StorageError("reference-not-compiled", path=str(cached), why=why) from error
    return cached


def _younger(index: Path) -> bool:
    """True if no table, nor the code that compiles them, was written after the index: a
    few hundred stats, no reading."""
    made = index.stat().st_mtime_ns
    if any((ROOT / name).stat().st_mtime_ns > made for name in CODE):
        return False
    for folder in ("curated", "data", "data/places", "researched"):
        with os.scandir(ROOT / folder) as entries:
            if any(e.stat().st_mtime_ns > made for e in entries if e.name.endswith(".tsv")):
                return False
    return True


def hash_of(index: Path) -> str | None:
    """The hash of the tables that an index was compiled from, None if it is no index."""
    try:
        with contextlib.closing(connect(index)) as db:
            row = db.execute("SELECT value FROM meta WHERE name = 'hash'").fetchone()
    except sqlite3.Error:
        return None  # not an index, or one of another edition
    return str(row[0]) if row else None


def connect(path: Path) -> sqlite3.Connection:
    """See :func:`coopdec.sqlite.read_only`; pages are mapped into memory."""
    try:
        db = read_only(path)
        db.execute("PRAGMA mmap_size=268435456")
    except sqlite3.Error as error:
        raise StorageError("reference-not-opened", path=str(path), why=str(error)) from error
    return db
