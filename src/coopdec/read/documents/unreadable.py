"""What people hand in that holds no table we can read: named, with what to do instead."""

from __future__ import annotations

from typing import BinaryIO

from coopdec.read.documents import Document, DocumentFormat
from coopdec.read.documents._package import package_kind
from coopdec.read.documents._refuse import refused

__all__ = ["FORMAT"]

# First bytes → (what it is, what to save it as instead).
_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "RTF", "DOCX"),
    (b"\x89PNG", "PNG", "PDF (OCR)"),
    (b"\xff\xd8\xff", "JPEG", "PDF (OCR)"),
    (b"II*\x00", "TIFF", "PDF (OCR)"),
    (b"MM\x00*", "TIFF", "PDF (OCR)"),
    (b"GIF8", "GIF", "PDF (OCR)"),
    (b"\x1f\x8b", "gzip", "CSV"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip", "CSV"),
    (b"Rar!", "RAR", "CSV"),
    (b"PAR1", "Parquet", "CSV"),
    (b"SQLite format 3\x00", "SQLite", "CSV"),
    (b"MIME-Version:", "MHTML", "HTML"),
)


def _kind(head: bytes) -> tuple[str, str] | None:
    package = package_kind(head)
    if package == "pptx":
        return "PowerPoint (.pptx)", "PDF"
    if package == "zip":
        return "ZIP", "CSV"
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in bare[:4096]:
        return "Excel 2003 XML", "XLSX"
    return next(((kind, save) for magic, kind, save in _KINDS if head.startswith(magic)), None)


def _fits(head: bytes) -> float:
    return 0.98 if _kind(head) else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    kind, save = _kind(stream.read(1 << 16)) or ("?", "CSV")
    raise refused("format-unsupported", name, kind=kind, save=save)


FORMAT = DocumentFormat("unreadable", (), _fits, _read, "unreadable")
