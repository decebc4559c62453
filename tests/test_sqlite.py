"""Files that are only read."""

from __future__ import annotations

import gc
import sqlite3
import threading
from pathlib import Path

import pytest

from coopdec.sqlite import read_only


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "été # 1.sqlite"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t AS SELECT 7 AS n")
    db.close()
    return path


def test_it_is_read_and_not_written(file: Path) -> None:
    db = read_only(file)
    assert db.execute("SELECT n FROM t").fetchone() == (7,)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM t")


def test_it_is_closed_with_whoever_held_it(file: Path) -> None:
    """Open when it is forgotten, it would be a warning (Python 3.13), and so an error here."""
    def use(held: threading.local) -> None:
        held.db = read_only(file)
        held.db.execute("SELECT n FROM t").fetchone()

    def used() -> None:
        held = threading.local()
        thread = threading.Thread(target=use, args=(held,))
        thread.start()
        thread.join()
        use(held)

    used()
    gc.collect()


def test_what_is_not_there_is_said_once(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        read_only(tmp_path / "none.sqlite")
    gc.collect()
