"""One column that names who leads and with whom; what names several partners is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.read.columns.sides import pair
from coopdec.reference import gazetteer

from .written import rows


@pytest.mark.parametrize(("cell", "country", "sides"), [
    ("Ville de Rennes / Bandiagara (Mali)", "", ("Ville de Rennes", "Bandiagara (Mali)")),
    ("Cotonou (Bénin) – Métropole de Lyon", "", ("Métropole de Lyon", "Cotonou (Bénin)")),
    ("Brest métropole et Dschang (Cameroun)", "", ("Brest métropole", "Dschang (Cameroun)")),
    ("Ville de Rennes\nBandiagara (Mali)", "", ("Ville de Rennes", "Bandiagara (Mali)")),
    ("Ville de Nantes avec Dschang (Cameroun) et Kindia (Guinée)", "",
     ("Ville de Nantes", "Dschang (Cameroun) et Kindia (Guinée)")),
    ("Ville de Metz et Département de la Moselle / Kayes (Mali)", "",
     ("Ville de Metz et Département de la Moselle", "Kayes (Mali)")),
    ("Département de Saône-et-Loire et la Région de Kayes (Mali)", "",
     ("Département de Saône-et-Loire", "Région de Kayes (Mali)")),
    ("Conseil départemental du Cher, Cercle de Kita (Mali)", "",
     ("Conseil départemental du Cher", "Cercle de Kita (Mali)")),
    ("Moselle et Madon / Bla", "Mali", ("Moselle et Madon", "Bla")),
    ("Nantes - Guinée", "", ("Nantes", "Guinée")),
    ("Lyon (France) / Rabat (Maroc)", "", ("Lyon (France)", "Rabat (Maroc)")),
])
def test_both_sides_are_told_in_any_order(cell: str, country: str, sides: tuple[str, str]) -> None:
    assert pair(cell, country, gazetteer()) == sides


@pytest.mark.parametrize(("cell", "country"), [
    ("Kayes / Bandiagara (Mali)", ""),
    ("Saint-Louis / Dakar (Sénégal)", ""),  # there is one in France
    ("Saint-Louis / Dakar", "Sénégal"),
    ("Tours, Mopti (Mali)", ""),  # may be two places in Mali
    ("Commune de Kayes / Bandiagara (Mali)", ""),
    ("Valence (Espagne) / Kayes (Mali)", ""),
    ("Bandiagara (Mali) / Ville de Rennes / Dakar (Sénégal)", ""),
    ("Ville de Metz et Département de la Moselle", "Mali"),
    ("Ville de Saint-Denis / Saint-Paul (La Réunion)", ""),
    ("Rennes / Inconnuville", "Mali"),
    ("Mali : Bandiagara, Ségou", ""),
    ("Rennes", "Mali"),
])
def test_what_is_not_certain_is_no_pair(cell: str, country: str) -> None:
    assert pair(cell, country, gazetteer()) is None


@given(st.lists(st.sampled_from(["Kayes", "Saint-Louis", "Valence", "Vienne", "Tours", "Sète"]),
                min_size=2, max_size=4), st.sampled_from([", ", " et "]))
def test_names_in_one_country_are_never_parted(names: list[str], mark: str) -> None:
    assert pair(f"{mark.join(names)} (Mali)", "", gazetteer()) is None


@pytest.mark.parametrize("header", ["Partenaires;Titre du projet", "Collectivités;Titre",
                                    "Chef de file;Projet"])
def test_a_list_with_one_column_for_both(tmp_path: Path, header: str) -> None:
    found, findings = rows(
        tmp_path, f"{header}\n"
        "Ville de Rennes / Bandiagara (Mali);Accès à l'eau\n"
        "Chefchaouen (Maroc) - Département de l'Hérault;Agriculture durable\n"
        f"{header}\n"
        "Ville de Nantes avec Dschang (Cameroun) et Kindia (Guinée);Santé\n")
    assert [(r.lead, [p.own_name for p in r.partners], r.title) for r in found] == [
        ("Ville de Rennes", ["Bandiagara"], "Accès à l'eau"),
        ("Département de l'Hérault", ["Chefchaouen"], "Agriculture durable"),
        ("Ville de Nantes", ["Dschang", "Kindia"], "Santé")]
    printed = header.partition(";")[0]
    assert {found[0].columns[role] for role in ("lead", "partner")} == {printed}
    assert [(f.code, f.where and f.where.column) for f in findings] == [
        ("column-both-sides", printed)]


def test_a_cell_of_it_that_does_not_tell_is_said(tmp_path: Path) -> None:
    pairs = "".join(f"Ville de {name} / Kayes;Eau {name};Mali\n"
                    for name in ("Rennes", "Nantes", "Metz", "Dax"))
    found, findings = rows(
        tmp_path, f"Collectivités;Projet;Pays\n{pairs}Ségou et Mopti;Artisanat;Mali\n")
    assert [r.lead for r in found] == [
        "Ville de Rennes", "Ville de Nantes", "Ville de Metz", "Ville de Dax"]
    assert [(f.code, f.severity, f.where and f.where.line) for f in findings] == [
        ("column-both-sides", "warning", 2), ("sides-untold", "warning", 6)]


def test_a_column_of_both_that_mostly_does_not_tell_is_fatal(tmp_path: Path) -> None:
    pairs = "".join(f"Ville de {name} / Kayes;Eau {name};Mali\n" for name in ("Rennes", "Nantes"))
    untold = "".join(f"Ségou et Mopti;Artisanat {n};Mali\n" for n in range(40))
    found, findings = rows(
        tmp_path, f"Collectivités;Projet;Pays\n{pairs * 15}{untold}")
    assert len(found) == 30
    assert {f.severity for f in findings if f.code == "sides-untold"} == {"fatal"}


@pytest.mark.parametrize("text", [
    "Partenaires;Titre du projet\nBandiagara (Mali), Mopti (Mali);Eau\n"
    "Dakar / Thiès (Sénégal);Lait\nSaint-Louis / Dakar (Sénégal);Santé\n",
    "Partenaires;Titre\nVille de Rennes / Bandiagara (Mali);Eau\n",  # one line proves nothing
])
def test_partners_alone_are_never_leads(tmp_path: Path, text: str) -> None:
    found, findings = rows(tmp_path, text)
    assert not found
    assert "missing-column" in {f.code for f in findings}


def test_two_columns_stay_two(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Porteur;Partenaires;Titre\n"
        "Région Bretagne;Ville de Rennes / Bandiagara (Mali);Eau\n"
        "Région Bretagne;Ville de Brest / Kayes (Mali);Lait\n")
    assert {r.lead for r in found} <= {"Région Bretagne"}
    assert "column-both-sides" not in {f.code for f in findings}


def test_headings_amid_the_lines_say_the_country(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Partenaires;Projet;Montant (€)\nMali;;\n"
        "Ville de Rennes / Bandiagara;Eau;12 000\n"
        "Kayes / Ville de Nantes;Lecture;5 000\nBénin;;\n"
        "Métropole de Lyon / Porto-Novo;Déchets;1 000\nTotal;;18 000\n")
    assert [(r.lead, [(p.own_name, p.country) for p in r.partners]) for r in found] == [
        ("Ville de Rennes", [("Bandiagara", "ML")]), ("Ville de Nantes", [("Kayes", "ML")]),
        ("Métropole de Lyon", [("Porto-Novo", "BJ")])]
    assert {f.code for f in findings} == {"column-both-sides", "row-no-project"}


@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_heading_may_stand_in_any_column(tmp_path: Path, column: int) -> None:
    lines = ["Projet;Collectivités;Montant (€)", ";" * column + "Mali" + ";" * (2 - column),
             "Eau;Ville de Rennes / Bandiagara;10", "Lecture;Kayes / Ville de Nantes;20",
             " ;" * column + "Bénin" + "; " * (2 - column),
             "Santé;Ville de Metz / Porto-Novo;30"]
    found, findings = rows(tmp_path, "\n".join(lines) + "\n")
    assert [(r.lead, r.partners[0].own_name, r.partners[0].country) for r in found] == [
        ("Ville de Rennes", "Bandiagara", "ML"), ("Ville de Nantes", "Kayes", "ML"),
        ("Ville de Metz", "Porto-Novo", "BJ")]
    assert {f.code for f in findings} <= {"column-both-sides"}


def test_the_table_after_it_is_read_as_it_stands(tmp_path: Path) -> None:
    """More lines below than a header is looked for in."""
    many = "".join(f"Projet {n};Ville de Rennes / Bandiagara (Mali)\n" for n in range(60))
    found, findings = rows(
        tmp_path, f"Projet;Collectivités\n{many}Titre du projet;Chef de file;Partenaire\n"
        "Lait;Ville de Brest;Kayes (Mali)\nMiel;Ville de Dax;Ségou (Mali)\n")
    assert [r.lead for r in found[60:]] == ["Ville de Brest", "Ville de Dax"]
    assert len(found) == 62
    assert "sides-untold" not in {f.code for f in findings}
