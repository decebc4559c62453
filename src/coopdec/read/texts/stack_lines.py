"""The lines of a text in which projects stand on several lines each, and what each names: who
leads, a place abroad, both, a field with its label, a heading; or nothing of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from coopdec.read.cells.leads import is_typed
from coopdec.read.columns.sides import pair
from coopdec.read.documents import Paragraph
from coopdec.read.documents._wrap import join
from coopdec.read.raw import AND
from coopdec.read.sections import Sections
from coopdec.read.texts.broken import OPEN, Broken
from coopdec.read.texts.fiches import LABEL, label_of
from coopdec.read.texts.item_amounts import amount_alone, without_amount
from coopdec.read.texts.item_parts import (
    LED_BY,
    is_abroad,
    is_either,
    is_known,
    is_place_there,
    is_there,
    leads,
    spans_of,
)
from coopdec.read.texts.items import COLUMNS
from coopdec.read.texts.printed_lines import headed_by_years
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["Told", "told_of"]

_LEAD, _PARTNER, _TITLE, _AMOUNT, _ = COLUMNS
_REGION, _YEAR = "Région", "Année"
#: The cell of a table that a label's value belongs to.
_OF_ROLE = {"lead": _LEAD, "partner": _PARTNER, "country": _PARTNER, "title": _TITLE}
#: « de Kairouan (Tunisie) »: no name and no title begins so.
_OF = re.compile(r"(?:d[eu]s? |d['’])")
#: A name is no longer.
_NAME = 160
#: « Porté par la Ville de Metz »
_OPENING = re.compile(rf"(?:projet\s+)?(?:{LED_BY})\s+(?:l['’]\s?|l[ae]s?\s+)?", re.IGNORECASE)
#: « En partenariat avec la commune de Saponé (Burkina Faso) »
_WITH = re.compile(r"(?:en (?:partenariat|coopération|lien) )?avec\s+(?:l['’]\s?|l[ae]s?\s+)?",
                   re.IGNORECASE)
#: « Région Bretagne »
_TYPED = re.compile(r"(?:conseil )?r[ée]gion", re.IGNORECASE)
#: What parts an amount and a year.
_PARTED, _A_YEAR = re.compile(r"\s+[–—|/-]\s+|\s*[;|]\s+"), re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class Told:
    """A line, or several that are one, and what it says: column → words; without any, it may be
    of a title, a heading of a section, or neither. ``gap``: an empty line stands above; ``sign``:
    that it may go on the line above; ``last``: the number of its last line."""

    at: Paragraph
    text: str
    cells: dict[str, str] = field(default_factory=dict)
    heading: bool = False
    gap: bool = False
    sign: int = 0
    last: int = 0

    @property
    def loose(self) -> bool:
        return not self.cells and not self.heading


def told_of(lines: Sequence[Paragraph], cleaned: Sequence[Paragraph], sections: Sections,
            about: str, broken: Broken) -> list[Told]:
    """Each line, those that go on on the next one with it; ``about``: the country of all."""
    places = sections.places
    fields = Counter(fold(found[1]) for p in cleaned if (found := LABEL.match(p.text)) and found[2])
    again = {label for label, n in fields.items() if n > 1}
    years = headed_by_years(cleaned, sections)
    out: list[Told] = []
    last = reach = 0
    for raw, line in zip(lines, cleaned, strict=True):
        number = line.line or 0
        near = last <= number <= last + 1  # in a page, all may be on one
        sign = broken.sign(out[-1].text, reach, line.text) if out and near else 0
        if line.kind is None and (sign == OPEN or (sign and _OF.match(line.text))):
            out[-1].text, out[-1].last = join([out[-1].text, line.text], broken.words), number
        else:
            out.append(Told(line, line.text, gap=bool(last) and not near, sign=sign, last=number))
        last, reach = number, len(raw.text.rstrip())
    out = _with_countries(out, sections)
    turned: set[int] = set()
    for i, entry in enumerate(out):
        above, after = out[i - 1] if i else None, out[i + 1] if i + 1 < len(out) else None
        country = sections.country(about)
        cells = _cells(entry.text, again, country, places)
        if [*cells] == [_LEAD] and above and [*above.cells] == [_LEAD]:
            if not entry.gap and _is_turned(above.text, entry.text, country, places):
                above.cells, above.last = {**cells, _PARTNER: above.text}, entry.last
                turned.add(i)
                continue
            if is_there(entry.text, country, places):
                cells = {_PARTNER: entry.text}  # below one that leads
        # « Région Bretagne » heads what is below, or leads with the place below.
        below = after.text if after else ""
        leading = sections.role(entry.text) == "region" and leads(entry.text, places) and (
            (is_there(below, country, places) and not is_known(below, places))
            or [*_cells(below, again, country, places)] == [_PARTNER]) and not (
            entry.text.endswith(":")  # « Bretagne », a partner, and then who leads
            or (out[i + 2 : i + 3] and [*_cells(out[i + 2].text, again, country, places)] == [_LEAD]
                and is_known(out[i + 2].text, places)))
        goes_on = above and above.loose and entry.sign and (
            not broken.is_heading(entry.text, entry.sign))
        if above and not entry.gap and [*above.cells] == [_LEAD] and (
                sections.role(entry.text) == "region"
                and (is_known(above.text, places) or not leads(below, places))):
            entry.cells = {_REGION: entry.text}  # « Bretagne » below « Ville de Brest »
            continue
        entry.heading = not leading and not goes_on and sections.take(entry.text, years=years)
        entry.cells = {} if entry.heading else cells
    return _led_together(_dated([e for i, e in enumerate(out) if i not in turned], sections),
                         places)


def _is_turned(first: str, second: str, country: str, places: Gazetteer) -> bool:
    """« Commune de Saponé » above « Ville de Brest » under « Burkina Faso »: the place first,
    which France does not know, and then who leads, whom the country does not."""
    return bool(country) and is_there(first, country, places) and not is_known(first, places) and (
        is_known(second, places) and not is_either(second, country, places))


def _with_countries(told: Sequence[Told], sections: Sections) -> list[Told]:
    """« Commune de Saponé », and right below « Burkina Faso », as one line; above who leads, a
    country is a heading."""
    out: list[Told] = []
    for i, line in enumerate(told):
        above, places = out[-1] if out else line, sections.places
        if out and not line.gap and places.country(line.text) and (
                sections.role(line.text) == "country"
                and is_place_there(above.text, line.text, places)
                and not is_known(above.text, places) and "(" not in above.text
                and not (told[i + 1 : i + 2] and leads(told[i + 1].text, places))):
            above.text, above.last = f"{above.text} ({line.text})", line.last
        else:
            out.append(line)
    return out


def _dated(told: list[Told], sections: Sections) -> list[Told]:
    """Years, and regions, that stand right below lines of a project each, and above none: not
    headings. « Région Normandie » alone among projects is who leads."""
    for role, column in (("year", _YEAR), ("region", _REGION)):
        found = [line for line in told
                 if line.heading and sections.role(line.text, inside=True) == role]
        if not found or not any(line.cells for line in told[: told.index(found[0])]):
            continue
        if len(found) == 1 and _TYPED.match(found[0].text):
            found[0].heading, found[0].cells = False, {_LEAD: found[0].text}
        elif len(found) > 1 and not any(line.gap for line in found):
            for line in found:
                line.heading, line.cells = False, {column: line.text}
    return told


def _led_together(told: Sequence[Told], places: Gazetteer) -> list[Told]:
    """Who leads, and right below another, or the region, as one line. « Région Bretagne » is a
    region where each who leads has one."""
    out: list[Told] = []
    typed = [line for line in told if _REGION in line.cells and _TYPED.match(line.text)]
    if len(typed) < sum(_REGION in line.cells or [*line.cells] == [_LEAD] for line in told) // 2:
        for line in typed:
            line.cells = {_LEAD: line.text}
    for line, below in zip(told, [*told[1:], None], strict=False):  # nothing, where it is empty
        above = out[-1] if out else line
        if out and not line.gap and _LEAD in above.cells and _PARTNER not in above.cells and (
                _REGION in line.cells or ([*line.cells] == [_LEAD] and below is not None
                                          and _PARTNER in below.cells
                                          and is_typed(above.text, places)
                                          and is_known(above.text, places))):
            for column, words in line.cells.items():
                known = above.cells.get(column)
                above.cells[column] = f"{known}{AND}{words}" if known else words
            above.last = line.last
        else:
            out.append(line)
    return out


def _cells(text: str, fields: Container[str], country: str, places: Gazetteer) -> dict[str, str]:
    """What one line says, if it is the name of a side, or both, or one of these fields."""
    if opening := _OPENING.match(text):
        sides = _cells(text[opening.end() :], (), country, places)
        return sides if _LEAD in sides else {}
    if labelled := label_of(text):
        label, value, role = labelled
        return {_OF_ROLE.get(role, label): value}
    if (found := LABEL.match(text)) and found[2] and fold(found[1]) in fields and not is_known(
            found[1], places):
        return {collapse(found[1]): collapse(found[2])}
    if len(text) > _NAME or text[-1:] in ".!?":
        return {}
    if said := _figures(text):
        return said
    if both := pair(text, country, places):
        return {_LEAD: both[0], _PARTNER: both[1]}
    if without_amount(text)[0] != text:
        return {}  # « Puits (7 000 €) »: a title, though there is a commune of that name
    if is_abroad(text, places):
        opening = _WITH.match(text)
        return {_PARTNER: text[opening.end() :] if opening else text}
    spans = spans_of(text, places, country)
    if len(spans) > 1 and not is_known(text, places):
        # « Syndicat des eaux – Commune de Ndiob » under « Sénégal »
        parts = [text[a:b] for a, b in spans]
        return dict(zip(COLUMNS, parts, strict=False)) if len(parts) == 2 and (
            leads(parts[0], places) and is_there(parts[1], country, places)
            and not is_known(parts[1], places)) else {}
    if leads(text, places):
        return {_LEAD: text}
    return {_PARTNER: text} if is_there(text, country, places) else {}


def _figures(text: str) -> dict[str, str]:
    """« 25 000 € », « 25 000 € – 2021 »: an amount, and a year beside it."""
    first, *more = _PARTED.split(text)
    amount = amount_alone(first)
    if not amount or len(more) > 1 or not all(map(_A_YEAR.fullmatch, more)):
        return {}
    return {_AMOUNT: amount} | ({_YEAR: more[0]} if more else {})
