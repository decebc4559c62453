"""Workbooks as services write them: headings over all columns, headers on two lines, formulas."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from coopdec.model import Finding, Row
from coopdec.read import read
from tests.read.written import rows

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def of_book(folder: Path, lines: list[list[str]], merged: dict[int, str]
            ) -> tuple[list[Row], list[Finding]]:
    """The rows of a sheet; ``merged``: row, from 0 → the only cell, over all columns."""
    book = xlsxwriter.Workbook(folder / "liste.xlsx")
    sheet = book.add_worksheet()
    for i, line in enumerate(lines):
        sheet.write_row(i, 0, line)
    for i, text in merged.items():
        sheet.merge_range(i, 0, i, len(lines[0]) - 1, text)
    book.close()
    reading = read(folder / "liste.xlsx")
    return list(reading), reading.findings


def places(found: list[Row]) -> list[list[tuple[str | None, str | None]]]:
    return [[(m.name, m.country) for m in row.partners] for row in found]


@pytest.mark.parametrize("first", ["Partenaire", "Région"])
def test_a_country_over_all_columns_heads_the_lines_below(first: str, tmp_path: Path) -> None:
    heads = [first, "Collectivité", *({"Partenaire", "Région"} - {first}), "Projet"]
    cells = {"Partenaire": "Oujda", "Région": "Bretagne", "Collectivité": "Ville de Brest",
             "Projet": "Accès à l'eau potable"}
    other = {**cells, "Partenaire": "Arica", "Projet": "Lecture publique de quartier"}
    found, findings = of_book(tmp_path, [
        heads, [], [cells[h] for h in heads], [], [other[h] for h in heads]],
        {1: "Maroc", 3: "Chili"})
    assert places(found) == [[("Oujda", "MA")], [("Arica", "CL")]]
    assert [row.region for row in found] == ["Bretagne", "Bretagne"]
    assert not findings


def test_a_department_over_all_columns_heads_the_lines_below(tmp_path: Path) -> None:
    heads = ["Partenaire", "Collectivité", "Projet"]
    found, findings = of_book(tmp_path, [
        heads, [], ["Oujda (Maroc)", "Ville de Vienne", "Accès à l'eau potable"], [],
        ["Arica (Chili)", "Ville de Metz", "Lecture publique de quartier"]],
        {1: "Isère", 3: "Moselle"})
    assert [row.region for row in found] == ["Auvergne-Rhône-Alpes", "Grand Est"]
    assert not findings


@pytest.mark.parametrize("lower", [
    ";Région du porteur;Nom;Nom;Pays;;Aide accordée;Coût total",
    ";Région du porteur;Nom;Nom;Pays;;Aide accordée;"])
def test_a_second_line_below_some_of_the_headers(lower: str, tmp_path: Path) -> None:
    found, findings = rows(tmp_path, "\n".join([
        "Réf.;Collectivité française;;Partenaire;;Objet de la demande;Financement;", lower,
        "1;Bretagne;Ville de Brest;Oujda;Maroc;Accès à l'eau potable;12 500 €;40 000 €",
        "2;Grand Est;Ville de Metz;Arica;Chili;Lecture publique;8 000 €;9 000 €"]))
    assert [(row.lead, row.region) for row in found] == [
        ("Ville de Brest", "Bretagne"), ("Ville de Metz", "Grand Est")]
    assert places(found) == [[("Oujda", "MA")], [("Arica", "CL")]]
    assert [row.facts.grant.value for row in found if row.facts and row.facts.grant] == [
        12500, 8000]
    assert not any(f.fatal for f in findings)


def test_a_second_line_of_amounts_by_year(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Collectivité française;Partenaire;Projet;Financement;;;\n"
                              "Nom;Nom;;Année 2020 (€);Année 2021 (€);Total (€);Coût total\n"
                              "Ville de Brest;Oujda (Maroc);Eau potable;4000;5000;9000;20000\n")
    assert [row.facts.cost.value for row in found if row.facts and row.facts.cost] == [20000]
    assert [row.lead for row in found] == ["Ville de Brest"]


def test_names_below_headers_are_no_second_line(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Collectivité;Partenaire;Pays;Projet\n"
                              "Ville de Brest;Oujda;Maroc;Accès à l'eau potable\n")
    assert [row.lead for row in found] == ["Ville de Brest"]


def test_a_name_with_the_words_of_a_header_stays_whole(tmp_path: Path) -> None:
    lead = "Collectivité territoriale de Guyane"
    found, _ = rows(tmp_path, "num;Qui;Partenaire;Titre\n" + "".join(
        f"{i};{name};Oujda (Maroc);Accès à l'eau potable du quartier {i}\n"
        for i, name in enumerate([lead, "Ville de Metz", "Ville de Brest", "Ville de Lyon"])))
    assert found[0].lead == lead


def test_further_leads_in_either_number(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Chef de file;Autre(s) collectivité(s);Partenaire;Pays;Projet\n"
                              "Ville de Lyon;Ville de Metz;Oujda;Maroc;Accès à l'eau potable\n")
    assert [m.printed for m in found[0].leads] == ["Ville de Lyon", "Ville de Metz"]


@pytest.mark.parametrize(("group", "read_as"), [("Subventions", "grant"), ("Financement", None)])
def test_the_total_of_years_is_what_their_header_says(
        group: str, read_as: str | None, tmp_path: Path) -> None:
    found, findings = rows(tmp_path, f"Collectivité;Partenaire;Pays;Projet;{group};;\n"
                           ";;;;Année 2020 (€);Année 2021 (€);Total (€)\n"
                           "Ville de Brest;Oujda;Maroc;Accès à l'eau potable;4000;5000;9000\n"
                           "Ville de Metz;Arica;Chili;Lecture publique;3000;1000;4000\n")
    facts = [row.facts for row in found]
    totals = [one.grant.value if one and one.grant else None for one in facts]
    assert totals == ([9000, 4000] if read_as else [None, None])
    assert not any(one and one.cost for one in facts)
    said = {f.where.column for f in findings if f.where and f.code == "column-without-role"}
    assert (f"{group} Total (€)" in said) == (read_as is None)


def test_formulas_of_a_sheet_that_no_one_computed(tmp_path: Path) -> None:
    lines = [["Collectivité", "Partenaire", "Pays", "Projet", "Subvention"],
             ["Ville de Brest", "Oujda", "Maroc", "Accès à l'eau potable", "=2+3"]]
    cells = "".join("<table:table-row>" + "".join(
        f'<table:table-cell table:formula="of:{cell}"/>' if cell.startswith("=") else
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in line) + "</table:table-row>" for line in lines)
    names = " ".join(f'xmlns:{n}="{OFFICE}:{n}:1.0"' for n in ("office", "table", "text"))
    with zipfile.ZipFile(tmp_path / "liste.ods", "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", (
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="A">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"))
    reading = read(tmp_path / "liste.ods")
    assert len(list(reading)) == 1
    said = [dict(f.params) for f in reading.findings if f.code == "formulas-unvalued"]
    assert said == [{"n": 1, "cell": "E2"}]
