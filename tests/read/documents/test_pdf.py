"""PDF made on the spot: with and without rules, broken over pages, locked, scanned."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from coopdec.errors import DataError
from coopdec.read.documents import format_of
from coopdec.text import collapse

from .drawn import BODY
from .writers import Published, mended, parse

BOLD = ParagraphStyle("bold", parent=BODY, fontName="Helvetica-Bold")
GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
STYLES: dict[str, tuple[list[Any], int]] = {
    "grid": (GRID, 3),
    "centred": ([*GRID, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")], 3),
    "none": ([], 3),
    "tight": ([], 0),
    "rows": ([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)], 0),
    "columns": ([("LINEBEFORE", (0, 0), (-1, -1), 0.5, colors.black),
                 ("BOX", (0, 0), (-1, -1), 0.5, colors.black)], 1),
    "booktabs": ([("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
                  ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black),
                  ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)], 1),
    "zebra": ([("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.lightgrey])], 1),
    "header": ([("BACKGROUND", (0, 0), (-1, 0), colors.lightblue)], 0),
}


def furniture(canvas: Canvas, document: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(A4[0] / 2, 20, f"Page {document.page} sur 3")
    canvas.drawString(40, A4[1] - 25, "Direction des collectivités")


def write(data: Published, path: Path, style: list[Any], padding: int) -> None:
    rows = mended(data.rows)
    table = Table(
        [[Paragraph(cell.replace("&", "&amp;"), BOLD if n == 0 else BODY) for cell in row]
         for n, row in enumerate(rows)],
        colWidths=[85, 113, 113, 184], repeatRows=1,
    )
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), padding),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), padding), *style])
    head = [Paragraph(p, BODY) for p in data.paragraphs]
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=40, rightMargin=40).build(
        [*head, Spacer(1, 12), table], onFirstPage=furniture, onLaterPages=furniture)


@pytest.mark.parametrize("session", [1, 2])
@pytest.mark.parametrize("style", STYLES)
def test_layouts(
    style: str, session: int, tmp_path: Path, lists_as_printed: dict[int, Published]
) -> None:
    data = lists_as_printed[session]
    write(data, tmp_path / "liste.pdf", *STYLES[style])
    document = parse(tmp_path / "liste.pdf")
    found = [tuple(map(collapse, line.cells)) for t in document.tables for line in t.lines]
    header = found[0]
    assert [header, *(row for row in found if row != header)] == mended(data.rows)
    words = " ".join(p.text for p in document.paragraphs)
    assert "Page" not in words
    assert all(paragraph in words for paragraph in data.paragraphs)
    pages = [line.page for t in document.tables for line in t.lines]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert document.pages == pages[-1]


def one_page(path: Path, draw: Any, **options: Any) -> Path:
    canvas = Canvas(str(path), pagesize=A4, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return path


def refusal(path: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        parse(path)
    return [f.code for f in caught.value.findings]


def test_a_locked_pdf(tmp_path: Path) -> None:
    path = one_page(tmp_path / "x.pdf", lambda c: c.drawString(50, 500, "secret"), encrypt="mot")
    assert refusal(path) == ["document-encrypted"]


def picture(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    file = io.BytesIO()
    Image.new("RGB", (60, 60), "grey").save(file, "PNG")
    canvas.drawImage(ImageReader(io.BytesIO(file.getvalue())), 0, 0, 595, 842)


def test_a_scanned_pdf(tmp_path: Path) -> None:
    assert refusal(one_page(tmp_path / "x.pdf", picture)) == ["pdf-scanned"]


def test_a_scanned_page_among_others(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas)
        canvas.showPage()
        canvas.drawString(50, 500, "Annexe")

    document = parse(one_page(tmp_path / "x.pdf", draw))
    assert [(f.code, f.where.page) for f in document.findings if f.where] == [
        ("pdf-page-scanned", 1)]
    assert [p.text for p in document.paragraphs] == ["Annexe"]


def test_what_a_form_holds_is_said(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 500, "Chef de file :")
        for y, value in ((500, "Ville de Sète"), (450, "")):
            canvas.acroForm.textfield(name=f"Été {y}", value=value, x=160, y=y, width=200)

    document = parse(one_page(tmp_path / "x.pdf", draw))
    assert [(f.code, f.params) for f in document.findings] == [
        ("pdf-form", {"n": 1, "words": "Ville de Sète"})]


def test_people_in_a_form_are_not_shown(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 500, "Contact :")
        for y, value in ((500, "Ville de Sète"), (450, "a.dupont@example.org"),
                         (400, "Mme Anne Dupont")):
            canvas.acroForm.textfield(name=str(y), value=value, x=160, y=y, width=200)

    (said,) = parse(one_page(tmp_path / "x.pdf", draw)).findings
    assert said.params["n"] == 3
    assert "Sète" in str(said.params["words"])
    assert "upont" not in str(said.params["words"])


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_truncated_pdf(
    share: float, tmp_path: Path, lists_as_printed: dict[int, Published]
) -> None:
    """What is left is read or refused; never a traceback."""
    path = tmp_path / "x.pdf"
    write(lists_as_printed[1], path, *STYLES["grid"])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    found: set[str] = set()
    try:
        parse(path)
    except DataError as error:
        found = {finding.code for finding in error.findings}
    assert found <= {"document-truncated", "pdf-scanned"}


def resident() -> int:
    """MiB of memory in use; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) // 256 if status.exists() else 0


def test_two_hundred_pages_in_the_memory_of_a_few(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(200):
        canvas.setFont("Helvetica", 9)
        for row in range(6):
            y = 780 - 20 * row
            words = ["Pays", "Titre du projet"] if row == 0 else ["Mali", f"Projet {page}-{row}"]
            canvas.rect(40, y - 6, 100, 20)
            canvas.rect(140, y - 6, 300, 20)
            canvas.drawString(44, y, words[0])
            canvas.drawString(144, y, words[1])
        canvas.drawString(290, 30, f"{page + 1}/200")
        canvas.showPage()
    canvas.save()
    with path.open("rb") as stream:
        found = format_of(".pdf", stream.read(1 << 16))
        assert found is not None
        stream.seek(0)
        document = found.read(stream, path.name)
        assert document.pages == 200
        rows = 0
        sizes: dict[int | None, int] = {}
        for table in document.tables:
            for line in table.lines:
                rows += 1
                if line.page not in sizes:
                    sizes[line.page] = resident()
    assert rows == 200 * 5 + 1
    assert sizes[200] < sizes[40] + 25


def test_headers_on_their_side_bands_and_lines_of_a_cell(tmp_path: Path) -> None:
    """Rotated header cells; cells shaded one by one, every other row; two names in a cell."""
    rows = [["Ville de Metz", "Ville de Kayes\nVille de Thiès", "Eau"],
            ["Ville de Nancy", "Ségou", "Réseau d'assainissement"],
            *([f"Ville de Dax {i}", "Kindia", f"École {i}"] for i in range(4))]
    data = [["Chef de file", "Partenaire", "Projet"], *rows]
    for up in (90, 270):
        canvas = Canvas(str(tmp_path / f"{up}.pdf"), pagesize=A4)
        for r, row in enumerate(data):
            top, height = (800, 90) if r == 0 else (710 - 30 * (r - 1), 30)
            for c, cell in enumerate(row):
                canvas.setFont("Helvetica", 9)
                canvas.rect(50 + 160 * c, top - height, 160, height)
                if r == 0:
                    canvas.saveState()
                    canvas.translate(100 + 160 * c, top - (80 if up == 90 else 10))
                    canvas.rotate(up)
                    canvas.drawString(0, 0, cell)
                    canvas.restoreState()
                    continue
                for n, line in enumerate(cell.split("\n")):
                    canvas.drawString(54 + 160 * c, top - 11 - 11 * n, line)
        canvas.save()
        with (tmp_path / f"{up}.pdf").open("rb") as stream:
            assert _cells(stream) == data
    canvas = Canvas(str(tmp_path / "bands.pdf"), pagesize=A4)
    for r, row in enumerate([data[0], *([a, b.split("\n")[0], c] for a, b, c in rows)]):
        for c, cell in enumerate(row):
            if r % 2 == 0 and r:
                canvas.setFillGray(0.9)
                canvas.rect(50 + 160 * c, 795 - 24 * r, 160, 24, stroke=0, fill=1)
                canvas.setFillGray(0)
            canvas.setFont("Helvetica", 8)
            canvas.drawString(54 + 160 * c, 803 - 24 * r, cell[:38])
    canvas.save()
    with (tmp_path / "bands.pdf").open("rb") as stream:
        assert [cells[0] for cells in _cells(stream)] == [row[0] for row in data]


def _cells(stream: BinaryIO) -> list[list[str]]:
    pdf = format_of(".pdf", b"%PDF-1.4")
    assert pdf is not None
    return [line.cells for t in pdf.read(stream, "a.pdf").tables for line in t.lines]
