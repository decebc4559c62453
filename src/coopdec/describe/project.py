"""One announcement → the project's descriptions, the entities it met, its findings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from coopdec.decisions import Action, Decisions
from coopdec.describe.entities import Entities
from coopdec.describe.facts import DescribedFacts, describe_facts
from coopdec.describe.lists import Lists
from coopdec.describe.parts import ProjectFacts, assignment, flat_record, source_row
from coopdec.formats import Entry
from coopdec.iris import Iris, goal
from coopdec.model import (
    Announcement,
    Candidate,
    Entity,
    Finding,
    Kind,
    LinkEvidence,
    Mention,
    Question,
    Resolution,
    Row,
    Severity,
    SharedEntity,
    Source,
)
from coopdec.reference import Gazetteer
from coopdec.terms import boolean, describe, iri, labels, text
from coopdec.vocab import DCTERMS, PROV, RDF, cd

__all__ = ["Described", "Describer"]

_TYPE = iri(RDF + "type")
_P = {name: iri(cd(name)) for name in (
    "lead", "partner", "partnerCountry", "region", "theme", "noThemeStated", "themeAssignment",
    "session", "call")}
_PROJECT = iri(cd("Project"))
_TITLE, _IDENTIFIER = iri(DCTERMS + "title"), iri(DCTERMS + "identifier")
_DERIVED = iri(PROV + "wasDerivedFrom")
_NO_FACTS = DescribedFacts()
#: How many names with their candidates a process keeps in mind.
_REMEMBERED = 1 << 15


#: (role, whether there are candidates) → what a person reads.
_OPEN = {
    ("lead", True): "lead-ambiguous", ("lead", False): "lead-unknown",
    ("partner", True): "partner-ambiguous", ("partner", False): "partner-unknown",
}

#: What a tombstone says of the decision, in French and in English.
_WITHDRAWN = {
    Action.MOVE: ("Identifiant déplacé", "Identifier moved"),
    Action.MERGE: ("Deux annonces réunies", "Two announcements joined"),
    Action.GONE: ("Retrait sans remplaçant", "Withdrawal without replacement"),
}


@dataclass(frozen=True, slots=True)
class Described:
    """``entry`` is the project with its themes and rows; ``minted`` the IRI that its
    printed fields give, before decisions."""

    entry: Entry
    shared: tuple[SharedEntity, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    minted: str


@dataclass(slots=True)
class _Met:
    """What one project refers to, gathered while it is described."""

    shared: list[SharedEntity]
    questions: list[Question]


class Describer:
    """Describes announcements under one base, honouring what people decided."""

    def __init__(self, iris: Iris, places: Gazetteer, decisions: Decisions) -> None:
        self.iris = iris
        self.places = places
        self.decisions = decisions
        self.entities = Entities(iris, places)
        self.lists = Lists(iris)
        self._region = lru_cache(maxsize=1 << 10)(places.french_region)
        self._territories: dict[tuple[Mention, int],
                                tuple[Candidate | None, SharedEntity, bool]] = {}
        self._leads: dict[tuple[str, str | None, int],
                          tuple[Candidate | None, SharedEntity, Candidate | None]] = {}

    def describe(self, announced: Announcement, source: Source) -> Described:
        row = announced.row
        call = row.call or source.call or source.name
        path = self.path(row, source)
        published = self.decisions.settle(path)
        subject = self.iris.base + published
        met = _Met([], [])
        region = self._region(row.region) if row.region else None
        leads = [self._lead(m, r, region, row, met)
                 for m, r in zip(row.leads, announced.leads, strict=True)]
        partners = [
            self._partner(m, r, w, row, met)
            for m, r, w in zip(row.partners, announced.partners, announced.within, strict=True)
        ]
        countries = sorted({m.country for m in row.partners if m.country})
        met.shared += [self.entities.country(c) for c in countries]
        regions = self._regions(region, leads, met)

        said = [
            (_TYPE, _PROJECT),
            *labels(row.title),
            (_TITLE, text(row.title, "fr")),
            (_IDENTIFIER, text(published.removeprefix("project/"))),
            (_P["call"], iri(self.iris.call(call))),
        ]
        if row.session is not None:
            said.append((_P["session"], iri(self.iris.session(call, row.session))))
        said += [(_P["region"], iri(self.iris.collectivity(r.key))) for r in regions]
        said += [(_P["lead"], iri(e.iri)) for e, _ in leads]
        said += [(_P["partner"], iri(e.iri)) for e in partners if e is not None]
        said += [(_P["partnerCountry"], iri(self.iris.country(c))) for c in countries]
        themes = announced.themes
        said += [(_P["theme"], iri(goal(g))) for g in sorted({t.goal for t in themes})]
        said += [(_P["themeAssignment"], iri(self.iris.theme(subject, t.target or t.goal)))
                 for t in themes]
        if not themes:
            said.append((_P["noThemeStated"], boolean(True)))
        more = (describe_facts(self.iris, subject, row.title, row.facts) if row.facts
                else _NO_FACTS)
        said += more.said
        met.shared += more.shared
        row_iri = self.iris.row(subject, source.name)
        said.append((_DERIVED, iri(row_iri)))
        met.shared += [self.lists.target(t.target) for t in themes if t.target]

        descriptions = [
            describe(subject, said),
            *(assignment(self.iris, subject, t) for t in themes),
            *more.parts,
            source_row(self.iris, row_iri, row, source),
        ]
        known = [e for c in countries if (e := self.places.entity(f"country/{c}"))]
        flat = flat_record(ProjectFacts(
            subject, published.removeprefix("project/"), call, row, source, leads, regions,
            partners, known, themes))
        entry = Entry(subject, "project", descriptions, flat)
        findings = tuple(self._finding(q, subject) for q in met.questions)
        return Described(entry, tuple(met.shared), findings, tuple(met.questions),
                         self.iris.base + path)

    def path(self, row: Row, source: Source) -> str:
        """What a row's printed fields mint, under the base, before decisions."""
        return self.iris.project_path(
            call=row.call or source.call or source.name, session=row.session,
            lead=row.cells.get("lead", ""),
            partner=row.cells.get("partner", row.cells.get("country", "")),
            title=row.cells.get("title", ""), scheme=source.scheme, own_id=row.own_id,
        )

    def tombstones(self, described: Collection[str] = ()) -> list[SharedEntity]:
        """What people decided is no longer at its IRI. ``described``: the shared entities
        of the lists; a place or body that was gone and is named again is the same one."""
        return [self.lists.tombstone(i.source, self.decisions.settle(i.to) if i.to else None,
                                     i.on, i.comment, _WITHDRAWN[i.action])
                for i in self.decisions.identities if i.action.leaves
                and not (i.action is Action.GONE and self.iris.base + i.source in described)]

    # -- who

    def _lead(self, mention: Mention, resolution: Resolution, region: Entity | None, row: Row,
              met: _Met) -> tuple[SharedEntity, Entity | None]:
        name = mention.name or mention.printed
        key = name, region.key if region else None, id(resolution.chosen)
        known = self._leads.get(key)
        if known is None:
            if len(self._leads) > _REMEMBERED:
                self._leads.clear()
            made = self.entities.unidentified_collectivity(name, region)
            known = resolution.chosen, made, self._allowed(made.iri, resolution.chosen)
            self._leads[key] = known
        _, unknown, chosen = known
        if chosen is None:
            unknown = self._settled(unknown)
            self._ask("lead", unknown, mention, resolution, row, met)
            met.shared.append(unknown)
            if region is not None:
                met.shared += self.entities.collectivity(region)
            return unknown, None
        found = self.entities.collectivity(chosen.entity)
        met.shared += found
        return found[0], chosen.entity

    def _partner(self, mention: Mention, resolution: Resolution | None,
                 within: Sequence[Resolution], row: Row, met: _Met) -> SharedEntity | None:
        if mention.name is None or mention.country is None:
            return None
        if mention.kind is Kind.INSTITUTION:
            entity = self._settled(self.entities.institution(mention))
            met.shared.append(entity)
            return entity
        entity, identified = self._territory(mention, resolution.chosen if resolution else None)
        if not identified and resolution is not None:
            self._ask("partner", entity, mention, resolution, row, met)
        parents = []
        for parent, known in zip(mention.within, within, strict=True):
            holder, _ = self._territory(parent, known.chosen)
            if holder.iri != entity.iri:
                parents.append(holder)
        if parents:
            said = entity.about[entity.iri] | {(iri(cd("within")), iri(p.iri)) for p in parents}
            entity = replace(entity, about={**entity.about, entity.iri: said})
        met.shared += [entity, *parents]
        return entity

    def _territory(self, mention: Mention, chosen: Candidate | None) -> tuple[SharedEntity, bool]:
        """The territory, and whether it was identified. Many rows name one place: what was
        made of a mention and its candidate is remembered."""
        known = self._territories.get((mention, id(chosen)))
        if known is None:
            if len(self._territories) > _REMEMBERED:
                self._territories.clear()
            # The candidate is held, so that no other gets its identity.
            known = chosen, *self._make_territory(mention, chosen)
            self._territories[mention, id(chosen)] = known
        return known[1], known[2]

    def _make_territory(
        self, mention: Mention, chosen: Candidate | None
    ) -> tuple[SharedEntity, bool]:
        unknown = self.entities.unidentified_territory(mention)
        allowed = self._allowed(unknown.iri, chosen)
        if allowed is None:
            return self._settled(unknown), False
        return self.entities.territory(mention, allowed), True

    def _settled(self, entity: SharedEntity) -> SharedEntity:
        """An entity that nobody identified, where a person moved it to."""
        to = self.iris.base + self.decisions.settle(self._path(entity.iri))
        return entity if to == entity.iri else replace(
            entity, iri=to, about={to: entity.about[entity.iri]})

    def _path(self, subject: str) -> str:
        return subject.removeprefix(self.iris.base)

    def _allowed(self, unknown: str, chosen: Candidate | None) -> Candidate | None:
        """The candidate, unless a person refused it for this printed name; where a person
        moved the name to an entry of the reference, that entry."""
        path = self._path(unknown)
        for named in (path, self._reference_path(path, chosen)):
            to = self.decisions.settle(named)
            key = self.iris.reference_key(to) if to != named else None
            if key is not None and (entity := self.places.entity(key)) is not None:
                return Candidate(entity, 1.0, (("link-by-decision", {}),))
        if chosen is None:
            return None
        targets_of = (link.target for link in self.entities.candidate_links(unknown, chosen))
        return None if any(self.decisions.refuses(path, t) for t in targets_of) else chosen

    def _reference_path(self, path: str, chosen: Candidate | None) -> str:
        """Where the candidate for the name at ``path`` would be published."""
        if chosen is None:
            return path
        entity = chosen.entity
        return self._path(self.iris.collectivity(entity.key) if path.startswith("collectivity/")
                          else self.iris.territory(entity.country or "", entity.key))

    def decides(self, iri: str) -> bool:
        """Whether :meth:`decided` may change this entity."""
        return self._path(iri) in self.decisions.links

    def decided(self, entity: SharedEntity) -> SharedEntity:
        """The entity with the links that people accepted and without those they refused."""
        path = self._path(entity.iri)
        if path not in self.decisions.links:
            return entity
        links = {link: e for link, e in entity.links.items()
                 if not self.decisions.refuses(path, e.target)}
        for decision in self.decisions.accepted(path):
            authority, identifier = authority_of(decision.target)
            link = self.iris.link(entity.iri, authority, identifier)
            links[link] = LinkEvidence(
                decision.confidence, decision.predicate, decision.target, authority, identifier,
                decision.justification, decision.comment or "Décision humaine",
                decision.comment or "Decided by a person")
        return replace(entity, links=links)

    def _ask(self, role: str, unknown: SharedEntity, mention: Mention, resolution: Resolution,
             row: Row, met: _Met) -> None:
        """Ask a person about a name, unless one has answered."""
        path = self._path(unknown.iri)
        if self.decisions.accepted(path):
            return
        left = tuple(
            c for c in resolution.candidates
            if not any(self.decisions.refuses(path, e.target)
                       for e in self.entities.candidate_links(unknown.iri, c))
        )
        met.questions.append(Question(path, mention.name or mention.printed, role, mention.country,
                                      row.title, row.where(role), left))

    def _finding(self, question: Question, project: str) -> Finding:
        params: dict[str, Any] = {"name": question.name, "about": question.title}
        if question.candidates:
            params["candidates"] = [self._words(c) for c in question.candidates[:5]]
        code = _OPEN[question.role, bool(question.candidates)]
        return Finding(code, Severity.WARNING, question.where, params, project)

    def _words(self, candidate: Candidate) -> str:
        """« Verejeni (Telenești), GeoNames 617137, 0,71 »: enough to tell candidates apart."""
        entity = candidate.entity
        parents = [p.label_fr for key in entity.parents if (p := self.places.entity(key))]
        name = f"{entity.label_fr} ({', '.join(parents[:2])})" if parents else entity.label_fr
        return f"{name} [{entity.key}] {candidate.score:.2f}"

    def _regions(self, stated: Entity | None, leads: Sequence[tuple[SharedEntity, Entity | None]],
                 met: _Met) -> list[Entity]:
        """The region printed; where none is, the regions of the leads."""
        if stated is None:
            own = (self.entities.region_of(e) for _, e in leads if e is not None)
            found = {r.key: r for r in own if r is not None}
        else:
            found = {stated.key: stated}
        for region in found.values():
            met.shared += self.entities.collectivity(region)
        return [found[key] for key in sorted(found)]


def authority_of(target_iri: str) -> tuple[str, str]:
    """Which authority an IRI belongs to, and its identifier there."""
    host = target_iri.split("/")[2]
    name = {"www.wikidata.org": "wikidata", "sws.geonames.org": "geonames",
            "publications.europa.eu": "eu"}.get(host, host)
    return name, target_iri.rstrip("/").rsplit("/", 1)[-1]
