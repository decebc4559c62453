"""Links for people to decide on: what the lists leave open, most useful first.

Above the pipeline: it runs the lists through reading, resolving and describing, and
turns the questions that are left into suggestions. Nothing is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coopdec.batches import batched
from coopdec.building.gather import distinct
from coopdec.building.options import Options
from coopdec.building.stages import Context, process
from coopdec.decisions import Decisions, load_decisions
from coopdec.describe import Describer, merge_all, whole
from coopdec.errors import DataError
from coopdec.iris import Iris, wikidata
from coopdec.model import Candidate, Entity, Finding, Question, SharedEntity
from coopdec.read import read
from coopdec.reference import Gazetteer, gazetteer
from coopdec.vocab import OWL, SEMAPV, SKOS
from coopdec.wikidata import Wikidata

__all__ = ["Review", "Suggestion", "live_suggestions", "review", "suggestions_for"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A link that might be: ``subject`` a path under the base, ``predicate`` and
    ``target`` IRIs, ``score`` in [0, 1], ``reason`` message codes with parameters."""

    subject: str
    subject_label: str
    predicate: str
    target: str
    target_label: str
    score: float
    justification: str
    reason: tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """``questions``: one a name, with how many projects wait for it; ``shared``: what the
    lists refer to, by IRI; ``unread``: the lists of which nothing is known, and why."""

    questions: Sequence[tuple[Question, int]]
    shared: Mapping[str, SharedEntity]
    unread: Sequence[Finding] = ()


def review(sources: Sequence[Path], decisions: Path | None) -> Review:
    """What the lists leave open: the names with most projects first, then those whose
    best candidate is the surest.

    Raises:
        DataError: the decisions are wrong, or no list can be read.
    """
    settled = load_decisions(decisions) if decisions else Decisions()
    options = Options(only=True)  # of what is written nothing is looked at
    context = Context(options, settled)
    unread: list[Finding] = []
    shared: dict[str, SharedEntity] = {}
    by_subject: dict[str, list[Question]] = defaultdict(list)
    for file in distinct(sources, unread):
        try:
            reading = read(file)
            for rows in batched(reading, options.chunk_size):
                found = process(rows, reading.source, context)
                merge_all(shared, found.shared.values())
                for question in found.questions:
                    by_subject[question.subject].append(question)
            unread += [f for f in reading.findings if f.fatal]
        except DataError as error:  # it stops no other
            unread += [f for f in error.findings if f.fatal]
    if not shared and any(f.fatal for f in unread):
        raise DataError(unread)
    ranked = sorted(
        ((asked[0], len(asked)) for asked in by_subject.values()),
        key=lambda a: (-a[1], -_best(a[0]), a[0].subject),
    )
    return Review(ranked, shared, unread)


def _best(question: Question) -> float:
    return question.candidates[0].score if question.candidates else 0.0


def suggestions_for(question: Question) -> list[tuple[Candidate, list[Suggestion]]]:
    """Each candidate with the links that it would give, best candidate first. A French body is
    itself what is to be decided on (``cdr:collectivity/commune/81065``): its codes and links
    follow from it."""
    describer = Describer(Iris(), gazetteer(), Decisions())
    return [
        (candidate, [
            Suggestion(question.subject, question.name, predicate, target,
                       candidate.entity.label_fr, candidate.score, justification,
                       candidate.reason)
            for predicate, target, justification in _links(question.subject, candidate, describer)
        ])
        for candidate in question.candidates
    ]


def _links(subject: str, candidate: Candidate, describer: Describer
           ) -> Iterator[tuple[str, str, str]]:
    """Predicate, target and justification of each."""
    iris = describer.iris
    if subject.startswith("collectivity/"):
        published = iris.collectivity(candidate.entity.key).removeprefix(iris.base)
        yield OWL + "sameAs", f"cdr:{published}", SEMAPV + "CompositeMatching"
        return
    for link in describer.entities.candidate_links(iris.base + subject, candidate):
        yield link.predicate, link.target, link.justification


def live_suggestions(
    found: Review, decisions: Decisions, live: Wikidata,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Suggestion]:
    """Wikidata's entities for what the lists refer to and has none yet, by identifier;
    then, for names without any candidate, what bears them there. Nothing that was decided
    is proposed again.

    Raises:
        EndpointError: the endpoint does not answer (any more).
    """
    iris, places = Iris(), gazetteer()
    subjects: dict[str, str] = {}
    entities = []
    for entity in found.shared.values():
        known = _entity_of(entity.iri.removeprefix(iris.base), places)
        links = whole(entity, iris.base).links.values()
        linked = any(link.authority == "wikidata" for link in links)
        if known is not None and not linked:
            subjects[known.key] = entity.iri.removeprefix(iris.base)
            entities.append(known)
    for match in live.by_identifier(entities, progress):
        subject = subjects[match.entity.key]
        if not _decided(decisions, subject, wikidata(match.item)):
            yield Suggestion(
                subject, match.entity.label_fr, SKOS + "exactMatch", wikidata(match.item),
                match.label, 0.99 if match.alone else 0.5, _BY_IDENTIFIER,
                (("link-by-identifier", {"property": match.by, "value": match.value}),))
    for question, _ in found.questions:
        country = places.entity(f"country/{question.country}")
        if question.candidates or country is None or not country.ids.get("wikidata"):
            continue
        for item, label in live.by_label(question.name, country.ids["wikidata"]):
            if not _decided(decisions, question.subject, wikidata(item)):
                yield Suggestion(
                    question.subject, question.name, SKOS + "closeMatch", wikidata(item), label,
                    0.5, SEMAPV + "LexicalMatching", (("link-by-label", {"name": question.name}),))


_BY_IDENTIFIER = SEMAPV + "BackgroundKnowledgeBasedMatching"


def _decided(decisions: Decisions, subject: str, target: str) -> bool:
    return any(d.target == target for d in decisions.links.get(subject, ()))


def _entity_of(path: str, places: Gazetteer) -> Entity | None:
    """The gazetteer's entry that a resource was made from, None where none was."""
    key = path if path.startswith("country/") else Iris.reference_key(path)
    return places.entity(key) if key else None
