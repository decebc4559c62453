"""``identities.tsv``: what became of IRIs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

from coopdec.decisions.tables import PATH, bad_value, change, read_date, read_table
from coopdec.errors import DataError
from coopdec.model import Finding, Position, Severity

__all__ = ["Action", "Identity", "add_identities", "moves", "read_identities"]


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
    """One line of ``identities.tsv``; ``to`` is empty for ``gone``; ``line`` is 0 where
    it was not written yet."""

    source: str
    to: str
    action: Action
    on: date
    author: str
    comment: str
    line: int = 0

    @classmethod
    def by_hand(cls, source: str, to: str, action: Action, author: str, comment: str) -> Self:
        """What a person decides today."""
        return cls(source, to, action, datetime.now(UTC).date(), author, comment)

    @property
    def key(self) -> tuple[str, str, str]:
        """What is decided; « a and b are distinct » is « b and a are distinct »."""
        one, two = self.source, self.to
        if self.action is Action.DISTINCT:
            one, two = sorted((one, two))
        return one, self.action, two


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
    identities = list(identities)
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
        end = _end(start, step)
        if end is None:
            findings.append(Finding("identity-circle", Severity.FATAL,
                                    Position(str(path), first.line or None, column="to"),
                                    {"path": start}))
        moved[start] = end or start
    findings += [
        Finding("identity-contradiction", Severity.FATAL, Position(str(path), i.line or None),
                {"one": i.source, "other": i.to})
        for i in identities
        if i.action is Action.DISTINCT
        and moved.get(i.source, i.source) == moved.get(i.to, i.to)
    ]
    return moved


def _end(start: str, step: Mapping[str, Identity]) -> str | None:
    """Where the steps from ``start`` lead; None where they go round in a circle."""
    at, seen = start, {start}
    while at in step:
        at = step[at].to
        if at in seen:
            return None
        seen.add(at)
    return at


_HEAD = """\
# What became of IRIs: keep, move, merge, gone, distinct. Paths under the base, without it.
from\tto\taction\tdate\tauthor\tcomment
"""


def add_identities(folder: Path, new: Iterable[Identity]) -> int:
    """Write decisions into ``identities.tsv``: all of them or, where one contradicts what
    stands there or another, none. The file changes all at once; its comments and the order
    of its lines stay; a new line stands before the first that sorts after it.

    Returns:
        How many were written; what stands there already is not written again.

    Raises:
        DataError: the table is wrong as it stands, or a decision contradicts another;
            carries every problem.
        StorageError: the file cannot be read or written.
    """
    path = folder / "identities.tsv"
    wanted = list(new)
    written = 0

    def edit(text: str) -> str:
        nonlocal written
        findings: list[Finding] = []
        standing = read_identities(path, findings)
        moves(standing, path, findings)
        if not findings:
            added = _unsaid(wanted, standing, path, findings)
        if findings:
            raise DataError(findings)
        written = len(added)
        return _with(text or _HEAD, added) if added else text

    change(path, edit)
    return written


def _unsaid(wanted: Iterable[Identity], standing: Sequence[Identity], path: Path,
            findings: list[Finding]) -> list[Identity]:
    """The decisions that do not stand there yet; what contradicts is a finding."""
    known = {i.key: i for i in standing}
    left = {i.source: i for i in standing if i.action is not Action.DISTINCT}
    step = {s: i for s, i in left.items() if i.action is not Action.GONE}
    added: list[Identity] = []

    def contradicts(code: str, by: Identity | None, **params: str) -> None:
        where = Position(str(path), by.line or None if by else None)
        findings.append(Finding(code, Severity.FATAL, where, params))

    for one in wanted:
        wrong = [p for p in (one.source, one.to) if p and not PATH.fullmatch(p)]
        if wrong or bool(one.to) == (one.action is Action.GONE):
            contradicts("identity-path", None, path=wrong[0] if wrong else one.to)
            continue
        if one.key in known:
            continue
        known[one.key] = one
        if one.action is not Action.DISTINCT:
            if (by := left.get(one.source)) is not None:
                contradicts("identity-taken", by, path=one.source, action=by.action,
                            to=by.to or "—", wanted=one.to or "—")
                continue
            end = _end(one.to, step) if one.to else None
            if one.to and end in (None, one.source):
                contradicts("identity-circle", None, path=one.source)
                continue
            if end and (by := left.get(end)) is not None:
                contradicts("identity-to-gone", by, path=one.source, to=end)
                continue
            left[one.source] = one
            if one.to:
                step[one.source] = one
        added.append(one)
    if not findings:
        moves([*standing, *added], path, findings)
    return added


def _with(text: str, added: Iterable[Identity]) -> str:
    """The table's text with more lines. A comment belongs to the line that follows it."""
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line and not line.startswith("#"))
    header = lines[at].split("\t")
    blocks: list[tuple[tuple[str, ...], list[str]]] = []
    pending: list[str] = []
    for line in lines[at + 1:]:
        pending.append(line)
        if line and not line.startswith("#"):
            cells = dict(zip(header, line.split("\t"), strict=False))
            blocks.append((tuple(cells.get(c, "") for c in ("from", "action", "to")), pending))
            pending = []
    out: list[str] = []
    waiting = sorted(added, key=lambda i: i.key, reverse=True)
    for key, block in blocks:
        while waiting and key > waiting[-1].key:
            out.append(_line(waiting.pop(), header))
        out += block
    out += [_line(one, header) for one in reversed(waiting)]
    return "\n".join([*lines[:at + 1], *out, *pending]) + "\n"


def _line(one: Identity, header: Sequence[str]) -> str:
    source, action, to = one.key
    cells = {"from": source, "to": to, "action": action, "date": one.on.isoformat(),
             "author": one.author, "comment": one.comment}
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="").writerow(
        " ".join(cells.get(column, "").split()) for column in header)
    return out.getvalue()
