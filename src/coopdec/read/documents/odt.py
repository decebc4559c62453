"""OpenDocument texts (LibreOffice Writer)."""

from __future__ import annotations

from typing import BinaryIO

from coopdec.read.documents import Document, DocumentFormat
from coopdec.read.documents import _odf as odf
from coopdec.read.documents._package import package_kind
from coopdec.read.documents._sequence import Sequence

__all__ = ["FORMAT"]


def _fits(head: bytes) -> float:
    return 1.0 if package_kind(head) == "odt" else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    document = Document([])
    sequence = Sequence()
    for item in odf.contents(stream, name, "ODT"):
        if isinstance(item, odf.Paragraph):
            sequence.words(item.text, item.kind)
        elif isinstance(item, odf.Sheet):
            sequence.table()
        elif isinstance(item, odf.Row):
            sequence.row(item.cells, item.covered)
        else:
            for rows in item.nested:
                sequence.table(nested=True)
                for row in rows:
                    sequence.row(row.cells, row.covered)
    sequence.into(document)
    return document


FORMAT = DocumentFormat("odt", (".odt", ".ott"), _fits, _read, "odt")
