"""CSV and its kin: any delimiter, quoting, encoding; streaming, in constant memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat, Line, Table
from coopdec.read.documents._dialect import Sniffed, sniff
from coopdec.read.documents._encoding import (
    Encoding,
    decode_head,
    encoding_findings,
    encoding_of,
)
from coopdec.read.documents._refuse import refused
from coopdec.read.documents._text import is_text

__all__ = ["FORMAT"]

_HEAD = 1 << 16
# A cell longer than this is a quote that was never closed, not a title.
_CELL_LIMIT = 1 << 20
# A quoted cell over more lines than this is worth a look.
_MANY_LINES = 60


def _fits(head: bytes) -> float:
    text = decode_head(head)
    if not is_text(text):
        return 0.0
    found = sniff(text)
    return found.score if found else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    encoding = encoding_of(stream)
    start = stream.tell()
    dialect = sniff(decode_head(stream.read(_HEAD))) or Sniffed(",", None, False, 0.0)
    stream.seek(start)
    findings = encoding_findings(encoding.name, name)
    lines = _lines(stream, name, encoding, dialect, findings)
    return Document([Table(lines)], findings=findings)


def _lines(
    stream: BinaryIO, name: str, encoding: Encoding, dialect: Sniffed, findings: list[Finding]
) -> Iterator[Line]:
    text = io.TextIOWrapper(stream, encoding=encoding.name, errors="replace", newline="")
    record = _Record(text)
    skipped = 1 if dialect.announced and text.readline() else 0
    reader = csv.reader(
        record,
        delimiter=dialect.delimiter,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
    )
    number = 0
    try:
        # The limit is the csv module's own and global: only ever raised here.
        csv.field_size_limit(max(csv.field_size_limit(), _CELL_LIMIT))
        for cells in reader:
            first, number = number + 1, reader.line_num
            if not cells:
                record.lines.clear()
                continue
            if encoding.broken and any("\ufffd" in cell for cell in cells):
                where = Position(name, first + skipped)
                findings.append(Finding("broken-character", Severity.WARNING, where))
            if first == number:
                yield Line(number + skipped, cells)
            else:
                if number - first >= _MANY_LINES or record.odd_quotes():
                    where = Position(name, first + skipped, number + skipped)
                    findings.append(Finding("quote-unclosed", Severity.WARNING, where))
                yield Line(first + skipped, cells, number + skipped)
            record.lines.clear()
    except csv.Error as error:
        where = Position(name, number + 1 + skipped)
        raise refused("quote-unclosed", where) from error
    finally:
        # Closing the wrapper would close the caller's stream.
        text.detach()


class _Record(Iterator[str]):
    """The physical lines, remembering those of the record that is being read."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.lines: list[str] = []
        self._text = text

    def __next__(self) -> str:
        line = next(self._text)
        self.lines.append(line)
        return line

    def odd_quotes(self) -> bool:
        return sum(line.count('"') for line in self.lines) % 2 == 1


FORMAT = DocumentFormat("csv", (".csv", ".tsv", ".tab", ".psv"), _fits, _read)
