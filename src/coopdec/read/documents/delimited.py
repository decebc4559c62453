"""CSV and its kin: any delimiter, quoting, encoding; streaming, in constant memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
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
from coopdec.read.documents._quotes import given_back, lone_kept
from coopdec.read.documents._refuse import refuse_long_lines, refused
from coopdec.read.documents._text import is_text

__all__ = ["FORMAT"]

_HEAD = 1 << 16
# A cell longer than this is a quote that was never closed, not a title.
_CELL_LIMIT = 1 << 20
# The header is within so many lines.
_FIRST_LINES = 40
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
    refuse_long_lines(stream, name)
    findings = encoding_findings(encoding.name, name)
    lines = _lines(stream, name, encoding, dialect, findings)
    return Document([Table(lines)], findings=findings)


def _lines(
    stream: BinaryIO, name: str, encoding: Encoding, dialect: Sniffed, findings: list[Finding]
) -> Iterator[Line]:
    start = stream.tell()
    text = io.TextIOWrapper(stream, encoding=encoding.name, errors="replace", newline="")
    skipped = 1 if dialect.announced and text.readline() else 0
    reader = csv.reader(
        lone_kept(text, dialect.delimiter, dialect.escape),
        delimiter=dialect.delimiter,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
    )
    first = number = skipped
    width, records = 0, None
    try:
        # The limit is the csv module's own and global: only ever raised here.
        csv.field_size_limit(max(csv.field_size_limit(), _CELL_LIMIT))
        for cells in reader:
            first, number = number + 1, reader.line_num + skipped
            if not cells:
                continue
            if encoding.broken and any("\ufffd" in cell for cell in cells):
                findings.append(
                    Finding("broken-character", Severity.WARNING, Position(name, first))
                )
            if first == number and (len(cells) >= width or not cells[-1].endswith("\n")):
                if number < _FIRST_LINES:
                    width = max(width, len(cells))
                yield Line(number, cells)
                continue
            # Lines as the oldest machines end them.
            lined = [c if "\n" in c else c.replace("\r", "\n") for c in cells]
            if (records := given_back(lined, dialect.delimiter, width)) is not None:
                where = Position(name, first, number)
                findings.append(Finding("quote-unclosed", Severity.WARNING, where))
                yield from (Line(first + i, record) for i, record in enumerate(records))
                continue
            if number - first >= _MANY_LINES:
                where = Position(name, first, number)
                findings.append(Finding("quote-unclosed", Severity.WARNING, where))
            yield Line(first, lined, number)
        # Only the last record can have a quote that nothing closes.
        if 0 < number - first < _MANY_LINES and records is None:
            text.seek(start)
            if sum(line.count('"') for line in islice(text, first - 1, None)) % 2:
                where = Position(name, first, number)
                findings.append(Finding("quote-unclosed", Severity.WARNING, where))
    except csv.Error as error:
        raise refused("quote-unclosed", Position(name, number + 1)) from error
    finally:
        # Closing the wrapper would close the caller's stream.
        if not stream.closed:  # whoever stopped reading has closed it
            text.detach()


FORMAT = DocumentFormat("csv", (".csv", ".tsv", ".tab", ".psv"), _fits, _read)
