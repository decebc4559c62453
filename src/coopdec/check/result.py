"""One thing that the shapes found, in terms that do not depend on the engine.

An engine gives :class:`Raw` results; :mod:`coopdec.check.enrich` adds the words of the
shape and the place in the source, which makes a :class:`Result`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coopdec.model import Position

__all__ = ["SH", "Level", "Raw", "Result", "local_name", "settled"]

SH = "http://www.w3.org/ns/shacl#"


class Level(StrEnum):
    """SHACL's three severities; a severity of one's own counts as a violation."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest: sorts results, and compares with ``--fail-on``."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Raw:
    """What an engine says. Terms are N-Triples terms (``<…>``, ``"…"@fr``); ``path`` is in
    SPARQL property-path syntax; absent parts are empty, so that results sort."""

    focus: str
    path: str
    value: str
    component: str
    constraint: str
    shape: str
    severity: str


_RANGES = frozenset(SH + f"{name}ConstraintComponent" for name in (
    "MinInclusive", "MaxInclusive", "MinExclusive", "MaxExclusive", "LessThan",
    "LessThanOrEquals"))


def settled(raws: Iterable[Raw]) -> list[Raw]:
    """Sorted, each once, without what follows from a wrong datatype: whether « x » is less
    than 1 has no answer, and engines answer it differently."""
    known = set(raws)
    ill_typed = {(r.focus, r.shape, r.value) for r in known
                 if r.component == SH + "DatatypeConstraintComponent"}
    return sorted(r for r in known
                  if r.component not in _RANGES or (r.focus, r.shape, r.value) not in ill_typed)


@dataclass(frozen=True, slots=True)
class Result:
    """A result that a person can act on.

    ``focus``, ``path``, ``value``: as in :class:`Raw`. ``component``, ``constraint`` (of a
    SPARQL constraint) and ``shape`` are plain IRIs. Each pair of words is (fr, en);
    ``expected`` is the shape's message, ``found`` what stands there instead, ``advice``
    what to do (may be empty). ``project``, ``title`` and ``where`` say which announcement
    it concerns; for a shared resource, the first that uses it, and ``others`` counts the
    rest.
    """

    focus: str
    path: str
    value: str
    component: str
    constraint: str
    shape: str
    level: Level
    name: tuple[str, str] = ("", "")
    group: tuple[str, str] = ("", "")
    expected: tuple[str, str] = ("", "")
    found: tuple[str, str] = ("", "")
    advice: tuple[str, str] = ("", "")
    label: str = ""
    project: str = ""
    title: str = ""
    session: int | None = None
    where: Position | None = None
    others: int = 0

    @property
    def key(self) -> tuple[int, str, str, str, str, str, str]:
        """What makes two results the same, gravest first: the order of every report."""
        return (self.level.rank, self.focus, self.path, self.shape, self.component,
                self.constraint, self.value)


def local_name(iri: str) -> str:
    """The last part of an IRI, for people.

    >>> local_name("http://www.w3.org/ns/shacl#MinCountConstraintComponent")
    'MinCountConstraintComponent'
    """
    return iri.strip("<>").rstrip("/").replace("#", "/").rpartition("/")[2]
