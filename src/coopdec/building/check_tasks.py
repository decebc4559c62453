"""What the whole of a release has to check when its chunks are joined, as tasks for workers: the
shared entities, and the projects that no chunk could check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopdec.building.garbage import uncollected
from coopdec.check import (
    Checked,
    Named,
    Part,
    check_projects,
    check_shared,
    compared,
    load_shapes,
)
from coopdec.model import Finding

__all__ = ["Again", "Batch", "Piece", "check_batch", "check_piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Shared entities to check; see :func:`coopdec.check.check_shared`."""

    part: Part
    known_as: bytes
    base: str
    engine: str


@dataclass(frozen=True, slots=True)
class Again:
    """A few projects, with all that they lead to, for the reference to check as well."""

    text: bytes
    engine: str


@uncollected()
def check_piece(piece: Piece | Again) -> Checked | list[Finding]:
    """What a piece gave; of what is checked again, how that differs."""
    if isinstance(piece, Again):
        return compared(piece.text, load_shapes(), piece.engine)
    return check_shared(piece.part, piece.known_as, piece.base, piece.engine)


@dataclass(frozen=True, slots=True)
class Batch:
    """Projects that no chunk could check, and all that they lead to (IRI → statements)."""

    projects: Sequence[tuple[bytes, bytes]]
    entities: Mapping[bytes, bytes]
    base: str
    engine: str


@uncollected()
def check_batch(batch: Batch) -> Checked:
    """What the projects of a batch gave, see :func:`coopdec.check.check_projects`."""
    named = Named(lambda iri: batch.entities.get(iri, b""))
    return check_projects(batch.projects, named, batch.base, batch.engine)
