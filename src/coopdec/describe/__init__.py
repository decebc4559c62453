"""Announcements → descriptions: what a project is, and the entities that it refers to.

The stage's public face is :class:`Describer`: one a process, it remembers the entities
that it has described.
"""

from __future__ import annotations

from functools import lru_cache

from coopdec.describe.agree import agreed
from coopdec.describe.entities import Entities
from coopdec.describe.lines import kind_and_iri, name_of, packed, unpacked
from coopdec.describe.project import Described, Describer
from coopdec.describe.shared import entry, label_of, merge, merge_all
from coopdec.iris import Iris
from coopdec.model import SharedEntity
from coopdec.reference import gazetteer

__all__ = ["Described", "Describer", "agreed", "entry", "kind_and_iri", "label_of", "merge",
           "merge_all", "name_of", "packed", "unpacked", "whole"]


@lru_cache(maxsize=1)
def _entities(base: str) -> Entities:
    return Entities(Iris(base), gazetteer())


def whole(entity: SharedEntity, base: str) -> SharedEntity:
    """With what the reference says of it beside, see :attr:`SharedEntity.found`."""
    return _entities(base).whole(entity) if entity.found else entity
