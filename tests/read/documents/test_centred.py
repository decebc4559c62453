"""Cells merged over several rows, their words in the middle, without rules between the rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from coopdec.read import read

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
