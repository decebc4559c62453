"""Columns that say of what level the body beside them is."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.model import Kind

from .written import rows

HEAD = "Type de collectivité;Nom;{level};Partenaire;Pays;Projet\n"


@pytest.mark.parametrize("level", ["Type de partenaire", "Niveau du partenaire"])
def test_a_level_tells_homonyms_apart(tmp_path: Path, level: str) -> None:
    found, findings = rows(tmp_path, HEAD.format(level=level) + (
        "Département;Mayenne;Région;Kayes;Mali;Puits\nCommune;Mayenne;Cercle;Kayes;Mali;École\n"
        "EPCI;Grand Poitiers;ONG;Moundou;Tchad;Tri\n"
        "Région;Région Bretagne;Province;Région de l'Itasy;Madagascar;Riz\n"))
    assert [row.leads[0].name for row in found] == [
        "Département Mayenne", "Commune Mayenne", "Grand Poitiers", "Région Bretagne"]
    assert [row.lead for row in found][:2] == ["Mayenne", "Mayenne"]
    assert [(row.partners[0].name, row.partners[0].kind, row.partners[0].type)
            for row in found] == [
        ("Kayes", Kind.ADMIN1, "Région"), ("Kayes", Kind.ADMIN2, "Cercle"),
        ("Moundou", None, None), ("Itasy", Kind.ADMIN1, "Région")]
    assert not findings


def test_a_type_of_nobody_beside_has_no_role(tmp_path: Path) -> None:
    _, findings = rows(tmp_path, (
        "Collectivité;Pays;Projet;Type\nBrest;Mali;Puits;Commune\nRennes;Togo;École;Commune\n"
        "Caen;Bénin;Tri;Commune\n"))
    assert [f.where.column for f in findings if f.where] == ["Type"]
