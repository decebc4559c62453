"""Excel's old binary workbooks (97 to 2003)."""

from __future__ import annotations

from typing import BinaryIO

from coopdec.read.documents import Document, DocumentFormat
from coopdec.read.documents._biff import sheet_facts
from coopdec.read.documents._refuse import read_all, refused
from coopdec.read.documents._workbook import read_workbook

__all__ = ["FORMAT"]

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of the streams inside the compound file, as its directory writes them.
_WORKBOOK = "Workbook".encode("utf-16-le")
_BOOK = "Book".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_SLIDES = "PowerPoint Document".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def _fits(head: bytes) -> float:
    return 0.9 if head.startswith(_MAGIC) else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    start = stream.tell()
    data = read_all(stream, name)
    stream.seek(start)
    if _ENCRYPTED in data:  # a new workbook or text under a password comes in this old shell
        raise refused("document-encrypted", name)
    if _WORKBOOK not in data and _BOOK not in data:
        if _WORD in data:
            raise refused("format-unsupported", name, kind="Word 97-2003 (.doc)", save="DOCX")
        if _SLIDES in data:
            raise refused("format-unsupported", name, kind="PowerPoint (.ppt)", save="PDF")
        raise refused("document-truncated", name, format="XLS")
    return read_workbook(stream, name, "XLS", sheet_facts(data))


FORMAT = DocumentFormat("xls", (".xls", ".xlt"), _fits, _read, "xls")
