"""What a check found, as a whole; and its passage to the pipeline's findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from coopdec.check.quality import Measure
from coopdec.check.result import Level, Result
from coopdec.check.words import readable
from coopdec.model import Finding, Severity
from coopdec.terms import bare

__all__ = ["SEVERITIES", "Report", "finding_of"]

SEVERITIES = {Level.VIOLATION: Severity.FATAL, Level.WARNING: Severity.WARNING,
              Level.INFO: Severity.INFO}


@dataclass(frozen=True, slots=True)
class Report:
    """``resources`` counts the things of our vocabulary that were checked, ``shapes`` the
    shapes and SPARQL constraints; ``engine`` is the one that ran; ``findings`` are those of
    the check itself (nothing to check, checks beyond SHACL). ``rechecked``: how many
    projects pySHACL checked as well, with the same result. ``measures``: how complete the
    data are; ``before``: how complete the former release was, where one was given."""

    results: Collection[Result]
    resources: int
    projects: int
    shapes: int
    engine: str
    findings: tuple[Finding, ...] = ()
    rechecked: int = 0
    measures: tuple[Measure, ...] = ()
    before: tuple[Measure, ...] = ()

    def trend(self, metric: str) -> float | None:
        """By how many points (0.05 is five in a hundred) a share rose since the former
        release; None where there is none to compare with."""
        shares = [{m.metric: m.share for m in measures if m.total}
                  for measures in (self.before, self.measures)]
        if metric not in shares[0] or metric not in shares[1]:
            return None
        return shares[1][metric] - shares[0][metric]

    @property
    def conforms(self) -> bool:
        """No violation, nothing fatal, and something was there to check."""
        return self.passes(Level.VIOLATION)

    def passes(self, fail_on: Level) -> bool:
        """Whether nothing is as grave as ``fail_on``; never for data without resources."""
        bar = SEVERITIES[fail_on]
        order = list(Severity)
        return (self.resources > 0
                and all(r.level.rank > fail_on.rank for r in self.results)
                and all(order.index(f.severity) > order.index(bar) for f in self.findings))

    @property
    def counts(self) -> Mapping[Level, int]:
        """Every level, gravest first, with how many results it has."""
        found = Counter(r.level for r in self.results)
        return {level: found[level] for level in Level}

    def all_findings(self) -> Iterator[Finding]:
        """The results as findings, then the check's own."""
        return chain(map(finding_of, self.results), self.findings)


def finding_of(result: Result) -> Finding:
    """A SHACL violation is fatal; DESIGN §2: findings travel beside the data."""
    about = f"« {result.title} »" if result.title else result.label or readable(result.focus)
    fr, en = (" ".join(filter(None, pair)) for pair in
              zip(result.expected, result.found, strict=True))
    return Finding(
        "check-result", SEVERITIES[result.level], result.where,
        {"about": about, "message": {"fr": fr, "en": en},
         "advice": {"fr": result.advice[0], "en": result.advice[1]}},
        bare(result.focus))
