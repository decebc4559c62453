"""Word texts (Office Open XML)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from coopdec.read.documents import Document, DocumentFormat, Paragraph
from coopdec.read.documents._grid import COLUMNS_LIMIT
from coopdec.read.documents._marks import is_mark
from coopdec.read.documents._package import open_package, package_kind
from coopdec.read.documents._refuse import MIB, refused
from coopdec.read.documents._sequence import BLANKS, Sequence
from coopdec.read.documents._xml import local, parse_part

__all__ = ["FORMAT"]

# The text is held as a tree, some ten times its size.
_LIMIT = 64 * MIB

# What wraps paragraphs, rows or cells without being one: content controls, tracked
# insertions, the newer of two renderings.
_WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "AlternateContent", "Choice", "customXml",
             "smartTag"}
# Not shown: deletions, field codes, the older of two renderings; tables speak for themselves.
_SKIPPED = {"del", "moveFrom", "instrText", "Fallback", "tbl", "pPr", "rPr", "tcPr"}


def _fits(head: bytes) -> float:
    return 1.0 if package_kind(head) == "docx" else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    from lxml import etree

    document = Document([])
    sequence = Sequence()
    with open_package(stream, name, "DOCX") as package:
        main = _main_part(package)
        if main is None:
            raise refused("document-truncated", name, format="DOCX")
        if package.getinfo(main).file_size > _LIMIT:
            raise refused("document-too-large", name, limit=f"{_LIMIT // MIB} MiB")
        try:
            headers, footers = (_margins(package, main, k) for k in ("header", "footer"))
            body = parse_part(package, main).find("{*}body")
        except etree.LxmlError as error:
            raise refused("document-truncated", name, format="DOCX") from error
    for block in _unwrapped(body if body is not None else ()):
        tag = local(block.tag)
        if tag == "tbl":
            _table(block, sequence)
        elif tag == "p":
            for words in filter(str.strip, _text(block, "\t").split("\n")):
                sequence.words(words, _kind(block))
            # Text boxes may hold tables.
            for table in block.iter("{*}tbl"):
                if not any(local(a.tag) == "Fallback" for a in table.iterancestors()):
                    _table(table, sequence)
    sequence.into(document, headers, footers)
    return document


def _kind(paragraph: Any) -> str | None:
    """A heading or an item of a list, by its style or its numbering."""
    style = paragraph.find("{*}pPr/{*}pStyle")
    name = _value(style).lower() if style is not None else ""
    if name.startswith(("heading", "titre", "title")):
        return "heading"
    if name.startswith(("list", "puce")) or paragraph.find("{*}pPr/{*}numPr") is not None:
        return "item"
    return "heading" if _is_bold(paragraph) else None


def _is_bold(paragraph: Any) -> bool:
    """Whether all its words are bold: a heading without the style of one."""
    runs = [r for r in paragraph.iter("{*}r") if any((t.text or "").strip()
                                                    for t in r.iter("{*}t"))]
    return bool(runs) and all((b := r.find("{*}rPr/{*}b")) is not None
                              and _value(b) not in ("0", "false") for r in runs)


def _main_part(package: zipfile.ZipFile) -> str | None:
    """The part that the package's relations call the document."""
    if "_rels/.rels" in package.NameToInfo:
        for relation in parse_part(package, "_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = str(relation.get("Target", "")).lstrip("/")
                if target in package.NameToInfo:
                    return target
    return next((p for p in package.namelist() if p.endswith("word/document.xml")), None)


def _margins(package: zipfile.ZipFile, main: str, kind: str) -> list[Paragraph]:
    """The words of the page headers or footers, where a letterhead may stand."""
    prefix = main.rpartition("/")[0] + "/" + kind
    words: dict[str, None] = {}
    for part in sorted(p for p in package.namelist() if p.startswith(prefix)):
        if part.endswith(".xml") and package.getinfo(part).file_size < MIB:
            root = parse_part(package, part)
            for paragraph in root.iter("{*}p"):
                words.update(dict.fromkeys(filter(None, _text(paragraph).split("\n"))))
    return [Paragraph(text) for text in words]


def _unwrapped(parent: Any) -> Iterator[Any]:
    """The children, through what merely wraps them."""
    pending = list(parent)[::-1]
    while pending:
        element = pending.pop()
        if local(element.tag) in _WRAPPERS:
            pending.extend(list(element)[::-1])
        else:
            yield element


def _table(table: Any, sequence: Sequence) -> None:
    """Its rows, then the tables that stand in its cells."""
    queue = [table]
    while queue:
        current = queue.pop(0)
        sequence.table(nested=current is not table)
        for row in _unwrapped(current):
            if local(row.tag) == "tr":
                sequence.row(*_row(row))
                queue.extend(
                    t for t in row.iter("{*}tbl")
                    if next(t.iterancestors("{*}tbl"), None) is current
                    and not _inner(next(t.iterancestors("{*}tc")))
                )


def _inner(cell: Any) -> str:
    """The words of a table that is all a cell holds, a line for each of its rows, where the
    cells beside have words: there it lists something, and does not lay out the page."""
    table = cell.find("{*}tbl")
    row = next(cell.iterancestors("{*}tr"))
    if table is None or _text(cell) or sum(bool(_text(c)) for c in _unwrapped(row)
                                           if local(c.tag) == "tc") < 2:
        return ""
    rows = ([" ".join(_text(c).split("\n")) for c in _unwrapped(r) if local(c.tag) == "tc"]
            for r in _unwrapped(table) if local(r.tag) == "tr")
    return "\n".join(filter(None, (", ".join(filter(None, cells)) for cells in rows)))


def _row(row: Any) -> tuple[list[str], frozenset[int]]:
    """Texts by grid column, and the columns that a merged cell above fills."""
    before = _number(row.find("{*}trPr/{*}gridBefore"), 0)
    texts = [""] * before
    covered: set[int] = set()
    for cell in _unwrapped(row):
        if local(cell.tag) != "tc" or len(texts) >= COLUMNS_LIMIT:
            continue
        span = _number(cell.find("{*}tcPr/{*}gridSpan"), 1)
        merge = cell.find("{*}tcPr/{*}vMerge")
        if merge is not None and _value(merge) != "restart":
            covered.update(range(len(texts), len(texts) + span))
            texts.extend([""] * span)
            continue
        sideways = cell.find("{*}tcPr/{*}hMerge")
        hidden = sideways is not None and _value(sideways) != "restart"
        texts.extend(["" if hidden else _text(cell) or _inner(cell), *[""] * (span - 1)])
    return texts, frozenset(covered)


def _value(element: Any) -> str:
    return next((str(v) for k, v in element.attrib.items() if local(k) == "val"), "")


def _number(element: Any, default: int) -> int:
    value = _value(element) if element is not None else ""
    return min(int(value), COLUMNS_LIMIT) if value.isdigit() and len(value) < 6 else default


def _says_nothing(run: Any, before: str) -> bool:
    """Whether a run is hidden, or the raised mark of a footnote."""
    looks = run.find("{*}rPr")
    if looks is None:
        return False
    hidden, place = looks.find("{*}vanish"), looks.find("{*}vertAlign")
    # Writer writes « position » and a smaller size instead.
    higher, size = looks.find("{*}position"), looks.find("{*}sz")
    raised = (place is not None and _value(place) == "superscript") or (
        higher is not None and size is not None and _value(higher).isdigit()
        and int(_value(higher)) > 0)
    return (hidden is not None and _value(hidden) not in ("0", "false")) or (
        raised and is_mark(_text(run), before))


def _text(element: Any, tab: str = " ") -> str:
    """The lines of a paragraph or cell, a newline for each paragraph and line break."""
    from lxml import etree

    lines = [""]
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = local(node.tag)
        if event == "end":
            if tag == "p":
                lines.append("")
        elif node is not element and (tag in _SKIPPED or (
                tag == "r" and _says_nothing(node, lines[-1]))):
            walk.skip_subtree()
        elif tag == "t":
            lines[-1] += node.text or ""
        elif tag in ("br", "cr", "p"):
            lines.append("")
        elif tag in ("tab", "ptab"):
            lines[-1] += tab
        elif tag == "noBreakHyphen":
            lines[-1] += "-"
    return "\n".join(filter(None, (line.strip(BLANKS) for line in lines)))


FORMAT = DocumentFormat("docx", (".docx", ".docm", ".dotx"), _fits, _read, "docx")
