"""``identities.tsv``: what became of IRIs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from coopdec.decisions.tables import PATH, bad_value, read_date, read_table
from coopdec.model import Finding, Position, Severity

__all__ = ["Action", "Identity", "moves", "read_identities"]


class Action(StrEnum):
    """What became of an IRI.

    ``keep``: what would be minted as ``from`` is published as ``to`` (a corrected title).
    ``move``: ``from`` was published; it leaves a tombstone and is now ``to``.
    ``merge``: like ``move``, because two announcements are one project.
    ``gone``: ``from`` was published and is nowhere any more: a tombstone, no successor.
    ``distinct``: ``from`` and ``to`` look alike and are not the same; never proposed again.
    """

    KEEP = "keep"
    MOVE = "move"
    MERGE = "merge"
    GONE = "gone"
    DISTINCT = "distinct"

    @property
    def leaves(self) -> bool:
        """Whether a tombstone stays behind."""
        return self in (Action.MOVE, Action.MERGE, Action.GONE)


@dataclass(frozen=True, slots=True)
class Identity:
    """One line of ``identities.tsv``; ``to`` is empty for ``gone``."""

    source: str
    to: str
    action: Action
    on: date
    author: str
    comment: str
    line: int


_COLUMNS = ("from", "to", "action", "date", "author", "comment")


def read_identities(path: Path, findings: list[Finding]) -> list[Identity]:
    found = []
    for line, cells in read_table(path, _COLUMNS, findings):
        try:
            action = Action(cells["action"])
        except ValueError:
            bad_value(findings, path, line, "action", cells["action"],
                 dict.fromkeys(("fr", "en"), " | ".join(Action)))
            continue
        if bool(cells["to"]) == (action is Action.GONE):
            expected = {"fr": "vide pour « gone », un chemin sinon",
                        "en": "empty for “gone”, a path otherwise"}
            bad_value(findings, path, line, "to", cells["to"], expected)
        for column in ("from", "to"):
            if cells[column] and not PATH.fullmatch(cells[column]):
                bad_value(findings, path, line, column, cells[column],
                     {"fr": "un chemin sous la base, comme « project/appel/id »",
                      "en": "a path under the base, such as “project/call/id”"})
        found.append(Identity(cells["from"], cells["to"], action,
                              read_date(cells, "date", path, line, findings),
                              cells.get("author", ""), cells.get("comment", ""), line))
    return found


def moves(identities: Iterable[Identity], path: Path, findings: list[Finding]) -> dict[str, str]:
    """Every path that is published elsewhere → where, chains followed to their end."""
    step: dict[str, Identity] = {}
    for identity in identities:
        if identity.action in (Action.DISTINCT, Action.GONE):
            continue
        if identity.source in step:
            findings.append(Finding("identity-twice", Severity.FATAL,
                                    Position(str(path), identity.line, column="from"),
                                    {"path": identity.source}))
        step[identity.source] = identity
    moved = {}
    for start, first in step.items():
        at, seen = start, {start}
        while at in step:
            at = step[at].to
            if at in seen:
                findings.append(Finding("identity-circle", Severity.FATAL,
                                        Position(str(path), first.line, column="to"),
                                        {"path": start}))
                break
            seen.add(at)
        moved[start] = at
    return moved
