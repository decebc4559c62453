"""Columns that no header tells, told by their cells, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from .written import read_text

ROWS = """Ville de Metz;Kayes (Mali);Accès à l'eau potable en milieu rural;2021
Département de l'Isère;Kédougou (Sénégal);Éducation au développement durable;2021
Rennes;Sétif (Algérie);Archives municipales et état civil;2020
"""


def _read(folder: Path, text: str) -> tuple[list[tuple[str, str, str]], dict[str, str | None]]:
    rows, findings = read_text(folder, "a.csv", text)
    return ([(r.lead, r.title, r.partners[0].country or "") for r in rows],
            {f.code: f.where and f.where.column for f in findings})


@pytest.mark.parametrize(("header", "column"), [
    ("Qui;Partenaire;Projet;Année", "Qui"), ("Collectivité;Avec;Projet;Année", "Avec"),
    ("Collectivité;Partenaire;De quoi s'agit-il;Année", "De quoi s'agit-il")])
def test_a_column_is_told_by_its_cells(tmp_path: Path, header: str, column: str) -> None:
    rows, findings = _read(tmp_path, f"{header}\n{ROWS}")
    assert rows == [
        ("Ville de Metz", "Accès à l'eau potable en milieu rural", "ML"),
        ("Département de l'Isère", "Éducation au développement durable", "SN"),
        ("Rennes", "Archives municipales et état civil", "DZ")]
    assert findings["column-guessed"] == column


@pytest.mark.parametrize("text", [
    f"Qui;Avec;Quoi;Année\n{ROWS}",  # no header at all
    f"Qui;Partenaire;Projet;Voisine\n{ROWS.replace(';202', ';Ville de Dax 202')}",  # two could be
    "Qui;Partenaire;Projet\nVille de Metz;Kayes (Mali);Eau\n",  # one line proves nothing
    f"Qui;Partenaire;Projet;Année\n{ROWS.replace('Ville de Metz', 'Association Eau')}",
])
def test_what_is_not_certain_is_not_guessed(tmp_path: Path, text: str) -> None:
    _, findings = _read(tmp_path, text)
    assert "column-guessed" not in findings
    assert {"missing-column", "no-header"} & set(findings)


def test_numbers_of_departments_are_no_countries(tmp_path: Path) -> None:
    """However they are written."""
    found, findings = _read(tmp_path, "Qui;Partenaire;Projet\n" + "".join(
        f"{lead};Kayes (Mali);Eau potable {n}\n" for n, lead in enumerate((
            "Ville de Bastia (2b)", "Ville d'Ajaccio (2a)", "Ville de Metz (57)"))))
    assert [row[0] for row in found] == [
        "Ville de Bastia (2b)", "Ville d'Ajaccio (2a)", "Ville de Metz (57)"]
    assert findings["column-guessed"] == "Qui"


def test_a_country_beside_partners_that_name_none(tmp_path: Path) -> None:
    rows, findings = _read(tmp_path, (
        "Lead;Counterpart;Recipient;Title\nBrest;Haouza;Western Sahara;Lighting\n"
        "Rennes;Moundou;Chad;Waste\nMetz;Hubei;China;Wine\n"))
    assert [row[2] for row in rows] == ["EH", "TD", "CN"]
    assert findings == {"column-guessed": "Recipient"}


def test_the_smallest_of_several_levels_abroad_is_the_partner(tmp_path: Path) -> None:
    rows, findings = read_text(tmp_path, "a.csv", (
        "Pays;Région;Département;Commune;Maître d'ouvrage;Projet\n"
        "Sénégal;Tambacounda;Bakel;Gabou;Ville de Metz;Eau\n"
        "Sénégal;Matam;Kanel;Ouro Sidy;Ville de Brest;Puits\n"
        "Sénégal;Thiès;Mbour;Joal-Fadiouth;Ville de Caen;Quai\n"))
    assert [(r.partners[0].name, r.region) for r in rows] == [
        ("Gabou", None), ("Ouro Sidy", None), ("Joal-Fadiouth", None)]
    assert {(f.code, f.where and f.where.column) for f in findings} == {
        ("column-guessed", "Commune"), ("cell-unused", "Région"), ("cell-unused", "Département")}


def test_what_ties_towns_is_the_title_of_a_list_of_twinnings(tmp_path: Path) -> None:
    rows, findings = _read(tmp_path, (
        "COMMUNE;DEPARTEMENT;VILLE_JUMELEE;PAYS;NATURE_DU_LIEN\n"
        "Riom;Puy-de-Dôme;Żywiec;Pologne;Jumelage\nIssoire;Puy-de-Dôme;Neumarkt;Allemagne;"
        "Jumelage\nThiers;Puy-de-Dôme;Bridgnorth;Royaume-Uni;Pacte d'amitié\n"))
    assert rows == [("Riom", "Jumelage", "PL"), ("Issoire", "Jumelage", "DE"),
                    ("Thiers", "Pacte d'amitié", "GB")]
    assert findings["column-guessed"] == "NATURE_DU_LIEN"


def test_numbers_of_departments_under_region(tmp_path: Path) -> None:
    """« 22 » was Picardie's code, and is the Côtes-d'Armor; where all may be today's regions', they
    are."""
    head = "Région;Collectivité;Partenaire;Pays;Projet\n"
    text = ("22;Saint-Brieuc;Agadez;Niger;Puits\n29;Brest;Saponé;Burkina Faso;Eau\n"
            "93;Saint-Denis;Figuig;Maroc;Oasis\n")
    found, _ = read_text(tmp_path, "a.csv", head + text)
    assert [(row.region, row.department) for row in found] == [
        ("Bretagne", "Côtes-d'Armor"), ("Bretagne", "Finistère"),
        ("Île-de-France", "Seine-Saint-Denis")]
    found, _ = read_text(tmp_path, "b.csv", head + text.replace("22;", "53;").replace("29;", "53;"))
    assert [row.region for row in found] == ["Bretagne", "Bretagne", "Provence-Alpes-Côte d'Azur"]
