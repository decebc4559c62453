"""Layouts of lists as publishers make them: what each must give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coopdec.read.cells.partners import parse_partner_cell
from coopdec.reference import gazetteer

from .written import read_text as _read


@pytest.mark.parametrize(("cell", "countries", "wanted"), [
    ("Communes de Porto-Novo et de Lomé", "Bénin / Togo", ["BJ Porto-Novo", "TG Lomé"]),
    ("Kindia, Conakry, Dschang", "Guinée / Cameroun", ["GN Kindia", "GN Conakry", "CM Dschang"]),
    ("Tahoua, Kayes", "Mali, Niger", ["NE Tahoua", "ML Kayes"]),
    ("Tripoli", "Liban, Libye", ["LB None", "LY None"]),
    ("Communes de Matam et de Kanel", "Sénégal", ["SN Matam", "SN Kanel"]),
    ("Communes du Ganzourgou", "Burkina Faso", ["BF Communes du Ganzourgou"]),
    ("Saint-Louis\nPodor", "Sénégal", ["SN Saint-Louis", "SN Podor"]),
    ("Commune de\nDouala (Cameroun)", "", ["CM Douala"]),
    ("Carthage, Tunisie et Bath, Royaume-Uni", "", ["TN Carthage", "GB Bath"]),
    ("Maroc (Fès), Algérie (Tlemcen)", "", ["MA Fès", "DZ Tlemcen"]),
    ("Radolfzell [Allemagne]", "", ["DE Radolfzell"]),
    ("", "Mali (3 communes)", ["ML None"]),
    ("Cercle de San, cercle de Tominian", "Mali", ["ML San", "ML Tominian"]),
])
def test_names_and_countries(cell: str, countries: str, wanted: list[str]) -> None:
    found = parse_partner_cell(cell, gazetteer(), countries)
    assert [f"{m.country} {m.name}" for m in found.mentions] == wanted


def test_several_countries_are_none() -> None:
    found = parse_partner_cell("", gazetteer(), "Afrique de l'Ouest")
    assert [p.code for p in found.problems] == ["country-many"]


def test_further_leads_and_numbered_columns(tmp_path: Path) -> None:
    rows, findings = _read(tmp_path, "a.csv", (
        "Chef de file;Co-porteur 1;Partenaire 1;Pays 1;Partenaire 2;Pays 2;Titre / Title\n"
        "Ville de Vichy;Ville de Moulins;Saransk;Russie;Bath;Royaume-Uni;Eaux\n"
        "Ville de Metz;;Trèves;Allemagne;;;Musées\n"))
    assert [[m.name for m in row.leads] for row in rows] == [
        ["Ville de Vichy", "Ville de Moulins"], ["Ville de Metz"]]
    assert [[(m.country, m.name) for m in row.partners] for row in rows] == [
        [("RU", "Saransk"), ("GB", "Bath")], [("DE", "Trèves")]]
    assert not findings


def test_nested_json(tmp_path: Path) -> None:
    rows, _ = _read(tmp_path, "a.json", json.dumps({"projets": [
        {"collectivite": {"nom": "Ville de Grenoble", "region": "Auvergne-Rhône-Alpes"},
         "intitule": "Jeunesse", "partenaires": [{"nom": "Bethléem", "pays": "Palestine"},
                                                 {"nom": "Ouagadougou", "pays": "Burkina Faso"}]},
        {"collectivite": {"nom": "Ville d'Angers", "region": "Pays de la Loire"},
         "intitule": "Eau", "partenaires": [{"nom": "Bamako", "pays": "Mali"}]}]}))
    assert [row.lead for row in rows] == ["Ville de Grenoble", "Ville d'Angers"]
    assert [(m.country, m.name) for m in rows[0].partners] == [
        ("PS", "Bethléem"), ("BF", "Ouagadougou")]


def test_one_project_a_table_and_a_table_in_a_cell(tmp_path: Path) -> None:
    fiche = ("<table><tr><th>Titre du projet<td>{}<tr><th>Collectivité<td>Ville de Metz"
             "<tr><th>Pays<td>Mali<tr><th>Montant accordé<td>10 000 €</table>")
    rows, findings = _read(tmp_path, "a.html", f"<html>{fiche.format('Eau')}"
                           f"<p>Suite</p>{fiche.format('École')}</html>")
    assert [row.title for row in rows] == ["Eau", "École"]
    assert not findings
    rows, findings = _read(tmp_path, "b.html", (
        "<html><table><tr><th>Collectivité<th>Partenaire<th>Projet"
        "<tr><td>Ville de Metz<td><table><tr><td>Kayes<td>Mali<tr><td>Thiès<td>Sénégal</table>"
        "<td>Eau<sup>1</sup></table><table><tr><td>budget<td>3</table></html>"))
    assert [row.title for row in rows] == ["Eau"]
    assert [(m.country, m.name) for m in rows[0].partners] == [("ML", "Kayes"), ("SN", "Thiès")]
    assert [f.code for f in findings] == ["table-no-list"]


def test_narrow_aligned_text(tmp_path: Path) -> None:
    rows, _ = _read(tmp_path, "a.txt", (
        "COLLECTIVITE           PAYS          PARTENAIRE          PROJET                 MONTANT\n"
        "---------------------  ------------  ------------------  ---------------------  ------\n"
        "Département de Vienne  Burkina Faso  Province du Boulgo  Accès à l'eau potable  35 000 €\n"
        "Ville de La Rochelle   Maroc         Essaouira           Préserver le littoral  18 500 €\n"
        "\n\nBien cordialement,\n"))
    assert [row.lead for row in rows] == ["Département de Vienne", "Ville de La Rochelle"]


def test_fiches_of_four_columns_and_with_their_title_above(tmp_path: Path) -> None:
    rows, findings = _read(tmp_path, "a.html", "<html>" + "".join(
        f"<h2>{title}</h2><table><tr><th>Collectivité<td>Ville de Metz<th>Région<td>{region}"
        f"<tr><th>Partenaire<td>Kayes<th>Pays<td>Mali</table>"
        for title, region in (("Projet 1 : Eau", "Grand Est"), ("École", "Île-de-France"))))
    assert [(r.title, r.region, r.partners[0].name) for r in rows] == [
        ("Eau", "Grand Est", "Kayes"), ("École", "Île-de-France", "Kayes")]
    assert not findings


def test_countries_and_leads_run_together(tmp_path: Path) -> None:
    assert [m.country for m in parse_partner_cell("", gazetteer(), "Burkina Faso Maroc").mentions
            ] == ["BF", "MA"]
    rows, _ = _read(tmp_path, "a.csv", (
        "Collectivités;Pays;Projet;Montant;Devise\n"
        "Ville de Metz - Département de la Moselle;Mali;Eau;10 000;EUR\n"))
    assert [m.name for m in rows[0].leads] == ["Ville de Metz", "Département de la Moselle"]
    assert rows[0].facts is not None
    assert rows[0].facts.grant is not None
    assert rows[0].facts.grant.currency == "EUR"


def test_fiches_under_a_title_across_their_columns(tmp_path: Path) -> None:
    rows, findings = _read(tmp_path, "a.html", "<html>" + "".join(
        f"<table><tr><th colspan=2>{title}<tr><td>Porteur<td>Ville de Metz"
        f"<tr><td>Partenaire(s)<td>Kayes (Mali)<tr><td>Subvention<td>12 000 €</table>"
        for title in ("Fiche 1 – Eau", "École")))
    assert [(r.title, r.lead, r.partners[0].name) for r in rows] == [
        ("Eau", "Ville de Metz", "Kayes"), ("École", "Ville de Metz", "Kayes")]
    assert not findings


@pytest.mark.parametrize(("cell", "title"), [
    ("« Eau pour tous »", "Eau pour tous"), ("“Eau”", "Eau"), ("Eau pour tous²", "Eau pour tous"),
    ("Parc de 300 m²", "Parc de 300 m²"), ("« Eau » et « Vie »", "« Eau » et « Vie »"),
    ("Forages **", "Forages"), ("Le « riz »", "Le « riz »"),
])
def test_a_title_without_its_quotes(tmp_path: Path, cell: str, title: str) -> None:
    rows, _ = _read(tmp_path, "a.csv", f"Collectivité;Pays;Projet\nVille de Metz;Mali;{cell}\n")
    assert [r.title for r in rows] == [title]
