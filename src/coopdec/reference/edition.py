"""Which edition of the reference is in use, for provenance."""

from __future__ import annotations

from coopdec.reference.store import hash_of, index_path

__all__ = ["edition"]


def edition() -> str:
    """Twelve hex digits of the content of the tables that the index was made from."""
    return (hash_of(index_path()) or "")[:12]
