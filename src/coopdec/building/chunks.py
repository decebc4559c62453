"""The unit of work: what comes of a chunk of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from coopdec.check import Sighting
from coopdec.describe import Described, merge_all
from coopdec.model import Finding, Question, SharedEntity
from coopdec.tally import Tally

__all__ = ["Block", "ChunkResult"]


class Block(NamedTuple):
    """One project, written in every format: ``texts`` by format name, in UTF-8. ``source`` and
    ``line`` say where it was announced; ``own`` whether its IRI was minted from there, and
    not brought to it by a decision."""

    iri: str
    source: str
    line: int
    title: str
    texts: Mapping[str, bytes]
    own: bool = True
    themed: bool = False
    #: What helps to find a project that is announced twice; see ``check.beyond.duplicates``.
    sighting: Sighting | None = None


@dataclass(slots=True)
class ChunkResult:
    """``blocks`` sorted by IRI, then source and line; ``tally`` counts what they state."""

    blocks: list[Block] = field(default_factory=list)
    shared: dict[str, SharedEntity] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    #: Groups of entities that were taken in, by identity: held, so that no other gets it.
    _met: dict[int, tuple[SharedEntity, ...]] = field(default_factory=dict, repr=False)

    def take(self, described: Described, block: Block) -> None:
        """Take in one project."""
        self.blocks.append(block)
        self.tally.see(described.entry)
        for group in described.shared:
            if id(group) not in self._met:
                self._met[id(group)] = group
                merge_all(self.shared, group)
        self.findings += described.findings
        self.questions += described.questions
