"""The physical lines of a text that is no table: their bullets, marks of headings and labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import category

from coopdec.read.columns.roles import role_of
from coopdec.read.documents import Paragraph, Table
from coopdec.read.documents._inline import plain
from coopdec.read.sections import Sections
from coopdec.read.texts.fiches import label_of, uncounted
from coopdec.read.texts.item_parts import is_abroad, leads
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["LIST_WORDS", "Prose", "clean", "fields_of", "headed_by_years", "visible",
           "without_running"]

#: Words of what speaks of a list, and not of one project; for a pattern.
LIST_WORDS = (r"appels?|programmes?|fonds|laur[ée]ats?|palmar[eè]s|annexes?|listes?"
              r"|d[ée]lib[ée]rations?|commission|calls?")
#: Where the next field of a line may begin.
_NEXT = re.compile(r"\s*[;|,.]\s+|\s+[–—-]\s+")
_BULLET = re.compile(r"^\s*(?:[-*+•●▪■◦‣►➢→↔✓✔–—·]|\[\d{1,3}\](?=\s)|"
                     r":(?=\s)|(?-i:o(?=\s+[A-ZÀ-Ý«\d]))"
                     r"|(?:n\s?°\s?)?\(?\d{1,3}\s?"
                     r"(?:°\s?\)?|[.)/]|\s[–—-]|(?=\t))"
                     r"|\d\s?(?:er|re|[eè]me|e|nd)\s+prix\b\s*[:–—-]?)\s+",
                     re.IGNORECASE)
#: « > » before the lines of a letter that is answered.
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_HASHES = re.compile(r"^\s*#{1,6}\s+")
#: What parts the columns of a table that has no header.
_GAP = re.compile(r"\s*\t\s*|(?<=\S) {3,}(?=\S)")
#: Where so many columns are parted so, a full one leaves less room.
_NARROW, _COLUMNS = re.compile(r"(?<=\S)  (?=\S)"), 2
#: A mark with room before it parts by itself.
_ROOM = re.compile(r"\s{3,}(?=[–—:/-]\s)")


@dataclass(frozen=True, slots=True)
class Prose:
    """The table that a text amounts to; ``country``: that of its title, where it holds;
    ``sentences``: its titles are what sentences say; ``untold``: they stand between two projects
    each, and may be those of the ones above or below; ``unused``: lines among them of which
    nothing is read."""

    table: Table
    projects: int
    country: str | None = None
    sentences: bool = False
    untold: bool = False
    unused: Sequence[Paragraph] = ()


def clean(p: Paragraph, *, cells: bool = False) -> Paragraph:
    """The words of a line, and whether it is a heading or an item. ``cells``: what tabs part
    is parted by « | »."""
    text, kind = _QUOTED.sub("", p.text), p.kind
    if match := _HASHES.match(text):
        kind = "heading"
    elif match := _BULLET.match(text):
        kind = kind or "item"
    text = (text[match.end() :] if match else text).strip()
    if cells and kind != "heading":
        text, columns = _GAP.subn(" | ", _ROOM.sub(" ", text))
        text = _NARROW.sub(" | ", text) if columns >= _COLUMNS else text
    return Paragraph(collapse(plain(text)), p.line, p.page, p.sheet, kind)


def fields_of(p: Paragraph) -> list[Paragraph]:
    """« Chef de file : Metz ; partenaire : Kayes (Mali) » as lines of their own; another line as
    it is."""
    text = uncounted(p.text)
    marks = [mark.span() for mark in _NEXT.finditer(text) if label_of(text[mark.end() :])]
    if not marks or not label_of(text[: marks[0][0]]):
        return [p]
    ends, starts = zip(*marks, strict=True)
    return [replace(p, text=text[at:to])
            for at, to in zip((0, *starts), (*ends, len(text)), strict=True)]


def visible(p: Paragraph) -> Paragraph:
    """A line without soft hyphens and spaces of no width, which hide its marks."""
    if p.text.isascii():
        return p
    return replace(p, text="".join(c for c in p.text if c.isascii() or category(c) != "Cf"))


def without_running(lines: Iterable[Paragraph], places: Gazetteer) -> Iterator[Paragraph]:
    """The lines but running titles: words that may be part of a project are none."""
    sections = Sections(places)
    for p in lines:
        if p.kind != "running":
            yield p
        elif (sections.role(text := collapse(p.text), inside=True) or role_of(text)
              or label_of(text) or leads(text, places) or is_abroad(text, places)):
            yield replace(p, kind=None)


def headed_by_years(lines: Sequence[Paragraph], sections: Sections) -> bool:
    """Whether a year alone on its line heads what is below: no other heading than a year or a
    place comes after it, which might end it."""
    roles = [sections.role(line.text, inside=True) for line in lines]
    first = roles.index("year") if "year" in roles else len(lines)
    return all(role or line.kind != "heading"
               for role, line in zip(roles[first:], lines[first:], strict=True))
