"""Links to resources of our own that nobody describes, wherever in the data they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from coopdec.check.facts import TYPE, Facts, plain, prop
from coopdec.model import Finding, Severity


class Check:
    """The shapes see a dangling value of our own properties; this sees any other. References
    to projects are settled at the end, when every chunk has been seen."""

    def __init__(self, base: str) -> None:
        #: Data without a base have nothing of ours to refer to.
        self._base = prop(base)[:-1] if base else b"\n"
        self._open: dict[bytes, tuple[bytes, bytes]] = {}

    def see_shared(self, shared: Facts) -> None:
        self._look(shared)

    def see(self, projects: Facts) -> None:
        self._look(projects)

    def _look(self, facts: Facts) -> None:
        unknown = {value for value in facts.named - facts.subjects
                   if value.startswith(self._base) and not facts.knows(value)}
        if not unknown:
            return
        for predicate, column in facts.columns.items():
            if predicate != TYPE:
                for subject, values in column.items():
                    for value in unknown.intersection(values):
                        self._note(value, (subject, predicate))

    def _note(self, value: bytes, by: tuple[bytes, bytes]) -> None:
        # The smallest of several, so that the order of chunks changes nothing.
        self._open[value] = min(by, self._open.get(value, by))

    def take(self, other: Check) -> None:
        for value, by in other._open.items():
            self._note(value, by)

    @property
    def wanted(self) -> Collection[str]:
        """The IRIs (terms) that are referred to and may yet be projects."""
        return [value.decode() for value in self._open]

    def findings(self, exists: Callable[[str], bool]) -> Iterator[Finding]:
        for value, (subject, predicate) in sorted(self._open.items()):
            if not exists(value.decode()):
                yield Finding(
                    "check-dangling", Severity.WARNING, None,
                    {"value": plain(value), "property": plain(predicate)}, plain(subject))
