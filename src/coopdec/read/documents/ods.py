"""OpenDocument spreadsheets (LibreOffice Calc)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat, Line, Table
from coopdec.read.documents import _odf as odf
from coopdec.read.documents._package import package_kind
from coopdec.read.documents._workbook import hidden_findings, unvalued_findings

__all__ = ["FORMAT"]


def _fits(head: bytes) -> float:
    return 1.0 if package_kind(head) == "ods" else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    document = Document([])
    stream_of = odf.contents(stream, name, "ODS")
    document.tables = _tables(stream_of, name, document.findings)
    return document


def _tables(
    contents: Iterator[odf.Sheet | odf.Row | odf.Paragraph | odf.End],
    name: str,
    findings: list[Finding],
) -> Iterator[Table]:
    """As in Excel workbooks, hidden sheets are named and not read, hidden rows are read."""
    for item in contents:
        if not isinstance(item, odf.Sheet):
            continue
        if item.hidden:
            where = Position(name, sheet=item.name)
            findings.append(Finding("sheet-hidden", Severity.WARNING, where))
            continue
        lines = _lines(contents, name, item, findings)
        yield Table(lines, item.name)
        for _ in lines:  # what the caller left
            pass


def _lines(
    contents: Iterator[odf.Sheet | odf.Row | odf.Paragraph | odf.End],
    name: str,
    sheet: odf.Sheet,
    findings: list[Finding],
) -> Iterator[Line]:
    hidden: list[int] = []
    for item in contents:
        if isinstance(item, odf.End):
            break
        if isinstance(item, odf.Row):
            if item.hidden:
                hidden.append(item.number)
            yield Line(item.number, item.cells, sheet=sheet.name, covered=item.covered,
                       across=item.across)
    findings.extend(hidden_findings(name, sheet.name or "", hidden, sheet.columns))
    findings.extend(unvalued_findings(name, sheet.name or "", sheet.unvalued))


FORMAT = DocumentFormat("ods", (".ods", ".ots"), _fits, _read, "ods")
