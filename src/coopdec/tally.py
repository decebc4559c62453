"""What a data set holds, in numbers, counted while it is described: parts are added up, and
what is not published after all is taken away again.
"""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from coopdec.formats import Entry
from coopdec.model import OWN, Description
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

__all__ = ["AUTHORITIES", "Distinct", "Tally"]

#: Whose resources ours are linked to: name → where their IRIs begin.
AUTHORITIES = {"wikidata": WIKIDATA_ENTITY, "geonames": GEONAMES, "eu": EU_COUNTRY, "un": SDG}
_STARTS = {name: f"<{start}" for name, start in AUTHORITIES.items()}
_LINKS = {f"<{p}>" for p in (OWL + "sameAs", SKOS + "exactMatch", SKOS + "closeMatch",
                             cd("theme"))}
_TYPE = f"<{RDF}type>"
_DATES = {f"<{p}>" for p in (DCTERMS + "issued", cd("startDate"), cd("endDate"), cd("year"))}
_TELLING = {_TYPE, *_LINKS, *_DATES}
_STATEMENT = re.compile(r"(<[^>]*>) (<[^>]*>) (.*) \.\n")
#: Where a part keeps what it holds, beside its texts.
_KEPT = "tally"
#: A day, a month or a year.
_DAY = re.compile(r'"(\d{4}(?:-\d\d){0,2})"')


@dataclass(slots=True)
class Tally:
    """Counts of statements whose terms are encoded. ``entities`` are subjects that are no
    part of another (no fragment); ``examples`` has the first resource (a bare IRI) of each
    class in the order of IRIs; ``links`` are by authority and predicate; ``days`` has every
    date that is stated of a project or a list, as it stands there."""

    subjects: int = 0
    entities: int = 0
    properties: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    #: What parts of entries hold, packed → how many parts are alike, the first one's entry.
    _alike: dict[bytes, tuple[int, str]] = field(default_factory=dict)

    @property
    def triples(self) -> int:
        return self.properties.total()

    def see(self, entry: Entry) -> None:
        """Count an entry. What many entries say is looked at once, and then only added up."""
        alike, last = self._alike, ""
        for part in entry.parts:
            subject = part.subject
            if subject != last:
                self.subjects += 1
                self.entities += "#" not in subject
                last = subject
            written = part.written
            if written is None:
                self._see(part, entry.iri)
                continue
            packed = written.get(_KEPT)
            if packed is None:
                alone = Tally()
                alone._see(part, OWN)
                packed = written[_KEPT] = alone.packed()
            known = alike.get(packed)
            alike[packed] = (1, entry.iri) if known is None else (
                known[0] + 1, min(known[1], entry.iri))

    def _see(self, part: Description, iri: str) -> None:
        subject, statements, _ = part
        for predicate, value in statements:
            self.properties[predicate] += 1
            if predicate in _TELLING:
                self._tell(subject.replace(OWN, iri), predicate, value, 1)

    def added_up(self) -> Tally:
        """With what was alike in many entries; to be called before it is read."""
        alike, self._alike = self._alike, {}
        for packed, (times, example) in alike.items():
            self.take_packed(packed, times, example)
        return self

    def see_text(self, text: bytes, times: int = 1) -> None:
        """The same of N-Triples of ours, in which each subject's stand together; ``times``
        -1 takes away what was seen before."""
        statements: list[tuple[str, str, str]] = _STATEMENT.findall(text.decode())
        subjects = dict.fromkeys([subject for subject, _, _ in statements])
        self.subjects += times * len(subjects)
        self.entities += times * sum("#" not in subject for subject in subjects)
        for predicate, count in Counter([p for _, p, _ in statements]).items():
            self.properties[predicate] += times * count
        for subject, predicate, value in statements:
            if predicate in _TELLING:
                self._tell(subject, predicate, value, times)

    def _tell(self, subject: str, predicate: str, value: str, times: int) -> None:
        if predicate == _TYPE:
            self.classes[value] += times
            if "#" not in subject:
                self._example(value, subject[1:-1])
        elif predicate in _LINKS:
            for name, start in _STARTS.items():
                if value.startswith(start):
                    self.links[name, predicate] += times
        elif match := _DAY.match(value):
            self.days[match[1]] += times

    def _example(self, cls: str, subject: str) -> None:
        known = self.examples.get(cls)
        if known is None or subject < known:
            self.examples[cls] = subject

    def take(self, other: Tally) -> None:
        """Add what another part holds."""
        other.added_up()
        self.subjects += other.subjects
        self.entities += other.entities
        self.properties.update(other.properties)
        self.classes.update(other.classes)
        self.links.update(other.links)
        self.days.update(other.days)
        for cls, subject in other.examples.items():
            self._example(cls, subject)

    def packed(self) -> bytes:
        """Equal for parts that hold as much of the same: such as most entities of a class."""
        self.added_up()
        return pickle.dumps((
            self.subjects, self.entities, sorted(self.properties.items()),
            sorted(self.classes.items()), sorted(self.links.items()), sorted(self.days.items()),
            sorted(self.examples)), 5)

    def take_packed(self, packed: bytes, times: int, example: str) -> None:
        """Add as much, so many times; ``example`` is the first of the resources."""
        subjects, entities, *counted, whole = pickle.loads(packed)
        self.subjects += times * subjects
        self.entities += times * entities
        mine: tuple[Counter[Any], ...] = (self.properties, self.classes, self.links, self.days)
        for counts, theirs in zip(mine, counted, strict=True):
            for key, count in theirs:
                counts[key] += times * count
        for cls in whole:
            self._example(cls, example)

    def period(self) -> tuple[str, str] | None:
        """The first and the last day; None where no date is stated."""
        days = [day for day, count in self.days.items() if count > 0]
        if not days:
            return None
        return (min(_edge(d, "-01", "-01") for d in days),
                max(_edge(d, "-12", "-31") for d in days))


def _edge(day: str, month: str, last: str) -> str:
    """A date of any precision as its first or last day; a month's last is its 28th.

    >>> _edge("2021", "-12", "-31"), _edge("2021-02", "-12", "-31"), _edge("2021-02-03", "", "")
    ('2021-12-31', '2021-02-28', '2021-02-03')
    """
    if len(day) == 4:
        return day + month + last
    return day + ("-01" if last == "-01" else "-28") if len(day) == 7 else day


#: Distinct objects are counted up to this many, so that memory stays bounded.
_MOST_OBJECTS = 1_000_000
_OBJECT = re.compile(rb"<[^>]*> <[^>]*> (.*)\n")


class Distinct:
    """Counts distinct objects in N-Triples that pass by; ``count`` is None where there are
    too many to hold."""

    def __init__(self) -> None:
        self._seen: set[int] | None = set()

    @property
    def count(self) -> int | None:
        return None if self._seen is None else len(self._seen)

    def passing(self, texts: Iterable[bytes]) -> Iterator[bytes]:
        for text in texts:
            if self._seen is not None:
                self._seen.update(map(hash, _OBJECT.findall(text)))
                if len(self._seen) > _MOST_OBJECTS:
                    self._seen = None
            yield text
