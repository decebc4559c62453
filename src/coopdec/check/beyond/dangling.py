"""Links to resources of our own that nobody describes, wherever in the data they stand."""

from __future__ import annotations

from collections.abc import Iterator

from coopdec.check.beyond.facts import Facts
from coopdec.check.result import bare
from coopdec.model import Finding, Severity
from coopdec.vocab import RDF

_TYPE = f"<{RDF}type>"


class Check:
    """The shapes see a dangling value of our own properties; this sees any other. Our base
    is what stands before ``project/`` in a project's IRI; references to other projects are
    settled at the end, when every chunk has been seen."""

    def __init__(self, shared: Facts) -> None:
        self._shared = shared
        self._base = ""
        self._projects: set[int] = set()
        self._open: dict[str, tuple[str, str]] = {}

    def see(self, projects: Facts) -> None:
        for project in projects.of_class("Project"):
            self._projects.add(hash(project))
            self._base = self._base or project.rpartition("project/")[0]
        self._look(projects)

    def _look(self, facts: Facts) -> None:
        if not self._base:
            return
        for subject, said in facts.by_subject.items():
            for predicate, values in said.items():
                if predicate == _TYPE:
                    continue
                for value in values:
                    if (value.startswith(self._base) and value not in facts.by_subject
                            and value not in self._shared.by_subject):
                        self._open.setdefault(value, (subject, predicate))

    def findings(self) -> Iterator[Finding]:
        self._look(self._shared)
        for value, (subject, predicate) in sorted(self._open.items()):
            if hash(value) not in self._projects:
                yield Finding(
                    "check-dangling", Severity.WARNING, None,
                    {"value": bare(value), "property": bare(predicate)}, bare(subject))
