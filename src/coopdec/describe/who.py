"""Who leads and with whom: all that follows from the names of a cell, made once for the many
rows that print it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from coopdec.describe.decided import Decided
from coopdec.model import (
    OWN,
    Announcement,
    Candidate,
    Description,
    Entity,
    Kind,
    Mention,
    Resolution,
    Row,
    SharedEntity,
)
from coopdec.remembered import Memory
from coopdec.terms import formed, iri
from coopdec.vocab import cd

__all__ = ["Abroad", "French", "Who"]

_P = {name: iri(cd(name)) for name in ("lead", "partner", "partnerCountry", "region", "within")}
#: How many cells, and how many names, a process keeps in mind: some kilobytes each.
_REMEMBERED = 1 << 13


class French(NamedTuple):
    """What a project says of its leads, and of their region. ``shared`` are the entities that
    it refers to by it. ``unknown`` are those of the row's mentions that nobody identified, by
    their number, with the IRI that they are published at; ``iris`` those of the leads,
    ``leads`` and ``regions`` what they are in the gazetteer."""

    said: Description
    shared: tuple[SharedEntity, ...]
    unknown: tuple[tuple[int, str], ...]
    iris: tuple[str, ...]
    leads: tuple[Entity | None, ...]
    regions: tuple[Entity, ...]


class Abroad(NamedTuple):
    """The same of its partners and their countries (ISO codes, sorted)."""

    said: Description
    shared: tuple[SharedEntity, ...]
    unknown: tuple[tuple[int, str], ...]
    iris: tuple[str, ...]
    countries: tuple[Entity, ...]


class Who:
    """Describes those whom a row names. One a process. The candidates chosen for a name are
    told apart by their identity."""

    def __init__(self, decided: Decided) -> None:
        self.decided = decided
        self.entities = decided.entities
        self._region = lru_cache(maxsize=1 << 10)(self.entities.places.french_region)
        self._french: Memory[French] = Memory(_REMEMBERED)
        self._abroad: Memory[Abroad] = Memory(_REMEMBERED)
        self._territories: Memory[tuple[SharedEntity, bool]] = Memory(_REMEMBERED)

    def french(self, announced: Announcement) -> French:
        row, leads = announced.row, announced.leads
        chosen = [found.chosen for found in leads]
        return self._french.get((row.leads, row.region, *map(id, chosen)),
                                lambda: self._make_french(row, leads), chosen)

    def abroad(self, announced: Announcement) -> Abroad:
        chosen = [found and found.chosen for found in announced.partners]
        chosen += [found.chosen for parents in announced.within for found in parents]
        return self._abroad.get((announced.row.partners, *map(id, chosen)),
                                lambda: self._make_abroad(announced), chosen)

    # -- France

    def _make_french(self, row: Row, resolutions: Sequence[Resolution]) -> French:
        region = self._region(row.region) if row.region else None
        leads: list[Entity | None] = []
        iris, unknown, shared = [], [], []
        for number, (mention, found) in enumerate(zip(row.leads, resolutions, strict=True)):
            name = mention.name or mention.printed
            printed = self.entities.iris.unidentified_collectivity(
                name, region.label_fr if region else None)
            chosen = self.decided.allowed(printed, found.chosen)
            if chosen is None:
                met = [self.decided.settled(
                    self.entities.unidentified_collectivity(printed, name, region))]
                unknown.append((number, met[0].iri))
            else:
                met = self.entities.collectivity(chosen.entity)
            leads.append(chosen and chosen.entity)
            iris.append(met[0].iri)
            shared += met
        # The region printed; where none is, the regions of the leads.
        stated = [region] if region else [self.entities.region_of(e) for e in leads if e]
        regions = {r.key: r for r in stated if r is not None}
        for known in regions.values():
            shared += self.entities.collectivity(known)
        said = self._own([
            *((_P["region"], self.entities.iris.collectivity(key)) for key in sorted(regions)),
            *((_P["lead"], lead) for lead in iris)])
        return French(said, _once(shared), tuple(unknown), tuple(dict.fromkeys(iris)),
                      tuple(leads), tuple(regions[key] for key in sorted(regions)))

    # -- abroad

    def _make_abroad(self, announced: Announcement) -> Abroad:
        row = announced.row
        iris, unknown = [], []
        shared: list[SharedEntity] = []
        for number, (mention, found, within) in enumerate(
                zip(row.partners, announced.partners, announced.within, strict=True)):
            if mention.name is None or mention.country is None:
                continue
            if mention.kind is Kind.INSTITUTION:
                met = [self.decided.settled(self.entities.institution(mention))]
            else:
                entity, identified = self._territory(mention, found and found.chosen)
                if not identified and found is not None:
                    unknown.append((number, entity.iri))
                met = self._held(
                    entity, [self._territory(parent, known.chosen)[0] for parent, known
                             in zip(mention.within, within, strict=True)]) if within else [entity]
            iris.append(met[0].iri)
            shared += met
        countries = sorted({m.country for m in row.partners if m.country})
        shared += map(self.entities.country, countries)
        said = self._own([
            *((_P["partner"], partner) for partner in iris),
            *((_P["partnerCountry"], self.entities.iris.country(c)) for c in countries)])
        places = (self.entities.places.entity(f"country/{c}") for c in countries)
        return Abroad(said, _once(shared), tuple(unknown), tuple(iris),
                      tuple(p for p in places if p is not None))

    def _own(self, said: Iterable[tuple[str, str]]) -> Description:
        """What a project says of itself; values are bare IRIs."""
        said = dict.fromkeys([(p, f"<{v}>") for p, v in said])
        return formed(self.entities.iris.base, f"<{OWN}>", said)

    def _held(self, entity: SharedEntity, parents: Iterable[SharedEntity]) -> list[SharedEntity]:
        """The territory within its parents, then these."""
        holders = [p for p in parents if p.iri != entity.iri]
        if holders:
            said = entity.about[entity.iri] | {(_P["within"], iri(p.iri)) for p in holders}
            entity = entity._replace(about={**entity.about, entity.iri: said})
        return [entity, *holders]

    def _territory(self, mention: Mention, chosen: Candidate | None) -> tuple[SharedEntity, bool]:
        """The territory, and whether it was identified. Many cells name one place."""
        return self._territories.get(
            (mention, id(chosen)), lambda: self._make_territory(mention, chosen), chosen)

    def _make_territory(
        self, mention: Mention, chosen: Candidate | None
    ) -> tuple[SharedEntity, bool]:
        if chosen is not None and not self.decided.any:
            return self.entities.territory(mention, chosen), True
        printed = self.entities.territory_as_printed(mention)
        allowed = self.decided.allowed(printed, chosen)
        if allowed is None:
            return self.decided.settled(
                self.entities.unidentified_territory(printed, mention)), False
        return self.entities.territory(mention, allowed), True


def _once(shared: Iterable[SharedEntity]) -> tuple[SharedEntity, ...]:
    return tuple({id(e): e for e in shared}.values())
