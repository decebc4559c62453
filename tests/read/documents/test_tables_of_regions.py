"""A page of several tables without rules, one under each heading, with columns of their own."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from coopdec.read import read
from coopdec.read.documents._layout import Gutter, TextLine, Word, without_thousands

HEAD = ("Chef de file", "Partenaire", "Titre du projet", "Montant attribué")
TABLES = [
    ("Bretagne", (54, 140, 280, 480), [
        ("Ville de Brest", "Saponé (Burkina Faso)", "Gestion des déchets, eau", "18 500 €"),
        ("Ville de Rennes", "Sétif (Algérie)", "Espaces publics", "9 000 €")]),
    ("Grand Est", (54, 210, 330, 500), [
        ("Eurométropole de Strasbourg", "Kairouan (Tunisie)", "Appui à l'état civil", "7 000 €"),
        ("Ville de Metz", "Kayes (Mali)", "Une école ouverte à tous", "33 600 €")]),
    ("Normandie", (54, 120, 220, 510), [
        ("Ville de Caen", "Thiès (Sénégal)", "Prévention des inondations et formation des agents",
         "12 000 €")]),
]


def test_a_table_for_each_region(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    y = 780
    for region, places, rows in TABLES:
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(54, y, region)
        for n, cells in enumerate([HEAD, *rows]):
            y -= 16
            canvas.setFont("Helvetica" if n else "Helvetica-Bold", 9)
            for x, cell in zip(places, cells, strict=True):
                canvas.drawString(x, y, cell)
        y -= 26
    canvas.save()
    reading = read(tmp_path / "a.pdf")
    found = [(r.region, r.lead, r.title, int(r.facts.grant.value))
             for r in reading if r.facts and r.facts.grant]
    assert found == [(region, lead, title, int(grant[:-2].replace(" ", "")))
                     for region, _, rows in TABLES for lead, _, title, grant in rows]


def test_the_space_within_a_number_parts_no_columns() -> None:
    def line(*words: tuple[str, float]) -> TextLine:
        return TextLine([Word(text, x, x + 5 * len(text)) for text, x in words], 0.0)

    name, number = Gutter(40, 90), Gutter(115, 120)
    lines = [line(("Metz", 0), ("33", 105), ("600", 120), ("€", 138)),
             line(("Kayes", 0), ("7", 110), ("000", 120), ("€", 138))]
    assert without_thousands(lines, [name, number]) == [name]
    assert without_thousands([*lines, line(("n", 105), ("600", 120))], [name, number]) == [
        name, number]
