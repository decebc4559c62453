"""Sheets that are another list, tables that could both be it, money that only shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coopdec.read import read
from coopdec.read.documents._number_formats import mark_of

HEAD = ["Chef de file", "Partenaire", "Titre du projet", "Montant accordé"]


def book(path: Path, sheets: dict[str, list[list[Any]]],
         formats: list[str] | None = None) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for n, code in enumerate(formats or (), 2):
            sheet.cell(n, 4).number_format = code
    made.save(path)
    return path


def codes(path: Path) -> tuple[int, set[str]]:
    reading = read(path)
    return sum(1 for _ in reading), {f.code for f in reading.findings}


@pytest.mark.parametrize("name", ["Non retenus", "Projets refusés", "Liste d'attente", "Rejected"])
def test_a_sheet_that_is_another_list_is_left_out_and_said(tmp_path: Path, name: str) -> None:
    rows: list[list[Any]] = [HEAD, ["Lyon", "Bamako (Mali)", "Eau", 5]]
    n, said = codes(book(tmp_path / "a.xlsx", {"Lauréats": rows, name: rows}))
    assert n == 1
    assert "sheet-other-list" in said


def test_two_tables_of_other_columns_are_read_and_said(tmp_path: Path) -> None:
    one: list[list[Any]] = [HEAD, ["Lyon", "Bamako (Mali)", "Eau", 5]]
    two: list[list[Any]] = [["Collectivité", "Pays", "Projet"], ["Nantes", "Mali", "Santé"]]
    n, said = codes(book(tmp_path / "a.xlsx", {"A": one, "B": two}))
    assert n == 2
    assert "several-tables" in said
    n, said = codes(book(tmp_path / "b.xlsx", {"2020": one, "2021": one}))
    assert n == 2
    assert "several-tables" not in said


def test_money_that_only_the_format_shows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        HEAD, *(["Lyon", "Bamako (Mali)", f"Eau {n}", 64.039] for n in range(4))]
    path = book(tmp_path / "a.xlsx", {"A": rows},
                ['#,##0.00 "€"', "#,##0.00\\ [$€-40C]", '#,##0 "FCFA"', "0.00"])
    assert [r.cells["grant"] for r in read(path)] == [
        "64.04 €", "64.04 €", "64.04 FCFA", "64.039"]


def test_marks() -> None:
    assert [mark_of(c) for c in ("General", "@", "DD/MM/YYYY", "0.0%", '[$$-409]#,##0', "[$CHF] 0")
            ] == ["", "", "", "%", "$", "CHF"]


def test_a_commune_beside_its_partners_leads(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Commune;Pays;Collectivité partenaire;Projet\nLyon;Mali;Bamako;Eau\n", "utf-8")
    (row,) = read(path)
    assert (row.lead, row.cells["partner"]) == ("Lyon", "Bamako")
    path.write_text("Commune;Pays;Projet\nBamako;Mali;Eau\n", "utf-8")
    reading = read(path)
    assert list(reading) == []
    assert "missing-column" in {f.code for f in reading.findings}
