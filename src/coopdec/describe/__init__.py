"""Announcements → descriptions: what a project is, and the entities that it refers to.

The stage's public face is :class:`Describer`: one a process, it remembers the entities
that it has described.
"""

from __future__ import annotations

from coopdec.describe.agree import settled as agreed
from coopdec.describe.lines import kind_and_iri, name_of, packed, unpacked
from coopdec.describe.project import Described, Describer
from coopdec.describe.shared import entry, label_of, merge, merge_all

__all__ = ["Described", "Describer", "agreed", "entry", "kind_and_iri", "label_of", "merge",
           "merge_all", "name_of", "packed", "unpacked"]
