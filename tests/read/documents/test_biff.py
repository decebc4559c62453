"""Old workbooks: what is hidden, and the currencies of number formats."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import xlwt

from coopdec.read import read
from coopdec.read.documents._biff import sheet_facts


def _book(path: Path) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Projets é 2021")
    money = xlwt.easyxf(num_format_str='#,##0 "FCFA"')
    for c, cell in enumerate(("Collectivité", "Pays", "Projet", "Montant accordé", "Note")):
        sheet.write(0, c, cell)
    for r in range(1, 5):
        for c, cell in enumerate(("Ville de Metz", "Mali", f"Eau {r}")):
            sheet.write(r, c, cell)
        sheet.write(r, 3, 1000 * r, money)
    sheet.row(2).hidden = sheet.row(3).hidden = True
    sheet.col(4).hidden = True
    book.save(str(path))
    return path.read_bytes()


def test_hidden_rows_and_currencies(tmp_path: Path) -> None:
    facts = sheet_facts(_book(tmp_path / "a.xls"))["Projets é 2021"]
    assert (facts.rows, facts.columns) == ([3, 4], [5])
    reading = read(tmp_path / "a.xls")
    grants = [r.facts.grant for r in reading if r.facts is not None]
    assert [g and (int(g.value), g.currency) for g in grants] == [
        (1000 * n, "XOF") for n in range(1, 5)]
    assert {"rows-hidden", "columns-hidden"} <= {f.code for f in reading.findings}


def test_damage_makes_nothing_known_and_no_error(tmp_path: Path) -> None:
    data = _book(tmp_path / "a.xls")
    for seed in range(100):
        chance = random.Random(seed)
        broken = bytearray(data)
        for _ in range(20):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        sheet_facts(bytes(broken[: chance.randrange(512, len(broken))] if seed % 2 else broken))


def _small() -> bytes:
    """A workbook whose stream is so short that it lies within that of the root, as LibreOffice
    writes it: sectors of the header, the table, the directory, the small table, the stream."""
    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    name = b"Liste"
    start = struct.calcsize("<HH") * 2 + 8 + len(name)
    book = record(0x85, struct.pack("<IHBB", start, 0, len(name), 0) + name) + record(0x0A)
    for row, height, flags in ((0, 255, 0), (1, 255, 0x20), (2, 0, 0)):
        book += record(0x208, struct.pack("<HHHHHHHH", row, 0, 3, height, 0, 0, flags, 0))
    book += record(0x0A)
    end, none = 0xFFFFFFFE, 0xFFFFFFFF

    def sector(*numbers: int) -> bytes:
        return struct.pack("<128I", *numbers, *[none] * (128 - len(numbers)))

    def entry(title: str, kind: int, first: int, size: int) -> bytes:
        written = title.encode("utf-16-le")
        return struct.pack("<64sHBB", written, len(written) + 2, kind, 1) + bytes(48) + (
            struct.pack("<IQ", first, size))

    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", head, 30, 9, 6)
    struct.pack_into("<II4xIIIII", head, 44, 1, 1, 4096, 2, 1, end, 0)
    struct.pack_into("<109I", head, 76, 0, *[none] * 108)
    parts = -(-len(book) // 64)
    links = [*range(1, parts), end]
    directory = entry("Root Entry", 5, 3, 512) + entry("Workbook", 2, 0, len(book))
    return bytes(head) + sector(0xFFFFFFFD, end, end, end) + directory.ljust(512, b"\0") + (
        sector(*links)) + book.ljust(512, b"\0")


def test_a_small_workbook_lies_within_the_stream_of_the_root() -> None:
    assert sheet_facts(_small())["Liste"].rows == [2, 3]
