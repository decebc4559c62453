"""A column that only counts the rows gives no identifiers; one that identifies does."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read import read

ROWS = (("Ville de Rennes", "Sibiu", "Roumanie", "Eau potable"),
        ("Nantes Métropole", "Dschang", "Cameroun", "Déchets"))


def own_ids(
        tmp_path: Path, header: str, numbers: tuple[str, str], toml: str = "") -> list[str | None]:
    lines = [f"{header};Chef de file;Partenaire;Pays;Titre du projet"]
    lines += [";".join((number, *row)) for number, row in zip(numbers, ROWS, strict=True)]
    (tmp_path / "liste.csv").write_text("\n".join(lines), "utf-8")
    if toml:
        facts = f"title = 'Liste'\npublisher = 'Éditeur'\ncall = 'appel'\n{toml}"
        (tmp_path / "liste.toml").write_text(facts, "utf-8")
    return [row.own_id for row in read(tmp_path / "liste.csv")]


@pytest.mark.parametrize("header", ["N°", "Numéro", "No", "N° d'ordre", "Rang"])
@pytest.mark.parametrize("numbers", [("1", "2"), ("01", "02"), ("1.", "2."), ("1,0", "2,0")])
def test_a_count_of_rows_is_no_identifier(
        tmp_path: Path, header: str, numbers: tuple[str, str]) -> None:
    assert own_ids(tmp_path, header, numbers) == [None, None]


@pytest.mark.parametrize(("header", "numbers"), [
    ("N°", ("2021-014", "2021-020")), ("N°", ("1840", "1841")), ("N° de dossier", ("1", "2")),
    ("Identifiant", ("1", "2")), ("ID", ("1", "2")),
])
def test_an_identifier_stays_one(
        tmp_path: Path, header: str, numbers: tuple[str, str]) -> None:
    assert own_ids(tmp_path, header, numbers) == list(numbers)


@pytest.mark.parametrize("toml", ['scheme = "region-bretagne"\n', '[columns]\nid = "N°"\n'])
def test_a_toml_may_say_that_a_number_identifies(tmp_path: Path, toml: str) -> None:
    assert own_ids(tmp_path, "N°", ("1", "2"), toml) == ["1", "2"]
