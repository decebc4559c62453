"""What a client asks, read strictly: reconciliation batches and data extension queries.

All that is wrong with a request is said at once. https://www.w3.org/community/reports/
reconciliation/CG-FINAL-specs-0.2-20230410/ (§4 queries, §7 data extension).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coopdec.errors import UsageError
from coopdec.model import Finding, Severity
from coopdec.web.reconcile.types import TYPES, known

__all__ = [
    "MOST", "MOST_BYTES", "MOST_SKIPPED", "Asked", "Extension", "Refused", "batch", "extension",
    "number", "of_body", "one_type", "required", "single",
    "too_long"]

#: Queries in one batch, entities and properties in one extension: what is answered in seconds.
MOST = 1000
MOST_BYTES = 4_000_000
MOST_SKIPPED = 10_000
_MOST_IDS, _MOST_PROPERTIES = 1000, 30
_LONGEST, _MOST_CANDIDATES, _USUAL = 1000, 50, 5
_MEMBERS = frozenset({"queries", "query", "extend"})
_FIELDS = frozenset({"query", "type", "limit", "properties", "type_strict"})


class Refused(UsageError):
    """``problems``: everything that is wrong, each a finding without a place."""

    def __init__(self, problems: Sequence[Finding]) -> None:
        super().__init__("reconcile-refused", n=len(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Asked:
    """One query. ``types`` are ours; ``strict``: any, all, should; ``properties``: identifier →
    values, entities as their identifiers."""

    query: str
    types: tuple[str, ...] = ()
    limit: int = _USUAL
    strict: str = "any"
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extension:
    """``properties``: (identifier, settings)."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, Mapping[str, str]], ...]


def too_long() -> Refused:
    return Refused([_problem("reconcile-too-long", limit=MOST_BYTES)])


def of_body(body: bytes) -> dict[str, str]:
    """The parameters of a JSON body, which has them as members: ``{"queries": {…}}``.

    Raises:
        Refused: no JSON object.
    """
    said = _object(body.decode("utf-8", "replace"), "body")
    for name in sorted(said.keys() - _MEMBERS):
        raise Refused([_problem("reconcile-unknown-field", key="body", field=name[:100],
                                known=sorted(_MEMBERS))])
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in said.items()}


def number(text: str | None, name: str) -> int:
    """A parameter that counts: 0 where it is not given.

    Raises:
        Refused: no whole number, or too large.
    """
    if text is None:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and int(text) <= MOST_SKIPPED):
        raise Refused([_problem("reconcile-wrong-field", key=name, field=name,
                                expected=f"0–{MOST_SKIPPED}")])
    return int(text)


def required(text: str | None, name: str) -> str:
    """
    Raises:
        Refused: the parameter is not there.
    """
    if text is None:
        raise Refused([_problem("reconcile-missing", name=name)])
    return text


def one_type(text: str | None) -> str | None:
    """A type that suggestions are limited to.

    Raises:
        Refused: none of ours.
    """
    if text and known(text) is None:
        raise Refused([_unknown_type(text[:200])])
    return known(text) if text else None


def batch(text: str) -> dict[str, Asked]:
    """
    Raises:
        Refused: not JSON, not of the specification's form, too large.
    """
    said = _object(text, "queries")
    if len(said) > MOST:
        raise Refused([_problem("reconcile-too-many", n=len(said), limit=MOST)])
    problems: list[Finding] = []
    found = {key: _one(key, value, problems) for key, value in said.items()}
    if problems:
        raise Refused(problems)
    return found


def single(text: str) -> Asked:
    """A query by itself (``query=``), as clients of version 0.1 send it: an object or
    the words alone.

    Raises:
        Refused: see :func:`batch`.
    """
    if text.lstrip().startswith("{"):
        return batch(json.dumps({"query": _object(text, "query")}))["query"]
    return batch(json.dumps({"query": {"query": text}}))["query"]


def _one(key: str, said: Any, problems: list[Finding]) -> Asked:
    if not isinstance(said, dict):
        problems.append(_problem("reconcile-not-object", key=key))
        return Asked("")
    before = len(problems)

    def wrong(field: str, expected: str) -> None:
        problems.append(_problem("reconcile-wrong-field", key=key, field=field, expected=expected))

    for name in sorted(said.keys() - _FIELDS):
        problems.append(_problem("reconcile-unknown-field", key=key, field=name[:100],
                                 known=sorted(_FIELDS)))
    query = said.get("query", "")
    if not isinstance(query, str):
        wrong("query", "string")
        query = ""
    given = [] if said.get("type") is None else said["type"]
    given = [given] if isinstance(given, str) else given
    # Some clients send the types as objects, as they got them.
    sent = [t.get("id") if isinstance(t, dict) else t for t in given] if isinstance(
        given, list) else [None]
    names = [t for t in sent if isinstance(t, str)]
    if len(names) < len(sent):
        wrong("type", "string, [string]")
    # « Nothing found » for each row would hide the slip; once for a whole batch is enough.
    told = {p.params["name"] for p in problems if p.code == "reconcile-unknown-type"}
    for name in dict.fromkeys(n[:200] for n in names if n.strip() and not known(n)):
        if name not in told:
            problems.append(_unknown_type(name))
    limit = said.get("limit", _USUAL)
    # OpenRefine sends 0 where it has no wish.
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 0 <= limit < 1e9:
        wrong("limit", "number > 0")
        limit = _USUAL
    strict = said.get("type_strict", "any")
    if strict not in ("any", "all", "should"):
        wrong("type_strict", "any, all, should")
    properties = _properties(said.get("properties", []), wrong)
    # A table's blank cell has no candidates, and spoils no batch.
    if len(problems) == before and "query" not in said and not properties:
        problems.append(_problem("reconcile-empty-query", key=key))
    types = tuple(dict.fromkeys(t for n in names if (t := known(n))))
    return Asked(query.strip()[:_LONGEST], types, min(int(limit) or _USUAL, _MOST_CANDIDATES),
                 strict, properties)


def _properties(said: Any, wrong: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    if not isinstance(said, list):
        wrong("properties", "[{pid, v}]")
        return found
    for p in said:
        if not isinstance(p, dict) or not isinstance(p.get("pid"), str) or "v" not in p:
            wrong("properties", "[{pid, v}]")
            continue
        values = p["v"] if isinstance(p["v"], list) else [p["v"]]
        texts = [_value(v) for v in values]
        if any(t is None for t in texts):
            wrong("properties.v", "string, number, boolean, {id}")
        found[p["pid"]] = tuple(t for t in texts if t)[:20]
    return {pid: values for pid, values in found.items() if values}


def _value(said: Any) -> str | None:
    if isinstance(said, bool):
        return str(said).lower()
    if isinstance(said, int | float):
        return f"{said:g}" if isinstance(said, float) else str(said)
    if isinstance(said, dict) and isinstance(said.get("id"), str):
        return str(said["id"]).strip()[:_LONGEST]
    return said.strip()[:_LONGEST] if isinstance(said, str) else None


def extension(text: str) -> Extension:
    """
    Raises:
        Refused: not JSON, not of the specification's form, too large.
    """
    said = _object(text, "extend")
    ids, properties = said.get("ids"), said.get("properties")
    problems: list[Finding] = []
    if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
        problems.append(_problem("reconcile-wrong-field", key="extend", field="ids",
                                 expected="[string]"))
    elif len(ids) > _MOST_IDS:
        problems.append(_problem("reconcile-too-many", n=len(ids), limit=_MOST_IDS))
    if not isinstance(properties, list) or not all(
            isinstance(p, dict) and isinstance(p.get("id"), str)
            and isinstance(p.get("settings", {}), dict | None) for p in properties):
        problems.append(_problem("reconcile-wrong-field", key="extend", field="properties",
                                 expected="[{id, settings}]"))
    elif len(properties) > _MOST_PROPERTIES:
        problems.append(_problem("reconcile-too-many", n=len(properties), limit=_MOST_PROPERTIES))
    if problems:
        raise Refused(problems)
    assert isinstance(ids, list)
    assert isinstance(properties, list)
    return Extension(
        tuple(dict.fromkeys(ids)),
        tuple((p["id"], {str(k): str(v) for k, v in (p.get("settings") or {}).items()})
              for p in properties))


def _object(text: str, name: str) -> dict[str, Any]:
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise too_long()
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused([_problem("reconcile-not-json", name=name, why=str(error)[:200])]) from error
    if not isinstance(said, dict):
        raise Refused([_problem("reconcile-not-object", key=name)])
    return said


def _unknown_type(name: str) -> Finding:
    return _problem("reconcile-unknown-type", name=name, known=TYPES)


def _problem(code: str, **params: object) -> Finding:
    return Finding(code, Severity.FATAL, params=params)
