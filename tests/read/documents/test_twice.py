"""Letters that an export encoded twice."""

from __future__ import annotations

from pathlib import Path

from ..written import rows

LIST = ("Région;Collectivité;Partenaire;Pays;Intitulé du projet;Montant (€)\n"
        "Bretagne;Ville de Brest;Ouagadougou;Burkina Faso;À l'école de l'œuvre d'art;9 000\n"
        "Normandie;Ville de Caen;Thiès;Sénégal;R&D, Eau&région;8 000\n")


def test_utf8_that_was_read_as_windows_1252(tmp_path: Path) -> None:
    """« Ã© », and said once; what only looks alike stays."""
    right, _ = rows(tmp_path, LIST)
    found, findings = rows(tmp_path, LIST.encode().decode("cp1252"))
    assert [row.cells for row in found] == [row.cells for row in right]
    assert [(f.code, f.where and f.where.line) for f in findings] == [("encoded-twice", 1)]
    found, findings = rows(tmp_path, LIST.replace("école", "SÃO TOMÉ"))
    assert found[0].title == "À l'SÃO TOMÉ de l'œuvre d'art"
    assert not findings


def test_letters_beside_others_that_are_right(tmp_path: Path) -> None:
    """A cell that was put together from two; « œ » alone; an « à » that lost its space."""
    found, findings = rows(tmp_path, LIST.replace("Eau&région", "Eau Ã Thiès, Å“uvres"))
    assert found[1].title == "R&D, Eau à Thiès, œuvres"
    assert [f.code for f in findings] == ["encoded-twice"]


def test_entities(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, LIST.replace("'", "&#039;").replace("é;", "&eacute;;").replace(
        ";", "\t").replace("&#039\t", "&#039;").replace("&eacute\t", "&eacute;"), ".tsv")
    assert [row.title for row in found] == ["À l'école de l'œuvre d'art", "R&D, Eau&région"]
    assert not findings


def test_what_only_begins_like_an_entity_stays(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, LIST.replace(";", "\t").replace(
        "R&D, Eau&région", "Eau &region; climat, d&eacute;chets"), ".tsv")
    assert found[1].title == "Eau &region; climat, déchets"
    assert not findings
