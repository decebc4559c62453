"""Terms in our namespace that the ontology does not define: misspelt, or of another version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from coopdec.check.facts import TYPE, Facts, prop
from coopdec.model import Finding, Severity
from coopdec.spelling import close_matches
from coopdec.vocab import CD, CLASSES, PROPERTIES

_NAMESPACE = prop(CD)[:-1]
_KNOWN = frozenset(prop(CD + name) for name in CLASSES | PROPERTIES)


class Check:
    """What is misspelt is checked by no shape, so it must not pass unseen."""

    def __init__(self, base: str) -> None:
        self._unknown: Counter[str] = Counter()
        self._first: dict[str, bytes] = {}

    def see_shared(self, shared: Facts) -> None:
        self.see(shared)

    def see(self, projects: Facts) -> None:
        for predicate, column in projects.columns.items():
            if predicate == TYPE:
                for subject, classes in column.items():
                    for name in classes:
                        if name not in _KNOWN:
                            self._count(name, [subject])
            elif predicate not in _KNOWN:
                self._count(predicate, column)

    def _count(self, term: bytes, subjects: Iterable[bytes]) -> None:
        if term.startswith(_NAMESPACE):
            name = term[len(_NAMESPACE):-1].decode()
            for subject in subjects:
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
                self._first[name].decode().strip("<>"))
