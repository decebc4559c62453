"""A lead that lies outside the region under which the list places its project."""

from __future__ import annotations

from coopdec.check.beyond.collected import Collected
from coopdec.check.facts import Facts, plain, term
from coopdec.model import Finding, Severity

_REGION, _LEAD = term("region"), term("lead")


class Check(Collected):
    """Either the region or the link of the lead is wrong: homonyms are told apart so."""

    def see(self, projects: Facts) -> None:
        for project in projects.of_class("Project"):
            regions = set(projects.all(project, _REGION))
            for lead in sorted(projects.all(project, _LEAD)):
                of_lead = set(projects.all(lead, _REGION))
                if regions and of_lead and not (regions & (of_lead | {lead})):
                    self.found.append(Finding(
                        "check-lead-outside-region", Severity.WARNING,
                        projects.where(project, _LEAD),
                        {"title": projects.title(project), "lead": projects.label(lead),
                         "printed": [projects.label(r) for r in sorted(regions)],
                         "region": [projects.label(r) for r in sorted(of_lead)]},
                        plain(project)))
