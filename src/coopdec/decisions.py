"""Reading and writing ``decisions/``: what people settled, kept in git, never generated.

``identities.tsv`` says what became of IRIs; ``links.sssom.tsv`` (SSSOM) which links a
person accepted or refused. IRIs stand in both as paths under the base, so that another
base changes no decision.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from coopdec.errors import DataError, StorageError, UsageError
from coopdec.model import Finding, Position, Severity

__all__ = ["Action", "Decisions", "Identity", "LinkDecision", "add_link", "check_link",
           "contract", "expand", "load_decisions"]


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


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """One line of ``links.sssom.tsv``; ``subject`` is a path, ``target`` an IRI."""

    subject: str
    predicate: str
    target: str
    accepted: bool
    justification: str
    confidence: float
    on: date
    author: str
    comment: str
    line: int


@dataclass(frozen=True, slots=True)
class Decisions:
    identities: tuple[Identity, ...] = ()
    links: Mapping[str, tuple[LinkDecision, ...]] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def settle(self, path: str) -> str:
        """Where what is minted as ``path`` is published."""
        return self.moved.get(path, path)

    def refuses(self, subject: str, target: str) -> bool:
        return any(d.target == target and not d.accepted for d in self.links.get(subject, ()))

    def accepted(self, subject: str) -> tuple[LinkDecision, ...]:
        return tuple(d for d in self.links.get(subject, ()) if d.accepted)


_PATH = re.compile(r"[a-z]+(?:/[A-Za-z0-9_~%.,-]+)+")
_IDENTITY_COLUMNS = ("from", "to", "action", "date", "author", "comment")


def load_decisions(folder: Path) -> Decisions:
    """Both tables of ``folder``; a missing file is an empty table.

    Raises:
        DataError: a line is wrong; carries every problem of both files.
        StorageError: a file cannot be read.
    """
    findings: list[Finding] = []
    identities = _identities(folder / "identities.tsv", findings)
    links = _links(folder / "links.sssom.tsv", findings)
    moved = _moves(identities, folder / "identities.tsv", findings)
    if findings:
        raise DataError(findings)
    by_subject: dict[str, tuple[LinkDecision, ...]] = {}
    for link in links:
        by_subject[link.subject] = (*by_subject.get(link.subject, ()), link)
    return Decisions(tuple(identities), by_subject, moved)


def _table(path: Path, needed: Iterable[str], findings: list[Finding]) -> Iterable[
    tuple[int, dict[str, str]]
]:
    try:
        content = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError("cannot-read", path=str(path), why=error.strerror or "") from error
    except UnicodeDecodeError:
        findings.append(Finding("not-utf8-table", Severity.FATAL, Position(str(path))))
        return
    lines = [(n, t) for n, t in enumerate(content.splitlines(), 1) if t and not t.startswith("#")]
    if not lines:
        return
    header = lines[0][1].split("\t")
    missing = [c for c in needed if c not in header]
    if missing:
        where = Position(str(path), lines[0][0])
        findings.append(Finding("decision-columns", Severity.FATAL, where, {"missing": missing}))
        return
    reader = csv.reader(io.StringIO("\n".join(t for _, t in lines[1:])), delimiter="\t")
    for (number, _), cells in zip(lines[1:], reader, strict=False):
        yield number, dict(zip(header, [c.strip() for c in cells], strict=False))


def _bad(findings: list[Finding], path: Path, line: int, column: str, value: str,
         expected: Mapping[str, str]) -> None:
    where = Position(str(path), line, column=column)
    findings.append(Finding("decision-value", Severity.FATAL, where,
                            {"value": value, "expected": expected}))


def _date(cells: Mapping[str, str], column: str, path: Path, line: int,
          findings: list[Finding]) -> date:
    try:
        return date.fromisoformat(cells.get(column, ""))
    except ValueError:
        _bad(findings, path, line, column, cells.get(column, ""),
             {"fr": "une date, 2026-11-22", "en": "a date, 2026-11-22"})
        return date.min


def _identities(path: Path, findings: list[Finding]) -> list[Identity]:
    found = []
    for line, cells in _table(path, _IDENTITY_COLUMNS, findings):
        try:
            action = Action(cells["action"])
        except ValueError:
            _bad(findings, path, line, "action", cells["action"],
                 dict.fromkeys(("fr", "en"), " | ".join(Action)))
            continue
        if bool(cells["to"]) == (action is Action.GONE):
            expected = {"fr": "vide pour « gone », un chemin sinon",
                        "en": "empty for “gone”, a path otherwise"}
            _bad(findings, path, line, "to", cells["to"], expected)
        for column in ("from", "to"):
            if cells[column] and not _PATH.fullmatch(cells[column]):
                _bad(findings, path, line, column, cells[column],
                     {"fr": "un chemin sous la base, comme « project/appel/id »",
                      "en": "a path under the base, such as “project/call/id”"})
        found.append(Identity(cells["from"], cells["to"], action,
                              _date(cells, "date", path, line, findings),
                              cells.get("author", ""), cells.get("comment", ""), line))
    return found


def _moves(identities: Iterable[Identity], path: Path, findings: list[Finding]) -> dict[str, str]:
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


def _links(path: Path, findings: list[Finding]) -> list[LinkDecision]:
    needed = ("subject_id", "predicate_id", "object_id", "mapping_justification")
    found = []
    for line, cells in _table(path, needed, findings):
        try:
            confidence = float(cells.get("confidence") or "1")
        except ValueError:
            confidence = -1.0
        if not 0 <= confidence <= 1:
            _bad(findings, path, line, "confidence", cells.get("confidence", ""),
                 {"fr": "un nombre de 0 à 1", "en": "a number from 0 to 1"})
        predicate, target = expand(cells["predicate_id"]), expand(cells["object_id"])
        for column, value in (("predicate_id", predicate), ("object_id", target)):
            if not value.startswith(("http://", "https://")):
                _bad(findings, path, line, column, cells[column],
                     {"fr": "une IRI ou un CURIE connu", "en": "an IRI or a known CURIE"})
        day = _date(cells, "mapping_date", path, line, findings)
        found.append(LinkDecision(
            cells["subject_id"].removeprefix("cdr:"), predicate, target,
            cells.get("predicate_modifier", "") != "Not",
            expand(cells["mapping_justification"]), confidence, day,
            cells.get("author_label", ""), cells.get("comment", ""), line,
        ))
    return found


def check_link(subject: str, target: str, predicate: str) -> tuple[str, str, str]:
    """What a person typed, as a path under the base, an IRI and a predicate's IRI.

    Raises:
        UsageError: one of them is none; says what was expected.
    """
    path = subject.removeprefix("cdr:")
    if path.startswith(("http://", "https://")):
        for folder in ("/collectivity/", "/territory/", "/institution/", "/country/"):
            if folder in path:
                path = folder[1:] + path.split(folder, 1)[1]
                break
    if not _PATH.fullmatch(path):
        raise UsageError("link-subject", subject=subject)
    full, relation = expand(target), expand(predicate)
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", full):
        raise UsageError("link-object", object=target)
    if relation not in (CURIES["skos"] + "exactMatch", CURIES["skos"] + "closeMatch",
                        CURIES["owl"] + "sameAs"):
        raise UsageError("link-predicate", predicate=predicate)
    return path, full, relation


_LINK_HEAD = """\
#mapping_set_id: https://w3id.org/coopdec/decisions/links.sssom.tsv
#license: https://spdx.org/licenses/etalab-2.0
#curie_map:
#  cdr: https://w3id.org/coopdec/
{curies}subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\t\
mapping_justification\tconfidence\tmapping_date\tauthor_label\tcomment
"""


def add_link(folder: Path, decision: LinkDecision, subject_label: str = "",
             object_label: str = "") -> None:
    """Write a decision at the end of ``links.sssom.tsv``, in place of an earlier one on
    the same subject and object. The file changes all at once.

    Raises:
        StorageError: the file cannot be written.
    """
    path = folder / "links.sssom.tsv"
    curies = "".join(f"#  {p}: {iri}\n" for p, iri in sorted(CURIES.items()))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8") if path.exists() else _LINK_HEAD.format(curies=curies)
        lines = text.splitlines()
        header = next(line for line in lines if not line.startswith("#")).split("\t")
        subject, target = f"cdr:{decision.subject}", contract(decision.target)
        cells = {
            "subject_id": subject, "subject_label": subject_label,
            "predicate_id": contract(decision.predicate),
            "predicate_modifier": "" if decision.accepted else "Not",
            "object_id": target, "object_label": object_label,
            "mapping_justification": contract(decision.justification),
            "confidence": f"{decision.confidence:g}", "mapping_date": decision.on.isoformat(),
            "author_label": decision.author, "comment": decision.comment,
        }
        at = header.index("subject_id"), header.index("object_id")
        kept = [x for x in lines
                if x.startswith("#") or [x.split("\t")[i] for i in at] != [subject, target]]
        row = "\t".join(" ".join(cells.get(column, "").split()) for column in header)
        aside = path.with_name(f".{path.name}.new")
        aside.write_text("\n".join([*kept, row]) + "\n", "utf-8")
        aside.replace(path)
    except OSError as error:
        raise StorageError("cannot-write", path=str(path), why=error.strerror or "") from error


def expand(curie: str) -> str:
    """A CURIE over :data:`CURIES` as a full IRI; anything else as it is."""
    prefix, colon, local = curie.partition(":")
    return CURIES[prefix] + local if colon and prefix in CURIES else curie


def contract(iri: str) -> str:
    """An IRI as a CURIE over :data:`CURIES` where one fits."""
    for prefix, namespace in CURIES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace):]}"
    return iri


CURIES = {
    "wd": "http://www.wikidata.org/entity/",
    "gn": "https://sws.geonames.org/",
    "eucountry": "http://publications.europa.eu/resource/authority/country/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "semapv": "https://w3id.org/semapv/vocab/",
}
