"""Causes found on a further set of lists that nothing was built for: headers of two lines, columns
told by their cells, departments, nested JSON."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from coopdec.model import Row
from coopdec.read import read
from coopdec.read.roles import role_of

from .written import rows


def places(found: list[Row]) -> list[tuple[str, str | None, str | None]]:
    return [(r.lead, p.name, p.country) for r in found for p in r.partners]


def test_header_of_two_lines_that_spans_every_column(tmp_path: Path) -> None:
    sheet = (book := openpyxl.Workbook()).active
    assert sheet is not None
    for line in (["Porteur", None, "Partenaire", None, "Action", None],
                 ["Nom", "Département", "Collectivité", "Pays", "Intitulé", "Budget total"],
                 ["Ville de Bègles", "Gironde", "Bama", "Burkina Faso", "Mil et fonio", 9000],
                 ["Ville de Pessac", "Gironde", "Banfora", "Burkina Faso", "Bibliobus", 7000]):
        sheet.append(line)
    for span in ("A1:B1", "C1:D1", "E1:F1"):
        sheet.merge_cells(span)
    book.save(path := tmp_path / "deux.xlsx")
    found = list(read(path))
    assert places(found) == [("Ville de Bègles", "Bama", "BF"),
                             ("Ville de Pessac", "Banfora", "BF")]
    assert [r.title for r in found] == ["Mil et fonio", "Bibliobus"]
    assert {r.region for r in found} == {"Nouvelle-Aquitaine"}  # of the department


def test_partners_of_both_sides_under_one_header(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "<table><tr><th rowspan=2>Pays</th><th colspan=2>Partenaires</th>"
                    "<th rowspan=2>Action</th></tr><tr><th>Collectivité bretonne</th>"
                    "<th>Collectivité du Sud</th></tr><tr><td>Mali</td><td>Ville de Vannes</td>"
                    "<td>Ségou</td><td>Lire en ville</td></tr></table>", ".html")
    assert places(found) == [("Ville de Vannes", "Ségou", "ML")]


def test_territory_of_the_lead_is_no_partner(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Territoire;Porteur;Pays / territoire;Partenaire local;Titre\n"
                    "Guyane;Ville de Cayenne;Suriname;Paramaribo;Marchés\n"
                    "Martinique;Ville du Lamentin;Dominique;Portsmouth;Écoles\n"
                    "La Réunion;Ville du Port;Madagascar;Tamatave;Quais\n")
    assert places(found) == [("Ville de Cayenne", "Paramaribo", "SR"),
                             ("Ville du Lamentin", "Portsmouth", "DM"),
                             ("Ville du Port", "Tamatave", "MG")]
    assert [r.region for r in found] == ["Guyane", "Martinique", "La Réunion"]


@pytest.mark.parametrize(("header", "cells"), [
    ("Dépt", ("26", "93")), ("Département", ("Drôme (26)", "93 - Seine-Saint-Denis")),
    ("code_dep", ("26", "93")),
])
def test_department_tells_the_region(tmp_path: Path, header: str, cells: tuple[str, str]) -> None:
    """« 93 » is the number of a region as well: not in a column of departments."""
    found, _ = rows(tmp_path, f"{header};Porteur;Pays;Titre\n{cells[0]};Valence;Liban;Eaux\n"
                    f"{cells[1]};Saint-Denis;Maroc;Arts\n{cells[0]};Montélimar;Togo;Lait\n")
    assert [r.region for r in found] == ["Auvergne-Rhône-Alpes", "Île-de-France",
                                         "Auvergne-Rhône-Alpes"]


def test_name_in_a_list_of_countries_is_that_of_a_country(tmp_path: Path) -> None:
    said = {"pays": [{"nom": n, "actions": [{"porteur": "Ville de Lyon", "partenaire": p,
                                             "titre": f"Musées de {p}"}]}
                     for n, p in (("Bénin", "Porto-Novo"), ("Arménie", "Erevan"))]}
    found, _ = rows(tmp_path, json.dumps(said), ".json")
    assert places(found) == [("Ville de Lyon", "Porto-Novo", "BJ"),
                             ("Ville de Lyon", "Erevan", "AM")]


def test_who_benefits_beside_who_carries(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Ville porteuse;Ville bénéficiaire;Pays;Titre\n"
                    "Ville de Lyon;Ouahigouya;Burkina Faso;Musées\n")
    assert places(found) == [("Ville de Lyon", "Ouahigouya", "BF")]


@pytest.mark.parametrize(("header", "role"), [
    ("Collectivité normande", "lead"), ("Commune francilienne", "lead"),
    ("CT étrangère", "partner"),
    ("Octroi (M€)", "grant"), ("Pays ou territoire", "country"),
])
def test_words_of_headers(header: str, role: str) -> None:
    assert role_of(header) == role
