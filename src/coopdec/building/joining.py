"""Announcements of one project, of one list or of several: which are published, and what
they state together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from coopdec.building.chunks import Block
from coopdec.describe import agreed
from coopdec.formats import Entry, Heading, formats
from coopdec.model import Description, Finding, Position, Severity
from coopdec.terms import LABEL
from coopdec.vocab import CD, DCTERMS, SKOS

__all__ = ["joined", "settled"]


class Announcement(Protocol):
    """What tells announcements of one project apart."""

    @property
    def source(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def own(self) -> bool: ...


A = TypeVar("A", bound=Announcement)


def settled(
    iri: str, group: Iterable[A], paths: Mapping[str, str]
) -> tuple[list[A], list[Finding]]:
    """Which announcements of one project are published, the leading one first. A row that
    repeats another of its list is a finding and not written twice; a project announced in two
    lists keeps both rows. ``group`` is in order of list and line; ``paths``: source name → its
    path, for findings."""
    # What the IRI was minted from speaks first; the sort is stable.
    first, *others = sorted(group, key=lambda a: not a.own)
    kept, findings = [first], []
    for other in others:
        where = Position(paths.get(other.source, other.source), other.line)
        same_list = other.source in {a.source for a in kept}
        repeated = same_list and other.own
        findings.append(Finding(
            "row-repeated" if repeated else "announced-twice",
            Severity.WARNING if repeated else Severity.INFO,
            where, {"title": first.title, "source": first.source, "line": first.line},
            iri,
        ))
        if not same_list:
            kept.append(other)
    return kept, findings


#: What a project has one of: the announcement that its IRI was minted from says it; the
#: rows of the others keep what theirs said.
_ONE = frozenset(f"<{p}>" for p in (
    DCTERMS + "title", DCTERMS + "identifier", CD + "call", CD + "session"))
_OTHER_LABEL = f"<{SKOS}altLabel>"
_THEME, _NO_THEME = f"<{CD}theme>", f"<{CD}noThemeStated>"


def joined(
    blocks: Sequence[Block], heading: Heading, paths: Mapping[str, str]
) -> tuple[Block, list[Finding]]:
    """The statements of several announcements of one project, written again; where two say
    otherwise of what a project has one of, the first stays and a finding says so."""
    findings: list[Finding] = []
    first, *others = blocks
    project = f"<{first.iri}>"
    said: dict[str, dict[tuple[str, str], None]] = {}
    for subject, predicate, value in _statements(first):
        said.setdefault(subject, {})[predicate, value] = None
    own = said[project]
    for other in others:
        known = said.keys()  # a theme that both state is assigned as the first has it
        more: dict[str, dict[tuple[str, str], None]] = {}
        before = [(s, p, v) for s, pairs in said.items() for p, v in pairs]
        theirs, differences = agreed(project, before, list(_statements(other)))
        findings += [Finding("facts-differ", Severity.WARNING,
                             Position(paths.get(other.source, other.source), other.line),
                             {"what": d.what, "one": d.one, "other": d.other,
                              "source": first.source, "line": first.line}, first.iri)
                     for d in differences]
        for subject, predicate, value in theirs:
            if subject != project:
                if subject not in known:
                    more.setdefault(subject, {})[predicate, value] = None
            elif predicate == LABEL and (predicate, value) not in own:
                own[_OTHER_LABEL, value] = None
            elif predicate not in _ONE:
                own[predicate, value] = None
        said |= more
    if any(p == _THEME for p, _ in own):
        said[project] = {s: None for s in own if s[0] != _NO_THEME}
    entry = Entry(first.iri, "project", [
        Description(subject, _grouped(statements)) for subject, statements in said.items()
    ])
    texts = {}
    for name, text in first.texts.items():
        known_as = formats()[name]
        if known_as.graphs:
            texts[name] = b"".join(known_as.block(_part(entry, b), heading) for b in blocks)
        elif known_as.rdf:
            texts[name] = known_as.block(entry, heading)
        elif known_as.join:
            texts[name] = known_as.join([b.texts[name] for b in blocks])
        else:
            texts[name] = text
    themed = any(block.themed for block in blocks)
    return first._replace(texts=texts, themed=themed), findings


def _part(entry: Entry, block: Block) -> Entry:
    """What of a joined project this announcement says: its own graph's part. The parts
    together are the whole."""
    said = list(_statements(block))
    own = {*said, *((s, _OTHER_LABEL, v) for s, p, v in said if p == LABEL)}
    parts = []
    for description in entry.parts:
        subject = description.subject
        kept = [(p, v) for p, v in description.statements if (subject, p, v) in own]
        if kept:
            parts.append(Description(subject, kept))
    return Entry(entry.iri, entry.kind, parts)


def _statements(block: Block) -> Iterator[tuple[str, str, str]]:
    for line in block.texts["nt"].splitlines():
        subject, predicate, value = line[:-2].decode().split(" ", 2)
        yield subject, predicate, value


def _grouped(statements: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Statements of one predicate side by side, predicates in order of appearance."""
    by_predicate: dict[str, list[str]] = {}
    for predicate, value in statements:
        by_predicate.setdefault(predicate, []).append(value)
    return [(p, v) for p, values in by_predicate.items() for v in values]
