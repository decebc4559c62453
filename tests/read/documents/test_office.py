"""Workbooks and word texts: merged cells, several sheets and tables, what is hidden, values."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from coopdec.read.documents import Document

from .conftest import Convert
from .writers import parse


def lines(document: Document) -> list[tuple[int, list[str], set[int]]]:
    return [(line.number, line.cells, set(line.covered))
            for table in document.tables for line in table.lines]


def check_workbook(path: Path) -> None:
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
    assert codes == ["columns-hidden", *["formulas-unvalued"] * (not formula), "rows-hidden",
                     "sheet-hidden"]
    rows = next(f for f in document.findings if f.code == "rows-hidden")
    assert rows.where is not None
    assert (rows.where.sheet, rows.where.line, rows.params["rows"]) == ("Lauréats", 4, "4")


def test_xlsx(workbook: Path) -> None:
    check_workbook(workbook)


def test_ods(convert: Convert, workbook: Path) -> None:
    check_workbook(convert([workbook], "ods")[0])


def test_xls(convert: Convert, workbook: Path) -> None:
    check_workbook(convert([workbook], "xls")[0])


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


def test_a_merged_cell_goes_on_in_the_next_table(tmp_path: Path) -> None:
    """A table a page, the header in each; a cell merged over rows is cut by the page."""
    document = docx.Document()
    for rows in ([["Qui", "Quoi"], ["Brest", "Eau"], ["", "Port"], ["Lyon", "École"]],
                 [["Qui", "Quoi"], ["", "Marché"], ["Metz", "Sport"]]):
        table = document.add_table(rows=len(rows), cols=2)
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                table.cell(r, c).text = words
        if len(rows) == 4:
            table.cell(1, 0).merge(table.cell(2, 0))
        document.add_page_break()  # type: ignore[no-untyped-call]
    document.save(str(tmp_path / "x.docx"))
    (table,) = parse(tmp_path / "x.docx").tables
    assert [(line.cells, set(line.covered)) for line in table.lines] == [
        (["Qui", "Quoi"], set()), (["Brest", "Eau"], set()), (["", "Port"], {0}),
        (["Lyon", "École"], set()), (["Qui", "Quoi"], set()), (["", "Marché"], {0}),
        (["Metz", "Sport"], set())]


def test_a_bold_paragraph_is_a_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Appui à l'état : suite").bold = True
    document.add_paragraph().add_run("Porteur :").bold = True
    document.paragraphs[-1].add_run(" Metz")
    document.save(str(tmp_path / "x.docx"))
    assert [p.kind for p in parse(tmp_path / "x.docx").paragraphs] == ["heading", None]


def test_a_raised_mark_is_no_word(tmp_path: Path) -> None:
    import docx

    paper = docx.Document()
    words = paper.add_paragraph("Kayes")
    for raised in ("1", "er"):
        words.add_run(raised).font.superscript = True
    words.add_run("note interne").font.hidden = True
    paper.save(str(tmp_path / "liste.docx"))
    assert [p.text for p in parse(tmp_path / "liste.docx").paragraphs] == ["Kayeser"]


def test_a_mark_that_writer_raises_in_a_docx_is_no_word(tmp_path: Path) -> None:
    document = docx.Document()
    words = document.add_paragraph("Ville de Caen")
    for text in ("1", "er"):
        run = words.add_run(text)
        run._r.get_or_add_rPr().append(parse_xml(f'<w:position {nsdecls("w")} w:val="6"/>'))
        run.font.size = Pt(8)
    path = tmp_path / "liste.docx"
    document.save(str(path))
    assert [p.text for p in parse(path).paragraphs] == ["Ville de Caener"]


def test_a_raised_mark_of_an_odt_is_no_word(tmp_path: Path) -> None:
    looks = {"up": 'text-position="super 58%"', "high": 'text-position="33% 58%"',
             "low": 'text-position="-33% 58%"', "gone": 'display="none"'}
    styles = "".join(f'<s:style s:name="{name}"><s:text-properties s:{look}/></s:style>'
                     for name, look in looks.items())
    spans = "".join(f'<t:span t:style-name="{name}">{text}</t:span>' for name, text in (
        ("up", "1"), ("up", "er"), ("high", "(2)"), ("low", "3"), ("gone", "note interne")))
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", f'<o xmlns:s="s" xmlns:t="t"><a>{styles}</a>'
                                        f"<b><t:p>Kayes{spans} Mali</t:p></b></o>")
    assert [p.text for p in parse(tmp_path / "a.odt").paragraphs] == ["Kayeser3 Mali"]
