"""Lists that are no table: a fiche for each project, or an item of a list.

A fiche is a run of lines « Chef de file : Ville de Metz »; where none of them is the title, the
heading above is. An item names who leads, with whom and what in one line, parted by dashes,
colons or slashes: « Ville de Metz – Kayes (Mali) : Eau ». A country or a region alone on its
line is that of what follows. Both become the lines of one table, and are read as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from coopdec.read.about import country_of_title
from coopdec.read.cells.in_turn import PLACED
from coopdec.read.columns.column_roles import beneficiaries, lacking
from coopdec.read.columns.roles import PLACES, role_of, roles, stem
from coopdec.read.columns.sides import pair
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.sections import Sections
from coopdec.read.texts.fiches import LABEL, heading_of, label_of
from coopdec.read.texts.item_amounts import amount_alone
from coopdec.read.texts.item_lists import table_of_items
from coopdec.read.texts.item_parts import leads
from coopdec.read.texts.items import COLUMNS
from coopdec.read.texts.printed_lines import Prose, clean, fields_of, headed_by_years, visible
from coopdec.read.texts.sentences import table_of_sentences
from coopdec.read.texts.stacks import table_of_stacks
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["Prose", "prose_table"]

#: « 3. Tramway », where every fiche has its number.
_RANKED = re.compile(r"(?:n\s?°\s?)?\d{1,3}\s?(?:[.):/–—-]|\s-)\s+(?=\S)", re.IGNORECASE)
#: A label that stands alone on its line is no longer.
_ALONE = 50
#: What a value of more than one line may say.
_LONG = frozenset({"lead", "partner", "country", "title", "theme", "description", "operator",
                   "cofunders"})
#: The labels of what headings say.
_SAID = {"country": "Pays", "region": "Région", "year": "Année"}
#: A text of more lines is no list of fiches.
_MOST = 10_000


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
    printed = [visible(p) for p in islice(lines, _MOST)]
    cleaned = [clean(p) for p in printed]
    found = _of_fiches([part for line in cleaned for part in fields_of(line)], places)
    if found is None:
        if labels := _labels(cleaned):
            found = _of_fiches([replace(line, text=f"{line.text} :") if line.text in labels else
                                line for line in cleaned], places)
            # A header that comes again on each page, its cells one below the other.
            printed = [raw for raw, line in zip(printed, cleaned, strict=True)
                       if line.text not in labels]
        found = _more(found, _most(printed, places))
    if found is None and (country := country_of_title(cleaned, places)):
        found = _most(printed, places, country)
    return found or table_of_sentences(printed, places)


def _most(lines: Sequence[Paragraph], places: Gazetteer, about: str = "") -> Prose | None:
    """Items, or what stands on several lines each, where these are more."""
    items = table_of_items(lines, places, about)
    if items is not None and items.projects * 2 >= len(lines):  # a stack takes two lines at least
        return items if _titled(items) else None
    return _more(*(found for found in (items, table_of_stacks(lines, places, about))
                   if found is not None and _titled(found)))


def _more(*found: Prose | None) -> Prose | None:
    return max(filter(None, found), key=lambda prose: prose.projects, default=None)


def _titled(prose: Prose) -> bool:
    """Whether the titles are words: where most are amounts, the parts of the lines are others."""
    header, *rows = prose.table.lines
    titles = [line.cells[i] for i, label in enumerate(header.cells) if role_of(label) == "title"
              for line in rows if i < len(line.cells) and line.cells[i]]
    return 2 * sum(bool(amount_alone(title)) for title in titles) <= len(titles)


def _labels(lines: Sequence[Paragraph]) -> set[str]:
    """The labels that stand alone again and again, their values below them: « Chef de file »,
    « Ville de Metz »."""
    often = Counter(line.text for line in lines if len(line.text) <= _ALONE)
    return {text for text, n in often.items()
            if n > 1 and not text.endswith(":") and role_of(text) is not None
            and label_of(text) is None}  # « Période : 2021 »


# ---- fiches


def _of_fiches(lines: Sequence[Paragraph], places: Gazetteer) -> Prose | None:
    fiches = [f for f in _fiches(lines, Sections(places)) if len(f.roles) >= 2]
    for fiche in fiches:
        if "title" in fiche.roles and not fiche.roles & {"lead", "partner"} and (
                both := pair(fiche.last, "", places)):
            fiche.cells |= dict(zip(COLUMNS, both, strict=False))
            fiche.roles |= {"lead", "partner"}
        elif lacking(dict(enumerate(fiche.roles))) == ["lead"] and leads(
                above := fiche.last.rstrip(" :"), places):
            fiche.cells = {COLUMNS[0]: above, **fiche.cells}
            fiche.roles.add("lead")
    if sum(f.marked for f in fiches) * 2 < len(fiches):
        for fiche in fiches:  # what heads the first is the title of all
            fiche.heading = heading_of([fiche.last]) if fiche.last else fiche.heading
    if len(fiches) > 1 and all(_RANKED.match(f.heading) for f in fiches):
        for fiche in fiches:
            fiche.heading = _RANKED.sub("", fiche.heading)
    headed = sum("title" not in f.roles and bool(f.heading) for f in fiches)
    for fiche in fiches:
        country, *rest = PLACED.split(fiche.heading, maxsplit=1)  # « Mali – Forages »
        if rest and not fiche.roles & {"title", *PLACES} and places.country(country):
            fiche.cells, fiche.heading = {_SAID["country"]: country, **fiche.cells}, rest[0]
            fiche.roles.add("country")
        if "title" not in fiche.roles and fiche.heading:
            fiche.cells = {"Titre": fiche.heading, **fiche.cells}
            fiche.roles.add("title")
        for role, words in fiche.sections:
            if role not in fiche.roles:
                fiche.cells[_SAID[role]] = words
                fiche.roles.add(role)
    # Labels right below one another are the header of what stands below them.
    whole = [f for f in fiches if not lacking(dict(enumerate(
        f.roles - {role_of(label) for label, value in f.cells.items() if not value})))]
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
    labels = [found if (found := label_of(line.text)) and (found[1] or not sections.role(line.text))
              else None for line in lines]  # « Pays de la Loire : » heads what is below
    benefit = beneficiaries({found[0] for found in labels if found})
    others, years = _others(lines, labels), headed_by_years(lines, sections)
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
                    role_of(label) in _LONG) and not _heads(labels[i + 1 : i + 2], names):
                now.cells[label] += f"\n{line.text}"
            elif not sections.take(line.text, years=years):
                loose.append(line)
                label = "" if len(line.text) > 1 else label
            continue
        printed, value, role = found
        role = "partner" if fold(printed) in benefit else role
        key = _key(printed, role)
        if now is not None and key in names and spelt[key] in {*now.cells} - {printed} and (
                lacking(dict(enumerate(now.roles)))):
            key = fold(printed)  # « Bénéficiaires » below « Porteur »
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


def _heads(below: Sequence[tuple[str, str, str] | None], names: Container[str]) -> bool:
    """Whether the line below says again what a fiche has: this one is above the next."""
    return any(found is not None and _key(found[0], found[2]) in names for found in below)


def _others(lines: Sequence[Paragraph], labels: Sequence[tuple[str, str, str] | None]
            ) -> dict[int, tuple[str, str]]:
    """Line → its label and value, for labels that come again and have no role: what they say is
    not used. Where no label says the title, such a line above a fiche may be it."""
    titled = any(found and found[2] == "title" for found in labels)
    above = {i - 1 for i, found in enumerate(labels) if found}
    said = {i: (collapse(match[1]), collapse(match[2])) for i, line in enumerate(lines)
            if labels[i] is None and line.kind is None and (titled or i not in above)
            and (match := LABEL.match(line.text)) and len(match[1]) <= _ALONE and match[2]}
    often = Counter(fold(label) for label, _ in said.values())
    spelt: dict[str, str] = {}
    return {i: (spelt.setdefault(fold(label), label), value)
            for i, (label, value) in said.items() if often[fold(label)] > 1}


def _key(label: str, role: str) -> str:
    """What makes two labels one column: their role, whatever their spelling; « Partenaire 2 »
    is another than « Partenaire 1 », and so are two themes."""
    return (stem(label) and fold(label)) or (fold(label) if roles()[role].many else role)


def _heading(loose: Sequence[Paragraph]) -> str:
    return heading_of([p.text for p in loose if p.kind == "heading"] or [p.text for p in loose])
