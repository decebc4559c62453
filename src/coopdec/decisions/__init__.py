"""Reading and writing ``decisions/``: what people settled, kept in git, never generated.

``identities.tsv`` says what became of IRIs; ``links.sssom.tsv`` (SSSOM) which links a
person accepted or refused. IRIs stand in both as paths under the base, so that another
base changes no decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coopdec.decisions.identities import (
    Action,
    Identity,
    add_identities,
    moves,
    read_identities,
)
from coopdec.decisions.links import (
    CURIES,
    LinkDecision,
    add_link,
    check_link,
    contract,
    expand,
    read_links,
)
from coopdec.decisions.publisher import load_publisher
from coopdec.decisions.tables import path_of
from coopdec.errors import DataError
from coopdec.model import Finding, Position, Severity

__all__ = ["CURIES", "Action", "Decisions", "Identity", "LinkDecision", "add_identities",
           "add_link", "check_link", "contract", "decide_link", "expand", "load_decisions",
           "load_publisher", "path_of"]


@dataclass(frozen=True, slots=True)
class Decisions:
    identities: tuple[Identity, ...] = ()
    links: Mapping[str, tuple[LinkDecision, ...]] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def settle(self, path: str) -> str:
        """Where what is minted as ``path`` is published."""
        return self.moved.get(path, path)

    def refused(self, subject: str) -> set[str]:
        """The targets of the links that were refused."""
        return {d.target for d in self.links.get(self.settle(subject), ()) if not d.accepted}

    def accepted(self, subject: str) -> tuple[LinkDecision, ...]:
        return tuple(d for d in self.links.get(self.settle(subject), ()) if d.accepted)


def decide_link(folder: Path, decision: LinkDecision, subject_label: str = "",
                object_label: str = "") -> Path:
    """Write down what a person decided: that a name is an entry of the reference is a move, all
    else a link.

    Returns:
        The file that holds it.

    Raises:
        DataError: it contradicts a decision that stands there.
        StorageError: the file cannot be written.
    """
    identity = Identity(decision.subject, decision.target.removeprefix("cdr:"), Action.MOVE,
                        decision.on, decision.author, decision.comment)
    moved = folder / "identities.tsv"
    if decision.identifies:
        add_identities(folder, [identity])
    elif by := next((i for i in load_decisions(folder).identities if i.key == identity.key), None):
        raise DataError([Finding("identity-contradiction", Severity.FATAL,
                                 Position(str(moved), by.line),
                                 {"one": by.source, "other": by.to})])
    add_link(folder, decision, subject_label, object_label)
    return moved if decision.identifies else folder / "links.sssom.tsv"


def load_decisions(folder: Path) -> Decisions:
    """Both tables of ``folder``; a missing file is an empty table.

    Raises:
        DataError: a line is wrong; carries every problem of both files.
        StorageError: a file cannot be read.
    """
    findings: list[Finding] = []
    identities = read_identities(folder / "identities.tsv", findings)
    links = read_links(folder / "links.sssom.tsv", findings)
    moved = moves(identities, folder / "identities.tsv", findings)
    if findings:
        raise DataError(findings)
    by_subject: dict[str, tuple[LinkDecision, ...]] = {}
    for link in links:
        subject = moved.get(link.subject, link.subject)
        by_subject[subject] = (*by_subject.get(subject, ()), link)
    return Decisions(tuple(identities), by_subject, moved)
