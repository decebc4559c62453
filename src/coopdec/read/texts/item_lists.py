"""Items of a list, each a project: « Ville de Metz – Kayes (Mali) : Eau ». They may go on on
further lines; what stands between them and is none is kept, so that it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from coopdec.read.cells.leads import is_typed, opens_lead
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.documents._wrap import join
from coopdec.read.oddities.totals import total_in
from coopdec.read.sections import Sections
from coopdec.read.texts.broken import FULL, OPEN, Broken, ends_of_blocks
from coopdec.read.texts.item_amounts import amount_alone, without_amount
from coopdec.read.texts.item_parts import is_abroad, is_known, is_there, leads, spans_of
from coopdec.read.texts.items import COLUMNS, Item, item_of
from coopdec.read.texts.printed_lines import Prose, clean, headed_by_years
from coopdec.read.texts.title_ends import ended
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["table_of_items"]

_EMPTY = [""] * len(COLUMNS)
#: An article or so before who leads.
_SMALL = 4
#: What stands below a line of this reach may be its end.
_NEARLY = 0.75
#: « – 2022 », « - 15 k€ - Bretagne »: the end of a line that was broken, and no item.
_END = re.compile(r"[–—-] (?:(?:19|20)\d\d$|\d[\d\s.,]*(?:k?€|k?euros?|EUR)(?!\w))")
#: A name is no longer; a text of more lines is no item.
_NAME, _LINES = 120, 12


@dataclass(slots=True)
class _Unit:
    """An item or a line with those that it goes on on; ``country``: of its heading."""

    first: Paragraph
    lines: list[str]
    country: str = ""
    heading: bool = False
    item: Item | None = None
    listed: bool = False
    #: The physical lines: the number of the last, and how long it is.
    last: int = 0
    reach: int = 0
    indent: int = 0
    #: The first letter, a bullet or a digit.
    mark: str = ""
    #: Its first line ends where there was room for the next word.
    apart: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(slots=True)
class _Reader:
    places: Gazetteer
    sections: Sections
    about: str
    years: bool
    broken: Broken
    units: list[_Unit] = field(default_factory=list)
    #: Who leads what stands below: « Ville de Metz » alone on its line.
    lead: str = ""
    #: The headings that held above the last one.
    held: dict[str, tuple[str, int]] = field(default_factory=dict)

    def take(self, raw: Paragraph, line: Paragraph) -> None:
        indent = len(raw.text) - len(raw.text.lstrip())
        above = self.units[-1] if self.units else None
        last = line.line or 0
        words = line.text if line.kind is None else collapse(raw.text)
        if above is not None and self._goes_on(above, line, indent, words):
            if len(above.lines) == 1:  # where there are cells, each has a width of its own
                above.apart = " | " in above.text or not self.broken.is_full(above.reach, words)
            above.lines.append(words)
            above.item = self._item_of(above)
            above.last, above.reach = last, len(raw.text.rstrip())
            return
        held = dict(self.sections.now)
        heading = self.sections.take(line.text, years=self.years)
        if heading:
            self.held = held
            region = self.sections.now.get("region")
            if region is None or region != held.get("region"):
                self.lead = ""
        country = "" if heading else self.sections.country(self.about)
        unit = _Unit(line, [line.text], country, heading, None, False, last,
                     len(raw.text.rstrip()), indent, collapse(raw.text)[:1])
        unit.item = None if heading else self._item_of(unit) or self._below_region(unit)
        if self.lead and not heading and line.kind == "item" and self._is_lead(line.text):
            self.lead = ""  # it leads itself
        elif unit.item is None and not heading and line.kind != "item":
            apart = above is not None and last > above.last + 1
            self.lead = line.text if self._is_lead(line.text) else "" if (
                line.kind == "heading" or apart or leads(line.text, self.places)) else self.lead
        self.units.append(unit)

    def _is_lead(self, text: str) -> bool:
        """Whether a line is no more than the name of who leads, with its type."""
        if len(text) > _NAME or self.broken.is_open(text) or not is_typed(text, self.places):
            return False
        return is_known(text, self.places) or (
            self.places.split_type(text, "FR")[1][:1].isupper() and leads(text, self.places)
            and len(spans_of(text, self.places)) == 1)

    def _below_region(self, unit: _Unit) -> Item | None:
        """What stands right below « Région Normandie » and names no other: it leads."""
        above = self.units[-1] if self.units else None
        if above is None or not above.heading or not self._is_lead(above.text):
            return None
        self.lead = above.text
        if (item := self._item_of(unit)) is None:
            self.lead = ""
            return None
        above.heading, self.sections.now = False, self.held
        unit.country = self.sections.country(self.about)
        return item

    def _item_of(self, unit: _Unit) -> Item | None:
        """What a unit says by itself, or below who leads: « Kayes (Mali) : Eau »."""
        alone = self._item(unit.lines, unit.country, apart=unit.apart)
        if alone is not None or not self.lead or unit.first.kind != "item":
            return alone
        item = self._item([f"{self.lead} – {unit.lines[0]}", *unit.lines[1:]], unit.country)
        return item if item is not None and item.lead == self.lead and (
            item.partner and unit.lines[0].startswith(item.partner)) else None

    def _item(self, lines: Sequence[str], country: str, *, apart: bool = False) -> Item | None:
        return item_of("\n".join(_mended(lines, self.broken)), self.places, country, apart=apart)

    def _goes_on(self, above: _Unit, line: Paragraph, indent: int, words: str) -> bool:
        """Whether a physical line belongs to the one above."""
        if above.heading or above.first.kind == "heading" or (
                not above.last or (line.line or 0) != above.last + 1) or (
                len(above.lines) >= _LINES):
            return False
        item = above.first.kind == "item"
        if above.item is not None and above.mark != words[:1] and _END.match(words):
            return True
        if line.kind is not None:  # « – Appui » below « 2) Ville de Metz – Kayes (Mali) »
            return item and above.mark != words[:1] and above.item is None and bool(
                self._item([*above.lines, words], above.country))
        sign = self.broken.sign(above.lines[-1], above.reach, line.text,
                                deeper=indent > above.indent)
        if sign == OPEN:
            return item or not self._item([line.text], above.country)
        if total_in([line.text]) or self.broken.is_heading(line.text, sign):
            return False
        if sign > FULL:
            return item or (above.item is not None and not self._item([line.text], above.country))
        if self.lead and self._is_lead(line.text):
            return False  # who leads the next ones
        if above.item is None:
            return item
        # It is whole without: one that was not full ends it, where others are.
        ended = above.item.amount or above.lines[-1][-1:] in ".!?)"
        return sign == FULL and not ended and len(spans_of(line.text, self.places)) < 2 and (
            not self._item([line.text], above.country))


def _mended(lines: Sequence[str], broken: Broken) -> list[str]:
    """The lines, those put together that a hyphen or an open bracket ends."""
    out = [lines[0]]
    for above, line in pairwise(lines):
        if broken.is_open(out[-1]) or above.endswith("-") or line[:1].islower():
            out[-1] = join([out[-1], line], broken.words)
        else:
            out.append(line)
    return out


def table_of_items(lines: Sequence[Paragraph], places: Gazetteer, about: str = "") -> Prose | None:
    """The lines of which each is a project. ``about``: the country of all."""
    cleaned = [clean(p, cells=True) for p in lines]
    sections = Sections(places)
    broken = Broken(lines, cleaned, sections)
    reader = _Reader(places, sections, about, headed_by_years(cleaned, sections), broken)
    for raw, line in zip(lines, cleaned, strict=True):
        reader.take(raw, line)
    units, reach = reader.units, _NEARLY * max((len(p.text) for p in lines), default=0)
    leads_first = [u.item.lead in u.text[: len(u.item.lead) + _SMALL] for u in units if u.item]
    if len(leads_first) > 1 and all(leads_first):
        for unit in units:
            if unit.item is None and not unit.heading and unit.first.kind == "item":
                unit.item = item_of("\n".join(_mended(unit.lines, broken)), places, unit.country,
                                    first_leads=True)
    if sum(bool(unit.item and unit.item.country) for unit in units) > 1:
        for unit in units:
            if unit.item and not unit.item.country and places.country(unit.item.partner):
                unit.item = item_of(unit.text, places, country_apart=True) or unit.item
    good = [i for i, unit in enumerate(units) if unit.item is not None]
    if len(good) < 2:
        return None
    for i, unit in enumerate(units):
        above = units[i - 1] if i else unit
        unit.listed = good[0] <= i <= good[-1] and unit.item is None and not unit.heading and (
            unit.first.kind == "item" or _names(unit.text, places) or _may_go_on(
                above, unit, reach) or _is_like(above, unit, places))
    if sum(unit.listed for unit in units) > len(good):
        return None
    regions = [i for i, unit in enumerate(units)
               if unit.heading and sections.role(unit.text) == "region"]
    if len(regions) == 1 and regions[0] > good[0] and opens_lead(units[regions[0]].text):
        units[regions[0]].heading = False  # « Région Normandie » leads one that is not whole
    ends = [i for i in ends_of_blocks([
        (u.first.line or 0, u.last, u.heading or bool(amount_alone(u.text))) for u in units])
        if i > good[0]]
    _beside(units, good[0], -1, places)
    _beside(units, good[-1], 1, places)
    for unit in (units[i] for i in ends):
        unit.heading = unit.listed = False
    _without_places(units, places)
    _end_titles([units[i] for i in good], places)
    table = [Line(start := units[good[0]].first.line or 1, [*COLUMNS, ""]), *(
        [Line(start, [about, *_EMPTY[1:], ""])] if about else [])]
    for number, unit in enumerate(units, 2):  # under the header
        table += _rows(unit, number)
    return Prose(Table(table), len(good), about or None, unused=[units[i].first for i in ends])


def _without_places(units: Sequence[_Unit], places: Gazetteer) -> None:
    """Where items below a country mostly name no place, the words between who leads and the last
    are of the title: « Ville de Metz : Transports : un plan »."""
    below = [(unit, unit.item) for unit in units if unit.item is not None and unit.country]
    named = [(unit, item) for unit, item in below if item.partner]
    unsure = [(unit, item) for unit, item in named
              if not is_there(item.partner, unit.country, places)]
    if len(unsure) * 2 > len(named) and len(named) * 2 < len(below):
        for unit, item in unsure:
            text = collapse(unit.text)
            if (title := text[text.find(item.partner) :]) and item.title in title:
                end = title.index(item.title) + len(item.title)
                unit.item = replace(item, partner="", title=title[:end])


def _end_titles(units: Sequence[_Unit], places: Gazetteer) -> None:
    items = [unit.item for unit in units if unit.item]
    for unit, item, (title, year, region) in zip(
            units, items, ended([item.title for item in items], places), strict=True):
        if year or region:
            own, grant, cost = (title, item.amount, item.cost) if (
                item.amount or item.cost) else without_amount(title)
            unit.item = replace(item, title=own.rstrip(" .,;"), year=year, amount=grant,
                                cost=cost, region=region or item.region)


def _rows(unit: _Unit, number: int) -> list[Line]:
    at = Line(unit.first.line or number, [], page=unit.first.page,
              last_number=unit.last if len(unit.lines) > 1 else None)
    if unit.item is not None:
        above = [at._replace(cells=[words, *_EMPTY])
                 for words in (unit.item.year, unit.item.region, unit.item.country) if words]
        return [*above, at._replace(cells=[*unit.item.cells, ""])]
    if unit.heading:
        return [at._replace(cells=[unit.text, *_EMPTY])]
    return [at._replace(cells=[*_EMPTY, collapse(unit.text)])] if unit.listed else []


def _may_go_on(above: _Unit, unit: _Unit, reach: float) -> bool:
    """Whether words below a project may be the end of its title."""
    return above.item is not None and unit.first.kind is None and above.reach >= reach and (
        unit.first.line == above.last + 1 and not above.item.amount
        and above.lines[-1][-1:] not in ".!?)")


def _is_like(near: _Unit, unit: _Unit, places: Gazetteer) -> bool:
    """Whether a line beside a project, or another line that is said, has parts as well."""
    if unit.first.line is None:  # of a page, where all may be anything
        return near.item is not None and _names(unit.text, places)
    return (near.item is not None or near.listed) and not unit.heading and 0 < abs(
        (unit.first.line or 0) - (near.first.line or 0)) <= len(near.lines) and (
        unit.first.kind is None and len(spans_of(unit.text, places)) > 1)


def _names(text: str, places: Gazetteer) -> bool:
    """Whether a line that is no project has the parts of one, a side among them."""
    spans = spans_of(text, places) if len(text) <= 600 else []
    return len(spans) > 1 and any(
        is_abroad(text[a:b], places) or leads(text[a:b], places) for a, b in spans)


def _beside(units: Sequence[_Unit], at: int, step: int, places: Gazetteer) -> None:
    """The items on this side of the first project, or the last, be they under other headings;
    and the lines right there that look like one."""
    while 0 <= (at := at + step) < len(units):
        unit = units[at]
        near = units[at - step]
        if not unit.heading:
            if unit.first.kind != "item" and not _is_like(near, unit, places):
                return
            unit.listed = True

