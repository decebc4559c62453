"""Several announcements of one project: what it has one of, each says in its own way.

The first announcement that says something stays; another that says it differently is told,
and its row keeps the cell as printed. Dates stay together, and so do coordinates: a start from
one list and an end from another would make a project that nobody announced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coopdec.messages import begun
from coopdec.terms import bare
from coopdec.vocab import DCTERMS, GEO, WGS84, cd

__all__ = ["Difference", "agreed"]

#: Subject, predicate, value, encoded.
Triple = tuple[str, str, str]

#: What a project has one of: its words, and the properties that go together.
_ONCE: Sequence[tuple[Mapping[str, str], tuple[str, ...]]] = (
    ({"fr": "montant accordé", "en": "grant"}, (cd("grant"),)),
    ({"fr": "coût total", "en": "total cost"}, (cd("totalCost"),)),
    ({"fr": "dates", "en": "dates"}, (cd("startDate"), cd("endDate"))),
    ({"fr": "durée", "en": "duration"}, (cd("duration"),)),
    ({"fr": "état", "en": "status"}, (cd("status"),)),
    ({"fr": "coordonnées", "en": "coordinates"},
     (WGS84 + "lat", WGS84 + "long", GEO + "hasGeometry")),
    ({"fr": "description", "en": "description"}, (DCTERMS + "description",)),
)
_PREDICATES = frozenset(f"<{p}>" for _, together in _ONCE for p in together)
_AMOUNT = (f"<{cd('value')}>", f"<{cd('currency')}>")
#: Descriptions differ in many words: that they do is enough.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """``what`` in both languages, and what the two announcements say."""

    what: Mapping[str, str]
    one: str
    other: str


def agreed(project: str, own: Iterable[Triple], theirs: Sequence[Triple]
           ) -> tuple[list[Triple], list[Difference]]:
    """Their statements without those that ``own`` makes already, and where the two differ.
    ``project`` is the encoded IRI."""
    if not any(p in _PREDICATES for _, p, _ in theirs):
        return list(theirs), []
    first, second = _Said(project, own), _Said(project, theirs)
    dropped: set[str] = set()
    differences = []
    for what, together in _ONCE:
        one, other = first.words(together), second.words(together)
        if one and other:
            dropped |= {f"<{p}>" for p in together}
            if not _compatible(one, other):
                differences.append(Difference(what, _shown(one), _shown(other)))
    kept = [t for t in theirs if t[0] != project or t[1] not in dropped]
    return kept, differences


class _Said:
    """What one announcement says, by subject and predicate."""

    def __init__(self, project: str, triples: Iterable[Triple]) -> None:
        self.project = project
        self.by: dict[tuple[str, str], list[str]] = {}
        for subject, predicate, value in triples:
            self.by.setdefault((subject, predicate), []).append(value)

    def words(self, together: Sequence[str]) -> list[str]:
        """The values of properties that go together, amounts as « 12500.0 EUR »."""
        found = []
        for predicate in together:
            for value in self.by.get((self.project, f"<{predicate}>"), ()):
                amount = [bare(v) for p in _AMOUNT for v in self.by.get((value, p), ())]
                name = bare(value).rpartition("#")[2] if value[0] == "<" else bare(value)
                if not name.startswith("geometry"):
                    found.append(" ".join(amount) or name)
        return found


def _compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """The same, or the same less precisely: 2021 and 2021-03."""
    return len(one) == len(other) and all(
        a == b or a.startswith(f"{b}-") or b.startswith(f"{a}-")
        for a, b in zip(one, other, strict=True))


def _shown(words: Sequence[str]) -> str:
    return begun(" – ".join(w.removesuffix(".0").replace(".0 ", " ") for w in words), _SHOWN)
