"""What no document may do: take unbounded time or memory, run anything, end in a traceback."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from coopdec.errors import DataError
from coopdec.messages import LANGS, sentence
from coopdec.read.documents import _package, format_of, formats

from .writers import Published, as_csv, as_html, as_json, parse, write_docx, write_xlsx

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http:'
    '//schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}"/></Relationships>'
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><x>&d;</x>'
)


def refusal(path: Path) -> str:
    """The code of the one fatal finding; both sentences name the file."""
    with pytest.raises(DataError) as caught:
        parse(path)
    fatal = [f for f in caught.value.findings if f.fatal]
    assert len(fatal) == 1
    for language in LANGS:
        assert sentence(fatal[0], language).startswith(path.name)
    return fatal[0].code


def workbook(path: Path, sheet: bytes | str) -> Path:
    """An XLSX around this sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        package.writestr("_rels/.rels", RELATIONS.format("officeDocument", "xl/workbook.xml"))
        package.writestr("xl/workbook.xml", WORKBOOK)
        relations = RELATIONS.format("worksheet", "worksheets/sheet1.xml")
        package.writestr("xl/_rels/workbook.xml.rels", relations)
        package.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def sheet(rows: str) -> str:
    return ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"<sheetData>{rows}</sheetData></worksheet>")


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_an_empty_sheet_of_a_million_rows(tmp_path: Path) -> None:
    """Down to the last row there can be; of those between, every eighth is written."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(8, 1_048_577, 8))
    head = f'<row r="1">{cell("A1", "Pays")}</row><row r="2">{cell("A2", "Mali")}</row>'
    path = workbook(tmp_path / "vide.xlsx", sheet(head + rows))
    document = parse(path)
    lines = [line for table in document.tables for line in table.lines]
    assert [line.cells for line in lines] == [["Pays"], ["Mali"]]


def test_a_cell_at_the_far_end_of_a_sheet(tmp_path: Path) -> None:
    """calamine alone would ask for a rectangle of 17 thousand million cells."""
    rows = f'<row r="1">{cell("A1", "Pays")}</row><row r="1048576">{cell("XFD1048576", "x")}</row>'
    document = parse(workbook(tmp_path / "loin.xlsx", sheet(rows)))
    assert list(document.tables) == []
    assert [f.code for f in document.findings] == ["sheet-too-large"]


def test_repeated_rows_and_columns_of_an_ods(tmp_path: Path) -> None:
    """A few hundred bytes that ask for 17 thousand million cells."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="T"><table:table-row '
        'table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated='
        '"16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "bombe.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    with path.open("rb") as stream:
        found = format_of(".ods", stream.read(1 << 16))
        assert found is not None
        stream.seek(0)
        document = found.read(stream, path.name)
        count = sum(1 for table in document.tables for _ in table.lines)
    assert count == 1_000


@pytest.mark.parametrize("sheets", [1, 3], ids=["one part", "parts together"])
def test_zip_bomb(sheets: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """36 MiB of spaces where 32 are allowed; the declared sizes are true."""
    assert _package.PACKAGE_LIMIT <= 1 << 29
    monkeypatch.setattr(_package, "PACKAGE_LIMIT", 32 << 20)
    path = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        package.writestr("xl/workbook.xml", WORKBOOK)
        for number in range(sheets):
            package.writestr(f"xl/worksheets/sheet{number}.xml", b" " * ((36 << 20) // sheets))
    assert refusal(path) == "zip-bomb"
    monkeypatch.setattr(_package, "PACKAGE_LIMIT", 37 << 20)
    assert refusal(path) != "zip-bomb"


def test_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = workbook(tmp_path / "menteur.xlsx", sheet(" " * 5_000_000))
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", len(sheet(" " * 5_000_000)))
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 1000)
    path.write_bytes(data)
    assert refusal(path) in {"zip-bomb", "document-truncated"}


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entity_bomb_in_a_workbook(part: str, tmp_path: Path) -> None:
    path = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            package.writestr(name, BOMB if name == part else WORKBOOK)
    assert refusal(path) == "xml-entities"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bomb_in_a_text(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "bombe.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        package.writestr("word/document.xml", BOMB.encode(encoding))
    assert refusal(path) == "xml-entities"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_truncated_office_files(
    share: float, tmp_path: Path, lists_as_printed: dict[int, Published]
) -> None:
    for path, write in ((tmp_path / "a.xlsx", write_xlsx), (tmp_path / "a.docx", write_docx)):
        write(lists_as_printed[1], path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])
        assert refusal(path) == "document-truncated"


def test_encrypted_old_shell(tmp_path: Path) -> None:
    """A workbook under a password is an OLE file with a stream of this name."""
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
                     + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert refusal(path) == "document-encrypted"


def test_encrypted_opendocument(tmp_path: Path) -> None:
    path = tmp_path / "secret.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", b"\x8a\x01\x02noise")
        package.writestr("META-INF/manifest.xml", "<m:manifest><m:encryption-data/></m:manifest>")
    assert refusal(path) == "document-encrypted"




@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{\\rtf1 bonjour}", "format-unsupported"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "format-unsupported"),
        (b"\x1f\x8b\x08" + bytes(100), "format-unsupported"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "document-truncated"),
        (b"%PDF-1.4 nothing here", "document-truncated"),
        (b"PK\x03\x04" + bytes(40), "format-unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "document-truncated"),
        (b'{"a": 1, "b": [', "json-broken"),
        (b'[{"a": 1}, {"a": ', "json-broken-list"),
        (b"[" * 100_000, "json-broken-list"),
    ],
)
def test_refused(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "essai.bin"
    path.write_bytes(data)
    assert refusal(path) == code


def test_old_word(tmp_path: Path) -> None:
    path = tmp_path / "essai.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
                     + "WordDocument".encode("utf-16-le"))
    assert refusal(path) == "format-unsupported"


def test_garbage_is_no_format() -> None:
    noise = zlib.compress(bytes(range(256)) * 50) * 3
    assert format_of(".pdf", noise) is None
    assert format_of(".csv", b"") is None


def test_every_format_survives_noise(tmp_path: Path) -> None:
    """Each reader, given what is not its own: a refusal or a document, nothing else."""
    noise = [bytes(range(256)) * 20, b"\x00" * 500, b"PK\x03\x04" + b"\xff" * 300,
             "é;à\n".encode() * 10, b"%PDF-1.4" + bytes(range(256)) * 5, b"<table><tr><td>x"]
    refusals = []
    for found in formats():
        for data in noise:
            try:
                for table in found.read(io.BytesIO(data), "essai").tables:
                    list(table.lines)
            except DataError as error:
                refusals.append(error)
    assert all(finding.fatal for error in refusals for finding in error.findings)
    assert len(formats()) >= 13


def test_heavy_libraries_are_imported_late() -> None:
    """Looking for the format of a text loads no PDF library."""
    code = ("import sys; from coopdec.read.documents import format_of; format_of('.csv', b'a;b');"
            "print(sorted({'pdfplumber', 'lxml', 'python_calamine'} & {m.split('.')[0] for m in"
            " sys.modules}))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_damaged_documents_are_refused_or_read(
    tmp_path: Path, lists_as_printed: dict[int, Published]
) -> None:
    """Bytes changed, cut out and doubled at random (always the same way)."""
    data = lists_as_printed[1]
    write_xlsx(data, tmp_path / "a.xlsx")
    write_docx(data, tmp_path / "a.docx")
    (tmp_path / "a.csv").write_text(as_csv(data, ";"), "utf-8")
    (tmp_path / "a.html").write_text(as_html(data), "utf-8")
    (tmp_path / "a.json").write_text(as_json(data), "utf-8")
    chance = random.Random(7)
    read = refused = 0
    for path in sorted(tmp_path.iterdir()):
        whole = path.read_bytes()
        for _ in range(30):
            damaged = bytearray(whole)
            for _ in range(chance.choice((1, 5, 40))):
                at = chance.randrange(len(damaged))
                match chance.randrange(3):
                    case 0:
                        damaged[at] = chance.randrange(256)
                    case 1:
                        del damaged[at : at + chance.randrange(1, 40)]
                    case _:
                        damaged[at:at] = damaged[at // 2 : at // 2 + 30]
            found = format_of(path.suffix, bytes(damaged[: 1 << 16]))
            if found is None:
                continue
            try:
                for table in found.read(io.BytesIO(bytes(damaged)), path.name).tables:
                    list(table.lines)
                read += 1
            except DataError:
                refused += 1
    assert read > 30
    assert refused > 30
