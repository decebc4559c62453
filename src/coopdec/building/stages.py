"""One chunk of rows, through the stages: names resolved, themes found, described, written.

Nothing here knows of other chunks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from coopdec.batches import batched
from coopdec.building.chunks import Block, ChunkResult
from coopdec.building.options import Options
from coopdec.check import sighting
from coopdec.classify import classify, classify_sector
from coopdec.decisions import Decisions
from coopdec.describe import Described, Describer, merge_all
from coopdec.iris import Iris
from coopdec.model import (
    Announcement,
    Kind,
    Mention,
    Query,
    Resolution,
    Row,
    Side,
    Source,
    Theme,
)
from coopdec.reference import Gazetteer, gazetteer
from coopdec.remembered import Remembered
from coopdec.resolve import Untitled, peer_of, resolve, untitled

__all__ = ["TOGETHER", "Context", "announce_all", "block_of", "process"]

#: Rows that go from stage to stage together: what a stage runs and reads stays near the
#: processor, which makes all of them a fifth to a third faster than a row at a time.
TOGETHER = 250


@dataclass(slots=True)
class Context:
    """What a worker needs for every chunk."""

    options: Options
    decisions: Decisions
    places: Gazetteer = field(default_factory=gazetteer)

    def __post_init__(self) -> None:
        self.describer = Describer(Iris(self.options.base), self.places, self.decisions)

    describer: Describer = field(init=False)


def process(rows: Iterable[Row], source: Source, context: Context) -> ChunkResult:
    """One chunk of one list, all the way to text."""
    result = ChunkResult()
    # The list, its call and its session: once a chunk, not once a row.
    merge_all(result.shared, context.describer.lists.source(source))
    heading, chosen = context.options.heading(), context.options.chosen()
    # Those outside are no decentralised cooperation: the reader said so.
    for some in batched((row for row in rows if not row.outside), TOGETHER):
        found = announce_all(some, source, context.places)
        described = context.describer.describe_all(found, source)
        texts = {f.name: [f.block(d.entry, heading) for d in described] for f in chosen}
        for announced, one, *written in zip(found, described, *texts.values(), strict=True):
            named = dict(zip(texts, written, strict=True))
            result.take(one, block_of(announced, one, named))
    result.blocks.sort(key=lambda b: (b.iri, b.source, b.line))
    return result


def block_of(announced: Announcement, described: Described, texts: Mapping[str, bytes]) -> Block:
    """A project with its texts, and what helps to find it again."""
    row, iri = announced.row, described.entry.iri
    seen = sighting(iri, row.title, described.leads, dict.fromkeys(described.partners),
                    row.where("lead"))
    return Block(iri, row.source, row.position.line or 0, row.title, texts,
                 iri == described.minted, bool(announced.themes), seen)


def announce_all(rows: Sequence[Row], source: Source, places: Gazetteer) -> list[Announcement]:
    """Rows of one list with their names resolved and their themes found: stage by stage, see
    :data:`TOGETHER`."""
    on = _date_of(source)
    leads = _leads([(row.leads, row.department or row.region, on, places) for row in rows])
    asked = [_abroad(row.partners, _peer(found), places)
             for row, found in zip(rows, leads, strict=True)]
    known = iter(_partners([a for of_row in asked for a in of_row if a]))
    partners = [tuple([a and next(known).titled(row.title, places) for a in of_row])
                for row, of_row in zip(rows, asked, strict=True)]
    within = [tuple([_within(m, places) if m.within else () for m in row.partners])
              for row in rows]
    return list(map(Announcement, rows, leads, partners, within, map(_themes, rows)))


def _peer(leads: Sequence[Resolution]) -> Kind | None:
    first = leads[0].chosen if leads else None
    return peer_of(first.entity.kind if first else None)


def _abroad(partners: Sequence[Mention], peer: Kind | None, places: Gazetteer
            ) -> list[_Partner | None]:
    # Who leads says nothing more of a name whose level is printed.
    return [(m, None if m.kind else peer, places)
            if m.name is not None and m.kind not in _NO_TERRITORY else None for m in partners]


_NO_TERRITORY = (Kind.INSTITUTION, Kind.COUNTRY)


# What cells name comes again and again. A name with its answer takes about a kilobyte.

_Leads: TypeAlias = tuple[tuple[Mention, ...], str | None, date | None, Gazetteer]
_Partner: TypeAlias = tuple[Mention, Kind | None, Gazetteer]


def _find_leads(cells: Sequence[_Leads]) -> list[tuple[Resolution, ...]]:
    found = iter(untitled([
        Query(m.name or m.printed, Side.FRENCH, region=region, on=on, codes=m.codes)
        for leads, region, on, _ in cells for m in leads], cells[0][-1]))
    return [tuple([next(found).resolution for _ in leads]) for leads, *_ in cells]


def _find_partners(asked: Sequence[_Partner]) -> list[Untitled]:
    return untitled([
        Query(m.own_name or "", Side.PARTNER, country=m.country, kind=m.kind, type=m.type,
              within=m.within, peer=peer) for m, peer, _ in asked], asked[0][-1])


_leads = Remembered(_find_leads, 1 << 13)
_partners = Remembered(_find_partners, 1 << 15)


@lru_cache(maxsize=1 << 12)
def _within(mention: Mention, places: Gazetteer) -> tuple[Resolution, ...]:
    return tuple([
        resolve(Query(p.name or "", Side.PARTNER, country=p.country, kind=p.kind, type=p.type,
                      holds=mention.own_name or ""), places)
        for p in mention.within])


def _themes(row: Row) -> tuple[Theme, ...]:
    """The goals that the title states; what the description and the theme column add to
    them says so by its rule and by a lower confidence."""
    masks = [row.lead, *[own for m in row.partners if (own := m.own_name)]]
    themes = classify(row.title, masks, row.cells.get("description", ""))
    if column := row.cells.get("theme"):
        stated = {t.goal for t in themes}
        themes += [t for t in classify_sector(column) if t.goal not in stated]
        themes.sort(key=lambda t: (t.goal, t.target or ""))
    return tuple(themes)


@lru_cache(maxsize=256)
def _date_in(call_title: str) -> date | None:
    years = re.findall(r"\b(?:19|20)\d\d\b", call_title)
    return date(int(years[0]), 12, 31) if years else None


def _date_of(source: Source) -> date | None:
    """The document's date; an undated one is of its call's first year."""
    return source.issued or _date_in(source.call_title)
