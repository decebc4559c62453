"""Tables in two languages."""

from __future__ import annotations

from pathlib import Path

from .written import rows

LINES = ("Ville de Nice / City of Nice;Arménie / Armenia;Ville d'Erevan / City of Yerevan;Tri\n"
         "Ville de Metz;Mali;Kayes / Sikasso;Puits\nVille de Caen;Salvador / El Salvador;;École\n")


def test_two_names_of_one_place_are_one(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, (
        "Collectivité(s) / Local authority;Pays / Country;Partenaire(s) / Partner;Titre / Title\n"
        + LINES))
    assert [[m.name for m in row.leads] for row in found] == [
        ["Ville de Nice"], ["Ville de Metz"], ["Ville de Caen"]]
    assert [[(m.name, m.country) for m in row.partners] for row in found] == [
        [("Erevan", "AM")], [("Kayes", "ML"), ("Sikasso", "ML")], [(None, "SV")]]
    assert found[0].cells["partner"] == "Ville d'Erevan / City of Yerevan"
    assert not findings


def test_a_table_in_one_language_names_two(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Collectivité;Pays;Partenaire;Titre\n" + LINES)
    assert [m.name for m in found[0].partners] == ["Erevan", "Yerevan"]
