"""Office files, and what LibreOffice makes of them."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.conftest import Once

from .writers import Published, published, write_docx, write_xlsx

Convert = Callable[[list[Path], str], list[Path]]


@pytest.fixture(scope="session")
def lists_as_printed() -> dict[int, Published]:
    return {1: published(1), 2: published(2)}


@pytest.fixture(scope="session")
def convert(
    tmp_path_factory: pytest.TempPathFactory, once: Once, workbooks: list[Path],
    texts: list[Path], tables: list[Path], workbook: Path, text: Path
) -> Convert:
    """``convert(files, "pdf")`` → the files that LibreOffice made of them, in order. It is
    long to start: what all the tests want of a format is made at once."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-writer, libreoffice-calc)")
    profile = tmp_path_factory.mktemp("profile")
    wanted = {"ods": [*workbooks, workbook], "xls": [*workbooks, workbook],
              "odt": [*tables, text], "html": [*workbooks, *tables],
              "pdf": [*workbooks, *texts]}

    def made(suffix: str) -> Path:
        def make(folder: Path) -> None:
            command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless",
                       "--convert-to", suffix, "--outdir", str(folder), *map(str, wanted[suffix])]
            subprocess.run(command, check=True, capture_output=True, timeout=180)

        return once(f"libreoffice-{suffix}", make)

    return lambda files, suffix: [made(suffix) / f"{file.stem}.{suffix}" for file in files]


@pytest.fixture(scope="session")
def workbooks(
    tmp_path_factory: pytest.TempPathFactory, lists_as_printed: dict[int, Published]
) -> list[Path]:
    folder = tmp_path_factory.mktemp("xlsx")
    for session, data in lists_as_printed.items():
        write_xlsx(data, folder / f"session-{session}.xlsx")
    return sorted(folder.iterdir())


@pytest.fixture(scope="session")
def texts(
    tmp_path_factory: pytest.TempPathFactory, lists_as_printed: dict[int, Published]
) -> list[Path]:
    """Word texts in several layouts; the session's number stands in the name."""
    folder = tmp_path_factory.mktemp("docx")
    for session, data in lists_as_printed.items():
        write_docx(data, folder / f"ruled-{session}.docx")
        write_docx(data, folder / f"plain-{session}.docx", ruled=False)
        write_docx(data, folder / f"merged-{session}.docx", merged=True)
        write_docx(data, folder / f"landscape-{session}.docx", landscape=True)
    return sorted(folder.iterdir())


@pytest.fixture(scope="session")
def tables(texts: list[Path]) -> list[Path]:
    """Those that are not alike where nothing is drawn: pages across and rules make none."""
    return [text for text in texts if text.stem.startswith(("ruled", "merged"))]


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sheets that are seen and one that is not; cells merged, hidden, of each kind."""
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


@pytest.fixture(scope="session")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several tables, one within another, and what Word hides in a text."""
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
