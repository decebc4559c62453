"""Which edition of the reference is in use, for provenance."""

from __future__ import annotations

import contextlib

from coopdec.reference.store import connect, index_path

__all__ = ["edition"]


def edition() -> str:
    """Twelve hex digits of the content of the tables that the index was made from."""
    with contextlib.closing(connect(index_path())) as db:
        row = db.execute("SELECT value FROM meta WHERE name = 'hash'").fetchone()
    return str(row[0])[:12]
