"""A lead that lies outside the region under which the list places its project."""

from __future__ import annotations

from collections.abc import Iterator

from coopdec.check.beyond.facts import Facts, term
from coopdec.check.result import bare
from coopdec.model import Finding, Severity

_REGION, _LEAD = term("region"), term("lead")


class Check:
    """Either the region or the link of the lead is wrong: homonyms are told apart so."""

    def __init__(self, shared: Facts) -> None:
        self._shared = shared
        self._found: list[Finding] = []

    def see(self, projects: Facts) -> None:
        for project in projects.of_class("Project"):
            regions = set(projects.all(project, _REGION))
            for lead in sorted(projects.all(project, _LEAD)):
                of_lead = set(self._shared.all(lead, _REGION))
                if regions and of_lead and not (regions & (of_lead | {lead})):
                    self._found.append(Finding(
                        "check-lead-outside-region", Severity.WARNING,
                        projects.where(project, _LEAD),
                        {"title": projects.title(project), "lead": self._shared.label(lead),
                         "printed": [self._shared.label(r) for r in sorted(regions)],
                         "region": [self._shared.label(r) for r in sorted(of_lead)]},
                        bare(project)))

    def findings(self) -> Iterator[Finding]:
        yield from self._found
