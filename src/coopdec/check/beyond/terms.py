"""Terms in our namespace that the ontology does not define: misspelt, or of another version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from coopdec.check.beyond.facts import Facts
from coopdec.model import Finding, Severity
from coopdec.text import close_matches
from coopdec.vocab import CD, CLASSES, PROPERTIES, RDF

_TYPE = f"<{RDF}type>"
_NAMESPACE = f"<{CD}"


class Check:
    """What is misspelt is checked by no shape, so it must not pass unseen."""

    def __init__(self, base: str) -> None:
        self._unknown: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def see_shared(self, shared: Facts) -> None:
        self.see(shared)

    def see(self, projects: Facts) -> None:
        for subject, said in projects.by_subject.items():
            for predicate, values in said.items():
                used = values if predicate == _TYPE else [predicate]
                for term in used:
                    if term.startswith(_NAMESPACE):
                        self._count(term[len(_NAMESPACE):-1], subject)

    def _count(self, name: str, subject: str) -> None:
        if name not in PROPERTIES and name not in CLASSES:
            self._unknown[name] += 1
            self._first[name] = min(subject, self._first.get(name, subject))

    def take(self, other: Check) -> None:
        self._unknown += other._unknown
        for name, first in other._first.items():
            self._first[name] = min(first, self._first.get(name, first))

    def findings(self, exists: Callable[[str], bool]) -> Iterator[Finding]:
        for name in sorted(self._unknown):
            near = close_matches(name, sorted(CLASSES | PROPERTIES), 1)
            yield Finding(
                "check-unknown-term", Severity.WARNING, None,
                {"term": name, "n": self._unknown[name], "near": near or ["?"]},
                self._first[name].strip("<>"))
