"""Links to resources of our own that nobody describes, wherever in the data they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from coopdec.check.beyond.facts import Facts
from coopdec.check.result import bare
from coopdec.model import Finding, Severity
from coopdec.vocab import RDF

_TYPE = f"<{RDF}type>"


class Check:
    """The shapes see a dangling value of our own properties; this sees any other. References
    to projects are settled at the end, when every chunk has been seen."""

    def __init__(self, base: str) -> None:
        self._base = f"<{base}"
        self._open: dict[str, tuple[str, str]] = {}

    def see_shared(self, shared: Facts) -> None:
        self._look(shared)

    def see(self, projects: Facts) -> None:
        self._look(projects)

    def _look(self, facts: Facts) -> None:
        for subject, said in facts.by_subject.items():
            for predicate, values in said.items():
                if predicate == _TYPE:
                    continue
                for value in values:
                    if value.startswith(self._base) and not facts.knows(value):
                        self._note(value, (subject, predicate))

    def _note(self, value: str, by: tuple[str, str]) -> None:
        # The smallest of several, so that the order of chunks changes nothing.
        self._open[value] = min(by, self._open.get(value, by))

    def take(self, other: Check) -> None:
        for value, by in other._open.items():
            self._note(value, by)

    @property
    def wanted(self) -> Collection[str]:
        """The IRIs that are referred to and may yet be projects."""
        return self._open.keys()

    def findings(self, exists: Callable[[str], bool]) -> Iterator[Finding]:
        for value, (subject, predicate) in sorted(self._open.items()):
            if not exists(value):
                yield Finding(
                    "check-dangling", Severity.WARNING, None,
                    {"value": bare(value), "property": bare(predicate)}, bare(subject))
