"""Where the reference's facts come from: ``data/SOURCES.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from coopdec.reference.store import ROOT

__all__ = ["ReferenceSource", "sources"]


@dataclass(frozen=True, slots=True)
class ReferenceSource:
    """One package: what it is, its licence, and the line that its licence asks for."""

    package: str
    version: str
    licence: str
    attribution: str
    sha256: str = ""


@lru_cache(maxsize=1)
def sources() -> tuple[ReferenceSource, ...]:
    table = tomllib.loads((ROOT / "data/SOURCES.toml").read_text("utf-8"))
    return tuple(ReferenceSource(**s) for s in table["source"])
