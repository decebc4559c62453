"""Headings that say the country or the region of what stands below them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.model import Row

from .written import read_text

HEAD = "| Collectivité | Partenaire | Projet |\n|---|---|---|\n"


def _rows(folder: Path, text: str, name: str = "a.md") -> list[Row]:
    rows, findings = read_text(folder, name, text)
    assert not [f for f in findings if f.fatal]
    return rows


def test_countries_above_tables(tmp_path: Path) -> None:
    rows = _rows(tmp_path, (
        f"# Annexe 1 : projets soutenus\n\n## Région Bretagne\n\n### Mali (1 projet)\n\n{HEAD}"
        f"| Ville de Rennes | Kayes | Eau |\n\n### 2. Sénégal\n\n{HEAD}"
        f"| Ville de Brest | Commune de Thiès | École |\n| Ville de Dax | Ségou (Mali) | Arbres |"
        f"\n\n## Normandie\n\n### Togo\n\n{HEAD}| Ville de Caen | Lomé | Marché |\n"))
    assert [(r.region, [(m.name, m.country) for m in r.partners]) for r in rows] == [
        ("Bretagne", [("Kayes", "ML")]), ("Bretagne", [("Thiès", "SN")]),
        ("Bretagne", [("Ségou", "ML")]), ("Normandie", [("Lomé", "TG")])]


def test_countries_as_lines_of_a_table(tmp_path: Path) -> None:
    for head, cell in (("Collectivité;Partenaire;Projet", "Kayes;"), ("Collectivité;Projet", "")):
        rows = _rows(tmp_path, (f"{head}\nMALI;\nVille de Rennes;{cell}Eau\nTOGO;\n"
                                f"Ville de Caen;{cell.replace('Kayes', 'Lomé')}Marché\n"), "a.csv")
        assert [[m.country for m in r.partners] for r in rows] == [["ML"], ["TG"]]
        assert [r.title for r in rows] == ["Eau", "Marché"]


def test_a_column_goes_before_a_heading(tmp_path: Path) -> None:
    rows = _rows(tmp_path, ("Mali\n\n| Collectivité | Pays | Projet |\n|---|---|---|\n"
                            "| Ville de Rennes | Togo | Eau |\n\nParis, le 3 mai 2021\n"))
    assert [([m.country for m in r.partners], r.region) for r in rows] == [(["TG"], None)]


def test_an_overseas_region_is_no_country(tmp_path: Path) -> None:
    rows = _rows(tmp_path, f"## La Réunion\n\n{HEAD}| Ville de Saint-Paul | Lomé (Togo) | Eau |\n")
    assert [(r.region, [m.country for m in r.partners]) for r in rows] == [("La Réunion", ["TG"])]


LED = """Projet;Partenaire;Pays
Région Bretagne;;
Agroécologie;Région Centre;Burkina Faso
;Région Nord;Burkina Faso
2. Ville de Brest (2 projets);;
Mobilité;Saponé;Burkina Faso
Santé mentale;Constanța;Roumanie
"""


def test_who_leads_stands_alone_above_its_projects(tmp_path: Path) -> None:
    rows, findings = read_text(tmp_path, "a.csv", LED)
    assert [(r.lead, r.carried["lead"], [m.name for m in r.partners]) for r in rows] == [
        ("Région Bretagne", 2, ["Centre", "Nord"]), ("Ville de Brest", 5, ["Saponé"]),
        ("Ville de Brest", 5, ["Constanța"])]
    assert [f.code for f in findings] == ["lead-of-headings"]


def test_regions_above_projects_do_not_lead(tmp_path: Path) -> None:
    rows, findings = read_text(tmp_path, "a.csv", LED.replace("2. Ville de Brest", "Normandie"))
    assert not rows
    assert "missing-column" in {f.code for f in findings}


@pytest.mark.parametrize("header", ["Pays;Ville partenaire;Chef de file;Projet",
                                    "Partenaire;Pays;Chef de file;Projet"])
def test_a_region_at_the_margin_heads_in_a_column_of_countries_too(
        tmp_path: Path, header: str) -> None:
    swap = header.startswith("Partenaire")
    rows = [["Mali", "Bandiagara"], ["Sénégal", "Thiès"]]
    lines = [header]
    for region, row, lead in (("Bretagne", rows[0], "Ville de Rennes"),
                              ("Hauts-de-France", rows[1], "Ville de Dunkerque")):
        cells = row[::-1] if swap else row
        lines += [f"{region};;;", f"{cells[0]};{cells[1]};{lead};Un projet pour l'eau"]
    found = _rows(tmp_path, "\n".join(lines), "liste.csv")
    assert [(row.region, row.partners[0].country) for row in found] == [
        ("Bretagne", "ML"), ("Hauts-de-France", "SN")]
