"""A document that says how many projects it announces, and how many were read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from coopdec.check.beyond.facts import Facts, term
from coopdec.check.result import bare
from coopdec.model import Finding, Position, Severity
from coopdec.vocab import DCTERMS, PROV

_ROW, _DOCUMENT = f"<{PROV}wasDerivedFrom>", f"<{DCTERMS}isPartOf>"


class Check:
    """Spans every chunk: no shape could count across them."""

    def __init__(self, shared: Facts) -> None:
        self._shared = shared
        self._read: Counter[str] = Counter()

    def see(self, projects: Facts) -> None:
        for project in projects.of_class("Project"):
            rows = projects.all(project, _ROW)
            self._read.update({d for row in rows for d in projects.all(row, _DOCUMENT)})

    def findings(self) -> Iterator[Finding]:
        for document in self._shared.of_class("SourceDocument"):
            said = bare(self._shared.one(document, term("declaredProjects")))
            if said.isdigit() and int(said) != self._read[document]:
                yield Finding(
                    "check-declared-projects", Severity.WARNING,
                    Position(bare(document).rpartition("/")[2]),
                    {"declared": int(said), "read": self._read[document]}, bare(document))
