"""Plain text in which a table's cells are parted by tabs, as copied from a web page or PDF."""

from __future__ import annotations

from typing import BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat, Line, Paragraph, Table
from coopdec.read.documents._encoding import decode

__all__ = ["FORMAT"]


def _fits(head: bytes) -> float:
    text, _ = decode(head)
    if "\x00" in text:
        return 0.0
    lines = [line for line in text.splitlines() if line.strip()]
    tabbed = sum("\t" in line for line in lines)
    return 0.6 if tabbed >= 2 else 0.1


def _read(stream: BinaryIO, name: str) -> Document:
    text, encoding = decode(stream.read())
    findings = []
    if encoding == "windows-1252":
        findings.append(
            Finding("not-utf8", Severity.WARNING, Position(name), {"encoding": "Windows-1252"})
        )
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    # Only real line ends count: form feeds and vertical tabs stand inside lines.
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if "\ufffd" in raw:
            findings.append(Finding("broken-character", Severity.WARNING, Position(name, number)))
        if "\t" in raw:
            lines.append(Line(number, raw.split("\t")))
        elif raw.strip():
            paragraphs.append(Paragraph(raw.strip(), number))
    return Document([Table(lines)] if lines else [], paragraphs, findings)


FORMAT = DocumentFormat("tabs", (".txt", ".tsv", ".tab"), _fits, _read)
