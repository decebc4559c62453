"""Causes found on a further set of lists that nothing was built for: headers of two lines, columns
told by their cells, departments, nested JSON."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from coopdec.model import Row
from coopdec.read import read
from coopdec.read.columns.roles import role_of

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
    ("Octroi (M€)", "grant"),
])
def test_words_of_headers(header: str, role: str) -> None:
    assert role_of(header) == role


WANTED = [("Ville de Metz", "Kayes", "ML"), ("Ville de Nancy", "Thiès", "SN")]


@pytest.mark.parametrize(("suffix", "text"), [
    # a field that has no role must not make an item of every line
    (".txt", "Kiosques\nVille porteuse : Ville de Metz\nVille bénéficiaire : Kayes (Mali)\n"
             "Financement AIMF : 9 000 €\n\nTalus\nVille porteuse : Ville de Nancy\n"
             "Ville bénéficiaire : Thiès (Sénégal)\nFinancement AIMF : 8 000 €\n"),
    (".md", "- Ville de Metz et la commune de Kayes (Mali) – « Kiosques » (9 000 €)\n"
            "- Ville de Nancy et la ville de Thiès (Sénégal) – « Talus » (8 000 €)\n"),
    (".html", "<html><h1>Deux lauréats</h1><p>Ville de Metz – Kayes (Mali)<br>Projet : Kiosques<br>"
              "Subvention : 9 000 €</p><p>Ville de Nancy – Thiès (Sénégal)<br>Projet : Talus<br>"
              "Subvention : 8 000 €</p></html>"),
])
def test_fiches_and_items(tmp_path: Path, suffix: str, text: str) -> None:
    found, findings = rows(tmp_path, text, suffix)
    assert places(found) == WANTED
    assert [r.title for r in found] == ["Kiosques", "Talus"]
    assert [r.facts and r.facts.grant and r.facts.grant.value for r in found] == [9000, 8000]
    assert not [f for f in findings if f.fatal]


@pytest.mark.parametrize(("suffix", "text"), [
    (".html", "<html><h1>Fonds Togo 2021 : les lauréats</h1><ul><li>Ville de Metz – Kara : Kiosques"
              "</li><li>Région Sud – Sokodé : Talus</li></ul></html>"),
    (".csv", "Programme franco-togolais;;\nCollectivité;Partenaire;Projet\nVille de Metz;Kara;"
             "Kiosques\nRégion Sud;Sokodé;Talus\n"),
])
def test_country_of_the_title(tmp_path: Path, suffix: str, text: str) -> None:
    """It is said; without it there would be no list."""
    found, findings = rows(tmp_path, text, suffix)
    assert places(found) == [("Ville de Metz", "Kara", "TG"), ("Région Sud", "Sokodé", "TG")]
    assert [f.params["country"] for f in findings if f.code == "country-of-title"] == ["Togo"]


def test_title_of_two_countries_says_none(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, "Programme Togo et Bénin;;\nCollectivité;Partenaire;Projet\n"
                           "Ville de Metz;Kara;Kiosques\n")
    assert not found or not found[0].partners
    assert [f.code for f in findings if f.fatal] == ["no-country"]


def test_overseas_ends_the_region_above(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "## Grand Est\n\n- Ville de Metz, avec Kayes (Mali) : Kiosques\n\n"
                    "## Outre-mer\n\n- Saint-Paul (La Réunion), avec Majunga (Madagascar) : Talus"
                    "\n", ".md")
    assert [(r.lead, r.region, r.partners[0].country) for r in found] == [
        ("Ville de Metz", "Grand Est", "ML"), ("Saint-Paul (La Réunion)", None, "MG")]


def test_overseas_ends_the_region_and_no_more(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "## Mali\n\n### Grand Est\n\n- Ville de Metz – Kayes : Kiosques\n\n"
                    "### Outre-mer\n\n- Saint-Paul (La Réunion) – Mopti : Talus\n", ".md")
    assert [(r.region, r.partners[0].own_name, r.partners[0].country) for r in found] == [
        ("Grand Est", "Kayes", "ML"), (None, "Mopti", "ML")]


def test_mark_of_a_footnote_after_a_title(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Collectivité;Pays;Titre\nVille de Metz;Mali;Kiosques du fleuve(1)\n"
                    "Ville de Nancy;Mali;Talus phase (2)\n")
    assert [r.title for r in found] == ["Kiosques du fleuve", "Talus phase (2)"]


def test_what_a_deliberation_proposes_is_granted(tmp_path: Path) -> None:
    """…where no other column says what was."""
    for amounts in ("Aide demandée;Aide proposée", "Aide proposée;Aide votée"):
        found, _ = rows(tmp_path, f"Collectivité;Pays;Objet;{amounts}\n"
                        "Ville de Metz;Mali;Kiosques;9;8\nVille de Nancy;Mali;Talus;7;6\n")
        assert [r.facts and r.facts.grant and r.facts.grant.value for r in found] == [8, 6]


def test_french_partners_beside_who_leads(tmp_path: Path) -> None:
    """Collectivities carry it as well; associations do not."""
    for first, second, wanted in (("City of Nancy", "Moselle Department", 2),
                                  ("GRET", "Croix-Rouge", 1)):
        found, _ = rows(tmp_path, "Lead authority;French partners;Country;Project title\n"
                        f"City of Metz;{first};Mali;Kiosks\nCity of Lyon;{second};Togo;Dykes\n")
        assert [len(r.leads) for r in found] == [wanted, wanted]


def test_numbers_of_fiches_are_no_part_of_their_titles(tmp_path: Path) -> None:
    text = ("### {0} Kiosques\n**Collectivité lauréate :** Ville de Metz\n\n**Partenaire :** "
            "Kayes, Mali\n\n### {1} Talus\n**Collectivité lauréate :** Ville de Nancy\n\n"
            "**Partenaire :** Thiès, Sénégal\n")
    found, _ = rows(tmp_path, text.format("1.", "2."), ".md")
    assert [r.title for r in found] == ["Kiosques", "Talus"]
    found, _ = rows(tmp_path, text.format("3 -", "Les"), ".md")
    assert [r.title for r in found] == ["3 - Kiosques", "Les Talus"]


def test_what_follows_a_quoted_title(tmp_path: Path) -> None:
    """A prize is none of it; « La ville des enfants » opens as a collectivity does."""
    found, _ = rows(tmp_path, "1. Metz Métropole et Kayes (Mali) : « La ville à vélo » – 1er prix, "
                    "9 000 €\n2. Ville de Nancy et Thiès (Sénégal) : « La ville des arts » – "
                    "mention spéciale, 800 €\n", ".txt")
    assert [(r.lead, r.partners[0].name, r.title) for r in found] == [
        ("Metz Métropole", "Kayes", "La ville à vélo"),
        ("Ville de Nancy", "Thiès", "La ville des arts")]


def test_signatories_are_bodies_where_a_header_says_whose(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, "Signataire français;Signataire étranger 1;Pays 1;Signataire "
                           "étranger 2;Pays 2;Objet de la convention\nVille de Metz;Kayes;Mali;"
                           "Thiès;Sénégal;Kiosques et talus\n")
    assert places(found) == [("Ville de Metz", "Kayes", "ML"), ("Ville de Metz", "Thiès", "SN")]
    assert "personal-data" not in {f.code for f in findings}
    assert role_of("Signataire") == "personal"


def test_items_that_are_sentences(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "En région Auvergne-Rhône-Alpes :\n"
                    "- la ville de Valence pour son projet « Kiosques » avec Kayes (Mali), doté de "
                    "9 000 euros ;\n- le département de l'Ain pour le projet « Talus » avec la "
                    "région de Thiès (Sénégal), à hauteur de 800 euros.\n", ".txt")
    assert [(r.region, r.lead, r.partners[0].name, r.title) for r in found] == [
        ("Auvergne-Rhône-Alpes", "ville de Valence", "Kayes", "Kiosques"),
        ("Auvergne-Rhône-Alpes", "département de l'Ain", "Thiès", "Talus")]
    assert [r.facts and r.facts.grant and r.facts.grant.value for r in found] == [9000, 800]


def test_larger_unit_named_first(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Collectivité;Partenaire;Projet\nVille de Metz;Région de Kaolack, "
                    "département de Nioro du Rip (Sénégal);Kiosques\n")
    assert [(p.name, p.type, [w.name for w in p.within]) for p in found[0].partners] == [
        ("Nioro du Rip", "département", ["Kaolack"])]


def test_the_amount_of_which_most_is_said(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Collectivité;Pays;Projet;Montant TTC du projet;Taux;Aide régionale "
                    "votée\nVille de Caen;Mali;Kiosques;9 000 €;20 %;1 800 €\n")
    facts = found[0].facts
    assert facts is not None
    assert [a and a.value for a in (facts.grant, facts.cost)] == [1800, 9000]
