"""Columns of official codes: which are of who leads, and what their cells say."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read import read
from coopdec.read.columns.code_columns import code_columns, code_role

from .written import rows


@pytest.mark.parametrize(("header", "role"), [
    ("Code INSEE", "lead_insee"), ("INSEE", "lead_insee"), ("code_commune", "lead_insee"),
    ("Code INSEE de la commune", "lead_insee"), ("N° INSEE", "lead_insee"),
    ("codeInsee", "lead_insee"), ("SIREN", "lead_siren"), ("siren_porteur", "lead_siren"),
    ("N° SIRET du bénéficiaire", "lead_siren"), ("SIREN du chef de file", "lead_siren"),
    ("Code EPCI", "lead_epci"), ("SIREN EPCI", "lead_siren"), ("Code postal", "lead_postcode"),
    ("CP", "lead_postcode"), ("code projet", None), ("code pays", None), ("Code", None),
    ("Code département", None), ("Code INSEE du partenaire", None), ("Code dossier", None),
    ("SIRET de l'opérateur", None), ("Commune", None), ("Bénéficiaire", None), ("Numéro", None),
    ("Identifiant", None), ("Code INSEE région", None), ("Code SIREN INSEE", None),
])
def test_all_words_of_a_header_tell(header: str, role: str | None) -> None:
    assert code_role(header) == role


@pytest.mark.parametrize(("names", "at"), [
    (["Commune", "Code INSEE", "Pays"], {1: "lead_insee"}),
    (["Commune", "SIREN", "Code INSEE", "CP", "Pays"],
     {1: "lead_siren", 2: "lead_insee", 3: "lead_postcode"}),
    (["CP", "Commune", "Pays"], {0: "lead_postcode"}),
    (["Commune", "CP", "Partenaire"], {1: "lead_postcode"}),
    (["Partenaire", "CP", "Commune"], {}),
    (["Partenaire", "Code INSEE", "Commune"], {1: "lead_insee"}),
    (["Commune", "Titre", "Code INSEE"], {}),
    (["Commune", "Titre", "INSEE commune porteuse"], {2: "lead_insee"}),
    (["Commune porteuse", "Bénéficiaire", "SIRET bénéficiaire"], {}),
    (["Commune", "SIREN", "SIRET"], {1: "lead_siren"}),
    (["Pays", "Code INSEE"], {}),
    (["Commune", "NUTS 2", "Code INSEE", "Pays"], {2: "lead_insee"}),
    (["Commune", "Canton", "Code INSEE", "Pays"], {}),
])
def test_a_code_that_names_nobody_stands_beside_the_lead(
        names: list[str], at: dict[int, str]) -> None:
    roles = {"Commune": "lead", "Commune porteuse": "lead", "Pays": "country", "Titre": "title",
             "Partenaire": "partner"}
    assert code_columns(names, {i: roles[n] for i, n in enumerate(names) if n in roles}) == at


def _codes(folder: Path, header: str, lead: str, cell: str) -> list[list[tuple[str, str]]]:
    found, _ = rows(folder, f"Collectivité,{header},Pays,Titre du projet\n"
                            f"\"{lead}\",\"{cell}\",Mali,Accès à l'eau\n")
    return [[(c.authority, c.value) for c in m.codes] for m in found[0].leads]


@pytest.mark.parametrize(("header", "cell", "code"), [
    ("Code INSEE", "35238", [("insee", "35238")]), ("INSEE", "1004", [("insee", "01004")]),
    ("INSEE", "57463.0", [("insee", "57463")]), ("INSEE", "2a004", [("insee", "2A004")]),
    ("INSEE", "93", [("insee", "93")]), ("INSEE", "243500139", [("siren", "243500139")]),
    ("SIRET", "219 300 480 00018", [("siren", "219300480")]), ("SIREN", "35238", []),
    ("SIRET", "2,193E+13", []), ("INSEE", "inconnu", []), ("INSEE", "352381", []),
    ("CP", "1500", [("postcode", "01500")]), ("CP", "35000 CEDEX", []),
    ("Code EPCI", "243500139", [("epci", "243500139")]),
])
def test_what_a_cell_says(tmp_path: Path, header: str, cell: str,
                          code: list[tuple[str, str]]) -> None:
    assert _codes(tmp_path, header, "Ville de Rennes", cell) == [code]


def test_codes_of_several_leads_pair_up_in_order_or_not_at_all(tmp_path: Path) -> None:
    leads = "Ville de Rennes ; Ville de Nantes"
    assert _codes(tmp_path, "Code INSEE", leads, "35238 ; 44109") == [
        [("insee", "35238")], [("insee", "44109")]]
    assert _codes(tmp_path, "Code INSEE", leads, "35238") == [[], []]
    _, findings = rows(tmp_path, "Collectivité,Code INSEE,Pays,Titre du projet\n"
                                 f"{leads},35238,Mali,Accès à l'eau\n")
    (said,) = [f for f in findings if f.code == "lead-codes-not-paired"]
    assert said.where is not None
    assert (said.where.line, said.where.column) == (2, "Code INSEE")


def test_they_have_a_role_and_others_have_none(tmp_path: Path) -> None:
    _, findings = rows(tmp_path, "Porteur,Code INSEE,Pays,code_pays,Code projet,CP,Titre\n"
                                 "Valence,26362,Mali,ML,P1,1000,Accès à l'eau\n")
    unused = {f.where.column for f in findings if f.code == "cell-unused" and f.where}
    assert unused == {"code_pays", "CP"}


def test_a_siret_is_never_a_lead(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "SIRET bénéficiaire,Nom du bénéficiaire,Pays,Intitulé du projet\n"
                              "21930048000018,Montreuil,Mali,Accès à l'eau\n")
    assert [m.name for m in found[0].leads] == ["Montreuil"]
    assert found[0].leads[0].codes[0].value == "219300480"
    assert found[0].where("lead_siren").column == "SIRET bénéficiaire"


def test_codes_under_the_header_of_a_group_are_of_that_group(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Porteur;;Partenaire;;Titre\nNom;Code INSEE;Nom;Code INSEE;\n"
                              "Valence;26362;Kayes (Mali);26000;Accès à l'eau\n")
    assert [c.value for c in found[0].leads[0].codes] == ["26362"]


def test_a_department_still_tells_the_region(tmp_path: Path) -> None:
    text = "Collectivité,Code département,Code INSEE,Pays,Titre du projet\n" + "".join(
        f"{name},{code[:2]},{code},Mali,Projet numéro {code}\n"
        for name, code in (("Valence", "26362"), ("Saint-Denis", "93066"), ("Rennes", "35238")))
    found, _ = rows(tmp_path, text)
    assert [r.region for r in found] == ["Auvergne-Rhône-Alpes", "Île-de-France", "Bretagne"]
    assert [r.leads[0].codes[0].value for r in found] == ["26362", "93066", "35238"]


def test_codes_are_carried_down_with_their_lead(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Collectivité;Code INSEE;Pays;Titre du projet\n"
                    "Saint-Denis;93066;Mali;Un\n;;Mali;Deux\nValence;;Mali;Trois\n;;Mali;Quatre\n",
                    "utf-8")
    path.with_suffix(".toml").write_text(
        'title = "Liste"\npublisher = "Moi"\ncall = "appel"\ncarry = ["lead"]\n', "utf-8")
    found = list(read(path))
    assert [[c.value for c in r.leads[0].codes] for r in found] == [["93066"], ["93066"], [], []]
    assert found[1].where("lead_insee").line == 2


def test_in_subsidies_the_code_goes_with_who_leads(tmp_path: Path) -> None:
    header = ("idAttribuant,nomAttribuant,idBeneficiaire,nomBeneficiaire,objet,montant,"
              "dateConvention,nature,referenceDecision\n")
    end = "Eau potable à Kayes au Mali,1000,2022-01-01,aide en numéraire,1\n"
    found, _ = rows(tmp_path, header + f"23530001500018,Région Bretagne,21350238800018,"
                                       f"Ville de Rennes,{end}"
                                       f"21350238800018,Ville de Rennes,39000000000018,"
                                       f"Association Kayes,{end}")
    assert [[c.value for c in r.leads[0].codes] for r in found] == [["213502388"], ["213502388"]]
    assert [r.where("lead_siren").column for r in found] == ["idBeneficiaire", "idAttribuant"]
