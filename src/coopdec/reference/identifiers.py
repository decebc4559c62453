"""Looking the other way: from another authority's identifier to what we know of it."""

from __future__ import annotations

import re
from functools import lru_cache

from coopdec.reference.gazetteer import Gazetteer

__all__ = ["holds_geonames"]


@lru_cache(maxsize=4096)
def holds_geonames(places: Gazetteer, number: str) -> bool:
    """Whether the reference has an entity with this GeoNames number. Asks by the number
    first, then reads the identifiers of units that are kept under a code: for the few
    numbers that people decided on, not for a stream of them."""
    if not re.fullmatch(r"[1-9]\d*", number):
        return False
    if places.entity(f"gn/{number}") is not None:
        return True
    sql = "SELECT 1 FROM entity WHERE '|' || ids || '|' LIKE ? LIMIT 1"
    return bool(places._ask(sql, (f"%|geonames={number}|%",)))
