"""The physical lines of a text that is no table: their bullets, marks of headings and labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coopdec.read.columns.roles import match as known
from coopdec.read.columns.roles import role_of
from coopdec.read.documents import Paragraph, Table
from coopdec.read.documents._inline import plain
from coopdec.read.sections import Sections
from coopdec.read.texts.fiches import heading_of
from coopdec.text import collapse

__all__ = ["LABEL", "Prose", "clean", "headed_by_years", "label_of"]

LABEL = re.compile(r"\s*([^\W\d][^:;|]{1,58}?)\s*:(?!//)\s*(.*)", re.DOTALL)
_BULLET = re.compile(r"^\s*(?:[-*+•●▪■◦‣►➢→✓–—·]|:(?=\s)|(?:n\s?°\s?)?\(?\d{1,3}\s?"
                     r"(?:°\s?\)?|[.)/]|\s[–—-]|(?=\t)))\s+",
                     re.IGNORECASE)
#: « > » before the lines of a letter that is answered.
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
#: « Partenaire — Kayes (Mali) »
_DASHED = re.compile(r"([^\W\d][^:;|–—]{1,40}?)\s+[–—]\s+(\S.*)")
_NEEDED = frozenset({"lead", "partner", "country", "title"})
_HASHES = re.compile(r"^\s*#{1,6}\s+")
#: What parts the columns of a table that has no header.
_GAP = re.compile(r"\s*\t\s*|(?<=\S) {3,}(?=\S)")


@dataclass(frozen=True, slots=True)
class Prose:
    """The table that a text amounts to; ``country``: that of its title, where it holds;
    ``sentences``: its titles are what sentences say."""

    table: Table
    projects: int
    country: str | None = None
    sentences: bool = False


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
        text = _GAP.sub(" | ", text)
    return Paragraph(collapse(plain(text)), p.line, p.page, p.sheet, kind)


def label_of(text: str) -> tuple[str, str, str] | None:
    """« Chef de file : Ville de Metz » → the label, the value, the role of the label."""
    match = LABEL.match(text)
    if match is None:
        dashed = _DASHED.fullmatch(text)
        _, role, exact = known(dashed[1]) if dashed else (0, None, False)
        return (dashed[1], dashed[2], role) if dashed and role in _NEEDED and exact else None
    role = role_of(match[1]) if heading_of([match[1]]) else None
    return (collapse(match[1]), collapse(match[2]), role) if role is not None else None


def headed_by_years(lines: Sequence[Paragraph], sections: Sections) -> bool:
    """Whether a year alone on its line heads what is below: no other heading than a year or a
    place comes after it, which might end it."""
    roles = [sections.role(line.text, inside=True) for line in lines]
    first = roles.index("year") if "year" in roles else len(lines)
    return all(role or line.kind != "heading"
               for role, line in zip(roles[first:], lines[first:], strict=True))
