"""Years between the lines, of sheets, and above tables, items and fiches."""

from __future__ import annotations

from pathlib import Path

import pytest

from .written import rows


def test_years_between_the_lines_and_of_sheets(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Aides aux jumelages;;\nCommune;Ville jumelée;Projet\n2019;;\n"
        "Dinan;Dinant (Belgique);Remparts\nAnnée 2020;;\nDax;Logroño (Espagne);Arènes\n"
        "Pau;Saragosse (Espagne);Parcs\n")
    assert [(r.facts and r.facts.years, r.columns["year"], r.carried["year"]) for r in found] == [
        ((2019,), "2019", 3), ((2020,), "2020", 5), ((2020,), "2020", 5)]
    assert not findings


def test_a_year_that_ends_a_title_is_none(tmp_path: Path) -> None:
    found, _ = rows(
        tmp_path, "Porteur;Partenaire;Année;Titre\nVille de Dax;Logroño (Espagne);2020;Arènes\n"
        "Ville de Pau;Saragosse (Espagne);2021;Horizon\n;;;2030\n")
    assert [(r.title, r.facts and r.facts.years) for r in found] == [
        ("Arènes", (2020,)), ("Horizon 2030", (2021,))]


def test_a_year_in_the_column_of_regions_is_none(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Région;Porteur;Partenaire;Titre\n2019;;;\nBretagne;Ville de Brest;Savè (Bénin)"
        ";Eau\n2020;;;\nOccitanie;Ville d'Albi;Savè (Bénin);Lait\n;;;2030\n")
    assert [(r.region, r.title, r.facts and r.facts.years) for r in found] == [
        ("Bretagne", "Eau", (2019,)), ("Occitanie", "Lait 2030", (2020,))]
    assert not findings


def test_an_amount_at_the_margin_is_no_year(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Montant (€);Porteur;Partenaire;Titre\n5000;Ville de Dax;Savè (Bénin);Eau\n"
        "2000;;;\n7000;Ville de Pau;Savè (Bénin);Lait\n")
    assert [r.facts and r.facts.years for r in found] == [(), ()]
    assert [(f.code, f.where and f.where.line) for f in findings] == [("row-no-project", 3)]


def test_years_above_tables(tmp_path: Path) -> None:
    dax, pau, gap, lens = (
        f"<table><tr><th>Porteur<th>Partenaire<th>Titre<tr><td>Ville de {v}<td>Savè (Bénin)<td>Eau"
        "</table>" for v in ("Dax", "Pau", "Gap", "Lens"))
    found, findings = rows(
        tmp_path, "<h1>Projets</h1><p>2018</p><p>Mis à jour en mai</p><h2>2020</h2><h3>Bénin</h3>"
        f"{dax}{pau}<h2>Année 2021 : 1 projet</h2>{gap}<h2>Autres projets</h2>{lens}", ".html")
    assert [r.facts and r.facts.years for r in found] == [(2020,), (2020,), (2021,), None]
    assert not findings


@pytest.mark.parametrize(("title", "years"), [
    ("Projets 2021", (2021,)), ("Lauréats de l'appel à projets « Coopération 2022 »", (2022,)),
    ("Appel à projets 2023 – lauréats", (2023,)), ("Projects funded in 2020", (2020,)),
    ("Coopérations au 31/12/2023", None), ("Projets 2021-2023", None), ("Agenda 2030", None),
    ("Projets mis à jour en 2024", None)])
def test_years_in_titles_of_lists(tmp_path: Path, title: str, years: tuple[int] | None) -> None:
    table = ("<table><tr><th>Porteur<th>Partenaire<th>Titre<tr><td>Dax<td>Savè (Bénin)<td>Eau"
             "</table>")
    found, _ = rows(tmp_path, f"<h2>{title}</h2>{table}", ".html")
    assert [r.facts and r.facts.years for r in found] == [years]


def test_a_year_merged_over_start_and_end_is_both(tmp_path: Path) -> None:
    head = "<tr><th>Porteur<th>Partenaire<th>Titre<th>Année de début<th>annee_fin"
    one = "<tr><td>Ville de Dax<td>Savè (Bénin)<td>Eau"
    found, _ = rows(tmp_path, f"<table>{head}{one}<td colspan=2>2021{one}, puis lait<td>2021<td>"
                    "</table>", ".html")
    assert [(r.facts.start and r.facts.start.iso, r.facts.end and r.facts.end.iso)
            for r in found if r.facts] == [("2021", "2021"), ("2021", None)]


@pytest.mark.parametrize(("heading", "years"), [
    ("## 2021", (2021,)), ("## Autres projets", None)])  # which may be of any year
def test_years_of_items(tmp_path: Path, heading: str, years: tuple[int] | None) -> None:
    found, _ = rows(
        tmp_path, "# Projets\n\n## 2020\n\n- Ville de Dax – Sokodé (Togo) : Lait\n\n"
        f"{heading}\n\n- Ville de Tours – Rosso (Mauritanie) : Miel\n", ".md")
    assert [r.facts and r.facts.years for r in found] == [years and (2020,), years]


def test_years_of_fiches(tmp_path: Path) -> None:
    fiche = "Titre : {}\nPorteur : Ville de {}\nPartenaire : Sokodé (Togo)\n\n"
    found, _ = rows(tmp_path, "2020\n\n" + fiche.format("Lait", "Dax") + fiche.format("Eau", "Pau")
                    + "2021\n\n" + fiche.format("Sel", "Gap"), ".txt")
    assert [r.facts and r.facts.years for r in found] == [(2020,), (2020,), (2021,)]
