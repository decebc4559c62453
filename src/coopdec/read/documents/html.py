"""Web pages: every table with its spans, the words around them; nothing is executed or
fetched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat, Line, Paragraph, Table
from coopdec.read.documents._encoding import decode, decode_head, encoding_findings
from coopdec.read.documents._grid import COLUMNS_LIMIT, Cell, Grid
from coopdec.read.documents._marks import is_mark
from coopdec.read.documents._refuse import MIB, read_all, refused
from coopdec.read.documents._text import INVITES

__all__ = ["FORMAT"]

_LIMIT = 48 * MIB
#: A finding shows so much of what is struck out.
_SHOWN = 80
#: Where a table stands among the words.
_TABLE_HERE = "\x1d"
#: Marks before the words of a heading and of an item of a list.
_KINDS = {"\x1e": "heading", "\x1f": "item"}
_MARKED = {"li": "\x1f", "dd": "\x1f", **{f"h{n}": "\x1e" for n in range(1, 7)}}
_SURE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.I | re.S
)
_TABLE = re.compile(r"<table\b[^>]*>.*?<t[rdh]\b", re.I | re.S)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_NUMBER = re.compile(r"\s*(\d{1,6})")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NOISE = {"script", "style", "noscript", "template", "svg", "math", "select", "textarea", "head"}
#: What leads elsewhere and says nothing here, by a word of its class.
_ELSEWHERE = re.compile(r"(?:[a-z]+[_-])?(?:nav|navbar|navigation|pager|pagination|breadcrumbs?"
                        r"|menu|fil-?d?-?ariane)(?:__\w+)?", re.I)
#: What may say nothing by its words: marks of footnotes, and links where these are all.
_MAY_SAY_NOTHING = {"sup", "a", "button"}
#: Words that were corrected, and no longer hold.
_STRUCK = ("del", "s", "strike")
#: A label, by a word of its class.
_LABEL = re.compile(r"(?:^|[\s_-])label(?:$|[\s_-])", re.I)
_BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "ul", "table", "td", "th", "tr", "body",
}


def _fits(head: bytes) -> float:
    text = decode_head(head)
    if _SURE.match(text.lstrip("\ufeff")):
        return 0.97
    return 0.92 if _TABLE.search(text) and text.lstrip("\ufeff \t\r\n").startswith("<") else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    from lxml import etree

    text, encoding = _decode(read_all(stream, name, _LIMIT))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    parser.feed(text.replace("\x00", "").encode("utf-8", "replace"))
    try:
        root = parser.close()
    except etree.LxmlError as error:
        raise refused("document-truncated", name, format="HTML") from error
    document = Document([], findings=encoding_findings(encoding, name))
    if root is not None:
        document.findings += _struck(root, name)
        above: list[list[str]] = [[]]
        for words in _pieces(root, marks=True):
            if words == _TABLE_HERE:
                above.append([])
            else:
                kind = _KINDS.get(words[0])
                text = words[1:].strip() if kind else words
                if text and not INVITES.fullmatch(text):
                    above[-1].append(text)
                    document.paragraphs.append(Paragraph(text, kind=kind))
        document.tables = _tables(root, iter(above))
    return document


def _decode(data: bytes) -> tuple[str, str]:
    """A byte-order mark, then what the page declares if that holds, then the bytes."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        declared = _CHARSET.search(data[:8192])
        if declared:
            label = declared[1].decode("ascii", "replace").lower()
            # On the web, « Latin 1 » means Windows-1252.
            name = "windows-1252" if label in {"iso-8859-1", "latin1", "ascii"} else label
            try:
                return data.decode(name), "declared"
            except (LookupError, UnicodeDecodeError):
                pass
    return decode(data)


def _tables(root: Any, between: Iterator[list[str]]) -> Iterator[Table]:
    number = 0
    for table in root.iter("table"):
        words = next(between, []) if next(table.iterancestors("table"), None) is None else []
        above = next(table.iterancestors("td", "th"), None)
        if above is not None and not _text(above) and _inner(above):
            continue
        lines = []
        grid = Grid()
        for row in _rows(table):
            cells = [
                Cell(_text(cell) or _inner(cell), _span(cell, "rowspan"), _span(cell, "colspan"))
                for cell in row
                if cell.tag in ("td", "th")
            ]
            number += 1
            texts, covered = grid.row(cells)
            if any(texts) or covered:
                lines.append(Line(number, texts, covered=covered, across=grid.across))
        if lines:
            caption = table.find("caption")
            yield Table(lines, (_text(caption) or None) if caption is not None else None, words)


def _inner(cell: Any) -> str:
    """The words of a table that is all a cell holds, a line for each of its rows, where the
    cells beside have words: there it lists something, and does not lay out the page."""
    table = cell.find(".//table")
    row = cell.getparent()
    if table is None or sum(bool(_text(c)) for c in row if c.tag in ("td", "th")) < 2:
        return ""
    lines = (", ".join(filter(None, (" ".join(_pieces(c)) for c in r))) for r in _rows(table))
    return "\n".join(filter(None, lines))


def _rows(table: Any) -> Iterator[Any]:
    """Its own rows, not those of tables inside its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _span(cell: Any, attribute: str) -> int:
    match = _NUMBER.match(cell.get(attribute, ""))
    if not match:
        return 1
    span = int(match[1])
    if span == 0:  # « to the end of the table »
        return 65_534 if attribute == "rowspan" else 1
    return min(span, COLUMNS_LIMIT) if attribute == "colspan" else span


def _text(element: Any) -> str:
    if not len(element):  # no markup in it, as in most cells
        return _SPACES.sub(" ", element.text or "").strip(" ")
    return "\n".join(_pieces(element))


def _pieces(element: Any, *, marks: bool = False) -> list[str]:
    """The lines that are shown: white space collapsed, a new line for ``<br>`` and for each
    block; tables inside are left to themselves, their places marked where asked for."""
    from lxml import etree

    lines = [""]
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else "!"
        if event == "start":
            skipped = tag in _NOISE or tag == "!" or tag in _STRUCK or (
                tag == "table" and node is not element) or (
                tag in _MAY_SAY_NOTHING and _says_nothing(node, lines[-1]))
            if marks and not skipped:
                skipped = node is not element and _leads_elsewhere(node)
            if tag == "br" or tag in _BLOCKS:
                lines.append(_MARKED.get(tag, "") if marks else "")
            if skipped:
                if marks and tag == "table":
                    lines += [_TABLE_HERE, ""]
                walk.skip_subtree()
            else:
                lines[-1] += node.text or ""
        else:
            if marks and _is_label(node) and lines[-1].strip() and (
                    not lines[-1].rstrip().endswith(":")):
                lines[-1] += " :"
            if tag in _BLOCKS:
                lines.append("")
            if node is not element:
                lines[-1] += node.tail or ""
    return [line for line in (_SPACES.sub(" ", line).strip(" ") for line in lines) if line]


def _struck(root: Any, name: str) -> Iterator[Finding]:
    """What is struck out, and not read."""
    words = [text for node in root.iter(*_STRUCK)
             if (text := _SPACES.sub(" ", "".join(node.itertext())).strip(" "))]
    if words:
        yield Finding("words-struck", Severity.WARNING, Position(name),
                      {"n": len(words), "words": words[0][:_SHOWN]})


def _says_nothing(node: Any, before: str) -> bool:
    """Whether it is the raised mark of a footnote, or a link that only invites."""
    words = "".join(node.itertext())
    if node.tag == "sup":
        return is_mark(words, before)
    return INVITES.fullmatch(words) is not None


def _leads_elsewhere(node: Any) -> bool:
    """A menu, a row of page numbers, the path to this page; never what holds a table."""
    named = node.tag == "nav" or node.get("role") == "navigation" or (
        node.tag in ("ul", "ol", "div", "p")
        and any(map(_ELSEWHERE.fullmatch, node.get("class", "").split())))
    return named and next(node.iter("table", "h2", "h3"), None) is None


def _is_label(node: Any) -> bool:
    return node.tag == "dt" or (
        node.tag in ("span", "div", "strong", "b", "label", "p")
        and _LABEL.search(node.get("class", "")) is not None)


FORMAT = DocumentFormat("html", (".html", ".htm", ".xhtml"), _fits, _read, "html")
