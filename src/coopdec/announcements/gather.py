"""The lists' rows as what is compared: who leads, with whom, since when, under which IRI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from coopdec.announcements.words import words
from coopdec.batches import batched
from coopdec.building.stages import TOGETHER, announce_all
from coopdec.decisions import Decisions
from coopdec.describe import Describer
from coopdec.errors import DataError
from coopdec.iris import Iris
from coopdec.model import Announcement, Entity, Finding, Mention, Position, Resolution, Row, Source
from coopdec.read import find_lists, read
from coopdec.reference import gazetteer
from coopdec.text import fold

__all__ = ["UNKNOWN", "Announced", "announced", "minted_paths"]


@dataclass(frozen=True, slots=True)
class Announced:
    """One announcement. ``path``: where it is published, decisions followed; ``scheme``
    with its publisher's identifier, "" without; ``leads`` gazetteer keys or, of a name that
    is not identified, its folded words, which ``called`` has of every lead; ``partners``
    keys likewise, with the keys of the
    territories that hold them in ``within``; ``years`` the first and last year of the
    project where the list says them, ``issued`` the year of the list."""

    path: str
    source: str
    title: str
    lead: str
    partner: str
    where: Position
    leads: frozenset[str]
    called: frozenset[str]
    partners: frozenset[str]
    within: frozenset[str]
    countries: frozenset[str]
    names: frozenset[str]
    years: tuple[int, int] | None
    issued: int | None
    session: int | None
    call: str | None
    scheme: str
    grant: str


def announced(sources: Sequence[Path], decisions: Decisions) -> tuple[list[Announced],
                                                                       list[Finding]]:
    """Every announcement of the lists, one for each published IRI (the first of several),
    with what could not be read.

    Raises:
        UsageError: no such list.
    """
    found: dict[str, Announced] = {}
    findings: list[Finding] = []
    places, describer = gazetteer(), Describer(Iris(), gazetteer(), decisions)
    for source, rows in groupby(_rows(sources, findings), key=itemgetter(1)):
        for some in batched((row for row, _ in rows), TOGETHER):
            new: dict[str, Row] = {}
            for row in some:
                path = decisions.settle(describer.path(row, source))
                if path not in found:
                    new.setdefault(path, row)
            announcements = announce_all(list(new.values()), source, places)
            found |= {path: _announced(one, source, path)
                      for path, one in zip(new, announcements, strict=True)}
    return list(found.values()), findings


def minted_paths(sources: Sequence[Path]) -> dict[str, str]:
    """Every path that the lists mint → the title there; nothing resolved: quick.

    Raises:
        UsageError: no such list.
    """
    describer = Describer(Iris(), gazetteer(), Decisions())
    return {describer.path(row, source): row.title for row, source in _rows(sources, [])}


def _rows(sources: Sequence[Path], findings: list[Finding]) -> Iterator[tuple[Row, Source]]:
    """A list that cannot be read is a finding and stops no other."""
    found = [find_lists(path) for path in sources]
    findings += [f for _, astray in found for f in astray]
    for file in dict.fromkeys(file for lists, _ in found for file in lists):
        try:
            reading = read(file)
            for row in reading:
                yield row, reading.source
        except DataError as error:
            findings += error.findings
            continue
        findings += [f for f in reading.findings if f.fatal]


def _announced(one: Announcement, source: Source, path: str) -> Announced:
    row = one.row
    leads = frozenset(_key(m, r) for m, r in zip(row.leads, one.leads, strict=True))
    chosen = [r.chosen.entity if r is not None and r.chosen else None for r in one.partners]
    partners = frozenset(_partner(m, e) for m, e in zip(row.partners, chosen, strict=True)
                         if m.name is not None)
    within = {p for e in chosen if e is not None for p in e.parents}
    within |= {r.chosen.entity.key for above in one.within for r in above if r.chosen}
    names = {word for m in row.partners for word in fold(m.printed).split()}
    for entity in chosen:
        if entity is not None:
            names |= set(fold(entity.label_fr).split())
    for country in {m.country for m in row.partners if m.country}:
        if known := gazetteer().entity(f"country/{country}"):
            names |= set(fold(known.label_fr).split())
    facts = row.facts
    grant = f"{facts.grant.value} {facts.grant.currency or ''}" if facts and facts.grant else ""
    return Announced(
        path, source.name, row.title, row.lead,
        row.cells.get("partner", row.cells.get("country", "")), row.position, leads,
        frozenset(_name(m) for m in row.leads), partners, frozenset(within),
        frozenset(m.country for m in row.partners if m.country),
        frozenset(names), _years(row), _issued(source, row), row.session, row.call,
        (source.scheme or "") if row.own_id else "", grant,
    )


#: Before the words of a lead that is not identified.
UNKNOWN = "name/"


def _key(mention: Mention, resolution: Resolution) -> str:
    return _name(mention) if resolution.chosen is None else resolution.chosen.entity.key


def _name(mention: Mention) -> str:
    said = set(fold(mention.name or mention.printed).split())
    return UNKNOWN + " ".join(sorted(said - words("body") or said))


def _partner(mention: Mention, entity: Entity | None) -> str:
    if entity is not None:
        return entity.key
    return f"name/{mention.country or ''}/{fold(mention.own_name or mention.printed)}"


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _years(row: Row) -> tuple[int, int] | None:
    """The first and last year of the project, as its list says them."""
    facts = row.facts
    found: list[int] = []
    if facts is not None:
        found = [d.year for d in (facts.start, facts.end) if d is not None] or list(facts.years)
    if not found:
        cells = (row.cells.get(role, "") for role in ("start", "end", "year"))
        found = [int(y) for cell in cells for y in _YEAR.findall(cell)]
    return (min(found), max(found)) if found else None


def _issued(source: Source, row: Row) -> int | None:
    if isinstance(source.issued, date):
        return source.issued.year
    years = _YEAR.findall(f"{source.call_title} {row.call or ''}")
    return int(years[0]) if years else None

