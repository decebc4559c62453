"""Columns that are ticked, for a goal or a country each."""

from __future__ import annotations

from pathlib import Path

import pytest

from .written import rows


@pytest.mark.parametrize("mark", ["x", "X", "1", "Oui", "✓"])
def test_a_tick_says_what_its_header_names(tmp_path: Path, mark: str) -> None:
    found, findings = rows(tmp_path, (
        "Collectivité;Projet;Bénin;Burkina Faso;Mali;ODD 4;ODD 6;ODD 7\n"
        f"Ville de Cergy;Maraîchage;;{mark};{mark};;{mark};\n"
        f"Ville de Brest;Forage;{mark};non;0;;;\n"))
    assert [[m.country for m in row.partners] for row in found] == [["BF", "ML"], ["BJ"]]
    assert [row.cells.get("theme") for row in found] == ["ODD 6", None]
    assert not findings


def test_other_words_are_no_ticks(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, (
        "Collectivité;Pays;Projet;Mali;Togo;Thème\nVille de Cergy;Mali;Puits;2 000;;x\n"
        "Ville de Brest;Togo;Forage;;500;Eau\n"))
    assert [row.cells["theme"] for row in found] == ["x", "Eau"]
    assert [f.where.column for f in findings if f.where and f.code == "cell-unused"] == [
        "Mali", "Togo"]


def test_names_of_countries_over_amounts_are_no_countries(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, (
        "Collectivité;Projet;Mali;Togo\nVille de Cergy;Puits;2 000;\nVille de Brest;École;;500\n"))
    assert not found
    assert "missing-column" in {f.code for f in findings}


def test_a_goal_is_no_tick(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, (
        "Collectivité;Pays;Projet;ODD 1;ODD 2\nVille de Cergy;Mali;Puits;6;1\n"
        "Ville de Brest;Togo;Forage;2;\n"))
    assert [row.cells["theme"] for row in found] == ["6 ; 1", "2"]


def test_countries_below_one_header(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, (
        "Collectivité;Projet;Pays d'intervention;;;Aide (€)\n;;Bénin;Togo;Côte d'Ivoire;\n"
        "Ville de Douai;Puits;x;;;4000\nVille de Lens;École;;x;x;6000\n"))
    assert [[m.country for m in row.partners] for row in found] == [["BJ"], ["TG", "CI"]]
