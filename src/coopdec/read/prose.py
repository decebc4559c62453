"""Lists that are no table: a fiche for each project, or an item of a list.

A fiche is a run of lines « Chef de file : Ville de Metz »; where none of them is the title, the
heading above is. An item names who leads, with whom and what in one line, parted by dashes,
colons or slashes: « Ville de Metz – Kayes (Mali) : Eau ». A country or a region alone on its
line is that of what follows. Both become the lines of one table, and are read as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from coopdec.read.about import country_of_title
from coopdec.read.column_roles import beneficiaries, lacking
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.documents._inline import plain
from coopdec.read.fiches import heading_of
from coopdec.read.items import COLUMNS, Item, item_of
from coopdec.read.roles import role_of, roles, stem
from coopdec.read.sections import Sections
from coopdec.read.sides import pair
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["Prose", "prose_table"]

_LABEL = re.compile(r"\s*([^\W\d][^:;|]{1,58}?)\s*:(?!//)\s*(.*)", re.DOTALL)
_BULLET = re.compile(r"^\s*(?:[-*+•●▪■◦‣►➢→✓–—·]|\(?\d{1,3}[.)])\s+")
_EMPTY = [""] * len(COLUMNS)
_HASHES = re.compile(r"^\s*#{1,6}\s+")
#: « 3. Tramway », where every fiche has its number.
_RANKED = re.compile(r"(?:n\s?°\s?)?\d{1,3}\s?(?:[.):/–—-]|\s-)\s+(?=\S)", re.IGNORECASE)
#: A label that stands alone on its line is no longer.
_ALONE = 50
#: What a value of more than one line may say.
_LONG = frozenset({"lead", "partner", "country", "title", "theme", "description", "operator",
                   "cofunders"})
#: The labels of what headings say.
_SAID = {"country": "Pays", "region": "Région", "year": "Année"}
#: An article or so before who leads.
_SMALL = 4
#: A text of more lines is no list of fiches.
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Prose:
    """The table that a text amounts to; ``country``: that of its title, where it holds."""

    table: Table
    projects: int
    country: str | None = None


@dataclass(slots=True)
class _Fiche:
    """``cells``: label → value, in printed order; ``heading``: what stands above them, ``last``
    right above; ``marked``: it is known to be a heading."""

    at: Paragraph
    heading: str = ""
    last: str = ""
    marked: bool = False
    cells: dict[str, str] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    sections: tuple[tuple[str, str], ...] = ()


def prose_table(lines: Iterable[Paragraph], places: Gazetteer) -> Prose | None:
    """The projects that lines of prose name, None where they name none."""
    cleaned = [_clean(p) for p in islice(lines, _MOST)]
    found = (_of_fiches(cleaned, places) or _of_fiches(_labelled(cleaned), places)
             or _of_items(cleaned, places))
    if found is None and (country := country_of_title(cleaned, places)):
        found = _of_items(cleaned, places, country)
    return found


def _labelled(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines, those made labels that stand alone again and again, their values below them:
    « Chef de file », « Ville de Metz »; none where no line does."""
    often = Counter(line.text for line in lines if len(line.text) <= _ALONE)
    labels = {text for text, n in often.items()
              if n > 1 and not text.endswith(":") and role_of(text) is not None}
    if not labels:
        return []
    return [replace(line, text=f"{line.text} :") if line.text in labels else line
            for line in lines]


def _clean(p: Paragraph) -> Paragraph:
    text, kind = p.text, p.kind
    if match := _HASHES.match(text):
        kind = "heading"
    elif match := _BULLET.match(text):
        kind = kind or "item"
    text = plain(text[match.end() :] if match else text)
    return Paragraph(collapse(text), p.line, p.page, p.sheet, kind)


# ---- fiches


def _of_fiches(lines: Sequence[Paragraph], places: Gazetteer) -> Prose | None:
    fiches = [f for f in _fiches(lines, Sections(places)) if len(f.roles) >= 2]
    for fiche in fiches:
        if "title" in fiche.roles and not fiche.roles & {"lead", "partner"} and (
                both := pair(fiche.last, "", places)):
            fiche.cells |= dict(zip(COLUMNS, both, strict=False))
            fiche.roles |= {"lead", "partner"}
    if sum(f.marked for f in fiches) * 2 < len(fiches):
        for fiche in fiches:  # what heads the first is the title of all
            fiche.heading = heading_of([fiche.last]) if fiche.last else fiche.heading
    if len(fiches) > 1 and all(_RANKED.match(f.heading) for f in fiches):
        for fiche in fiches:
            fiche.heading = _RANKED.sub("", fiche.heading)
    headed = sum("title" not in f.roles and bool(f.heading) for f in fiches)
    for fiche in fiches:
        if "title" not in fiche.roles and fiche.heading:
            fiche.cells = {"Titre": fiche.heading, **fiche.cells}
            fiche.roles.add("title")
        for role, words in fiche.sections:
            if role not in fiche.roles:
                fiche.cells[_SAID[role]] = words
                fiche.roles.add(role)
    whole = [f for f in fiches if not lacking(dict(enumerate(f.roles)))]
    if not whole or (len(whole) < 2 and headed) or len(whole) * 2 < len(fiches):
        return None
    labels = list(dict.fromkeys(label for f in fiches for label in f.cells))
    table = [Line(whole[0].at.line or 1, labels)]
    table += [Line(f.at.line or n, [f.cells.get(label, "") for label in labels], page=f.at.page)
              for n, f in enumerate(fiches, 2)]
    return Prose(Table(table), len(fiches))


def _fiches(lines: Sequence[Paragraph], sections: Sections) -> list[_Fiche]:
    """A role that comes again begins the next fiche; the loose line above it, if it is a
    heading or the last one, heads it."""
    fiches: list[_Fiche] = []
    now: _Fiche | None = None
    loose: list[Paragraph] = []
    label = ""
    names: set[str] = set()
    spelt: dict[str, str] = {}
    labels = [_label(line.text) for line in lines]
    benefit = beneficiaries({found[0] for found in labels if found})
    others, years = _others(lines, labels), _headed_by_years(lines, sections)
    for i, line in enumerate(lines):
        found = labels[i] if line.kind != "heading" or line.text.endswith(":") else None
        other, said = others.get(i, ("", ""))
        if other and now is not None and not now.cells.get(other):
            now.cells[other] = said
            label = ""
            continue
        if found is None and label and now is not None and not now.cells[label]:
            now.cells[label] = line.text
            continue
        if found is None:
            if label and now is not None and line.kind is None and line.text[:1].islower():
                now.cells[label] += f" {line.text}"
            elif label and now is not None and line.kind == "item" and not loose and (
                    role_of(label) in _LONG):
                now.cells[label] += f"\n{line.text}"
            elif not sections.take(line.text, years=years):
                loose.append(line)
                label = "" if len(line.text) > 1 else label
            continue
        printed, value, role = found
        role = "partner" if fold(printed) in benefit else role
        key = _key(printed, role)
        again = now is not None and key in names
        if now is None or again:
            heading = _heading(loose)
            now = _Fiche(line, heading, loose[-1].text if loose else "",
                         any(p.kind == "heading" for p in loose))
            now.sections = tuple((r, words) for r, (words, _) in sections.now.items())
            fiches.append(now)
            names = set()
        loose, label = [], spelt.setdefault(key, printed)
        now.cells[label] = value
        now.roles.add(role)
        names.add(key)
    return fiches


def _others(lines: Sequence[Paragraph], labels: Sequence[tuple[str, str, str] | None]
            ) -> dict[int, tuple[str, str]]:
    """Line → its label and value, for labels that come again and have no role: what they say is
    not used. Where no label says the title, such a line above a fiche may be it."""
    titled = any(found and found[2] == "title" for found in labels)
    above = {i - 1 for i, found in enumerate(labels) if found}
    said = {i: (collapse(match[1]), collapse(match[2])) for i, line in enumerate(lines)
            if labels[i] is None and line.kind is None and (titled or i not in above)
            and (match := _LABEL.match(line.text)) and len(match[1]) <= _ALONE and match[2]}
    often = Counter(fold(label) for label, _ in said.values())
    spelt: dict[str, str] = {}
    return {i: (spelt.setdefault(fold(label), label), value)
            for i, (label, value) in said.items() if often[fold(label)] > 1}


def _headed_by_years(lines: Sequence[Paragraph], sections: Sections) -> bool:
    """Whether a year alone on its line heads what is below: no other heading than a year or a
    place comes after it, which might end it."""
    roles = [sections.role(line.text, inside=True) for line in lines]
    first = roles.index("year") if "year" in roles else len(lines)
    return all(role or line.kind != "heading"
               for role, line in zip(roles[first:], lines[first:], strict=True))


def _key(label: str, role: str) -> str:
    """What makes two labels one column: their role, whatever their spelling; « Partenaire 2 »
    is another than « Partenaire 1 », and so are two themes."""
    return (stem(label) and fold(label)) or (fold(label) if roles()[role].many else role)


def _label(text: str) -> tuple[str, str, str] | None:
    """« Chef de file : Ville de Metz » → the label, the value, the role of the label."""
    match = _LABEL.match(text)
    if match is None:
        return None
    role = role_of(match[1]) if heading_of([match[1]]) else None
    return (collapse(match[1]), collapse(match[2]), role) if role is not None else None


def _heading(loose: Sequence[Paragraph]) -> str:
    return heading_of([p.text for p in loose if p.kind == "heading"] or [p.text for p in loose])


# ---- items


def _of_items(lines: Sequence[Paragraph], places: Gazetteer, about: str = "") -> Prose | None:
    """Lines of which each is a project; what stands between them as items and is none is
    kept, so that it is said. ``about``: the country of all."""
    sections = Sections(places)
    years = _headed_by_years(lines, sections)
    found: list[tuple[Paragraph, Item | None, bool]] = []
    countries: list[str] = []
    for line in _joined(lines):
        heading = sections.take(line.text, years=years)
        country = "" if heading else sections.country(about)
        found.append((line, None if heading else item_of(line.text, places, country), heading))
        countries.append(country)
    leads_first = [item.lead in line.text[: len(item.lead) + _SMALL] for line, item, _ in found
                   if item is not None]
    if len(leads_first) > 1 and all(leads_first):
        found = [(line, item or item_of(line.text, places, country, first_leads=True), heading)
                 if line.kind == "item" and not heading else (line, item, heading)
                 for (line, item, heading), country in zip(found, countries, strict=True)]
    good = [i for i, (_, item, _) in enumerate(found) if item is not None]
    if len(good) < 2:
        return None
    listed = {i for i, (line, item, heading) in enumerate(found)
              if good[0] <= i <= good[-1] and item is None and not heading
              and line.kind == "item"}
    if len(listed) > len(good):
        return None
    listed |= _beside(found, good[0], -1) | _beside(found, good[-1], 1)
    start = found[good[0]][0].line or 1
    table = [Line(start, [*COLUMNS, ""])]
    if about:
        table.append(Line(start, [about, *_EMPTY[1:], ""]))
    for i, (line, item, heading) in enumerate(found):
        number = i + 2  # under the header
        cells = list(item.cells) if item else [line.text if heading else "", *_EMPTY[1:]]
        if item is not None or heading:
            table.append(Line(line.line or number, [*cells, ""], page=line.page))
        elif i in listed:
            table.append(Line(line.line or number, [*_EMPTY, line.text], page=line.page))
    return Prose(Table(table), len(good), about or None)


def _beside(found: Sequence[tuple[Paragraph, Item | None, bool]], at: int, step: int) -> set[int]:
    """The items on this side of the first project, or the last, be they under other headings."""
    beside: set[int] = set()
    while 0 <= at < len(found) and (found[at][2] or found[at][0].kind == "item"):
        beside |= set() if found[at][2] else {at}
        at += step
    return beside


def _joined(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Items of a plain text that go on on the next physical line, put together."""
    out: list[Paragraph] = []
    for line in lines:
        above = out[-1] if out else None
        goes_on = above is not None and above.kind == "item" and line.kind is None and (
            line.line is not None and above.line is not None
            and line.line - above.line <= above.text.count("\n") + 1)
        if goes_on and above is not None:
            out[-1] = Paragraph(f"{above.text}\n{line.text}", above.line, above.page, above.sheet,
                                "item")
        else:
            out.append(line)
    return [Paragraph(collapse(p.text), p.line, p.page, p.sheet, p.kind) for p in out]
