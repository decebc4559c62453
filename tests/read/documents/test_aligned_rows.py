"""Unruled tables whose cells stand in the middle or at the bottom of their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read import read
from coopdec.read.documents import Line
from coopdec.read.documents._doubts import Doubts
from coopdec.read.documents._layout import Piece
from coopdec.read.documents._wrapped import _by_wrapping, _Step, begun_within

HEAD = ("Région", "Chef de file", "Partenaire", "Titre du projet")
ROWS = (
    ("Bretagne", "Conseil régional de Bretagne", "Région Centre (Burkina Faso)",
     "Développement de l'agro-écologie"),
    ("Bretagne", "Ville de Brest", "Saponé (Burkina Faso)",
     "Appui à l'assainissement autonome et à la gestion des boues dans les quartiers éloignés"),
    ("Grand Est", "Metz", "Manizales, Caldas (Colombie)", "Fantastic"),
    ("Grand Est", "Conseil départemental du Haut-Rhin", "Cercle de Yanfolila (Mali)",
     "Développement durable et inclusif et renforcement des capacités des acteurs locaux"),
    ("Occitanie", "Conseil régional d'Occitanie", "Province de Battambang (Cambodge)",
     "Préservation et mise en valeur habitantes des patrimoines"),
)


@pytest.mark.parametrize("valign", ["TOP", "MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("padding", [0, 3])
def test_cells_wherever_they_stand_in_their_row(
    tmp_path: Path, valign: str, centred: bool, padding: int
) -> None:
    pytest.importorskip("reportlab")
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    style = ParagraphStyle("cell", fontSize=8, leading=10, alignment=1 if centred else 0)
    table = Table([[Paragraph(c, style) for c in row] for row in (HEAD, *ROWS)],
                  colWidths=[80, 110, 120, 180])
    table.setStyle(TableStyle([
        ("VALIGN", (0, 0), (-1, -1), valign), ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding)]))
    path = tmp_path / "a.pdf"
    SimpleDocTemplate(str(path)).build([Paragraph("Lauréats", style), table])
    found = [(r.region, r.lead, r.cells["partner"], r.title) for r in read(path)]
    assert found == list(ROWS)


def test_a_row_that_begins_small_is_doubted() -> None:
    doubts = Doubts("a.pdf")
    for n, title in enumerate(("Eau", "Santé", "gestion des boues", "Culture", "Sport", "Pêche")):
        doubts.see(Line(n, ["Lyon", title], page=1))
    (finding,) = doubts.findings()
    assert finding.where is not None
    assert (finding.where.line, finding.params["words"]) == (2, "gestion des boues")
    few = Doubts("a.pdf")
    for n, title in enumerate(("eau", "santé", "Culture", "sport")):
        few.see(Line(n, [title]))
    assert few.findings() == []


def test_lines_that_overlap_are_of_one_row(tmp_path: Path) -> None:
    """A title of two lines beside cells of one, in their middle; a rule below each row."""
    pytest.importorskip("reportlab")
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    wanted = [(f"Ville de Metz {n}", f"École {n} Formation" if n % 2 else f"Rue {n}")
              for n in range(9)]
    for n, (lead, title) in enumerate([("Chef de file", "Titre"), *wanted]):
        y = 780 - 26 * n
        canvas.drawString(50, y, lead)
        canvas.drawString(180, y, "Kayes (Mali)" if n else "Partenaire")
        lines = [title] if "Formation" not in title else [title[:7], title[8:]]
        for k, line in enumerate(lines):
            canvas.drawString(300, y + 5.5 * (len(lines) - 1) - 11 * k, line)
        canvas.line(45, y - 10, 500, y - 10)
    canvas.save()
    assert [(r.lead, r.title) for r in read(tmp_path / "a.pdf")] == wanted


def test_rows_that_begin_in_all_columns_sit_at_the_top() -> None:
    """The last line of each title fills its column: it seems to go on in the next row."""
    first, rest = _Step(joins=1, starts=3, fresh=True, whole=True), _Step(joins=1, low=True)
    assert _by_wrapping([rest, first] * 5) == [False, True] * 5
    partly = _Step(joins=1, starts=1)
    assert not any(_by_wrapping([rest, partly] * 5))  # cells in the middle


def test_a_line_that_may_begin_a_row_is_said() -> None:
    def cells(*texts: str) -> list[Piece | None]:
        return [Piece(text, 10, 5) if text else None for text in texts]

    lines = [cells("Metz", "Kayes", "Eau"), cells("Lyon", "Zé", "Puits"), cells("", "", "et rues")]
    assert begun_within(lines, [0, 1, 2]) == "Lyon"
    assert begun_within(lines, [1, 2]) == ""
    doubts = Doubts("a.pdf")
    doubts.see(Line(1, ["Metz Lyon", "Kayes Zé", "Eau Puits et rues"]), "Lyon")
    assert [(f.code, f.params["words"]) for f in doubts.findings()] == [("rows-joined", "Lyon")]


def _unruled(path: Path, rows: list[list[str]], widths: list[int], *more: tuple[object, ...]
             ) -> Path:
    """A table without rules, no space between its rows, its cells in their middle."""
    pytest.importorskip("reportlab")
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    style = ParagraphStyle("cell", fontSize=8, leading=10)
    table = Table([[Paragraph(c, style) for c in row] for row in rows], colWidths=widths)
    table.setStyle(TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0), *more]))
    SimpleDocTemplate(str(path)).build([table])
    return path


LONG = ("Réhabilitation des espaces publics du centre ancien avec les habitants, les artisans",
        "Prévention des inondations et formation des agents municipaux, des élus, des jeunes",
        "Gestion des déchets ménagers et compostage dans les quartiers de la ville et autour",
        "Insertion des jeunes par la culture numérique, les arts vivants et les métiers du son",
        "Filières maritimes durables et formation des pêcheurs aux métiers de la mer et du port")
LEADS = ("Ville de Brest", "Ville de Lorient", "Ville de Caen", "Ville de Lille", "Ville de Metz")


def test_titles_that_reach_the_amounts_beside_them(tmp_path: Path) -> None:
    rows = [["Chef de file", "Pays", "Titre du projet", "Subvention"]]
    rows += [[lead, "Mali", title, f"{n} 500 €"]
             for n, (lead, title) in enumerate(zip(LEADS, LONG, strict=True), 10)]
    # The widest line of a title leaves hardly a space.
    path = _unruled(tmp_path / "a.pdf", rows, [90, 60, 92, 60])
    found = [(r.lead, r.title, r.facts and r.facts.grant and int(r.facts.grant.value))
             for r in read(path)]
    assert found == [(lead, title, n * 1000 + 500)
                     for n, (lead, title) in enumerate(zip(LEADS, LONG, strict=True), 10)]


def test_labels_begin_rows_however_long_the_value_above(tmp_path: Path) -> None:
    rows = [cell for lead, title in zip(LEADS, LONG, strict=True) for cell in (
        ["Intitulé", title], ["Chef de file", lead], ["Partenaire", "Kayes (Mali)"])]
    found = [(r.lead, r.title) for r in read(_unruled(tmp_path / "a.pdf", rows, [70, 330]))]
    assert found == list(zip(LEADS, LONG, strict=True))


def test_a_region_merged_over_rows_of_which_none_is_level(tmp_path: Path) -> None:
    rows = [["Région", "Chef de file", "Partenaire", "Titre du projet"]]
    rows += [["Bretagne" if n == 0 else "Grand Est" if n == 2 else "", lead,
              "Commune de Bougouni (Mali)", title]
             for n, (lead, title) in enumerate(zip(LEADS, LONG, strict=True))]
    path = _unruled(tmp_path / "a.pdf", rows, [60, 90, 90, 130],
                    ("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (0, 5)))
    found = [(r.region, r.lead, r.title) for r in read(path)]
    regions = ["Bretagne"] * 2 + ["Grand Est"] * 3
    assert found == list(zip(regions, LEADS, LONG, strict=True))


def test_a_heading_right_above_the_header_that_comes_again(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    style = ParagraphStyle("cell", fontName="Times-Roman", fontSize=8, leading=9.6)
    story: list[object] = []
    head = ["Chef de file", "Partenaire", "Titre du projet"]
    for region, some in (("Bretagne", slice(0, 2)), ("Grand Est", slice(2, 4)),
                         ("Normandie", slice(4, 5))):
        rows = [head, *([lead, "Kayes (Mali)", title] for lead, title in zip(
            LEADS[some], LONG[some], strict=True))]
        table = Table([[Paragraph(c, style) for c in row] for row in rows], [90, 90, 140])
        table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "BOTTOM")]))
        story += [Paragraph(region, style), table]
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build(story)
    found = [(r.region, r.lead, r.title) for r in read(tmp_path / "a.pdf")]
    regions = ("Bretagne", "Bretagne", "Grand Est", "Grand Est", "Normandie")
    assert found == list(zip(regions, LEADS, LONG, strict=True))
