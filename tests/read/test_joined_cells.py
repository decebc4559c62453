"""Cells that stand too near to each other to be told apart."""

from __future__ import annotations

from pathlib import Path

from .written import read_text


def test_a_full_column_leaves_less_room(tmp_path: Path) -> None:
    rows, _ = read_text(
        tmp_path, "a.txt", "Liste des projets retenus\n\n"
        "- Ville de Brest    Commune de Saponé (Burkina Faso)      Déchets ménagers     9 000 €\n"
        "- Ville de Strasbourg et Eurométropole de Strasbourg  Ville de Kairouan (Tunisie)      "
        "Eau potable       8 000 €\n")
    assert [([m.name for m in r.leads], r.partners[0].name, r.title) for r in rows] == [
        (["Ville de Brest"], "Saponé", "Déchets ménagers"),
        (["Ville de Strasbourg", "Eurométropole de Strasbourg"], "Kairouan", "Eau potable")]


def test_names_that_are_two_are_doubtful(tmp_path: Path) -> None:
    _, said = read_text(
        tmp_path, "a.csv", "Chef de file;Partenaire;Titre\n"
        "Ville de Metz;Eurométropole de Strasbourg Ville de Kairouan (Tunisie);Eau potable\n"
        "Région Normandie Ville de Kairouan (Tunisie);Atsinanana (Madagascar);Filières\n")
    assert [f.where.line for f in said if f.code == "side-doubtful" and f.where] == [2, 3]


def test_capitals_join_two_that_lead(tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.csv", "Chef de file;Partenaire;Titre\n"
                        "VILLE DE METZ ET DÉPARTEMENT DE LA MOSELLE;Kayes (Mali);Eau potable\n"
                        "SAÔNE ET LOIRE;Kayes (Mali);Déchets ménagers\n")
    assert [len(r.leads) for r in rows] == [2, 1]


def test_a_region_is_no_title(tmp_path: Path) -> None:
    _, said = read_text(tmp_path, "a.csv", "Chef de file;Partenaire;Titre\n"
                        "Ville de Brest;Saponé (Burkina Faso);Bretagne\n"
                        "Ville de Metz;Kayes (Mali);Eau potable\n")
    assert [f.where.line for f in said if f.code == "title-doubtful" and f.where] == [2]
