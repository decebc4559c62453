"""A document that says how many projects it announces, and how many were read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from coopdec.check.facts import Facts, plain, prop, term
from coopdec.model import Finding, Position, Severity
from coopdec.vocab import DCTERMS, PROV

_ROW, _DOCUMENT = prop(PROV + "wasDerivedFrom"), prop(DCTERMS + "isPartOf")
_DECLARED = term("declaredProjects")


class Check:
    """Spans every chunk: no shape could count across them."""

    def __init__(self, base: str) -> None:
        self._declared: dict[bytes, str] = {}
        self._read: Counter[bytes] = Counter()

    def see_shared(self, shared: Facts) -> None:
        for document in shared.of_class("SourceDocument"):
            self._declared[document] = plain(shared.one(document, _DECLARED))

    def see(self, projects: Facts) -> None:
        for project in projects.of_class("Project"):
            rows = projects.all(project, _ROW)
            self._read.update({d for row in rows for d in projects.all(row, _DOCUMENT)})

    def take(self, other: Check) -> None:
        self._declared |= other._declared
        self._read += other._read

    def findings(self, exists: Callable[[str], bool]) -> Iterator[Finding]:
        for document, said in sorted(self._declared.items()):
            if said.isdigit():
                yield from miscounted(plain(document), int(said), self._read[document])


def miscounted(document: str, declared: int, read: int) -> Iterator[Finding]:
    """What is said of a document (a bare IRI) that announces another number."""
    if declared != read:
        yield Finding("check-declared-projects", Severity.WARNING,
                      Position(document.rpartition("/")[2]),
                      {"declared": declared, "read": read}, document)
