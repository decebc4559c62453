"""The same project announced twice, in two lists or in two forms: found, weighed, proposed.

Above the pipeline, beside :mod:`coopdec.review`: it reads and resolves the lists and turns
what looks alike into proposals for a person. Nothing is written here, and nothing merges
without a decision.
"""

from __future__ import annotations

from coopdec.announcements.gather import Announced, announced, minted_paths
from coopdec.announcements.pairs import Proposal, proposals

__all__ = ["Announced", "Proposal", "announced", "minted_paths", "proposals"]
