"""Cells merged over several rows, their words in the middle, without rules between the rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from coopdec.read import read
from coopdec.read.documents._centred import bare, merged_rows
from coopdec.read.documents._layout import Gutter, TextLine, Word, pieces

HEAD = ["Région", "Chef de file", "Partenaire", "Projet"]
GROUPS = [("Bretagne", ["Rennes", "Brest", "Quimper"]), ("Normandie", ["Caen", "Rouen"]),
          ("Occitanie", ["Sète", "Nîmes", "Albi", "Tarbes"])]


def write(path: Path, *, ruled: bool) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 9)

    def put(y: float, *cells: str) -> None:
        for x, cell in zip((50, 150, 280, 400), cells, strict=True):
            canvas.drawString(x, y, cell)

    y = 780.0
    put(y, *HEAD)
    for region, towns in GROUPS:
        if ruled:
            canvas.line(45, y - 6, 550, y - 6)
        for n, town in enumerate(towns, 1):
            put(y - 20 * n, "", f"Ville de {town}", "Kayes (Mali)", f"École à {town}")
        put(y - 10 * (len(towns) + 1), region, "", "", "")
        y -= 20 * len(towns)
    canvas.line(45, y - 6, 550, y - 6)
    canvas.save()
    return path


@pytest.mark.parametrize("ruled", [True, False])
def test_each_row_has_its_own(tmp_path: Path, ruled: bool) -> None:
    reading = read(write(tmp_path / "liste.pdf", ruled=ruled))
    assert [(row.region, row.lead) for row in reading] == [
        (region, f"Ville de {town}") for region, towns in GROUPS for town in towns]


def test_where_no_place_tells_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(";".join(HEAD) + "".join(
        f"\n{'Bretagne' if n == 1 else ''};Ville de {town};Kayes (Mali);École à {town}"
        for n, town in enumerate(GROUPS[0][1])))
    reading = read(path)
    assert [row.region for row in reading] == [None, "Bretagne", "Bretagne"]
    assert [f.where.column for f in reading.findings if f.code == "carried-late" and f.where] == [
        "Région"]


def test_a_tall_page_of_hundreds_of_groups() -> None:
    gutters = [Gutter(60, 90), Gutter(160, 190)]
    lines = [TextLine(words, y, 9.0) for n in range(600) for words, y in (
        ([Word("Brest", 100, 150), Word("Kayes", 200, 250)], 40.0 * n),
        ([Word(f"R{n}", 0, 50)], 40.0 * n + 10),
        ([Word("Metz", 100, 150), Word("Ségou", 200, 250)], 40.0 * n + 20))]
    cells = [pieces(line, gutters) for line in lines]
    others, rest, left = bare(lines, cells, gutters[0], [])
    rows = merged_rows(lines, cells, gutters[0], others, rest, [[i] for i in left], 0)
    assert rows is not None
    assert [row.cells[0].lines for row in rows] == [
        said for n in range(600) for said in ([f"R{n}"], [])]
