"""One announcement → the project's descriptions, the entities it met, its findings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import NamedTuple

from coopdec.decisions import Action, Decisions
from coopdec.describe.asked import Asked
from coopdec.describe.codes import code_findings
from coopdec.describe.decided import Decided
from coopdec.describe.entities import Entities
from coopdec.describe.facts import DescribedFacts, describe_facts
from coopdec.describe.flat import flat_record
from coopdec.describe.lists import Lists
from coopdec.describe.parts import (
    Themed,
    announced_in,
    assignment,
    derived,
    source_row,
    themed,
)
from coopdec.describe.who import Abroad, French, Who
from coopdec.formats import Entry
from coopdec.iris import Iris
from coopdec.model import (
    Announcement,
    Description,
    Finding,
    Question,
    Row,
    SharedEntity,
    Source,
)
from coopdec.reference import Gazetteer
from coopdec.terms import text

__all__ = ["Described", "Describer"]

_NO_FACTS = DescribedFacts()

#: What a tombstone says of the decision, in French and in English.
_WITHDRAWN = {
    Action.MOVE: ("Identifiant déplacé", "Identifier moved"),
    Action.MERGE: ("Deux annonces réunies", "Two announcements joined"),
    Action.GONE: ("Retrait sans remplaçant", "Withdrawal without replacement"),
}


class Described(NamedTuple):
    """``entry`` is the project with its themes and rows; ``shared`` the entities that it refers
    to, in groups that many projects share (and then are one object); ``leads`` and ``partners``
    the IRIs of those; ``minted`` the IRI that its printed fields give, before decisions."""

    entry: Entry
    shared: tuple[tuple[SharedEntity, ...], ...]
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    findings: list[Finding]
    questions: tuple[Question, ...]
    minted: str


class Describer:
    """Describes announcements under one base, honouring what people decided."""

    def __init__(self, iris: Iris, places: Gazetteer, decisions: Decisions) -> None:
        self.iris = iris
        self.decisions = decisions
        self.entities = Entities(iris, places)
        self.lists = Lists(iris)
        self._decided = Decided(self.entities, decisions)
        self._who = Who(self._decided)
        self._asked = Asked(self._decided)

    def describe_all(self, together: Sequence[Announcement], source: Source) -> list[Described]:
        """Announcements of one list; each is looked at part by part with the others, see
        :data:`coopdec.building.stages.TOGETHER`."""
        iris, name = self.iris, source.name
        paths = [self.path(a.row, source) for a in together]
        french = list(map(self._who.french, together))
        abroad = list(map(self._who.abroad, together))
        stated = [themed(tuple([(t.goal, t.target) for t in a.themes])) for a in together]
        assigned = [list(map(assignment, a.themes)) for a in together]
        rows = [source_row(iris, a.row, name) for a in together]
        return [self._described(source, *one) for one in zip(
            together, paths, french, abroad, stated, assigned, rows, strict=True)]

    def _described(self, source: Source, announced: Announcement, path: str, french: French,
                   abroad: Abroad, stated: Themed, assigned: Sequence[Description],
                   printed: Description) -> Described:
        row, iris = announced.row, self.iris
        published = self.decisions.settle(path)
        subject, identifier = iris.base + published, published.removeprefix("project/")
        call = row.call or source.call_name
        more = describe_facts(iris, row.title, row.facts) if row.facts else _NO_FACTS
        entry = Entry(subject, "project", [
            announced_in(iris, call, row.session).filled((text(row.title, "fr"), text(identifier))),
            french.said,
            abroad.said,
            stated.said,
            *more.said,
            derived(source.name),
            *assigned,
            *more.parts,
            printed,
        ], partial(flat_record, subject, identifier, call, announced, source, french, abroad))
        questions = (self._asked.questions(announced, french, abroad)
                     if french.unknown or abroad.unknown else ())
        findings = [self._asked.finding(q, subject) for q in questions]
        if any(lead.codes for lead in row.leads):
            findings += code_findings(announced, self.entities.places, subject)
        return Described(
            entry, (french.shared, abroad.shared, stated.shared, more.shared), french.iris,
            abroad.iris, findings, questions,
            iris.base + path)

    def path(self, row: Row, source: Source) -> str:
        """What a row's printed fields mint, under the base, before decisions."""
        cells = row.cells
        return self.iris.project_path(
            call=row.call or source.call_name, session=row.session,
            lead=cells.get("lead", ""), partner=cells.get("partner", cells.get("country", "")),
            title=cells.get("title", ""), scheme=source.scheme, own_id=row.own_id,
        )

    def decides(self, iri: str) -> bool:
        """Whether :meth:`decided` may change this entity."""
        return self._decided.path(iri) in self.decisions.links

    def decided(self, entity: SharedEntity) -> SharedEntity:
        """The whole entity with the links that people accepted and without those they refused."""
        return self._decided.linked(self.entities.whole(entity))

    def tombstones(self, described: Collection[str] = ()) -> list[SharedEntity]:
        """What people decided is no longer at its IRI. ``described``: the shared entities
        of the lists; a place or body that was gone and is named again is the same one."""
        return [self.lists.tombstone(i.source, self.decisions.settle(i.to) if i.to else None,
                                     i.on, i.comment, _WITHDRAWN[i.action])
                for i in self.decisions.identities if i.action.leaves
                and not (i.action is Action.GONE and self.iris.base + i.source in described)]
