"""What the end of a page, or of a column, does to a PDF: rows and merged cells cut in two, pages
with few rows, prose in columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from coopdec.read import read
from coopdec.read.documents import Line
from coopdec.read.documents._doubts import Doubts

from .drawn import BODY, HEAD, words
from .writers import parse


def rules(canvas: Canvas, ys: list[float], down_to: float, from_top: bool = False) -> None:
    """A rule at each height, the first column's cells open below the second; rules between the
    columns from the first (or the top of the page) down."""
    for n, y in enumerate(ys):
        canvas.line(50 if n < 2 or y < 100 else 150, y, 550, y)
    for x in (50, 150, 280, 410, 550):
        canvas.line(x, 800 if from_top else ys[0], x, down_to)



def test_a_row_and_a_merged_cell_that_the_page_leaves_open(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    rules(canvas, [700, 680, 660], down_to=600)  # no rule below: the page ends in the row
    words(canvas, 686, HEAD)
    words(canvas, 666, ["Bretagne", "Ville de Brest", "Kayes (Mali)", "Eau"])
    words(canvas, 646, ["", "Ville de Rennes", "Sétif (Algérie)", "Gestion des déchets"])
    words(canvas, 635, ["", "", "", "et prévention"])
    canvas.showPage()
    rules(canvas, [740, 720], down_to=720, from_top=True)  # no rule above
    words(canvas, 785, ["", "", "", "des pollutions"])
    words(canvas, 726, ["Corse", "Ville de Bastia", "Lomé (Togo)", "École"])
    canvas.save()
    rows = list(read(tmp_path / "a.pdf"))
    assert [(r.region, r.lead, r.title) for r in rows] == [
        ("Bretagne", "Ville de Brest", "Eau"),
        ("Bretagne", "Ville de Rennes", "Gestion des déchets et prévention des pollutions"),
        ("Corse", "Ville de Bastia", "École")]



@pytest.mark.parametrize("valign", ["TOP", "MIDDLE"])
@pytest.mark.parametrize("padding", [1, 3])
def test_a_last_page_of_few_rows(tmp_path: Path, valign: str, padding: int) -> None:
    """Cells of several lines, some of their author's: page by page one reading."""
    rows = [[f"Ville de Saint-Jean-sur-Mer {n}", "Ville de Tanger (Maroc)<br/>Ville de Sfax "
             "(Tunisie)" if n % 3 == 0 else "Kayes (Mali)",
             f"Appui aux maraîchers et aux écoles de la commune, phase {n}"] for n in range(23)]
    table = Table([[Paragraph(c, BODY) for c in row] for row in [HEAD[1:], *rows]],
                  colWidths=[100, 130, 130])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), valign),
                    ("TOPPADDING", (0, 0), (-1, -1), padding),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), padding)])
    _, height = table.wrap(400, 9999)
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=(500, height - 10 + 2 * 72)).build([table])
    found = list(read(tmp_path / "a.pdf"))
    assert {r.position.page for r in found} == {1, 2}
    assert [(r.lead, len(r.partners)) for r in found] == [
        (row[0], 2 if "Sfax" in row[1] else 1) for row in rows]
    assert [r.title for r in found] == [row[2] for row in rows]



def test_prose_in_two_columns(tmp_path: Path) -> None:
    """A heading and an item on two lines; an item that goes on in the next column."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(50, 800, "Communiqué de presse : les projets qui sont retenus cette année")
    left = ["Bretagne", *(f"• Ville de Brest – Kayes (Mali) : École {n}" for n in range(5)),
            "• Ville de Rennes – Sétif (Algérie) : Jeunes et", "métiers, avec un"]
    right = ["lycée de la ville", "La Réunion",
             *(f"• Ville de Saint-Denis – Moroni (Comores) : Port {n}" for n in range(5)),
             "• Ville de Saint-Paul – Lomé (Togo) : Pêche"]
    for x, column in ((50, left), (320, right)):
        y = 770.0
        for line in column:
            heading = line in ("Bretagne", "La Réunion")
            y -= 14 if line[0] == "•" or heading else 10
            canvas.setFont("Helvetica", 12 if heading else 8)
            canvas.drawString(x, y, line)
    canvas.save()
    rows = list(read(tmp_path / "a.pdf"))
    assert [(r.region, r.title) for r in rows] == [
        *(("Bretagne", f"École {n}") for n in range(5)),
        ("Bretagne", "Jeunes et métiers, avec un lycée de la ville"),
        *(("La Réunion", f"Port {n}") for n in range(5)), ("La Réunion", "Pêche")]



def test_a_sign_without_a_meaning_is_a_bullet(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for n, line in enumerate(("• Ville de Metz", "• Ville de Dax")):
        canvas.drawString(50, 700 - 14 * n, line)
    canvas.save()
    document = parse(tmp_path / "a.pdf")
    assert not list(document.tables)
    assert [p.text for p in document.paragraphs] == ["• Ville de Metz", "• Ville de Dax"]
    assert not document.findings



def test_a_cell_that_a_page_took_is_doubted() -> None:
    doubts = Doubts("a.pdf")
    for n in range(20):
        doubts.see(Line(n, ["Lyon", "" if n == 9 else "Kayes\nThiès"], page=1 + (n > 9)))
    (finding,) = doubts.findings()
    assert finding.where is not None
    assert (finding.where.line, finding.params["words"]) == (10, "Kayes Thiès")



def test_a_heading_at_the_top_of_a_page(tmp_path: Path) -> None:
    """Small tables, each with a rule under its header only, under the names of countries; the
    first column is full where the page ends."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    wanted = []
    for page, countries in enumerate((["Mali", "Togo"], ["Madagascar", "Maroc"])):
        y = 760.0
        for country in countries:
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawString(54, y, country)
            words(canvas, y - 18, [*HEAD[1:], ""])
            canvas.line(50, y - 22, 550, y - 22)
            for n in range(3):
                lead = f"Ville de {'Lens' * (1 + n)}"
                words(canvas, y - 34 - 14 * n, [lead, f"Ville de Kita {page}{n}", f"École {n}", ""])
                wanted.append((lead, country, f"École {n}"))
            y -= 100
        canvas.showPage()
    canvas.save()
    found = [(r.lead, r.partners[0].country, r.title) for r in read(tmp_path / "a.pdf")]
    codes = {"Mali": "ML", "Togo": "TG", "Madagascar": "MG", "Maroc": "MA"}
    assert found == [(lead, codes[country], title) for lead, country, title in wanted]



def test_a_page_that_repeats_more_than_the_header(tmp_path: Path) -> None:
    """The rows of a page are its own though they are the first of the table: in the same
    columns and in others."""
    rows = [["Ville de Lens", f"Ville de {'Ki' * (n + 1)}ta (Mali)", f"{'Éco' * (n + 1)}le"]
            for n in range(8)]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for shift, part in ((0, rows), (0, rows[:6]), (60, rows[:3])):
        for n, row in enumerate([HEAD[1:], *part]):
            canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 9)
            for i, cell in enumerate(row):
                canvas.drawString(54 + (150 + shift) * i, 700 - 14 * n, cell)
        canvas.showPage()
    canvas.save()
    assert [r.title for r in read(tmp_path / "a.pdf")] == [
        row[2] for part in (rows, rows[:6], rows[:3]) for row in part]



@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_whose_words_stand_on_their_side(tmp_path: Path, turn: int) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.rotate(turn)
    canvas.translate(*((0, -595) if turn == 90 else (-842, 0)))
    table = Table([HEAD[1:], ["Ville de Lens", "Kita (Mali)", "École"],
                   ["Ville de Metz", "Lomé (Togo)", "Marché"]], style=[("GRID", (0, 0), (-1, -1),
                                                                        1, "black")])
    table.wrapOn(canvas, 700, 500)
    table.drawOn(canvas, 100, 300)
    canvas.save()
    assert [(r.lead, r.title) for r in read(tmp_path / "a.pdf")] == [
        ("Ville de Lens", "École"), ("Ville de Metz", "Marché")]



@pytest.mark.parametrize("boxed", [False, True])
def test_few_fiches_in_two_columns(tmp_path: Path, boxed: bool) -> None:
    """Two fiches on the left, one on the right; in boxes they are no table."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(50, 800, "Les projets de l'Ouest")
    fiches = [("Kiosques", "Ville de Brest", "Kayes (Mali)", 50, 760),
              ("Talus", "Ville de Lorient", "Sokodé (Togo)", 320, 760),
              ("Digues", "Ville de Vannes", "Thiès (Sénégal)", 50, 680)]
    canvas.setFont("Helvetica", 9)
    for title, lead, partner, x, y in fiches:
        for n, line in enumerate((title, f"Collectivité : {lead}", f"Partenaire : {partner}")):
            canvas.drawString(x + 6, y - 14 - 12 * n, line)
        if boxed:
            canvas.rect(x, y - 48, 220, 48)
    canvas.save()
    rows = list(read(tmp_path / "a.pdf"))
    assert sorted((r.title, r.lead, r.partners[0].name) for r in rows) == [
        ("Digues", "Ville de Vannes", "Thiès"), ("Kiosques", "Ville de Brest", "Kayes"),
        ("Talus", "Ville de Lorient", "Sokodé")]



def test_fiches_side_by_side_are_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "liste.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 9)
    for n in range(6):
        for x, lead in ((50, "Metz"), (310, "Lyon")):
            for k, text in enumerate((f"Ville de {lead} {n}", "Kayes (Mali)", f"Puits {n}")):
                label = ("Chef de file", "Partenaire", "Titre")[k]
                canvas.drawString(x, 790 - 50 * n - 11 * k, f"{label} : {text}")
    canvas.save()
    assert [row.lead for row in read(tmp_path / "liste.pdf")] == [
        f"Ville de {lead} {n}" for lead in ("Metz", "Lyon") for n in range(6)]



def test_bullets_that_are_drawn(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "liste.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for n in range(4):
        y = 780 - 24 * n
        canvas.circle(55, y + 3, 2, fill=1)
        canvas.drawString(64, y, f"Ville de Metz / Kayes (Mali) : École {n}")
        canvas.drawString(64, y - 12, "Des mots plus longs")
    canvas.rect(300, 300, 8, 8)  # a drawing
    canvas.save()
    assert [row.title for row in read(tmp_path / "liste.pdf")] == [
        f"École {n} Des mots plus longs" for n in range(4)]
