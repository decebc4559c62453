"""What a release holds, as the catalogue tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from coopdec.tally import Tally

__all__ = ["Statistics", "statistics"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts by IRI. ``entities`` are subjects that are no part of another (no fragment);
    ``objects`` is None where there are too many to count in memory; ``examples`` has the
    first resource of each class; ``first`` and ``last`` day bound every date in the data,
    None without one."""

    triples: int
    subjects: int
    entities: int
    objects: int | None
    classes: Counter[str]
    properties: Counter[str]
    #: (authority, predicate) → links.
    links: Counter[tuple[str, str]]
    examples: Mapping[str, str]
    first: str | None
    last: str | None


def statistics(tally: Tally, objects: int | None) -> Statistics:
    first, last = tally.period() or (None, None)
    return Statistics(
        tally.triples, tally.subjects, tally.entities, objects,
        Counter({cls[1:-1]: n for cls, n in tally.classes.items() if n > 0}),
        Counter({p[1:-1]: n for p, n in tally.properties.items() if n > 0}),
        Counter({(name, p[1:-1]): n for (name, p), n in tally.links.items() if n > 0}),
        {cls[1:-1]: subject for cls, subject in tally.examples.items()}, first, last)
