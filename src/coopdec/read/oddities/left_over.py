"""What the projects of a text still hold of other fields: an amount, a year or a region in a title
or beside a partner, a word with the hyphen at which its line ends. They are read as printed, and
said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from coopdec.model import Finding, Position, Severity
from coopdec.read.columns.roles import role_of
from coopdec.read.documents import Paragraph, Table
from coopdec.read.documents._wrap import Words, is_hyphen_unsure
from coopdec.read.sections import is_region
from coopdec.read.texts.fiches import label_of
from coopdec.read.texts.item_amounts import amount_alone
from coopdec.read.texts.items import COLUMNS
from coopdec.read.texts.printed_lines import Prose
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["hyphens_unsure", "parts_left", "titles_cut"]

#: Where a field may end; cells have single blanks.
_MARK = re.compile(r"[][;|/()>•·~]|[,:.] | [–—-] ")
#: « II. Eau », « Projet 2 : Eau », « [2] Eau »: a number that no bullet of a list is, of several.
_RANK = re.compile(r"(?:[IVX]{1,5}[.)]|\[\d{1,3}\]"
                   r"|(?i:projet|action|n)\s?°?\s?\d{1,3}\s?[:.–—-])\s")
#: « … ménagers · », « … ménagers Porteur »: what comes next begins so.
_OPEN_END, _LAST = re.compile(r"[>•·~|/;]$"), re.compile(r"[^\W\d_]+$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED = frozenset({"lead", "partner", "title"})
_TAIL, _HEAD = re.compile(r"[^\W\d_]{1,40}-$"), re.compile(r"[^\W\d_]+")


def parts_left(prose: Prose, document: str, places: Gazetteer) -> Iterator[Finding]:
    """Lines within projects that are not used, and rows of items, or of lines below one another,
    of which a title or a name holds more. A year at the end of one title may be of its name,
    « Festival (2021) », and is none of several."""
    for p in prose.unused:
        yield Finding("part-left", Severity.WARNING, p.where(document), {
            "words": collapse(p.text)})
    head, *lines = prose.table.lines
    if tuple(head.cells[:3]) != COLUMNS[:3]:
        return  # fiches: labels say what is what
    rows = [(line, [collapse(cell) for cell in line.cells[:3]]) for line in lines
            if len(line.cells) > 2 and line.cells[0] and line.cells[2]]
    years = sum(bool(_YEAR.fullmatch(_parts(title)[-1])) for _, (_, _, title) in rows
                if _parts(title))
    ranked = sum(bool(_RANK.match(title)) for _, (_, _, title) in rows) > 1
    for line, (lead, partner, title) in rows:
        rank = _RANK.match(title) if ranked else None
        words = rank[0].strip() if rank else _left(lead, partner, title, places, years=years > 1)
        if words:
            where = Position(document, line.number, None, line.page)._replace(
                last_line=line.last_number)
            yield Finding("part-left", Severity.WARNING, where, {"words": words})


def titles_cut(prose: Prose, document: str) -> Iterator[Finding]:
    """Titles that begin with a small letter where those of most projects do not: what stands
    before may be read as a name."""
    head, *lines = prose.table.lines
    if COLUMNS[2] not in head.cells:
        return
    at = head.cells.index(COLUMNS[2])
    titled = [(above, line, title) for above, line in pairwise([head, *lines])
              if line.cells[0] and at < len(line.cells) and (title := line.cells[at])]
    small = [found for found in titled if found[2][:1].islower()]
    for above, line, title in small if 2 * len(small) < len(titled) else ():
        # A project right above may be the beginning of this one.
        near = above is not head and line.number == (above.last_number or above.number) + 1
        where = Position(document, above.number if near else line.number,
                         line.last_number or line.number, line.page, column=COLUMNS[2])
        yield Finding("cell-cut", Severity.WARNING, where, {
            "cell": title, "role": {"fr": "titre", "en": "title"}})


def _parts(text: str) -> list[str]:
    return [part for words in _MARK.split(text) if (part := words.strip(" .:"))]


def _left(lead: str, partner: str, title: str, places: Gazetteer, *, years: bool) -> str:
    """The words that are no part of a name or a title, "" where there are none."""
    if (label := label_of(title)) and label[2] in _NAMED:
        return label[0]
    if end := _OPEN_END.search(title):
        return end[0]
    if (last := _LAST.search(title)) and last[0][:1].isupper() and last.start() and (
            role_of(last[0]) in _NAMED - {"title"}):
        return last[0]
    parts = _parts(title)
    for part in parts:
        if amount_alone(part):
            return part
    if len(parts) > 1 and (is_region(parts[-1], places) or (years and _YEAR.fullmatch(parts[-1]))):
        return parts[-1]
    if partner.startswith("("):
        return partner  # the name before its country is elsewhere
    for part in _parts(partner):
        if amount_alone(part) or _YEAR.fullmatch(part) or is_region(part, places):
            return part
    return next((part for part in _parts(lead) if amount_alone(part) or _YEAR.fullmatch(part)), "")


def hyphens_unsure(lines: Sequence[Paragraph], table: Table, document: str) -> Iterable[Finding]:
    """Words of projects that a hyphen parts at the end of a line, where nothing in the text tells
    whether it is theirs."""
    ends = [(above, below, tail[0][:-1], head[0]) for above, below, tail, head in (
        (above, below, _TAIL.search(above.text.rstrip()[-50:]), _HEAD.match(below.text.lstrip()))
        for above, below in pairwise(lines)) if tail and head]
    if not ends:
        return
    words = Words()
    words.add(p.text.strip() for p in lines)
    cells = "\n".join(cell for line in table.lines for cell in line.cells)
    for above, below, tail, head in ends:
        if f"{tail}-{head}" in cells and is_hyphen_unsure(tail, head, words):
            where = above.where(document)._replace(last_line=below.line)
            yield Finding("hyphen-unsure", Severity.WARNING, where, {"words": f"{tail}-{head}"})
