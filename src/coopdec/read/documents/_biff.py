"""What calamine does not tell of Excel's old workbooks: hidden rows and columns, the
currencies that only number formats show, errors.

The file is a compound one ([MS-CFB]): sectors chained by a table; its stream « Workbook » is a
run of records ([MS-XLS] 2.1.4). Only records of twelve kinds are looked at, and only their
first bytes. Whatever does not fit ends the look: nothing is then known, and the list is read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from coopdec.read.documents._number_formats import mark_of
from coopdec.read.documents._workbook import SheetFacts

__all__ = ["sheet_facts"]

_END = 0xFFFFFFFA
_MOST_HIDDEN = 100_000
#: A sector of a small stream.
_SMALL = 64
_NUMBER, _RK, _MULRK, _FORMULA, _ROW, _COLINFO = 0x203, 0x27E, 0xBD, 0x06, 0x208, 0x7D
_ERROR = 0x205
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
           0x24: "#NUM!", 0x2A: "#N/A"}
_BOUNDSHEET, _FORMAT, _XF, _EOF = 0x85, 0x41E, 0xE0, 0x0A


def sheet_facts(data: bytes) -> Mapping[str, SheetFacts]:
    """The facts of each sheet by its name; none where the file is not as expected."""
    try:
        return _facts(_workbook(data))
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return {}


# ---- the compound file


def _workbook(data: bytes) -> bytes:
    """The stream « Workbook »."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    n_fat, directory, small_limit = struct.unpack_from("<II4xI", data, 44)
    wanted = list(struct.unpack_from("<109I", data, 76))
    at, left = struct.unpack_from("<II", data, 68)
    while at < _END and left and len(wanted) < n_fat + 127:
        wanted += struct.unpack_from(f"<{size // 4}I", data, (at + 1) * size)
        at, left = wanted.pop(), left - 1
    fat: list[int] = []
    for sector in wanted[:n_fat]:
        if sector < _END:
            fat += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)

    sectors = memoryview(data)[size:]
    entries = _chain(sectors, size, fat, directory)
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        first, total = struct.unpack_from("<II", entries, at + 116)
        if name == "Workbook" and total >= small_limit:
            return _chain(sectors, size, fat, first)[:total]
        if name == "Workbook":  # a small one, within the stream of the root
            links, root = (struct.unpack_from("<I", data, 60)[0],
                           struct.unpack_from("<I", entries, 116)[0])
            small = _chain(sectors, size, fat, links)
            return _chain(_chain(sectors, size, fat, root), _SMALL,
                          struct.unpack(f"<{len(small) // 4}I", small), first)[:total]
    raise ValueError("no workbook")


def _chain(sectors: bytes | memoryview, size: int, table: Sequence[int], first: int) -> bytes:
    """The sectors of one stream, each found by the one before."""
    parts, seen = [], 0
    while first < _END:
        parts.append(sectors[first * size : (first + 1) * size])
        first, seen = table[first], seen + 1
        if seen > len(table):
            raise ValueError("a chain that never ends")
    return b"".join(parts)


# ---- its records


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of each record of a part of the workbook, to its end."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _EOF:
            return
        yield kind, at + 4, length
        at += 4 + length


def _facts(book: bytes) -> dict[str, SheetFacts]:
    sheets: list[tuple[str, int]] = []
    formats: dict[int, str] = {}
    styles: list[int] = []
    for kind, at, _ in _records(book, 0):
        if kind == _BOUNDSHEET:
            start, count = struct.unpack_from("<I2xB", book, at)
            sheets.append((_text(book, at + 7, count), start))
        elif kind == _FORMAT:
            number, count = struct.unpack_from("<HH", book, at)
            formats[number] = _text(book, at + 4, count)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", book, at + 2)[0])
    marks = {i: mark for i, number in enumerate(styles)
             if (mark := "%" if number in (9, 10) else mark_of(formats.get(number, "")))}
    return {name: _sheet(book, start, marks) for name, start in sheets}


def _text(book: bytes, at: int, count: int) -> str:
    """A string, its letters of one byte or of two."""
    wide = book[at] & 1
    return book[at + 1 : at + 1 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _sheet(book: bytes, start: int, marks: Mapping[int, str]) -> SheetFacts:
    facts = SheetFacts()
    shown: dict[tuple[int, int], str] = {}
    for kind, at, length in _records(book, start):
        if kind == _ROW and (struct.unpack_from("<H", book, at + 12)[0] & 0x20
                             or not struct.unpack_from("<H", book, at + 6)[0] & 0x7FFF):
            if len(facts.rows) < _MOST_HIDDEN:
                facts.rows.append(struct.unpack_from("<H", book, at)[0] + 1)
        elif kind == _COLINFO and struct.unpack_from("<H", book, at + 8)[0] & 1:
            first, last = struct.unpack_from("<HH", book, at)
            facts.columns += range(first + 1, min(last, 255) + 2)
        elif error := _error(book, kind, at):
            row, column = struct.unpack_from("<HH", book, at)
            facts.errors.setdefault(row + 1, {})[column + 1] = error
        elif marks and kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", book, at)
            if style in marks:
                shown[row + 1, column + 1] = marks[style]
        elif marks and kind == _MULRK:
            row, column = struct.unpack_from("<HH", book, at)
            for i in range((length - 6) // 6):
                style = struct.unpack_from("<H", book, at + 4 + 6 * i)[0]
                if style in marks:
                    shown[row + 1, column + 1 + i] = marks[style]
    facts.rows.sort()
    facts.marks.add((row, column, mark) for (row, column), mark in sorted(shown.items()))
    return facts


def _error(book: bytes, kind: int, at: int) -> str:
    """The error that a cell holds, of itself or as what its formula gives; "" for none."""
    if kind == _ERROR and book[at + 7]:
        return _ERRORS.get(book[at + 6], "")
    if kind == _FORMULA and book[at + 12 : at + 14] == b"\xff\xff" and book[at + 6] == 2:
        return _ERRORS.get(book[at + 8], "")
    return ""
