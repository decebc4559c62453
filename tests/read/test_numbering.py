"""The rows are held against the numbers of the lines, and against what the list says it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read.oddities.totals import projects_in
from tests.read.written import rows

HEADER = "N°;Chef de file;Partenaire;Pays;Titre\n"


def numbered(*numbers: str) -> str:
    return HEADER + "".join(
        f"{n};Ville de Metz;Kayes;Mali;Accès à l'eau, phase {i}\n" for i, n in enumerate(numbers))


@pytest.mark.parametrize(("numbers", "missing"), [
    (["1", "2", "4", "5", "6"], ["3"]),
    (["1.", "2.", "3.", "5."], ["4"]),
    (["1", "2", "3"], []),
    (["1", "2", "1", "2"], []),  # parts
    (["1", "4", "7", "9"], []),  # of a longer list
    (["1", "3", "2"], []),  # sorted by something else
    (["1", "", "2"], []),
])
def test_a_number_that_is_skipped(tmp_path: Path, numbers: list[str], missing: list[str]) -> None:
    _, findings = rows(tmp_path, numbered(*numbers))
    assert [f.params["numbers"] for f in findings if f.code == "number-skipped"] == missing


@pytest.mark.parametrize(("third", "missing"), [("4", ["3"]), ("3", []), ("1", [])])
def test_a_number_that_items_skip(tmp_path: Path, third: str, missing: list[str]) -> None:
    found, findings = rows(tmp_path, f"""Les projets :

1. Ville de Metz – Kayes (Mali) : Accès à l'eau
2. Ville de Nancy – Kanazi (Bénin) : Marché municipal
{third}. Ville de Lyon – Erevan (Arménie) : Parcours lumière
""", ".txt")
    assert len(found) == 3
    assert [f.params["numbers"] for f in findings if f.code == "number-skipped"] == missing


@pytest.mark.parametrize(("total", "said"), [
    ("Total : 6 projets", True), ("Total : 2 projets", False), ("TOTAL GÉNÉRAL", False),
    ("Nombre de projets : 3", True), ("Sous-total : 2 dossiers", False),
])
def test_a_total_of_projects(tmp_path: Path, total: str, said: bool) -> None:
    _, findings = rows(tmp_path, f"{numbered('1', '2')}{total};;;;\n")
    assert ("total-of-projects" in {f.code for f in findings}) is said


def test_parts_add_up(tmp_path: Path) -> None:
    first, second = numbered("1", "2"), numbered("1").removeprefix(HEADER)
    _, findings = rows(tmp_path, f"{first}Sous-total : 2 projets;;;;\n{second}"
                                 "Sous-total : 1 projet;;;;\n")
    assert "total-of-projects" not in {f.code for f in findings}


@pytest.mark.parametrize(("words", "n"), [
    (["Total", "12 projets", "8 pays"], 12), (["Nombre de projets retenus", "7"], 7),
    (["TOTAL", "12 000 €"], None)])
def test_projects_of_a_total(words: list[str], n: int | None) -> None:
    assert projects_in(words) == n


@pytest.mark.parametrize(("words", "differs"), [
    ("Quatre projets ont été retenus.", True),
    ("Les 2 projets suivants sont sélectionnés :", False),
    ("Le comité a retenu trois projets :", True), ("La Région a soutenu 40 projets.", False),
    ("Nombre de projets retenus : 3", True), ("Nombre de projets déposés : 45", False)])
def test_the_number_that_is_declared(tmp_path: Path, words: str, differs: bool) -> None:
    table = numbered("1", "2").replace(";", "\t")
    _, findings = rows(tmp_path, f"{words}\n\n{table}", ".txt")
    assert ("wrong-count" in {f.code for f in findings}) is differs
