"""The rows and the columns of a table on one page of a PDF: headers beside and across their
columns, shaded rows, lines that open no row."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from coopdec.read import read
from coopdec.read.documents._layout import Gutter, TextLine, Word, headed

from .drawn import BODY, HEAD, words
from .writers import parse


def test_a_header_whose_cells_sit_low(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "liste.pdf"), pagesize=A4)
    words(canvas, 800, ["", "", "", "Aide"])
    words(canvas, 788, ["Chef de file", "Partenaire", "Projet", "accordée"])
    for row in range(4):
        words(canvas, 770 - 20 * row, [f"Ville de Metz {row}", "Kayes (Mali)", "Eau", "12 €"])
        canvas.line(40, 784 - 20 * row, 560, 784 - 20 * row)
    canvas.save()
    table = next(iter(parse(tmp_path / "liste.pdf").tables))
    assert next(iter(table.lines)).cells == ["Chef de file", "Partenaire", "Projet",
                                             "Aide accordée"]



def test_what_stands_in_brackets_below_opens_no_row(tmp_path: Path) -> None:
    body = ParagraphStyle("tight", fontSize=8, leading=9)
    rows = [("Chef de file", "Partenaire", "Projet"),
            ("Ville de Reims", "Zé<br/>(Bénin)", "Accès à l'eau en milieu scolaire et en ville"),
            ("Conseil départemental de la Sarthe", "Kara<br/>(Togo)", "Lecture publique : lieux et"
             " formation des agents des deux villes")]
    table = Table([[Paragraph(c, body) for c in row] for row in rows], colWidths=[110, 110, 110],
                  style=[("TOPPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                         ("BOTTOMPADDING", (0, 0), (-1, -1), 0)])
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([table])
    assert [(r.lead, r.partners[0].country) for r in read(tmp_path / "a.pdf")] == [
        ("Ville de Reims", "BJ"), ("Conseil départemental de la Sarthe", "TG")]



def test_a_header_to_the_left_above_numbers_to_the_right(tmp_path: Path) -> None:
    """The longest title nearly touches the header of the numbers."""
    assert [g.x0 for g in headed([TextLine([Word("Chef", 0, 20), Word("Aide", 90, 110)], 1.0),
                                  TextLine([Word("Metz", 0, 20), Word("5 €", 130, 140)], 2.0)],
                                 [Gutter(20, 90), Gutter(110, 130)])] == [20]
    titles = ["École", "Accès à l'eau et à l'assainissement des villages", "Marché", "Tourisme"]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 9)
    end = 280 + stringWidth(titles[1], "Helvetica", 9)
    for x, cell in zip((54, 180, 280, end + 2), [*HEAD[1:], "Montant attribué"], strict=True):
        canvas.drawString(x, 720, cell)
    canvas.setFont("Helvetica", 9)
    for n, title in enumerate(titles):
        for x, cell in zip((54, 180, 280), ("Ville de Lens", "Kita (Mali)", title), strict=True):
            canvas.drawString(x, 700 - 20 * n, cell)
        canvas.drawRightString(end + 75, 700 - 20 * n, f"{n + 5} 000 €")
    canvas.save()
    assert [(r.title, r.cells["grant"]) for r in read(tmp_path / "a.pdf")] == [
        (title, f"{n + 5} 000 €") for n, title in enumerate(titles)]



def test_stripes_beside_merged_cells(tmp_path: Path) -> None:
    """Every other row is shaded, cell by cell; the regions are merged cells, shaded as well."""
    regions = ["Bretagne", "Corse", "Normandie"]
    wanted = [(regions[n // 3], f"Ville de {town}", f"Projet d'école {n}") for n, town in enumerate(
        ("Brest", "Rennes", "Vannes", "Bastia", "Ajaccio", "Calvi", "Caen", "Rouen", "Dieppe"))]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    rows = [HEAD, *(["", lead, "Kita (Mali)", title] for _, lead, title in wanted)]
    for n, row in enumerate(rows):
        for x, right in ((50, 150), (150, 280), (280, 410), (410, 550)):
            canvas.setFillGray(0.8)
            if n == 0 or (n % 2 and x > 50):
                canvas.rect(x, 700 - 20 * n, right - x, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        words(canvas, 706 - 20 * n, row)
    for n, region in enumerate(regions):
        canvas.setFillGray(0.7)
        canvas.rect(50, 640 - 60 * n, 100, 60, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(54, 666 - 60 * n, region)
    canvas.save()
    assert [(r.region, r.lead, r.title) for r in read(tmp_path / "a.pdf")] == wanted



@pytest.mark.parametrize("align", [TA_LEFT, TA_JUSTIFY])
def test_a_heading_across_the_columns_and_full_lines(tmp_path: Path, align: int) -> None:
    """A region in a row of its own is wider than the column below it; justified lines are full,
    and no word of theirs is cut."""
    body = ParagraphStyle("body", BODY, alignment=align)
    title = "Gestion des déchets ménagers et appui aux services techniques de la commune"
    rows = [HEAD[1:], ["Provence-Alpes-Côte d'Azur", "", ""],
            *([Paragraph(cell, body) for cell in ("Lorient Agglomération", "Kita (Mali)", title)]
              for _ in range(3))]
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([Table(rows, colWidths=[85, 80, 110], style=[
        ("GRID", (0, 0), (-1, -1), 1, "black"), ("SPAN", (0, 1), (-1, 1)),
        ("FONTSIZE", (0, 1), (-1, 1), 14)])])
    reading = read(tmp_path / "a.pdf")
    assert [(r.lead, r.title, r.position.line) for r in reading] == [
        ("Lorient Agglomération", title, n) for n in (3, 4, 5)]
    assert [line.cells[0] for table in parse(tmp_path / "a.pdf").tables
            for line in table.lines][2:] == ["Lorient Agglomération"] * 3
    assert not reading.findings


def test_a_heading_in_the_middle_crosses_the_columns(tmp_path: Path) -> None:
    """No rule says that it is none of their words; short ones keep to a column."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    words(canvas, 800, ["", *HEAD[1:]])
    y = 800
    for region in ("Bretagne", "Provence-Alpes-Côte d'Azur", "Auvergne-Rhône-Alpes"):
        y -= 15
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawCentredString(320, y, region)
        for lead in ("Ville de Brest", "Ville de Metz"):
            y -= 13
            words(canvas, y, ["", lead, "Kayes (Mali)", "Eau potable"])
    canvas.save()
    reading = read(tmp_path / "a.pdf")
    assert [r.region for r in reading] == [
        region for region in ("Bretagne", "Provence-Alpes-Côte d'Azur", "Auvergne-Rhône-Alpes")
        for _ in range(2)]
    assert not reading.findings


def test_headings_in_capitals_in_the_middle(tmp_path: Path) -> None:
    """In the letters of the rows: where they stand tells; « EAU » below a cell is its own."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    words(canvas, 800, ["", *HEAD[1:]])
    for n, region in enumerate(("BRETAGNE", "PROVENCE-ALPES-CÔTE D'AZUR")):
        canvas.drawCentredString(312, 780 - 100 * n, region)
        for k, lead in enumerate(("Ville de Brest", "Ville de Metz")):
            words(canvas, 765 - 100 * n - 40 * k, ["", lead, "Kayes (Mali)", "Puits, écoles et"])
            words(canvas, 754 - 100 * n - 40 * k, ["", "", "", "EAU"])
    canvas.save()
    reading = read(tmp_path / "a.pdf")
    assert [(r.region, r.title) for r in reading] == [
        (region, "Puits, écoles et EAU") for region in ("Bretagne", "Provence-Alpes-Côte d'Azur")
        for _ in range(2)]
