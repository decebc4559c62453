"""What a data set holds, in numbers, counted while it is described: parts are added up, and
what is not published after all is taken away again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter

from coopdec.formats import Entry
from coopdec.model import SLOT, Description
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
_TYPES_AND_DATES = {_TYPE, *_DATES}
_STATEMENT = re.compile(r"(<[^>]*>) (<[^>]*>) (.*) \.\n")
#: Where a part keeps what it holds, beside its texts.
_KEPT = "tally"
#: A day, a month or a year.
_DAY = re.compile(r'"(\d{4}(?:-\d\d){0,2})"')


#: What is counted of a part: its predicates, and of the values that tell something what they
#: tell.
Counted = tuple[tuple[str, str], ...]
_subject, _written = itemgetter(0), itemgetter(2)


def _counted(part: Description) -> Counted:
    said = tuple([(p, v if p in _TYPES_AND_DATES else _start_of(v) if p in _LINKS else "")
                  for p, v in part.statements])
    assert not part.values or not any(SLOT in v for _, v in said), part
    return said


def _start_of(link: str) -> str:
    """Of a link, what tells the authority."""
    return next((start for start in _STARTS.values() if link.startswith(start)), "")


def _kept(part: Description) -> Counted:
    """The same of what many entries say: made once."""
    assert part.written is not None
    counted: Counted | None = part.written.get(_KEPT)
    if counted is None:
        counted = part.written[_KEPT] = _counted(part)
    return counted


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
    _seen: list[Entry] = field(default_factory=list)

    @property
    def triples(self) -> int:
        return self.properties.total()

    def see(self, entry: Entry) -> None:
        """Count an entry."""
        self._seen.append(entry)

    def added_up(self) -> Tally:
        """With all entries that were seen; to be called before it is read. What many of them
        say is looked at once."""
        seen, self._seen = self._seen, []
        parts = list(chain.from_iterable([entry.parts for entry in seen]))
        marks = list(map(id, map(_written, parts)))
        times, alike = Counter(marks), Counter[Counted]()
        times.pop(id(None), None)
        for part in parts if len(times) < len(parts) else ():
            if part.written is None:
                alike[_counted(part)] += 1
        for mark, part in dict(zip(marks, parts, strict=True)).items():
            if part.written is not None:
                alike[_kept(part)] += times[mark]
        for said, n in alike.items():
            self._add(said, n)
        for subjects, n in Counter([tuple(map(_subject, e.parts)) for e in seen]).items():
            # Two links to one authority have one form, and are two.
            self._add_subjects({f"{s}{at}" if SLOT in s else s
                                for at, s in enumerate(subjects)}, n)
        self._add_examples(seen)
        return self

    def see_text(self, text: bytes, times: int = 1) -> None:
        """The same of N-Triples of ours, in which each subject's stand together; ``times``
        -1 takes away what was seen before."""
        by_subject: dict[str, list[tuple[str, str]]] = {}
        for subject, predicate, value in _STATEMENT.findall(text.decode()):
            by_subject.setdefault(subject, []).append((predicate, value))
        self._add_subjects(by_subject, times)
        for subject, said in by_subject.items():
            self._add(said, times)
            self._examples(subject, said)

    def _add(self, said: Iterable[tuple[str, str]], times: int) -> None:
        for predicate, value in said:
            self.properties[predicate] += times
            if predicate == _TYPE:
                self.classes[value] += times
            elif predicate in _LINKS:
                for name, start in _STARTS.items():
                    if value.startswith(start):
                        self.links[name, predicate] += times
            elif predicate in _DATES and (match := _DAY.match(value)):
                self.days[match[1]] += times

    def _add_subjects(self, subjects: Collection[str], times: int) -> None:
        self.subjects += times * len(subjects)
        self.entities += times * sum("#" not in subject for subject in subjects)

    def _add_examples(self, seen: Iterable[Entry]) -> None:
        """An entry begins with what it is."""
        first: dict[tuple[str, ...], str] = {}
        for entry in seen:
            part = entry.parts[0]
            classes = (*[v for p, v in part.statements if p == _TYPE],)
            known = first.get(classes)
            if known is None or entry.iri < known:
                first[classes] = entry.iri
        for classes, iri in first.items():
            for cls in classes:
                self._example(cls, iri)

    def _examples(self, subject: str, said: Iterable[tuple[str, str]]) -> None:
        if "#" not in subject:
            for predicate, value in said:
                if predicate == _TYPE:
                    self._example(value, subject[1:-1])

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


#: Distinct objects are counted up to this many: more would take more memory than all else that a
#: release is written with.
_MOST_OBJECTS = 500_000
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
