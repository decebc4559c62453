"""Workbooks and word texts: merged cells, several sheets and tables, what is hidden, values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from coopdec.read.documents import Document

from .conftest import Convert
from .writers import parse


def lines(document: Document) -> list[tuple[int, list[str], set[int]]]:
    return [(line.number, line.cells, set(line.covered))
            for table in document.tables for line in table.lines]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Lauréats"
    sheet["A1"] = "Lauréats 2020"
    sheet.merge_cells("A1:C1")
    sheet.append(["Région", "Titre", "Montant"])
    sheet.append(["Bretagne", "Eau\nSanté", 12500])
    sheet.append([None, "=1+1", 0.1 + 0.2])
    half_past_two = dt.datetime(2020, 6, 23, 14, 30)  # noqa: DTZ001  cells have no zone
    sheet.append([None, dt.date(2020, 6, 23), half_past_two])
    sheet.append([])
    sheet.append(["Corse", -3, 1e-7])
    sheet.merge_cells("A3:A5")
    sheet["B3"].alignment = openpyxl.styles.Alignment(wrap_text=True)
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True
    other = book.create_sheet("Autre")
    other["B2"] = "seul"
    hidden = book.create_sheet("Brouillon")
    hidden["A1"] = "secret"
    hidden.sheet_state = "hidden"
    path = tmp_path_factory.mktemp("book") / "liste.xlsx"
    book.save(path)
    return path


def check_workbook(path: Path, *, hides: bool = True) -> None:
    document = parse(path)
    found = lines(document)
    assert [table.name for table in document.tables] == ["Lauréats", "Autre"]
    formula = found[3][1][1]
    assert formula in ("", "2")  # openpyxl stores no result, LibreOffice does
    assert found == [
        (1, ["Lauréats 2020", "", ""], set()),
        (2, ["Région", "Titre", "Montant"], set()),
        (3, ["Bretagne", "Eau\nSanté", "12500"], set()),
        (4, ["", formula, "0.3"], {0}),
        (5, ["", "2020-06-23", "2020-06-23 14:30:00"], {0}),
        (7, ["Corse", "-3", "1e-07"], set()),
        (2, ["", "seul"], set()),
    ]
    codes = sorted(f.code for f in document.findings)
    assert codes == (["columns-hidden", "rows-hidden", "sheet-hidden"] if hides
                     else ["sheet-hidden"])
    if hides:
        rows = next(f for f in document.findings if f.code == "rows-hidden")
        assert rows.where is not None
        assert (rows.where.sheet, rows.where.line, rows.params["rows"]) == ("Lauréats", 4, "4")


def test_xlsx(workbook: Path) -> None:
    check_workbook(workbook)


def test_ods(convert: Convert, workbook: Path) -> None:
    check_workbook(convert([workbook], "ods")[0])


def test_xls(convert: Convert, workbook: Path) -> None:
    """calamine does not tell what is hidden in the old format; it is read all the same."""
    check_workbook(convert([workbook], "xls")[0], hides=False)


def test_a_workbook_under_another_suffix(workbook: Path, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(workbook.read_bytes())
    document = parse(path)
    assert document.findings[0].code == "suffix-wrong"
    assert dict(document.findings[0].params) == {"suffix": ".csv", "format": "XLSX"}


def test_a_sheet_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    for n in range(8_000):
        sheet.append(["Bretagne", f"Titre {n} {'long ' * 120}fin", n])
    book.save(tmp_path / "longue.xlsx")
    found = lines(parse(tmp_path / "longue.xlsx"))
    assert [number for number, _, _ in found] == list(range(1, 8_001))
    assert found[-1] == (8_000, ["Bretagne", f"Titre 7999 {'long ' * 120}fin", "7999"], set())


# ---- Word

@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ministère"
    document.add_paragraph("Paris, le 23 juin 2020")
    table = document.add_table(rows=4, cols=3)
    for r, row in enumerate([["Région", "Partenaire", ""], ["Bretagne", "Mali", "Sio"],
                             ["", "Togo", "Kara"], ["Corse", "", "x"]]):
        for c, words in enumerate(row):
            table.cell(r, c).text = words
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Partenaire"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Bretagne"
    cell = table.cell(3, 1)
    cell.text = "Bénin"
    cell.paragraphs[0].add_run().add_break()
    cell.paragraphs[0].add_run("Niger")
    cell.add_paragraph("Tchad")
    inner = cell.add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "dedans"
    document.add_page_break()  # type: ignore[no-untyped-call]
    second = document.add_table(rows=1, cols=3)
    for c, words in enumerate(["Normandie", "Chili", "y"]):
        second.cell(0, c).text = words
    document.add_paragraph("Autre tableau")
    third = document.add_table(rows=1, cols=3)
    third.cell(0, 0).text = "autre"
    # What a reviewer deleted is not there, what was inserted is; a content control wraps.
    paragraph = document.add_paragraph()
    paragraph._p.append(parse_xml(
        f'<w:del {nsdecls("w")}><w:r><w:delText>ancien</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(
        f'<w:ins {nsdecls("w")}><w:r><w:t>nouveau</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtContent><w:r><w:t xml:space="preserve"> texte</w:t></w:r>'
        "</w:sdtContent></w:sdt>"))
    path = tmp_path_factory.mktemp("text") / "liste.docx"
    document.save(str(path))
    return path


def check_text(path: Path) -> None:
    document = parse(path)
    cells = [[line.cells for line in table.lines] for table in document.tables]
    main = [["Région", "Partenaire", ""], ["Bretagne", "Mali", "Sio"], ["", "Togo", "Kara"],
            ["Corse", "Bénin\nNiger\nTchad", "x"]]
    assert cells[0][:4] == main
    assert ["dedans"] in [row for table in cells for row in table]
    assert ["Normandie", "Chili", "y"] in [row for table in cells for row in table]
    assert cells[-1] == [["autre", "", ""]] or cells[-1] == [["autre"]]
    covered = [set(line.covered) for table in document.tables for line in table.lines]
    assert covered[:4] == [set(), set(), {0}, set()]
    words = [p.text for p in document.paragraphs]
    assert "Paris, le 23 juin 2020" in words
    assert "nouveau texte" in words
    assert "ancien" not in " ".join(words)


def test_docx(text: Path) -> None:
    check_text(text)
    assert parse(text).paragraphs[0].text == "Ministère"


def test_odt(convert: Convert, text: Path) -> None:
    check_text(convert([text], "odt")[0])


def test_a_table_that_goes_on_after_a_page_break_is_one(tmp_path: Path) -> None:
    document = docx.Document()
    for words in (["a", "b"], ["c", "d"]):
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = words
        document.add_page_break()  # type: ignore[no-untyped-call]
    document.save(str(tmp_path / "x.docx"))
    found = parse(tmp_path / "x.docx")
    assert [[line.cells for line in table.lines] for table in found.tables] == [
        [["a", "b"], ["c", "d"]]]
    assert [line.number for table in found.tables for line in table.lines] == [1, 2]
