"""Excel workbooks (Office Open XML)."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from coopdec.read.documents import Document, DocumentFormat
from coopdec.read.documents._number_formats import marks_of_styles
from coopdec.read.documents._package import open_package, package_kind
from coopdec.read.documents._refuse import MIB
from coopdec.read.documents._workbook import SheetFacts, read_workbook
from coopdec.read.documents._xml import local, parse_part

__all__ = ["FORMAT"]

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
# A cell with something in it: one that is not closed at once.
_FILLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^/>])?>')
_STYLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})" s="(\d+)"(?:[^>]*[^/>])?>')
# « #N/A », and a formula without a value; one that gives no words is a string.
_ERROR = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]* t="e"[^>]*>'
    rb'(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>(#[^<]{1,20})<')
_UNVALUED = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3}\d{1,7})"(?:(?! t="str")[^>])*>'
    rb'<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb'(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>')
_ATTRIBUTE = re.compile(rb'\b(r|min|max|hidden)="([^"]*)"')


def _fits(head: bytes) -> float:
    return 1.0 if package_kind(head) == "xlsx" else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    start = stream.tell()
    with open_package(stream, name, "XLSX") as package:
        marks = _marks(package)
        facts = {
            title: _scan(package, part, marks)
            for title, part in _sheets(package).items()
            if part in package.NameToInfo
        }
    stream.seek(start)
    return read_workbook(stream, name, "XLSX", facts)


def _sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → part, as the workbook and its relations say."""
    workbook = next((p for p in package.namelist() if p.endswith("xl/workbook.xml")), None)
    if workbook is None:
        return {}
    folder, base = posixpath.split(workbook)
    relations = f"{folder}/_rels/{base}.rels"
    if relations not in package.NameToInfo:
        return {}
    targets = {}
    for relation in parse_part(package, relations):
        target = posixpath.join("/" + folder, relation.get("Target", ""))
        targets[relation.get("Id")] = posixpath.normpath(target).lstrip("/")
    sheets = {}
    for element in parse_part(package, workbook).iter("{*}sheet"):
        key = next((v for k, v in element.attrib.items() if local(k) == "id"), None)
        sheets[element.get("name", "")] = targets.get(key, "")
    return sheets


def _marks(package: zipfile.ZipFile) -> dict[bytes, str]:
    """Cell style, as cells name it → the currency or « % » that it shows."""
    part = next((p for p in package.namelist() if p.endswith("xl/styles.xml")), None)
    if part is None:
        return {}
    return {str(i).encode(): m for i, m in marks_of_styles(parse_part(package, part)).items()}


def _column(letters: bytes) -> int:
    """« AB » → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _scan(package: zipfile.ZipFile, part: str, marks: Mapping[bytes, str]) -> SheetFacts:
    """One pass over a sheet's XML, in constant memory."""
    facts = SheetFacts()
    row = 0
    extent = _Extent()
    for text in _parts(package, part):
        row = _hidden_rows(_ROW.findall(text), row, facts.rows)
        for match in _COLUMN.finditer(text):
            found = dict(_ATTRIBUTE.findall(match[1]))
            if found.get(b"hidden") in (b"1", b"true"):
                first, last = int(found.get(b"min", 1)), int(found.get(b"max", 1))
                # « All columns from here on » is how an unused rest is hidden.
                if last < 16_384:
                    facts.columns.extend(range(first, last + 1))
        extent.add(_FILLED.findall(text))
        if b' t="e"' in text:
            for letters, number, sign in _ERROR.findall(text):
                facts.errors.setdefault(int(number), {})[_column(letters)] = sign.decode()
        if b"f>" in text or b"f " in text:
            facts.unvalued += [reference.decode() for reference in _UNVALUED.findall(text)]
        if marks:
            facts.marks.add(
                (int(number), _column(letters), marks[style])
                for letters, number, style in _STYLED.findall(text) if style in marks)
    facts.cells = extent.cells
    return facts


def _parts(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The XML in blocks that part no cell."""
    tail = b""
    with package.open(part) as stream:
        while block := stream.read(4 * MIB):
            text = tail + block
            cut = text.rfind(b"c>") + 2
            cut = cut if cut > 1 else text.rfind(b"<")
            tail = text[cut:]
            yield text[:cut]
    yield tail


def _hidden_rows(tags: list[bytes], row: int, hidden: list[int]) -> int:
    """Add the numbers of rows that are hidden; ``row`` is that of the row before, the result
    that of the last. A row without a number follows the one before it."""
    if not any(b"hidden" in tag for tag in tags):  # most sheets: only the last number counts
        for at, tag in enumerate(reversed(tags)):
            if number := dict(_ATTRIBUTE.findall(tag)).get(b"r"):
                return int(number) + at
        return row + len(tags)
    for tag in tags:
        found = dict(_ATTRIBUTE.findall(tag))
        row = int(found.get(b"r", row + 1))
        if found.get(b"hidden") in (b"1", b"true"):
            hidden.append(row)
    return row


class _Extent:
    """The rectangle around the filled cells."""

    def __init__(self) -> None:
        self.top, self.bottom, self.left, self.right = 1 << 30, 0, 1 << 30, 0

    def add(self, references: list[tuple[bytes, bytes]]) -> None:
        if not references:
            return
        rows = {row for _, row in references}
        numbers = sorted(map(int, rows))
        self.top, self.bottom = min(self.top, numbers[0]), max(self.bottom, numbers[-1])
        for letters in {letters for letters, _ in references}:
            column = _column(letters)
            self.left, self.right = min(self.left, column), max(self.right, column)

    @property
    def cells(self) -> int:
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)


FORMAT = DocumentFormat("xlsx", (".xlsx", ".xlsm", ".xltx"), _fits, _read, "xlsx")
