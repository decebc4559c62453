"""OpenDocument content, spreadsheet or text, as a stream of what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, BinaryIO

from coopdec.read.documents._grid import COLUMNS_LIMIT, Cell, Grid, letters
from coopdec.read.documents._marks import is_mark
from coopdec.read.documents._package import open_package
from coopdec.read.documents._refuse import refused
from coopdec.read.documents._sequence import BLANKS
from coopdec.read.documents._values import text_of
from coopdec.read.documents._xml import local

__all__ = ["End", "Paragraph", "Row", "Sheet", "contents"]

# A row that says « repeat me a million times » is believed so far.
_REPEAT_LIMIT = 1_000
_FORMULA = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}formula"


@dataclass(slots=True)
class Sheet:
    """A table begins. ``hidden``: the sheet is not shown. ``columns``: the hidden ones, from 1.
    ``unvalued``: the cells, as « B2 », with a formula that no one computed; grows with its rows."""

    name: str | None
    hidden: bool = False
    columns: list[int] = field(default_factory=list)
    unvalued: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """``number`` counts from 1 in its table, repeated rows included; ``repeat`` is how often
    the row stands there; empty rows are left out."""

    number: int
    cells: list[str]
    covered: frozenset[int]
    across: frozenset[int]
    hidden: bool
    repeat: int = 1


@dataclass(slots=True)
class Paragraph:
    """``text`` with its tabs; ``kind``: ``heading`` or ``item`` (of a list)."""

    text: str
    kind: str | None = None


@dataclass(slots=True)
class End:
    """A table ends; ``nested`` holds the tables that stand in its cells."""

    nested: list[list[Row]]


def contents(
    stream: BinaryIO, name: str, format_name: str
) -> Iterator[Sheet | Row | Paragraph | End]:
    """What ``content.xml`` holds, in order and in constant memory."""
    from lxml import etree

    with open_package(stream, name, format_name) as package:
        if "content.xml" not in package.NameToInfo:
            raise refused("document-truncated", name, format=format_name)
        with package.open("content.xml") as content:
            events = etree.iterparse(
                content, events=("start", "end"), resolve_entities=False, no_network=True,
                load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=True,
            )
            try:
                yield from _Walk().run(events)
            except etree.LxmlError as error:
                raise refused("document-truncated", name, format=format_name) from error


class _Walk:
    """Where we are between the start and the end of elements."""

    def __init__(self) -> None:
        self._hidden_styles: set[str] = set()
        self._looks: dict[str, str] = {}
        self._depth = dict.fromkeys(("table", "table-row", "p", "list-item", "tracked-changes"), 0)
        self._rows = _Rows()
        self._nested: list[list[Row]] = []

    def run(self, events: Any) -> Iterator[Sheet | Row | Paragraph | End]:
        depth = self._depth
        for event, element in events:
            tag = "p" if (found := local(element.tag)) == "h" else found
            if event == "start":
                if tag in depth:
                    depth[tag] += 1
                if tag == "table" and depth["table"] == 1:
                    yield self._open(element)
                continue
            if tag in depth:
                depth[tag] -= 1
            if tag == "table-properties" and _get(element, "display") == "false":
                self._hidden_styles.add(_get(element.getparent(), "name"))
            elif tag == "text-properties":
                self._looks[_get(element.getparent(), "name")] = (
                    "hidden" if _get(element, "display") == "none" else
                    "raised" if _RAISED.match(_get(element, "text-position")) else "")
            elif tag == "span" and (look := self._looks.get(_get(element, "style-name"))):
                element.set(_LOOK, look)
            elif tag == "table-column" and depth["table"] == 1:
                self._rows.column(element)
            elif tag == "table-row" and depth["table"] == 1:
                yield from self._rows.row(element)
                self._nested += [list(_table_rows(t)) for t in element.iter("{*}table")]
                _forget(element)
            elif tag == "table" and depth["table"] == 0:
                yield End(self._nested)
                self._nested = []
                _forget(element)
            elif tag == "p" and not any(n for name, n in depth.items() if name != "list-item"):
                text = _text(element, "\t")
                if text.strip():
                    yield Paragraph(text, "heading" if found == "h" else
                                    "item" if depth["list-item"] else None)
                _forget(element)

    def _open(self, element: Any) -> Sheet:
        hidden = _get(element, "style-name") in self._hidden_styles
        sheet = Sheet(_get(element, "name") or None, hidden)
        self._rows = _Rows(sheet.columns, sheet.unvalued)
        return sheet


class _Rows:
    """The rows of one table, counted and laid out."""

    def __init__(self, hidden_columns: list[int] | None = None,
                 unvalued: list[str] | None = None) -> None:
        self._number = self._column = 0
        self._grid = Grid()
        self._hidden_columns = hidden_columns if hidden_columns is not None else []
        self._unvalued = unvalued if unvalued is not None else []

    def column(self, element: Any) -> None:
        repeat = _repeat(element, "number-columns-repeated")
        if _get(element, "visibility") in ("collapse", "filter") and repeat < COLUMNS_LIMIT:
            self._hidden_columns.extend(range(self._column + 1, self._column + repeat + 1))
        self._column += repeat

    def row(self, element: Any) -> Iterator[Row]:
        repeat = _repeat(element, "number-rows-repeated")
        hidden = _get(element, "visibility") in ("collapse", "filter")
        row = list(_cells(element))
        first = self._number + 1
        self._number += repeat
        self._unvalued += [f"{column}{first}" for column in _uncomputed(element)]
        cells: list[str] = []
        covered: frozenset[int] | None = None
        for number in range(first, first + min(repeat, _REPEAT_LIMIT)):
            if covered is None or covered:  # else nothing can change from row to row
                cells, covered = self._grid.row(row)
            if not covered and not any(cells):
                break  # the rest of an empty stretch
            yield Row(number, cells, covered, self._grid.across, hidden, repeat)
            if any(cell.rows > 1 for cell in row):
                covered = None


def _table_rows(table: Any) -> Iterator[Row]:
    """The rows of a table that is wholly in memory."""
    rows = _Rows()
    for element in table.iter("{*}table-row"):
        if next(element.iterancestors("{*}table")) is table:
            yield from rows.row(element)


def _cells(row: Any) -> Iterator[Cell]:
    """Its cells; covered ones are left to the grid, trailing empty ones are not given."""
    empty = 0
    for element in row:
        if local(element.tag) != "table-cell":
            continue
        repeat = min(_repeat(element, "number-columns-repeated"), COLUMNS_LIMIT)
        rows = _repeat(element, "number-rows-spanned")
        columns = _repeat(element, "number-columns-spanned")
        text = _value(element)
        if not text and rows == columns == 1:
            empty += repeat
            continue
        yield from (Cell("") for _ in range(min(empty, COLUMNS_LIMIT)))
        empty = 0
        yield from (Cell(text, rows, columns) for _ in range(repeat))


def _uncomputed(row: Any) -> Iterator[str]:
    """The columns, as « B », of formulas without a value; one that gives no words is a string."""
    for at, element in enumerate(row):
        if element.get(_FORMULA) and not _get(element, "value-type"):
            yield letters(sum(_repeat(e, "number-columns-repeated") for e in row[:at]))


def _value(cell: Any) -> str:
    """Numbers and dates by value; money as it is shown, since the currency matters."""
    kind = _get(cell, "value-type")
    if kind in ("float", "percentage"):
        try:
            return text_of(float(_get(cell, "value")))
        except ValueError:
            pass
    elif kind == "date":
        day, _, time = _get(cell, "date-value").partition("T")
        return day if time.strip("0:.") == "" else f"{day} {time}"
    elif kind == "boolean":
        return text_of(_get(cell, "boolean-value") == "true")
    return _text(cell)


# How an automatic style says that its words are raised; what we note on these.
_RAISED, _LOOK = re.compile("super|[1-9]"), "look"
_SKIPPED = {"annotation", "note", "tracked-changes", "table", "desc", "title", "shapes"}


def _text(element: Any, tab: str = " ") -> str:
    """Its lines, a newline for each paragraph and line break; no comments, no notes."""
    from lxml import etree

    lines = [""]
    inside = 0  # only paragraphs hold words; between elements there is white space
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = local(node.tag)
        if event == "start":
            look = node.get(_LOOK)
            if node is not element and (tag in _SKIPPED or look == "hidden" or (
                    look == "raised" and is_mark("".join(node.itertext()), lines[-1]))):
                walk.skip_subtree()
                continue
            if tag in ("p", "h"):
                inside += 1
            if tag in ("p", "h", "line-break"):
                lines.append("")
            elif tag == "s":
                lines[-1] += " " * min(_repeat(node, "c"), 1000)
            elif tag == "tab":
                lines[-1] += tab
            lines[-1] += node.text or "" if inside else ""
            continue
        if tag in ("p", "h"):
            inside -= 1
            lines.append("")
        if node is not element and inside:
            lines[-1] += node.tail or ""
    return "\n".join(filter(None, (line.strip(BLANKS) for line in lines)))


def _get(element: Any, name: str) -> str:
    for key, value in element.attrib.items():
        if local(key) == name:
            return str(value)
    return ""


def _repeat(element: Any, name: str) -> int:
    value = _get(element, name)
    return max(1, int(value)) if value.isdigit() and len(value) < 9 else 1


def _forget(element: Any) -> None:
    """Give its memory back, and that of what stands before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    if parent is not None:
        for _ in count():
            if element.getprevious() is None:
                break
            del parent[0]
