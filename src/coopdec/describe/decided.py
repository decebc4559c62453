"""What people decided of shared entities: where an unidentified name is published, which
candidates they refused, which links they accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from coopdec.decisions import Decisions
from coopdec.describe.entities import Entities
from coopdec.model import Candidate, LinkEvidence, SharedEntity

__all__ = ["Decided", "authority_of"]


class Decided:
    """Decisions, asked about entities. IRIs are bare and under the base of ``entities``."""

    def __init__(self, entities: Entities, decisions: Decisions) -> None:
        self.entities = entities
        self.decisions = decisions
        self.any = bool(decisions.moved or decisions.links)
        self.iris = entities.iris

    def path(self, subject: str) -> str:
        return subject.removeprefix(self.iris.base)

    def settled(self, entity: SharedEntity) -> SharedEntity:
        """An entity that nobody identified, where a person moved it to."""
        to = self.iris.base + self.decisions.settle(self.path(entity.iri))
        return entity if to == entity.iri else entity._replace(
            iri=to, about={to: entity.about[entity.iri]})

    def allowed(self, unknown: str, chosen: Candidate | None) -> Candidate | None:
        """The candidate, unless a person refused it for this printed name; where a person
        moved the name to an entry of the reference, that entry. ``unknown``: the IRI of the
        name as printed."""
        path = self.path(unknown)
        for named in (path, self._reference_path(path, chosen)):
            to = self.decisions.settle(named)
            key = self.iris.reference_key(to) if to != named else None
            if key is not None and (entity := self.entities.places.entity(key)) is not None:
                return Candidate(entity, 1.0, (("link-by-decision", {}),))
        refused = self.decisions.refused(path)
        return None if chosen is None or self._among(refused, unknown, chosen) else chosen

    def left(self, unknown: str, candidates: Iterable[Candidate]
             ) -> tuple[Candidate, ...] | None:
        """Those that a person may still decide on; None where one has decided."""
        path = self.path(unknown)
        if self.decisions.accepted(path):
            return None
        refused = self.decisions.refused(path)
        return tuple([c for c in candidates if not self._among(refused, unknown, c)])

    def _among(self, refused: Collection[str], unknown: str, candidate: Candidate) -> bool:
        """Whether the candidate, or a link of it, is among the targets that a person refused."""
        return bool(refused) and (
            f"cdr:{self._reference_path(self.path(unknown), candidate)}" in refused
            or any(link.target in refused
                   for link in self.entities.candidate_links(unknown, candidate)))

    def _reference_path(self, path: str, chosen: Candidate | None) -> str:
        """Where the candidate for the name at ``path`` would be published."""
        if chosen is None:
            return path
        entity = chosen.entity
        return self.path(self.iris.collectivity(entity.key) if path.startswith("collectivity/")
                         else self.iris.territory(entity.country or "", entity.key))

    def linked(self, entity: SharedEntity) -> SharedEntity:
        """The entity with the links that people accepted and without those they refused."""
        path = self.path(entity.iri)
        if path not in self.decisions.links:
            return entity
        refused = self.decisions.refused(path)
        links = {link: e for link, e in entity.links.items() if e.target not in refused}
        for decision in self.decisions.accepted(path):
            authority, identifier = authority_of(decision.target)
            link = self.iris.link(entity.iri, authority, identifier)
            links[link] = LinkEvidence(
                decision.confidence, decision.predicate, decision.target, authority, identifier,
                decision.justification, decision.comment or "Décision humaine",
                decision.comment or "Decided by a person")
        return entity._replace(links=links)


def authority_of(target_iri: str) -> tuple[str, str]:
    """Which authority an IRI belongs to, and its identifier there."""
    host = target_iri.split("/")[2]
    name = {"www.wikidata.org": "wikidata", "sws.geonames.org": "geonames",
            "publications.europa.eu": "eu"}.get(host, host)
    return name, target_iri.rstrip("/").rsplit("/", 1)[-1]
