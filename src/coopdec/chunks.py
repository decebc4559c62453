"""The unit of work: a chunk of rows, what comes of it, and how results are joined.

Associative: any chunk size, any number of workers, any order of merging gives the same
release.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from coopdec.describe import merge_all
from coopdec.formats import Entry, Heading, formats
from coopdec.model import Description, Finding, Position, Question, Severity, SharedEntity

__all__ = ["Block", "ChunkResult", "merge_blocks"]


@dataclass(frozen=True, slots=True)
class Block:
    """One project, written in every format: ``texts`` by format name. ``source`` and
    ``line`` say where it was announced."""

    iri: str
    source: str
    line: int
    title: str
    texts: Mapping[str, str]


@dataclass(slots=True)
class ChunkResult:
    """``blocks`` sorted by IRI, then source and line."""

    blocks: list[Block] = field(default_factory=list)
    shared: dict[str, SharedEntity] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def add(self, other: ChunkResult) -> None:
        """Take in another result."""
        self.blocks = list(heapq.merge(self.blocks, other.blocks, key=_order))
        merge_all(self.shared, other.shared.values())
        self.findings += other.findings
        self.questions += other.questions


def _order(block: Block) -> tuple[str, str, int]:
    return block.iri, block.source, block.line


def merge_blocks(
    blocks: Iterable[Block], heading: Heading, findings: list[Finding], paths: Mapping[str, str]
) -> Iterator[Block]:
    """One block a project. A row that repeats another of its list is a finding and not
    written twice; a project announced in two lists keeps both rows. ``paths``: source
    name → its path, for findings."""
    for iri, group in groupby(blocks, key=lambda b: b.iri):
        first, *others = group
        apart: list[Block] = []
        for other in others:
            where = Position(paths.get(other.source, other.source), other.line)
            same_list = other.source in {first.source, *(b.source for b in apart)}
            findings.append(Finding(
                "row-repeated" if same_list else "announced-twice",
                Severity.WARNING if same_list else Severity.INFO,
                where, {"title": first.title, "source": first.source, "line": first.line},
                iri,
            ))
            if not same_list:
                apart.append(other)
        yield _joined([first, *apart], heading) if apart else first


def _joined(blocks: list[Block], heading: Heading) -> Block:
    """The statements of several announcements of one project, written again."""
    said: dict[str, dict[tuple[str, str], None]] = {}
    for block in blocks:
        for line in block.texts["nt"].splitlines():
            subject, predicate, value = line[:-2].split(" ", 2)
            said.setdefault(subject, {})[predicate, value] = None
    first = blocks[0]
    entry = Entry(first.iri, "project", [
        Description(subject, _grouped(statements)) for subject, statements in said.items()
    ])
    texts = {}
    for name, text in first.texts.items():
        known = formats()[name]
        if known.graphs:
            texts[name] = "".join(block.texts[name] for block in blocks)
        else:
            texts[name] = known.block(entry, heading) if known.rdf else text
    return Block(first.iri, first.source, first.line, first.title, texts)


def _grouped(statements: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Statements of one predicate side by side, predicates in order of appearance."""
    by_predicate: dict[str, list[str]] = {}
    for predicate, value in statements:
        by_predicate.setdefault(predicate, []).append(value)
    return [(p, v) for p, values in by_predicate.items() for v in values]
