"""SQLite files that are only read: compiled once, opened by many."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

__all__ = ["read_only"]


class _Connection(sqlite3.Connection):
    """Closed with whoever held it: a thread that ends, an index that is forgotten. Python 3.13
    warns of one that is open then."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # one that could not be opened
            self.close()


def read_only(path: Path) -> sqlite3.Connection:
    """Immutable: no locks, pages shared by all processes that open it. For one thread at a
    time, whichever.

    Raises:
        sqlite3.Error: the file is not there, or no database.
    """
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True,
                           check_same_thread=False, factory=_Connection)
