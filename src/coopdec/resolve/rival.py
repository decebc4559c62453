"""An entity on its way to becoming a candidate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coopdec.model import Entity
from coopdec.resolve.matching import Match

__all__ = ["Reason", "Rival"]

#: A message code and its parameters.
Reason = tuple[str, Mapping[str, Any]]


@dataclass(slots=True, eq=False)
class Rival:
    """``weight`` competes with the other rivals'; ``fit`` in (0, 1] is how well the level
    and the place agree with what is known, whoever the rivals are; ``reasons`` come after
    that of the match."""

    entity: Entity
    match: Match
    weight: float
    reasons: list[Reason]
    fit: float = 1.0
