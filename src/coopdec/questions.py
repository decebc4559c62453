"""What a build leaves open, one question a name: rows that ask the same are told together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import nlargest

from coopdec.messages import Lang, places, render
from coopdec.model import Finding, Position, Severity

__all__ = ["OpenQuestion", "Questions", "alike", "open_questions"]

#: How many are kept whole, and of each how many places: more than anybody reads at a terminal.
_KEPT = 1000
_PLACES = 20


@dataclass(slots=True)
class OpenQuestion:
    """``finding`` is the first of ``rows`` findings that ask it; ``places`` are where the
    first of them stand."""

    finding: Finding
    rows: int = 0
    places: list[Position] = field(default_factory=list)

    def told(self, most: int, lang: Lang) -> str:
        """Its first places; empty where there is one row, or none is known."""
        if self.rows < 2 or not self.places:
            return ""
        return places(self.places[:most], lang) + (" …" if self.rows > most else "")


@dataclass(frozen=True, slots=True)
class Questions:
    """``first`` are those of most rows; ``count`` is the number of all of them, ``rows``
    that of the findings that ask them."""

    first: tuple[OpenQuestion, ...] = ()
    count: int = 0
    rows: int = 0


def open_questions(findings: Iterable[Finding]) -> Questions:
    """Of a stream of findings, those that a person may settle: warnings. What asks for the
    same name in the same country is one question, whatever is known of it in each row."""
    kept: dict[int, OpenQuestion] = {}
    rows: Counter[int] = Counter()
    for finding in findings:
        if finding.severity is not Severity.WARNING:
            continue
        key = hash(_asked(finding))
        rows[key] += 1
        one = kept.get(key)
        if one is None:
            if len(kept) == 2 * _KEPT:
                kept = {k: kept[k] for k in nlargest(_KEPT, kept, key=rows.__getitem__)}
            one = kept[key] = OpenQuestion(finding)
        if finding.where is not None and len(one.places) < _PLACES:
            one.places.append(finding.where._replace(column=None))
    for key, one in kept.items():
        one.rows = rows[key]
    first = sorted(kept.values(), key=lambda q: -q.rows)[:_KEPT]
    return Questions(tuple(first), len(rows), rows.total())


def alike(findings: Iterable[Finding]) -> list[OpenQuestion]:
    """Findings that say the same of the same column of a list are told once, in the order of
    the first."""
    found: dict[tuple[object, ...], OpenQuestion] = {}
    for finding in findings:
        where = finding.where and finding.where._replace(line=None, last_line=None, page=None)
        key = finding.severity, finding.code, render(finding.code, finding.params, "fr"), where
        one = found.setdefault(key, OpenQuestion(finding))
        one.rows += 1
        if finding.where is not None and len(one.places) < _PLACES:
            one.places.append(finding.where)
    return list(found.values())


def _asked(finding: Finding) -> tuple[object, ...]:
    name = finding.params.get("name")
    if name is None:
        return finding.code, render(finding.code, finding.params, "fr")
    return finding.code, name, finding.params.get("country")
