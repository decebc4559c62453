"""The lists themselves, the goals, and what was withdrawn, as shared entities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from coopdec.goals import goals, targets
from coopdec.iris import Iris, goal, target, wikidata
from coopdec.model import SharedEntity, Source
from coopdec.terms import day, integer, iri, labels, text, typed
from coopdec.vocab import DCTERMS, PROV, RDF, SDGO, SKOS, XSD, cd

__all__ = ["Lists"]

_TYPE = iri(RDF + "type")
#: The same in French and in English.
Words = tuple[str, str]


class Lists:
    """Makes what does not come from the gazetteer, under one base."""

    def __init__(self, iris: Iris) -> None:
        self.iris = iris

    def source(self, source: Source) -> Iterator[SharedEntity]:
        """The document, its call and its session."""
        call = source.call_name
        subject, call_iri = self.iris.source(source.name), self.iris.call(call)
        said = {
            (_TYPE, iri(cd("SourceDocument"))),
            (_TYPE, iri(PROV + "Entity")),
            *labels(source.title or source.name),
            (iri(DCTERMS + "title"), text(source.title or source.name, "fr")),
            (iri(cd("call")), iri(call_iri)),
            (iri(cd("sha256")), text(source.sha256)),
        }
        if source.publisher:
            said.add((iri(DCTERMS + "publisher"), text(source.publisher, "fr")))
        if source.issued is not None:
            said.add((iri(DCTERMS + "issued"), day(source.issued)))
        if source.licence:
            said.add((iri(DCTERMS + "license"), iri(source.licence)))
        if source.url:
            said.add((iri(DCTERMS + "source"), iri(source.url)))
        if source.projects is not None:
            said.add((iri(cd("declaredProjects")), integer(source.projects)))
        title = source.call_title or source.call or source.name
        called = {(_TYPE, iri(cd("Call"))), *labels(title),
                  (iri(DCTERMS + "identifier"), text(call))}
        yield SharedEntity(call_iri, "call", {call_iri: frozenset(called)})
        if source.session is not None:
            session = self.iris.session(call, source.session)
            said.add((iri(cd("session")), iri(session)))
            yield SharedEntity(session, "session", {session: frozenset({
                (_TYPE, iri(cd("Session"))),
                *labels(f"{title}, session {source.session}", f"{title}, session {source.session}"),
                (iri(cd("call")), iri(call_iri)),
                (iri(cd("sessionNumber")), integer(source.session)),
            })})
        yield SharedEntity(subject, "source", {subject: frozenset(said)})

    def goal(self, number: int) -> SharedEntity:
        """A goal of the UN, with its labels: its IRI is theirs and may not resolve for all."""
        known = goals()[number]
        subject = goal(number)
        return SharedEntity(subject, "goal", {subject: frozenset({
            (_TYPE, iri(SDGO + "Goal")),
            (_TYPE, iri(SKOS + "Concept")),
            *labels(known.short_fr, known.short_en),
            (iri(SKOS + "prefLabel"), text(known.title_fr, "fr")),
            (iri(SKOS + "prefLabel"), text(known.title_en, "en")),
            (iri(SKOS + "notation"), text(str(number))),
            (iri(SKOS + "exactMatch"), iri(wikidata(known.wikidata))),
        })})

    @staticmethod
    @cache
    def target(code: str) -> SharedEntity:
        known = targets()[code]
        subject = target(code)
        return SharedEntity(subject, "goal", {subject: frozenset({
            (_TYPE, iri(SDGO + "Target")),
            (_TYPE, iri(SKOS + "Concept")),
            *labels(known.label_fr, known.label_en),
            (iri(SKOS + "prefLabel"), text(known.label_fr, "fr")),
            (iri(SKOS + "prefLabel"), text(known.label_en, "en")),
            (iri(SKOS + "notation"), text(code)),
            (iri(SKOS + "broader"), iri(goal(known.goal))),
        })})

    def tombstone(self, path: str, replaced_by: str | None, on: date, why: str, what: Words
                  ) -> SharedEntity:
        """What stays at an IRI that was published once and is no more, and the decision
        that withdrew it. ``what``: which sort of decision, in French and English."""
        subject = self.iris.base + path
        decision = self.iris.withdrawal(subject)
        when = typed(f"{on.isoformat()}T00:00:00Z", XSD + "dateTime")
        said = {
            (_TYPE, iri(cd("Tombstone"))),
            *labels("Identifiant retiré", "Withdrawn identifier"),
            (iri(PROV + "invalidatedAtTime"), when),
            (iri(PROV + "wasInvalidatedBy"), iri(decision)),
        }
        if why:
            said.add((iri(DCTERMS + "description"), text(why, "fr")))
        if replaced_by:
            said.add((iri(DCTERMS + "isReplacedBy"), iri(self.iris.base + replaced_by)))
        act = {(_TYPE, iri(PROV + "Activity")), *labels(*what),
               (iri(PROV + "endedAtTime"), when)}
        return SharedEntity(subject, "tombstone",
                            {subject: frozenset(said), decision: frozenset(act)})
