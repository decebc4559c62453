"""Plain text in which a table's cells are parted by tabs, as copied from a web page or PDF.

Unlike CSV it has no quoting, and prose may stand around the table: a line without a tab
is a paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat, Line, Paragraph, Table
from coopdec.read.documents._encoding import decode, decode_head, encoding_findings
from coopdec.read.documents._refuse import read_all, refuse_long_lines
from coopdec.read.documents._text import is_text, physical_lines

__all__ = ["FORMAT"]


def _fits(head: bytes) -> float:
    text = decode_head(head)
    if not is_text(text):
        return 0.0
    tabbed = sum("\t" in line for line in text.splitlines() if line.strip())
    return 0.6 if tabbed >= 2 else 0.1


def _read(stream: BinaryIO, name: str) -> Document:
    refuse_long_lines(stream, name)
    text, encoding = decode(read_all(stream, name))
    findings = encoding_findings(encoding, name)
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    # Tabs that only stand before the words of their lines part no cells.
    tabular = any("\t" in line.strip() for line in physical_lines(text))
    for number, raw in enumerate(physical_lines(text), 1):
        if "\ufffd" in raw:
            findings.append(Finding("broken-character", Severity.WARNING, Position(name, number)))
        if "\t" in raw and tabular:
            lines.append(Line(number, raw.split("\t")))
        elif raw.strip():
            paragraphs.append(Paragraph(raw.strip(), number))
    return Document([Table(list(_unbroken(lines)))] if lines else [], paragraphs, findings)


def _unbroken(lines: Sequence[Line]) -> Iterator[Line]:
    """Cells that a line break parts in two, put together: two lines that follow one another and
    have the cells of one between them, the second of which goes on in small letters."""
    width = max(Counter(len(line.cells) for line in lines).items(),
                key=lambda found: (found[1], found[0]))[0]
    held: Line | None = None
    for line in lines:
        if held is not None and line.number == (held.last_number or held.number) + 1 and (
                line.cells[0][:1].islower() and len(held.cells) + len(line.cells) - 1 <= width):
            *before, last = held.cells
            held = held._replace(last_number=line.number, cells=[
                *before, f"{last.rstrip()} {line.cells[0]}", *line.cells[1:]])
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


FORMAT = DocumentFormat("tabs", (".txt",), _fits, _read)
