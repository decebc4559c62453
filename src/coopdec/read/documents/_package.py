"""The zip container of office files, opened with care: bombs and truncation are refused
before anything is parsed."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from coopdec.read.documents._refuse import MIB, refused

__all__ = ["PACKAGE_LIMIT", "open_package", "package_kind"]

# What one part, and all the XML parts together, may inflate to. A million rows of ten
# columns make some 400 MiB.
PACKAGE_LIMIT = 512 * MIB
_PARTS_LIMIT = 20_000
_MAGIC = b"PK\x03\x04"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML_SUFFIXES = (".xml", ".rels", ".vml", ".xhtml")

# What the zip module raises on a damaged container.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError,
    OverflowError, RuntimeError, ValueError,
)

_ODF_MIMETYPE = re.compile(
    rb"mimetypeapplication/vnd\.oasis\.opendocument\.(spreadsheet|text)(?:-template)?"
)
_OOXML = {b"xl/": "xlsx", b"word/": "docx", b"ppt/": "pptx"}


def package_kind(head: bytes) -> str | None:
    """``xlsx``, ``docx``, ``pptx``, ``ods``, ``odt`` or ``zip``, from the first 64 KiB of a
    zip; None where it is none."""
    if not head.startswith(_MAGIC):
        return None
    if odf := _ODF_MIMETYPE.search(head[:200]):
        return "ods" if odf[1] == b"spreadsheet" else "odt"
    # The names of the parts stand in clear before each of them.
    found = [(at, kind) for folder, kind in _OOXML.items() if (at := _name_at(head, folder)) >= 0]
    if found:
        return min(found)[1]
    content_types = _first_part(head)
    for word, kind in ((b"spreadsheetml", "xlsx"), (b"wordprocessingml", "docx")):
        if word in content_types:
            return kind
    return "zip"


def _name_at(head: bytes, folder: bytes) -> int:
    """Where a local header names a part in this folder; -1 for nowhere."""
    for header in re.finditer(rb"PK\x03\x04.{26}", head, re.DOTALL):
        if head.startswith(folder, header.end()):
            return header.start()
    return -1


def _first_part(head: bytes) -> bytes:
    """What the first part inflates to, as far as the head goes; ``[Content_Types].xml`` of
    office files whose parts come in an unusual order."""
    if len(head) < 30:
        return b""
    start = 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    try:
        return zlib.decompressobj(-15).decompress(head[start:], MIB)
    except zlib.error:
        return head[start : start + 4096]


def open_package(stream: BinaryIO, name: str, format_name: str) -> zipfile.ZipFile:
    """The container, after these checks: its directory is whole, nothing in it is encrypted,
    its XML inflates to a bounded size whatever the directory declares, and no part has a
    document type (where XML entities would be defined; office files never have one)."""
    try:
        package = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise refused("document-truncated", name, format=format_name) from error
    parts = package.infolist()
    if len(parts) > _PARTS_LIMIT:
        raise refused("zip-bomb", name, limit=f"{PACKAGE_LIMIT // MIB} MiB")
    total = 0
    for part in parts:
        if part.flag_bits & 0x1:
            raise refused("document-encrypted", name)
        if part.filename.lower().endswith(_XML_SUFFIXES):
            total += _inflated(package, part, name, format_name, PACKAGE_LIMIT - total)
    if "META-INF/manifest.xml" in package.NameToInfo:
        # An encrypted OpenDocument says so here; its parts then are noise.
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise refused("document-encrypted", name)
    return package


def _inflated(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, format_name: str, room: int
) -> int:
    """The true size of a part, measured by inflating it; the zip module stops at the
    declared size, other readers do not, so a lie is refused too."""
    too_big = refused("zip-bomb", name, limit=f"{PACKAGE_LIMIT // MIB} MiB")
    if part.file_size > room:
        raise too_big
    size = 0
    try:
        with package.open(part) as inflating:
            while block := inflating.read(MIB):
                if size == 0 and _has_doctype(block):
                    raise refused("xml-entities", name)
                size += len(block)
                if size > room:
                    raise too_big
    except _BROKEN as error:
        # A checksum that does not hold: cut short, or a size that is a lie.
        raise refused("document-truncated", name, format=format_name) from error
    return size


def _has_doctype(block: bytes) -> bool:
    return bool(_DOCTYPE.search(block.replace(b"\x00", b"")))
