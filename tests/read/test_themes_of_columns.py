"""A theme column and a description as evidence for goals that a title does not state."""

from __future__ import annotations

from pathlib import Path

from coopdec.building.stages import announce_all
from coopdec.model import Theme
from coopdec.read import read
from coopdec.reference import gazetteer

from .written import rows

LIST = """Chef de file;Pays;Titre;Thématique;ODD;Description
Brest métropole;Mali;Projet de coopération;14030 - Eau potable;ODD 4;Énergies renouvelables
Rennes;Togo;Accès à l'eau potable;14030 - Eau potable ; Patrimoine;;
Metz;Togo;Accès à l'eau potable;;;
"""


def themes(folder: Path) -> list[tuple[Theme, ...]]:
    path = folder / "liste.csv"
    path.write_text(LIST, "utf-8")
    reading = read(path)
    return [a.themes for a in announce_all(list(reading), reading.source, gazetteer())]


def test_columns_add_what_the_title_does_not_state(tmp_path: Path) -> None:
    by_columns, both, by_title = themes(tmp_path)
    assert {t.goal for t in by_columns} == {4, 6, 7}
    rules = {t.goal: t.rule for t in by_columns if t.target is None}
    assert rules[6] == "sector:dac:14030"
    assert rules[4].startswith("sector:")
    assert rules[7].startswith("description:")
    assert {t.goal for t in both} == {6, 11}
    assert [t for t in both if t.goal == 6] == list(by_title)


def test_columns_are_weaker_than_a_title(tmp_path: Path) -> None:
    by_columns, _, by_title = themes(tmp_path)
    sector = next(t for t in by_columns if t.goal == 6)
    assert sector.confidence < by_title[0].confidence


def test_a_project_on_a_line_for_each_goal_is_one(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, (
        "id;Collectivité;Projet;Pays;Ville partenaire;ODD\n1;Lorient;Pêche;Sénégal;Kayar;14\n"
        "1;Lorient;Pêche;Sénégal;Kayar;8\n1;Lorient;Pêche;Maroc;Agadir;8\n2;Vannes;Eau;Mali;Kati;6\n"
        "2;Vannes;Eau;Mali;Kati;6\n"))
    assert [(row.cells["theme"], [m.name for m in row.partners]) for row in found] == [
        ("14 ; 8", ["Kayar", "Agadir"]), ("6", ["Kati"]), ("6", ["Kati"])]
    assert not findings
