"""Results and findings as one kind of thing: what every form of the report lists."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from coopdec.check.report import SEVERITIES, Report
from coopdec.check.result import Level, Result, local_name
from coopdec.messages import LANGS, Lang, advice, name, place, render
from coopdec.model import Finding, Position, Severity
from coopdec.terms import bare

__all__ = ["Item", "first_items", "items_of", "severities", "verdict"]

_LEVELS = {severity: level for level, severity in SEVERITIES.items()}


@dataclass(frozen=True, slots=True)
class Item:
    """Pairs are (fr, en). ``message`` is ``expected`` and ``found`` of a result, or the words
    of a finding, for which those are empty. ``code`` is the shape's or the message's name;
    ``result`` is None for a finding that does not come from the shapes."""

    level: Level
    code: str
    kind: tuple[str, str]
    title: str
    session: int | None
    where: Position | None
    message: tuple[str, str]
    expected: tuple[str, str]
    found: tuple[str, str]
    advice: tuple[str, str]
    subject: str
    result: Result | None = None

    def place(self, lang: Lang) -> str:
        """« session 2, laureats-session-2, ligne 14, colonne « Partenaire » »."""
        parts = [] if self.session is None else [f"session {self.session}"]
        parts += [place(self.where, lang)] if self.where else []
        return ", ".join(parts)

    @property
    def about(self) -> str:
        """What a person knows it by: the title printed, a label, or the IRI."""
        if self.title:
            return f"« {self.title} »"
        label = self.result.label if self.result else ""
        return label or self.subject


def items_of(report: Report, findings: Iterable[Finding] = ()) -> Iterator[Item]:
    """Results first, gravest first; then the check's findings and those handed in, in
    their own order within each severity. Findings that are no sequence may be too many for
    memory: they come gravest first."""
    yield from map(_from_result, report.results)
    yield from map(_from_finding, _in_order(report, findings))


def first_items(
    report: Report, findings: Iterable[Finding], most: int
) -> dict[str, tuple[list[Item], int]]:
    """Items of the same shape or message, at most so many of each, and how many there are;
    in the order of their first."""
    kinds: dict[str, tuple[list[Item], int]] = {}

    def add(key: str, make: Callable[[], Item]) -> None:
        items, count = kinds.get(key, ([], 0))
        if count < most:
            items.append(make())
        kinds[key] = items, count + 1

    for result in report.results:
        item = _from_result(result)
        add(f"{item.level.value} {item.code}", partial(_from_result, result))
    for finding in _in_order(report, findings):
        add(f"{_LEVELS[finding.severity].value} {finding.code}", partial(_from_finding, finding))
    return kinds


def _in_order(report: Report, findings: Iterable[Finding]) -> Iterator[Finding]:
    if isinstance(findings, Sequence):
        findings = sorted(findings, key=_rank)
    return heapq.merge(sorted(report.findings, key=_rank), findings, key=_rank)


def _rank(finding: Finding) -> int:
    return _LEVELS[finding.severity].rank


def _from_result(result: Result) -> Item:
    code = local_name(result.constraint or result.shape) or local_name(result.component)
    expected, found = result.expected, result.found
    if not any(expected) and not any(found):
        bare_words = local_name(result.component).removesuffix("ConstraintComponent")
        expected = (bare_words, bare_words)
    message = (" ".join(filter(None, (expected[0], found[0]))),
               " ".join(filter(None, (expected[1], found[1]))))
    name = result.name if any(result.name) else (code, code)
    return Item(
        result.level, code, name, result.title, result.session, result.where,
        message, expected, found, result.advice, bare(result.focus), result)


def _from_finding(finding: Finding) -> Item:
    fr, en = LANGS
    title = finding.params.get("about", finding.params.get("title"))
    code = finding.code
    return Item(
        _LEVELS[finding.severity], code, (name(code, fr), name(code, en)),
        title if isinstance(title, str) else "", None, finding.where,
        (render(code, finding.params, fr), render(code, finding.params, en)),
        ("", ""), ("", ""),
        (advice(code, finding.params, fr), advice(code, finding.params, en)),
        finding.subject or "")


def severities(findings: Iterable[Finding]) -> Counter[Severity]:
    """How many findings of each severity; where they know it themselves, they are not read."""
    known = getattr(findings, "counts", None)
    return known if isinstance(known, Counter) else Counter(f.severity for f in findings)


def verdict(report: Report, findings: Iterable[Finding], lang: Lang) -> str:
    """The one sentence that matters."""
    if not report.resources:
        return render("check-no-resource", {}, lang)
    counts = dict(report.counts)
    for severity, count in (severities(report.findings) + severities(findings)).items():
        counts[_LEVELS[severity]] += count
    params = {
        "projects": report.projects, "resources": report.resources,
        "violations": counts[Level.VIOLATION], "warnings": counts[Level.WARNING],
        "infos": counts[Level.INFO],
    }
    if counts[Level.VIOLATION]:
        return render("check-fails", params, lang)
    if counts[Level.WARNING] or counts[Level.INFO]:
        return render("check-conforms-with-remarks", params, lang)
    return render("check-conforms", params, lang)
