"""One part of the data through an engine, and what is told of it: what a worker runs.

Associative: what several parts gave is joined by :meth:`Checked.take`, in any order.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from coopdec.check.beyond import Beyond, beyond_checks, take_all
from coopdec.check.beyond.collected import Collected
from coopdec.check.beyond.declared import Check as Declared
from coopdec.check.beyond.duplicates import Check as Duplicates
from coopdec.check.engines import get_engine
from coopdec.check.enrich import enrich
from coopdec.check.facts import Facts
from coopdec.check.named import Named
from coopdec.check.pieces import Part, led_to
from coopdec.check.places import Places
from coopdec.check.quality import Measure, measure, total
from coopdec.check.recalled import reference_says
from coopdec.check.result import Raw, Result
from coopdec.check.shapes import Shapes, load_shapes
from coopdec.model import Finding, Severity

__all__ = ["PLACED", "SAMPLE", "Checked", "Project", "Sampled", "check_projects", "check_shared",
           "compared", "enriched", "placed", "sampled", "validate", "validate_shared", "with_all"]

#: How many projects the reference re-checks, and how many are read to find out where a
#: faulty shared entity is announced.
SAMPLE = 3
PLACED = 20_000
#: Projects that an engine is given at a time: memory follows it, the cost of each hardly.
_AT_ONCE = 500
#: A project to re-check: a digest that chooses it, its IRI, its statements.
Sampled = tuple[int, bytes, bytes]
#: A project's IRI and its statements.
Project = tuple[bytes, bytes]


def validate(engine: str, shapes: bytes, data: bytes) -> list[Raw]:
    """What an engine says of some N-Triples."""
    return get_engine(engine).validate(data, shapes) if data else []


@dataclass(slots=True)
class Checked:
    """What the check of some parts gave. ``faults`` are those of shared entities, which are
    enriched when all is known; ``sample`` is to be re-checked by the reference."""

    beyond: list[Beyond]
    results: list[Result] = field(default_factory=list)
    faults: set[Raw] = field(default_factory=set)
    sample: list[Sampled] = field(default_factory=list)
    measures: tuple[Measure, ...] = ()

    def told(self) -> list[Finding]:
        """Take away what the checks beyond SHACL have told so far."""
        found = []
        for check in self.beyond:
            if isinstance(check, Collected):
                found += check.found
                check.found = []
        return found

    def take(self, other: Checked) -> None:
        """Take in what other parts gave."""
        take_all(self.beyond, other.beyond)
        self.results += other.results
        self.faults |= other.faults
        self.sample = heapq.nsmallest(SAMPLE, [*self.sample, *other.sample])
        self.measures = total([self.measures, other.measures])


def checks_of_parts(base: str) -> list[Beyond]:
    """Those that look at parts in any order: who repeats whom is the settling's matter."""
    return [c for c in beyond_checks(base) if not isinstance(c, Duplicates | Declared)]


def check_projects(
    projects: Sequence[Project], named: Named, base: str, engine: str,
) -> Checked:
    """Some projects, as (IRI, statements), against our shapes and beyond them. ``named`` knows
    the entities that they name."""
    shapes = load_shapes()
    found = Checked(checks_of_parts(base))
    for at in range(0, len(projects), _AT_ONCE):
        part = projects[at:at + _AT_ONCE]
        text = b"".join(statements for _, statements in part)
        facts = Facts(text, named)
        names = facts.named - facts.subjects
        raws = validate(engine, shapes.project_side, text + named.stand_ins(names))
        if raws:
            found.results += enriched(raws, part, named, shapes)
        for check in found.beyond:
            check.see(facts)
    found.sample = heapq.nsmallest(SAMPLE, sampled(projects))
    return found


def check_shared(part: Part, known_as: bytes, base: str, engine: str) -> Checked:
    """A piece of the shared entities. ``known_as``: a type for each project that is
    referred to."""
    found = Checked(checks_of_parts(base))
    found.faults.update(validate_shared(part, known_as, engine, load_shapes()))
    if part.rivals:
        return found  # each of them is in another piece, too
    facts = Facts(part.own, Facts(part.context + known_as))
    found.measures = measure(facts)
    for check in found.beyond:
        check.see_shared(facts)
    return found


def validate_shared(part: Part, known_as: bytes, engine: str, shapes: Shapes) -> list[Raw]:
    side = shapes.shared_side if part.rivals else shapes.alone_side
    return validate(engine, side, part.own + part.context + known_as)


def placed(
    faults: Iterable[Raw], shared: Iterable[bytes], projects: Iterable[bytes]
) -> list[Result]:
    """Results about shared entities, with the announcements that name them. ``shared``: the
    statements of all entities; ``projects``: those of each project, in order."""
    faults = list(faults)
    places = Places()
    places.read(shared)
    faulty = places.sought([raw.focus for raw in faults])
    places.read_naming(faulty, islice(projects, PLACED if faulty else 0))
    return enrich(faults, load_shapes(), places)


def enriched(
    raws: Iterable[Raw], projects: Iterable[Project], named: Named, shapes: Shapes
) -> Iterator[Result]:
    """The results about these projects, with their places."""
    raws = list(raws)
    concerned = {raw.focus.strip("<>").partition("#")[0].encode() for raw in raws}
    texts = {root: text for root, text in projects if root in concerned}
    text = b"".join(texts.values())
    places = Places()
    places.read(named.statements(Facts(text).named).splitlines())
    places.read(text.splitlines())
    kept = (r for r in raws if r.focus.strip("<>").partition("#")[0].encode() in texts)
    yield from enrich(kept, shapes, places)


def sampled(projects: Iterable[Project]) -> Iterator[Sampled]:
    for root, text in projects:
        yield zlib.crc32(root), root, text


def with_all(sample: Sequence[Sampled], one: Callable[[bytes], bytes]) -> bytes:
    """A few projects, with all that they lead to."""
    text = b"".join(text for _, _, text in sample)
    return text + b"".join(led_to(one, text).values())


def compared(text: bytes, shapes: Shapes, engine: str) -> list[Finding]:
    """What is the matter if an engine and the reference say different things of the same
    statements. Any part of the data will do: whatever is missing from it is missing for both."""
    if engine == "pyshacl" or not text:
        return []  # it is the reference
    one_says = set(validate(engine, shapes.text, text))
    other_says = set(reference_says(text, shapes.text))
    if one_says == other_says:
        return []
    told = sorted(one_says ^ other_says)[0]
    return [Finding("check-engines-differ", Severity.FATAL, None, {
        "engine": engine, "n": len(one_says ^ other_says), "shape": told.constraint or told.shape,
        "focus": told.focus}, told.focus.strip("<>"))]
