"""Gazetteer entries, sources, calls and goals as shared entities."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial

from coopdec.describe.geometry import Said, geometry, located
from coopdec.describe.shared import merge
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
from coopdec.remembered import Memory
from coopdec.terms import iri, labels, text
from coopdec.vocab import CLASS_OF_LEVEL, DCTERMS, OWL, RDF, SEMAPV, SKOS, cd

__all__ = ["Entities"]

_TYPE = iri(RDF + "type")
_CLASSES = {level: iri(cd(name)) for level, name in CLASS_OF_LEVEL.items()}
_COLLECTIVITY, _COUNTRY, _TERRITORY, _INSTITUTION = (iri(cd(name)) for name in (
    "Collectivity", "Country", "PartnerTerritory", "PartnerInstitution"))
_SYNDICATE = _CLASSES["syndicate"]
_CODES = tuple((name, iri(cd(term))) for name, term in (
    ("insee", "inseeCode"), ("siren", "siren"), ("iso2", "iso2"), ("iso3", "iso3"),
    ("iso3166_2", "iso3166_2")))
_REGION, _IN, _PRINTED = iri(cd("region")), iri(cd("country")), iri(cd("printedType"))
_REPLACED, _OTHER_LABEL = iri(DCTERMS + "isReplacedBy"), iri(SKOS + "altLabel")
_EXACT, _CLOSE = SKOS + "exactMatch", SKOS + "closeMatch"
#: Identifiers of the reference stand in tables that independent sources agree on.
_BY_TABLE = SEMAPV + "BackgroundKnowledgeBasedMatching"
_BY_NAME = SEMAPV + "CompositeMatching"
#: How many places a process keeps in mind.
_REMEMBERED = 1 << 14
#: As :attr:`SharedEntity.about`.
About = Mapping[str, frozenset[tuple[str, str]]]


class Entities:
    """Makes and remembers shared entities under one base. One a process."""

    def __init__(self, iris: Iris, places: Gazetteer) -> None:
        self.iris = iris
        self.places = places
        self.country = lru_cache(maxsize=None)(self._make_country)
        self._reached: Memory[list[SharedEntity]] = Memory(_REMEMBERED)
        self._collectivity: Memory[tuple[SharedEntity, list[str]]] = Memory(_REMEMBERED)
        self._territory: Memory[tuple[str, frozenset[tuple[str, str]]]] = Memory(_REMEMBERED)

    # -- France

    def collectivity(self, entity: Entity) -> list[SharedEntity]:
        """The collectivity, then its region and its successors, as far as they lead:
        nothing that it refers to dangles."""
        return self._reached.get(entity.key, lambda: self._all_reached(entity))

    def _all_reached(self, entity: Entity) -> list[SharedEntity]:
        found: dict[str, SharedEntity] = {}
        waiting: list[Entity | None] = [entity]
        for known in waiting:
            assert known is not None
            if known.key not in found:
                found[known.key], refers_to = self._collectivity.get(
                    known.key, partial(self._make_collectivity, known))
                waiting += map(self.places.entity, refers_to)
        return list(found.values())

    def _make_collectivity(self, entity: Entity) -> tuple[SharedEntity, list[str]]:
        """One collectivity, and the keys of those that it refers to."""
        subject = self.iris.collectivity(entity.key)
        region = self.region_of(entity)
        said = [(_TYPE, _CLASSES[entity.level]),
                *((_REPLACED, iri(self.iris.collectivity(s))) for s in entity.replaced_by)]
        if region is not None:
            said.append((_REGION, iri(self.iris.collectivity(region.key))))
        made = SharedEntity(subject, "collectivity", self._about(subject, entity, said),
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

    def unidentified_collectivity(
        self, subject: str, name: str, region: Entity | None
    ) -> SharedEntity:
        """``subject`` is the IRI that ``iris`` mints for it. Its name may say that it is a
        syndicate, of which the reference holds few: « SICTOM du Val de Saône »."""
        words, _ = self.places.split_type(name, "FR")
        kinds = self.places.type_word(words, "FR") if words else ()
        level = _SYNDICATE if kinds[:1] == (Kind.SYNDICATE,) else _COLLECTIVITY
        said = {(_TYPE, level), *labels(name)}
        if region is not None:
            said.add((_REGION, iri(self.iris.collectivity(region.key))))
        return SharedEntity(subject, "collectivity", {subject: frozenset(said)})

    # -- abroad

    def _make_country(self, iso2: str) -> SharedEntity:
        entity = self.places.entity(f"country/{iso2}")
        assert entity is not None, iso2
        subject = self.iris.country(iso2)
        return SharedEntity(subject, "country", self._about(subject, entity, [(_TYPE, _COUNTRY)]),
                            self._table_links(subject, entity))

    def territory(self, mention: Mention, chosen: Candidate) -> SharedEntity:
        """A partner territory that was identified, and how; see :meth:`whole`."""
        entity = chosen.entity
        subject, said = self._territory.get(entity.key, lambda: self._begun_territory(entity))
        if printed := self._as_printed(mention, label=entity.label_fr):
            said = said.union(printed)
        return SharedEntity(subject, "territory", {subject: said}, {}, frozenset((
            pickle.dumps((entity.key, chosen.score, chosen.reason), 5),)))

    def _begun_territory(self, entity: Entity) -> tuple[str, frozenset[tuple[str, str]]]:
        """Where a territory is published, and what is to be known of it in every chunk."""
        return self.iris.territory(entity.country or "", entity.key), frozenset((
            (_TYPE, _TERRITORY), (_IN, iri(self.iris.country(entity.country or ""))),
            *labels(entity.label_fr, entity.label_en)))

    def whole(self, entity: SharedEntity) -> SharedEntity:
        """With what the reference says of it, and with the links that are as sure as it was
        found."""
        if not entity.found:
            return entity
        found = [pickle.loads(how) for how in entity.found]
        best = max(round(score, 2) for _, score, _ in found)
        whole = entity._replace(found=frozenset())
        for key, score, reason in found:
            known = self.places.entity(key)
            assert known is not None, key
            links = (self._name_links(entity.iri, Candidate(known, score, reason))
                     if round(score, 2) == best else {})
            whole = merge(whole, SharedEntity(
                entity.iri, entity.kind, self._about(entity.iri, known, []), links))
        return whole

    def territory_as_printed(self, mention: Mention) -> str:
        """The IRI of a territory that is not identified: its type word and parents keep
        homonyms apart."""
        parents = dict.fromkeys(map(_without_country, mention.within))
        words = " ".join([_without_country(mention), *parents])
        return self.iris.unidentified_territory(mention.country or "", words)

    def unidentified_territory(self, subject: str, mention: Mention) -> SharedEntity:
        """``subject``: see :meth:`territory_as_printed`."""
        said = [(_TYPE, _TERRITORY), *labels(mention.name or _without_country(mention)),
                (_IN, iri(self.iris.country(mention.country or ""))),
                *self._as_printed(mention, label=mention.name)]
        return SharedEntity(subject, "territory", {subject: frozenset(said)})

    def institution(self, mention: Mention) -> SharedEntity:
        country, name = mention.country or "", mention.name or mention.printed
        subject = self.iris.institution(country, name)
        said = [(_TYPE, _INSTITUTION), *labels(name), (_IN, iri(self.iris.country(country))),
                *self._as_printed(mention, label=name)]
        return SharedEntity(subject, "institution", {subject: frozenset(said)})

    def candidate_links(self, subject: str, chosen: Candidate) -> Iterable[LinkEvidence]:
        """The links that ``subject`` would have were it this candidate."""
        return self._links(subject, chosen.entity, chosen.score, _BY_NAME, "", "").values()

    # -- parts

    def _as_printed(self, mention: Mention, label: str | None = None) -> Said:
        said = []
        if mention.type:
            said.append((_PRINTED, text(mention.type, "fr")))
        if mention.name and mention.name != label:
            said.append((_OTHER_LABEL, text(mention.name, "fr")))
        return said

    def _about(self, subject: str, entity: Entity, said: Said) -> About:
        """``said``, what the reference says of the entity and, where its place is known, its
        geometry."""
        said = [*said, *labels(entity.label_fr, entity.label_en), *_codes(entity)]
        lat, lon = entity.lat, entity.lon
        if lat is None or lon is None:
            return {subject: frozenset(said)}
        point = geometry(lat, lon, entity.label_fr, entity.label_en or entity.label_fr)
        return {subject: frozenset([*said, *located(self.iris, subject, lat, lon)]),
                self.iris.geometry(subject): frozenset(point)}

    def _table_links(self, subject: str, entity: Entity) -> dict[str, LinkEvidence]:
        """Links of an entity whose identifiers stand in the reference: a country, a
        French collectivity (found by its code, so the link does not hang on a name)."""
        return self._links(subject, entity, 1.0, _BY_TABLE, *_by_reference())

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


@cache
def _by_reference() -> tuple[str, str]:
    return render("link-by-reference", {}, "fr"), render("link-by-reference", {}, "en")


def _codes(entity: Entity) -> Iterator[tuple[str, str]]:
    return ((term, text(entity.ids[name])) for name, term in _CODES if entity.ids.get(name))


def _without_country(mention: Mention) -> str:
    """As printed, without what stands in parentheses at its end."""
    return mention.printed.rpartition(" (")[0] or mention.printed
