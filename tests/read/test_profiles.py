"""Layouts that are known: recognised by their header row, whatever was done to it."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from coopdec.messages import LANGS
from coopdec.model import Row
from coopdec.read import profile_used, read
from coopdec.read.columns.roles import roles
from coopdec.read.draft import draft
from coopdec.read.profiles import profiles, recognise

#: The AFD's headers: 55 columns, 13 of them « Non applicable ».
AFD = [
    "Société", "Id. Concours", "Id. Projet", "Titre du projet", "Non applicable",
    "Description du projet", "Non applicable", "Etat du projet",
    "Date de 1er versement (projet)", "Date d’achèvement opérationnel du projet",
    "Libellé agence", "Valeur fixe", "Libellé bénéficiaire primaire", "Pays de réalisation",
    "Région", "Latitude", "Longitude ", "Libellé secteur économique  (CAD-5)", "Libellé CICID",
    "Non applicable", "Valeur fixe", "Libellé indicateur APD", "Groupe de produit",
    "Valeur fixe", "Valeur fixe", "Engagements bruts (euro)", "Non applicable",
    "Non applicable", "Versements (euro)", "Non applicable", "Non applicable", "Non applicable",
    "Lien_Fiche_Projet", *["Non applicable"] * 5, "Cofinanciers (O/N)",
    "Date mise à jour données projet", "Date de la dernière publication",
    "Date de publication NCO", "CRG", *(f"Champ {n}" for n in range(12)),
]
ROWS = [
    {"Id. Concours": "CZZ1 01", "Titre du projet": "EAU A BOBO",
     "Libellé bénéficiaire primaire": "VILLE DE PARIS", "Pays de réalisation": "BURKINA FASO",
     "Région": "AFRIQUE", "Latitude": "11,177", "Longitude ": "-4,297",
     "Libellé secteur économique  (CAD-5)": "Eau potable",
     "Engagements bruts (euro)": "1250000", "Versements (euro)": "600000"},
    {"Id. Concours": "CZZ1 02", "Titre du projet": "AEP",
     "Libellé bénéficiaire primaire": "SOCIETE DES EAUX", "Pays de réalisation": "SENEGAL",
     "Engagements bruts (euro)": "2000000,50"},
    {"Id. Concours": "CZZ1 03", "Titre du projet": "APPUI",
     "Libellé bénéficiaire primaire": "COMMUNE DE SAINT-LOUIS",
     "Pays de réalisation": "SENEGAL"},
    {"Id. Concours": "CZZ1 04", "Titre du projet": "FONDS",
     "Libellé bénéficiaire primaire": "REGION OCCITANIE", "Pays de réalisation": "MULTI-PAYS"},
]


def write(path: Path, header: list[str], rows: list[list[str]],
          encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    return path


def read_all(path: Path) -> tuple[list[Row], dict[str, int], str | None]:
    reading = read(path)
    rows = list(reading)
    codes: dict[str, int] = {}
    for finding in reading.findings:
        codes[finding.code] = codes.get(finding.code, 0) + 1
    used = profile_used(reading)
    return rows, codes, used.params["name"] if used else None


def afd(order: list[int]) -> tuple[list[str], list[list[str]]]:
    return ([AFD[i] for i in order], [[row.get(AFD[i], "") for i in order] for row in ROWS])


EVERY = list(range(len(AFD)))


@pytest.mark.parametrize("case", ["as published", "shuffled", "shouted", "fewer", "more"])
def test_the_afd_s_export(tmp_path: Path, case: str) -> None:
    order = EVERY
    if case == "shuffled":
        order = random.Random(1).sample(EVERY, len(EVERY))
    elif case == "fewer":
        order = [i for i in EVERY if AFD[i] not in ("Non applicable", "Valeur fixe", "Société")]
    header, rows = afd(order)
    if case == "shouted":
        header = [h.upper().replace("É", "E").replace("È", "E") for h in header]
    elif case == "more":
        header, rows = ["Nouveau", *header], [["x", *row] for row in rows]
    found, codes, used = read_all(write(tmp_path / "afd.csv", header, rows))
    assert used == "afd-projets"
    assert [r.title for r in found] == ["EAU A BOBO", "AEP", "APPUI", "FONDS"]
    assert [r.outside for r in found] == [False, True, True, True]
    assert (codes["lead-not-french"], codes["place-unsaid"]) == (2, 1)
    assert "unknown-country" not in codes
    first = found[0]
    assert first.region is None  # « Région » is a part of the world here
    assert first.own_id == "CZZ1 01"
    assert first.facts is not None
    assert first.facts.grant is not None
    assert (int(first.facts.grant.value), first.facts.grant.currency) == (1250000, "EUR")
    assert first.facts.point is not None
    assert "unknown-region" not in codes


ATLAS = ["Identifiant", "Titre", "Collectivité française", "Collectivité étrangère", "Pays",
         "Année de convention", "Date de début", "Date de fin", "Statut", "Thématique 1",
         "Thématique 2", "Thématique 3"]


def test_the_atlas(tmp_path: Path) -> None:
    found, codes, used = read_all(write(tmp_path / "a.csv", ATLAS, [
        ["12", "Latrines de Tata", "Département de l'Essonne", "Tata", "Maroc", "2016",
         "01/03/2016", "31/12/2019", "Terminé", "Eau", "Assainissement", "Latrines"],
        ["13", "Lecture", "Nantes", "Dschang", "Cameroun", "2010", "", "", "En sommeil",
         "", "", ""],
    ], "cp1252"))
    assert used == "atlas-cooperation"
    assert [str(r.facts.status) for r in found if r.facts] == ["completed", "suspended"]
    assert found[0].cells["theme"].split(" ; ") == ["Eau", "Assainissement", "Latrines"]
    assert found[0].facts is not None
    assert (found[0].facts.years, found[0].own_id) == ((2016,), "12")
    assert "cell-unused" not in codes


SCDL = ["nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision",
        "nomBeneficiaire", "idBeneficiaire", "objet", "montant", "nature"]


def test_subsidies_of_a_region(tmp_path: Path) -> None:
    row = ["Région Bretagne", "2335", "2021-06-27", "1", "Association", "8204"]
    found, codes, used = read_all(write(tmp_path / "s.csv", SCDL, [
        [*row, "Eau potable en Guinée-Bissau", "15000", "aide"],
        [*row, "Achat de deux voiliers", "2500.50", "aide"]]))
    assert used == "scdl-subventions"
    assert [m.country for m in found[0].partners] == ["GW"]
    assert [r.outside for r in found] == [False, True]
    assert codes["place-unsaid"] == 1
    assert found[0].facts is not None
    assert found[0].facts.operators == ("Association",)


def test_who_receives_a_subsidy_leads_if_it_is_a_collectivity(tmp_path: Path) -> None:
    given = ["Région Bretagne", "2335", "2021-06-27", "1"]
    found, _, _ = read_all(write(tmp_path / "s.csv", SCDL, [
        [*given, "Ville de Rennes", "8204", "Écoles de Sétif, Algérie", "15000", "aide"],
        [*given, "Association Eau", "8204", "Puits au Mali", "5000", "aide"],
        [*given, "Commune de Kayes", "8204", "Mairie de Kayes, Mali", "5000", "aide"]]))
    assert [r.lead for r in found] == ["Ville de Rennes", "Région Bretagne", "Région Bretagne"]
    facts = [r.facts for r in found]
    assert [f and (f.cofunders, f.operators) for f in facts] == [
        (("Région Bretagne",), ()), ((), ("Association Eau",)), ((), ("Commune de Kayes",))]
    assert found[0].where("lead").column == "nomBeneficiaire"


def test_a_column_by_its_number(tmp_path: Path) -> None:
    path = write(tmp_path / "n.csv", ["X", "X", "X", "Projet"],
                 [["Lyon", "Bamako", "Mali", "Eau"]])
    (tmp_path / "n.toml").write_text(
        'title = "x"\npublisher = "x"\ncall = "x"\n'
        '[columns]\nlead = "#1"\npartner = "#2"\ncountry = "#3"\n', "utf-8")
    found, codes, used = read_all(path)
    assert "toml-column-absent" not in codes
    assert (found[0].lead, found[0].cells["partner"], found[0].cells["country"]) == (
        "Lyon", "Bamako", "Mali")
    assert used is None


def test_the_toml_wins_over_the_layout(tmp_path: Path) -> None:
    header, rows = afd(EVERY)
    path = write(tmp_path / "afd.csv", header, [[*row[:-1], "Ville de Lyon"] for row in rows])
    (tmp_path / "afd.toml").write_text(
        'title = "x"\npublisher = "x"\ncall = "x"\nprofile = "afd-projets"\n'
        '[columns]\nlead = "Champ 11"\n', "utf-8")
    found, _, _ = read_all(path)
    assert {r.lead for r in found} == {"Ville de Lyon"}


def test_a_draft_names_the_layout_and_needs_no_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "afd.csv", *afd(EVERY))
    text = draft(path).text
    assert 'profile = "afd-projets"' in text
    columns = text.split("[columns]")[1].splitlines()
    assert not [line for line in columns if line and not line.startswith("#")]
    path.with_suffix(".toml").write_text(text, "utf-8")
    assert len(read_all(path)[0]) == 4


def test_every_layout_is_whole_and_none_takes_another_s_header() -> None:
    assert len(profiles()) >= 5
    for name, profile in profiles().items():
        assert all(profile.title[lang] for lang in LANGS)
        assert set(profile.columns) - {""} <= roles().keys(), name
        assert profile.least <= len(profile.some)
    for name, header in (("afd-projets", AFD), ("atlas-cooperation", ATLAS),
                         ("scdl-subventions", SCDL)):
        found = recognise(header)
        assert found is not None
        assert found.name == name
    assert recognise(["Région", "Collectivité", "Pays", "Titre du projet", "Statut"]) is None
    assert recognise(["", "", ""]) is None


@pytest.mark.parametrize(("purpose", "names"), [
    ("JUMELAGE AVEC LA COMMUNE DE SAPONE (BURKINA FASO) : EAU", ["SAPONE"]),
    ("Coopération avec Ségou (Mali) : bibliothèque", ["Ségou"]),
    ("Partenariat avec le lycée Moulin (Mali)", [None]),
    ("École à Kayes, Mali, avec les habitants", [None])])
def test_the_partner_that_a_purpose_names(
        tmp_path: Path, purpose: str, names: list[str | None]) -> None:
    path = tmp_path / "scdl.csv"
    path.write_text("nomAttribuant,idAttribuant,dateConvention,nomBeneficiaire,objet,montant,nature\n"
                    f"Région Bretagne,23350001600040,2021-01-05,Ville de Brest,\"{purpose}\",9,x\n")
    (row,) = read(path)
    assert [m.name for m in row.partners] == names
    assert row.columns["partner" if names[0] else "country"] == "objet"
