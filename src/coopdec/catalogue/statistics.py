"""What a finished dump holds, counted in one pass over ``coopdec.nt``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from coopdec.vocab import (
    DCTERMS,
    EU_COUNTRY,
    GEONAMES,
    OWL,
    RDF,
    SDG,
    SKOS,
    WIKIDATA_ENTITY,
    cd,
)

__all__ = ["AUTHORITIES", "Statistics", "statistics"]

#: Whose resources ours are linked to: name → where their IRIs begin.
AUTHORITIES = {"wikidata": WIKIDATA_ENTITY, "geonames": GEONAMES, "eu": EU_COUNTRY, "un": SDG}
_LINKS = {f"<{p}>".encode(): p for p in (
    OWL + "sameAs", SKOS + "exactMatch", SKOS + "closeMatch", cd("theme"))}
#: Distinct objects are counted up to this many, so that memory stays bounded.
_MOST_OBJECTS = 1_000_000


@dataclass(slots=True)
class Statistics:
    """Counts by IRI. ``entities`` are subjects that are no part of another (no fragment);
    ``objects`` is None where there are too many to count in memory; ``examples`` has the
    first resource of each class; ``years`` bounds every date in the data, None without one.
    """

    triples: int = 0
    subjects: int = 0
    entities: int = 0
    objects: int | None = None
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    #: (authority, predicate) → links.
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    #: The first and the last day that is stated of a project or a list.
    first: str | None = None
    last: str | None = None


_TYPE = f"<{RDF}type>".encode()
_DATES = {f"<{p}>".encode() for p in (DCTERMS + "issued", cd("startDate"), cd("endDate"),
                                      cd("year"))}
_TELLING = {_TYPE, *_LINKS, *_DATES}
#: A day, a month or a year.
_DAY = re.compile(rb'"(\d{4}(?:-\d\d){0,2})"')


def statistics(dump: Path) -> Statistics:
    """``dump`` is N-Triples in which the statements of a subject follow each other, as
    ours do."""
    found = Statistics()
    starts = {name: b"<" + start.encode() for name, start in AUTHORITIES.items()}
    objects: set[int] = set()
    counting = True
    properties: dict[bytes, int] = {}
    days: set[str] = set()
    before = b""
    with dump.open("rb") as file:
        for line in file:
            subject, predicate, rest = line.split(b" ", 2)
            properties[predicate] = properties.get(predicate, 0) + 1
            if subject != before:
                before = subject
                found.subjects += 1
                found.entities += b"#" not in subject
            if counting:
                objects.add(hash(rest))
                counting = len(objects) <= _MOST_OBJECTS
            if predicate not in _TELLING:
                continue
            value = rest[:-3]
            if predicate == _TYPE:
                _class(found, value, subject)
            elif predicate in _LINKS:
                for name, start in starts.items():
                    if value.startswith(start):
                        found.links[name, _LINKS[predicate]] += 1
            elif match := _DAY.match(value):
                days.add(match[1].decode())
    found.triples = sum(properties.values())
    found.objects = len(objects) if counting else None
    found.properties = Counter({p[1:-1].decode(): n for p, n in properties.items()})
    if days:
        found.first = min(_edge(d, "-01", "-01") for d in days)
        found.last = max(_edge(d, "-12", "-31") for d in days)
    return found


def _class(found: Statistics, value: bytes, subject: bytes) -> None:
    iri = value[1:-1].decode()
    found.classes[iri] += 1
    if b"#" not in subject:
        found.examples.setdefault(iri, subject[1:-1].decode())


def _edge(day: str, month: str, last: str) -> str:
    """A date of any precision as its first or last day; a month's last is its 28th.

    >>> _edge("2021", "-12", "-31"), _edge("2021-02", "-12", "-31"), _edge("2021-02-03", "", "")
    ('2021-12-31', '2021-02-28', '2021-02-03')
    """
    if len(day) == 4:
        return day + month + last
    return day + ("-01" if last == "-01" else "-28") if len(day) == 7 else day
