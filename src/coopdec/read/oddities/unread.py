"""What is printed outside of the list's lines and reads like a project: lines above the header,
items below a table, sentences between the items of a text. Nothing is dropped without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from coopdec.model import Finding, Position, Severity
from coopdec.read.cells.partners import parse_partner_cell
from coopdec.read.cells.plurals import OF
from coopdec.read.cells.typed_names import TYPE
from coopdec.read.columns.header import Header
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.oddities.outside import countries_in, is_french
from coopdec.read.personal import shown
from coopdec.read.texts.items import COLUMNS, item_of
from coopdec.read.texts.printed_lines import LIST_WORDS
from coopdec.reference import Gazetteer
from coopdec.text import collapse, fold

__all__ = ["items_beside", "lines_above", "lines_like_projects", "sentences_between"]

#: A line above a header with fewer cells is a title, or what the list says of itself.
_FILLED = 3
#: So many paragraphs are looked at, and so long.
_MOST, _LONGEST = 300, 250
#: Of a line no more is looked at.
_LINE = 1000
#: So many lines make a sentence.
_LINES = 8
_SHOWN = 200
#: So many lines of a text that is not read are shown.
_BEGIN = 20
#: Between the cells of a table: its lines are not those of a text.
_CELLS = re.compile(r"[;\t|]")
#: What speaks of the list is no item of it.
_OF_THE_LIST = re.compile(rf"\b(?:{LIST_WORDS}|contacts?)\b", re.IGNORECASE)
_TYPED = re.compile(rf"\b{TYPE}\s+{OF}?[A-ZÀ-Ý][\w'’]+(?:-[\w'’]+)*")
_IN_BRACKETS = re.compile(r"[A-ZÀ-Ý][\w'’-]* \(([A-ZÀ-Ý][^()]{3,40})\)")
_PROJECT = re.compile(r"\b(?:projets?|coop[ée]rations?|partenariats?|subventions?|jumelages?|"
                      r"aide|avec|soutien)\b", re.IGNORECASE)


def lines_above(lines: Iterable[Line], header: Header, document: str, places: Gazetteer
                ) -> Iterator[Finding]:
    """Lines above a header that would be rows below it: a French lead in the column of leads, and
    a country in that of countries or partners."""
    for line in lines:
        if len(line.texts) < _FILLED:
            continue
        cells = {role: cell for i, role in header.roles.items()
                 if i < len(line.cells) and (cell := line.cells[i].strip())}
        partners = parse_partner_cell(cells.get("partner", ""), places, cells.get("country", ""))
        if partners.mentions and not partners.problems and is_french(
                cells.get("lead", ""), (), places, lone=True):
            yield _unread(Position(document, line.number, None, line.page, line.sheet),
                          shown(line.cells, _SHOWN))


def items_beside(paragraphs: Iterable[Paragraph], document: str, places: Gazetteer
                 ) -> Iterator[Finding]:
    """Paragraphs beside a table that say who leads and with whom abroad."""
    for p in islice(paragraphs, _MOST):
        text = collapse(p.text)
        if len(text) <= _LONGEST and not _OF_THE_LIST.search(text) and (
                item_of(text, places) or _names_both(text, places)):
            yield _unread(p.where(document), shown([text], _SHOWN))


def _names_both(text: str, places: Gazetteer) -> bool:
    """« Le projet de la Ville de Valence avec Batroun (Liban) »: no introduction has both."""
    return any(places.country(inside) for inside in _IN_BRACKETS.findall(text)) and (
        _PROJECT.search(text) is not None and _TYPED.search(text) is not None)


def sentences_between(lines: Iterable[Paragraph], table: Table, document: str,
                      places: Gazetteer) -> Iterator[Finding]:
    """Lines that name what no project has that was read: a place with its country or, from the
    first item of a text on, a collectivity beside a country or a word for a project. ``table``:
    that of the items."""
    head, *items = table.lines
    numbers = {n for line in items
               for n in range(line.number, (line.last_number or line.number) + 1)}
    known = _words(" ".join(cell for line in items for cell in line.cells))
    if not items or tuple(head.cells[:2]) != COLUMNS[:2]:
        return  # fiches: what they say of their projects has a label
    block: list[Paragraph] = []
    for p in lines:
        text = collapse(p.text)
        if p.line in numbers:
            continue
        if block and (len(block) == _LINES or (p.line or 0) != (block[-1].line or 0) + 1):
            yield from _block_unread(block, known, document, places)
            block = []
        block.append(p)
        below = p.line is not None and p.line > min(numbers)  # lines of pages have no number
        if (below and _names_unread(text, known, places)) or _place_unread(text, known, places):
            yield _unread(p.where(document), shown([text], _SHOWN))
            block = []
    yield from _block_unread(block, known, document, places)


def _block_unread(block: Sequence[Paragraph], known: str, document: str, places: Gazetteer
                  ) -> Iterator[Finding]:
    """A broken item, or a sentence over several lines that has both sides, « … à la Ville de Brest
    pour son projet avec la commune de Saponé (Burkina Faso). », of which no project has the
    place."""
    text = collapse(" ".join(p.text for p in block))[:_LINE] if len(block) > 1 else ""
    if _places_unread(text, known, places) and (
            not text.endswith(".") or (_TYPED.search(text) and _PROJECT.search(text))):
        where = block[0].where(document)._replace(last_line=block[-1].line)
        yield _unread(where, shown([text], _SHOWN))


def lines_like_projects(lines: Iterable[Paragraph], document: str, places: Gazetteer
                        ) -> Iterator[Finding]:
    """Lines of a text that nothing was read from, and that name a place with its country, or a
    collectivity and what a project is: they show where to begin."""
    texts = ((p, collapse(p.text)) for p in islice(lines, _MOST)
             if len(_CELLS.findall(p.text)) < _FILLED - 1)
    named = ((p, text) for p, text in texts
             if _names_unread(text, "", places) or _places_unread(text, "", places))
    for p, text in islice(named, _BEGIN):
        yield _unread(p.where(document), shown([text], _SHOWN))


def _names_unread(text: str, known: str, places: Gazetteer) -> bool:
    if len(text) > _LONGEST or _OF_THE_LIST.search(text):
        return False
    named = _TYPED.findall(text)
    return bool(named) and not any(_words(name) in known for name in named) and (
        _PROJECT.search(text) is not None or bool(countries_in(text, places)))


def _place_unread(text: str, known: str, places: Gazetteer) -> bool:
    """Whether a line that is no sentence names a place beside its country, « Sfax (Tunisie) »,
    that no project has."""
    return not text.endswith(".") and _places_unread(text, known, places)


def _places_unread(text: str, known: str, places: Gazetteer) -> bool:
    return any(
        places.country(found[1]) and _words(found[0].partition(" (")[0]) not in known
        for found in _IN_BRACKETS.finditer(text[:_LINE]))


def _words(text: str) -> str:
    """Folded words, a blank around each: « Man » is not in « management »."""
    return f" {fold(text)} "


def _unread(where: Position, words: str) -> Finding:
    return Finding("text-unread", Severity.WARNING, where, {"words": words})
