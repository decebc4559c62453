"""What one entry of the reference is, on its way from the tables into the index."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["ALIAS", "LOOSE", "MAIN", "OFFICIAL", "Record", "number"]

#: Rank of a name: how surely it means this entity.
MAIN, OFFICIAL, ALIAS, LOOSE = 0, 1, 2, 3


@dataclass(slots=True)
class Record:
    """An entity with its names, ``(name, rank)``. Same fields as model.Entity, as
    text; ``parent`` is the nearest one, which knows its own."""

    key: str
    kind: str
    level: str
    label_fr: str
    country: str
    names: list[tuple[str, int]]
    ids: dict[str, str] = field(default_factory=dict)
    parent: str = ""
    label_en: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    since: str = ""
    until: str = ""
    replaced_by: tuple[str, ...] = ()


def number(cell: str) -> float | None:
    return float(cell) if cell else None
