"""Gazetteer entries, sources, calls and goals as shared entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from coopdec.describe.geometry import geometry, located
from coopdec.iris import Iris, eu_country, geonames, wikidata
from coopdec.messages import render
from coopdec.model import (
    Candidate,
    Entity,
    Kind,
    LinkEvidence,
    Mention,
    SharedEntity,
)
from coopdec.reference import Gazetteer
from coopdec.terms import iri, labels, text
from coopdec.vocab import CLASS_OF_LEVEL, DCTERMS, OWL, RDF, SEMAPV, SKOS, cd

__all__ = ["Entities"]

_TYPE = iri(RDF + "type")
_EXACT, _CLOSE = SKOS + "exactMatch", SKOS + "closeMatch"
#: Identifiers of the reference stand in tables that independent sources agree on.
_BY_TABLE = SEMAPV + "BackgroundKnowledgeBasedMatching"
_BY_NAME = SEMAPV + "CompositeMatching"


class Entities:
    """Makes and remembers shared entities under one base. One a process."""

    def __init__(self, iris: Iris, places: Gazetteer) -> None:
        self.iris = iris
        self.places = places
        self._country = lru_cache(maxsize=None)(self._make_country)
        self._collectivities = lru_cache(maxsize=1 << 16)(self._all_collectivities)

    # -- France

    def collectivity(self, entity: Entity) -> list[SharedEntity]:
        """The collectivity, then its region and its successors, as far as they lead:
        nothing that it refers to dangles."""
        return self._collectivities(entity.key)

    def _all_collectivities(self, key: str) -> list[SharedEntity]:
        reached = {key: None}
        found: list[SharedEntity] = []
        while len(found) < len(reached):
            made, refers_to = self._collectivity(list(reached)[len(found)])
            found.append(made)
            reached.update(dict.fromkeys(refers_to))
        return found

    def _collectivity(self, key: str) -> tuple[SharedEntity, list[str]]:
        """One collectivity, and the keys of those that it refers to."""
        entity = self.places.entity(key)
        assert entity is not None, key
        subject = self.iris.collectivity(key)
        region = self.region_of(entity)
        said = {
            (_TYPE, iri(cd(CLASS_OF_LEVEL[entity.level]))),
            *labels(entity.label_fr, entity.label_en),
            *self._codes(entity),
            *((iri(DCTERMS + "isReplacedBy"), iri(self.iris.collectivity(s)))
              for s in entity.replaced_by),
        }
        if region is not None:
            said.add((iri(cd("region")), iri(self.iris.collectivity(region.key))))
        made = SharedEntity(subject, "collectivity", self._with_point(subject, said, entity),
                            self._table_links(subject, entity))
        return made, [*entity.replaced_by, *([region.key] if region else [])]

    def region_of(self, entity: Entity) -> Entity | None:
        """The region of France that an entity lies in; a region lies in itself."""
        if entity.level == "region":
            return entity
        for key in entity.parents:
            if key.startswith("region/"):
                return self.places.entity(key)
        return None

    def unidentified_collectivity(self, name: str, region: Entity | None) -> SharedEntity:
        subject = self.iris.unidentified_collectivity(name, region.label_fr if region else None)
        said = {(_TYPE, iri(cd("Collectivity"))), *labels(name)}
        if region is not None:
            said.add((iri(cd("region")), iri(self.iris.collectivity(region.key))))
        return SharedEntity(subject, "collectivity", {subject: frozenset(said)})

    # -- abroad

    def country(self, iso2: str) -> SharedEntity:
        return self._country(iso2)

    def _make_country(self, iso2: str) -> SharedEntity:
        entity = self.places.entity(f"country/{iso2}")
        assert entity is not None, iso2
        subject = self.iris.country(iso2)
        said = {
            (_TYPE, iri(cd("Country"))),
            *labels(entity.label_fr, entity.label_en),
            *self._codes(entity),
        }
        return SharedEntity(subject, "country", self._with_point(subject, said, entity),
                            self._table_links(subject, entity))

    def territory(self, mention: Mention, chosen: Candidate) -> SharedEntity:
        """A partner territory that was identified."""
        entity = chosen.entity
        subject = self.iris.territory(entity.country or "", entity.key)
        said = {
            (_TYPE, iri(cd("PartnerTerritory"))),
            *labels(entity.label_fr, entity.label_en),
            *self._codes(entity),
            (iri(cd("country")), iri(self.iris.country(entity.country or ""))),
            *self._as_printed(mention),
        }
        return SharedEntity(subject, "territory", self._with_point(subject, said, entity),
                            self._name_links(subject, chosen))

    def unidentified_territory(self, mention: Mention) -> SharedEntity:
        """A partner territory as printed: its type word and parents keep homonyms apart."""
        country = mention.country or ""
        printed = mention.printed.rpartition(" (")[0] or mention.printed
        parents = dict.fromkeys(p.printed.rpartition(" (")[0] or p.printed for p in mention.within)
        words = " ".join([printed, *parents])
        subject = self.iris.unidentified_territory(country, words)
        said = {
            (_TYPE, iri(cd("PartnerTerritory"))),
            *labels(mention.name or printed),
            (iri(cd("country")), iri(self.iris.country(country))),
            *self._as_printed(mention, label=mention.name),
        }
        return SharedEntity(subject, "territory", {subject: frozenset(said)})

    def institution(self, mention: Mention) -> SharedEntity:
        country, name = mention.country or "", mention.name or mention.printed
        subject = self.iris.institution(country, name)
        said = {
            (_TYPE, iri(cd("PartnerInstitution"))),
            *labels(name),
            (iri(cd("country")), iri(self.iris.country(country))),
            *self._as_printed(mention, label=name),
        }
        return SharedEntity(subject, "institution", {subject: frozenset(said)})

    def candidate_links(self, subject: str, chosen: Candidate) -> Iterable[LinkEvidence]:
        """The links that ``subject`` would have were it this candidate."""
        return self._links(subject, chosen.entity, chosen.score, _BY_NAME, "", "").values()

    # -- parts

    def _codes(self, entity: Entity) -> Iterator[tuple[str, str]]:
        for name, term in (("insee", "inseeCode"), ("siren", "siren"), ("iso2", "iso2"),
                           ("iso3", "iso3"), ("iso3166_2", "iso3166_2")):
            if entity.ids.get(name):
                yield iri(cd(term)), text(entity.ids[name])

    def _as_printed(self, mention: Mention, label: str | None = None) -> Iterator[tuple[str, str]]:
        if mention.type:
            yield iri(cd("printedType")), text(mention.type, "fr")
        if mention.name and mention.name != label:
            yield iri(SKOS + "altLabel"), text(mention.name, "fr")

    def _with_point(
        self, subject: str, said: set[tuple[str, str]], entity: Entity
    ) -> dict[str, frozenset[tuple[str, str]]]:
        """The entity and, where its place is known, its geometry."""
        lat, lon = entity.lat, entity.lon
        if lat is None or lon is None:
            return {subject: frozenset(said)}
        point = geometry(lat, lon, entity.label_fr, entity.label_en or entity.label_fr)
        return {subject: frozenset({*said, *located(self.iris, subject, lat, lon)}),
                self.iris.geometry(subject): frozenset(point)}

    def _table_links(self, subject: str, entity: Entity) -> dict[str, LinkEvidence]:
        """Links of an entity whose identifiers stand in the reference: a country, a
        French collectivity (found by its code, so the link does not hang on a name)."""
        reason = {lang: render("link-by-reference", {}, lang) for lang in ("fr", "en")}
        return self._links(subject, entity, 1.0, _BY_TABLE, reason["fr"], reason["en"])

    def _name_links(self, subject: str, chosen: Candidate) -> dict[str, LinkEvidence]:
        """Links that are as sure as the name was."""
        fr, en = (" ; ".join(render(c, p, "fr") for c, p in chosen.reason),
                  "; ".join(render(c, p, "en") for c, p in chosen.reason))
        return self._links(subject, chosen.entity, chosen.score, _BY_NAME, fr, en)

    def _links(self, subject: str, entity: Entity, confidence: float, justification: str,
               fr: str, en: str) -> dict[str, LinkEvidence]:
        country = entity.kind is Kind.COUNTRY
        # A populated place stands for a commune without being one.
        point = _CLOSE if entity.kind in (Kind.PLACE, Kind.COMMUNE) else _EXACT
        same = OWL + "sameAs" if country else _EXACT
        if entity.kind is Kind.PLACE:
            same = _CLOSE
        found = {}
        for authority, predicate, make in (
            ("wikidata", same, wikidata), ("geonames", point, geonames), ("eu", _EXACT, eu_country)
        ):
            identifier = entity.ids.get(authority)
            if identifier:
                link = self.iris.link(subject, authority, identifier)
                found[link] = LinkEvidence(round(confidence, 2), predicate, make(identifier),
                                           authority, identifier, justification, fr, en)
        return found
