"""Projects on several lines each: what a line that is no side and no title belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from .written import read_text


@pytest.mark.parametrize(("block", "second"), [
    # A country below its place is that of the place, and no heading of what is below.
    ("Ville de Brest\nCommune de Saponé\nBurkina Faso\nDéchets\n\n",
     "Ville de Nantes\nVille de Dschang\nCameroun\nPatrimoines\n"),
    # A region below who leads.
    ("Ville de Brest\nBretagne\nSaponé (Burkina Faso)\nDéchets\n\n",
     "Ville de Nantes\nPays de la Loire\nDschang (Cameroun)\nPatrimoines\n"),
    # A year below each is its own, and not that of the next.
    ("Ville de Brest\nSaponé (Burkina Faso)\nDéchets\n2021\n\n",
     "Ville de Nantes\nDschang (Cameroun)\nPatrimoines\n2022\n"),
    ("Ville de Brest\nSaponé (Burkina Faso)\nDéchets\n9 000 € – 2021\n\n",
     "Ville de Nantes\nDschang (Cameroun)\nPatrimoines\n7 500 € – 2022\n"),
])
def test_a_line_of_its_own(block: str, second: str, tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", block + second)
    assert [(r.lead, r.title, [(m.name, m.country) for m in r.partners]) for r in rows] == [
        ("Ville de Brest", "Déchets", [("Saponé", "BF")]),
        ("Ville de Nantes", "Patrimoines", [("Dschang", "CM")])]
    if "2021" in block:
        assert [r.facts.years for r in rows if r.facts] == [(2021,), (2022,)]
    if "€" in block:
        assert [r.facts.grant.value for r in rows if r.facts and r.facts.grant] == [9000, 7500]
    assert [r.region for r in rows] == (
        ["Bretagne", "Pays de la Loire"] if "Bretagne" in block else [None, None])


def test_a_field_that_says_the_same_of_two(tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", "Ville de Brest\nSaponé (Burkina Faso)\nDéchets\n"
                        "Montant : 9 000 €\n\nVille de Nantes\nDschang (Cameroun)\n"
                        "Patrimoines\nMontant : 9 000 €\n")
    assert [r.facts.grant.value for r in rows if r.facts and r.facts.grant] == [9000, 9000]


def test_two_that_lead_one_below_the_other(tmp_path: Path) -> None:
    rows, _ = read_text(
        tmp_path, "a.txt", "Ville de Brest\nVille de Rennes\nSaponé (Burkina Faso)\nDéchets\n\n"
        "Ville de Nantes\nRégion Pays de la Loire\nDschang (Cameroun)\nPatrimoines\n")
    assert [[m.name for m in r.leads] for r in rows] == [
        ["Ville de Brest", "Ville de Rennes"], ["Ville de Nantes", "Région Pays de la Loire"]]


def test_a_syndicate_that_nobody_knows_beside_its_partner(tmp_path: Path) -> None:
    rows, _ = read_text(
        tmp_path, "a.txt", "SÉNÉGAL\n\nSyndicat des eaux de Quelque Part – Commune de Ndiob\n"
        "Forages\n9 000 €\n\nVille de Brest – Commune de Foundiougne\nDéchets\n8 000 €\n")
    assert [(r.lead, r.partners[0].name) for r in rows] == [
        ("Syndicat des eaux de Quelque Part", "Ndiob"), ("Ville de Brest", "Foundiougne")]


def test_a_region_below_each_project_is_its_own(tmp_path: Path) -> None:
    rows, _ = read_text(
        tmp_path, "a.txt", "Ville de Brest – Saponé (Burkina Faso)\nDéchets\nBretagne\n\n"
        "Ville de Nantes – Dschang (Cameroun)\nPatrimoines\nPays de la Loire\n")
    assert [(r.lead, r.title, r.region) for r in rows] == [
        ("Ville de Brest", "Déchets", "Bretagne"),
        ("Ville de Nantes", "Patrimoines", "Pays de la Loire")]


def test_a_region_that_leads_heads_no_others(tmp_path: Path) -> None:
    rows, _ = read_text(
        tmp_path, "a.txt", "Ville de Brest\nSaponé (Burkina Faso)\nDéchets\n\n"
        "Ville de Metz\nKayes (Mali)\nEau potable\n\nRégion Normandie\nFilières\n"
        "Atsinanana (Madagascar)\n\nVille de Nantes\nDschang (Cameroun)\nPatrimoines\n")
    assert [r.region for r in rows if r.lead == "Ville de Nantes"] == [None]


def test_a_region_above_a_partner_and_who_leads(tmp_path: Path) -> None:
    rows, _ = read_text(
        tmp_path, "a.txt", "BRETAGNE\n\nSaponé (Burkina Faso)\nVille de Brest\nDéchets\n\n"
        "PAYS DE LA LOIRE\n\nDschang (Cameroun)\nVille de Nantes\nPatrimoines\n")
    assert all(r.lead.startswith("Ville") for r in rows)


def test_pays_de_la_loire_is_no_label(tmp_path: Path) -> None:
    rows, _ = read_text(
        tmp_path, "a.txt", "Bretagne :\nChef de file : Ville de Brest\nPartenaire : "
        "Saponé (Burkina Faso)\nProjet : Déchets\n\nPays de la Loire :\n"
        "Chef de file : Ville de Nantes\nPartenaire : Dschang (Cameroun)\nProjet : Patrimoines\n")
    assert [r.region for r in rows] == ["Bretagne", "Pays de la Loire"]


def test_the_bullets_of_a_second_level_that_programs_write_as_o(tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", "".join(
        f"  ▪ Ville de {lead}\n     o {place}\n     o {title}\n     o 25 000 €\n\n"
        for lead, place, title in (("Brest", "Saponé (Burkina Faso)", "Déchets"),
                                   ("Nantes", "Dschang (Cameroun)", "Patrimoines"),
                                   ("Lille", "Kayes (Mali)", "Éclairage public"))))
    assert [(r.lead, r.title, [m.name for m in r.partners]) for r in rows] == [
        ("Ville de Brest", "Déchets", ["Saponé"]),
        ("Ville de Nantes", "Patrimoines", ["Dschang"]),
        ("Ville de Lille", "Éclairage public", ["Kayes"])]
    assert [r.facts.grant.value for r in rows if r.facts and r.facts.grant] == [25000] * 3


def test_the_place_first_under_its_country(tmp_path: Path) -> None:
    rows, _ = read_text(
        tmp_path, "a.txt", "BURKINA FASO\n\nCommune de Saponé\nVille de Brest\nDéchets\n2021\n\n"
        "TUNISIE\n\nVille de Sfax\nGrenoble-Alpes Métropole\nMobilité : vers un plan\n2022\n")
    assert [(r.lead, [(m.own_name, m.country) for m in r.partners], r.title, r.facts.years)
            for r in rows if r.facts] == [
        ("Ville de Brest", [("Saponé", "BF")], "Déchets", (2021,)),
        ("Grenoble-Alpes Métropole", [("Sfax", "TN")], "Mobilité : vers un plan", (2022,))]


@pytest.mark.parametrize("opening", ["en partenariat avec la ", "↔ "])
def test_with_whom_in_a_line_of_its_own(opening: str, tmp_path: Path) -> None:
    block = "[1] {}\n" + opening + "{}\n{}\n\n"
    rows, _ = read_text(tmp_path, "a.txt", block.format(
        "Ville de Brest", "Commune de Saponé (Burkina Faso)", "Déchets") + block.format(
        "Ville de Metz", "Commune de Kayes (Mali)", "Eau potable"))
    assert [(r.lead, [m.name for m in r.partners], r.title) for r in rows] == [
        ("Ville de Brest", ["Saponé"], "Déchets"), ("Ville de Metz", ["Kayes"], "Eau potable")]


def test_words_before_a_partner_that_stay_are_said(tmp_path: Path) -> None:
    block = "- {}\nAvec {}\n{}\n\n"
    rows, findings = read_text(tmp_path, "a.txt", block.format(
        "Ville de Brest", "Commune de Saponé (Burkina Faso)", "Déchets") + block.format(
        "Ville de Metz", "Commune de Kayes (Mali)", "Eau potable"))
    names = [m.name for r in rows for m in r.partners]
    assert names == ["Saponé", "Kayes"] or "name-none" in {f.code for f in findings}


def test_another_project_below_a_title_is_no_more_of_it(tmp_path: Path) -> None:
    rows, findings = read_text(
        tmp_path, "a.txt", "Ville de Brest\nSaponé (Burkina Faso)\nDéchets\n\nVille de Nantes\n"
        "Dschang (Cameroun)\nPatrimoines\n"
        "Grenoble-Alpes Métropole – Ville de Sfax (Tunisie) ; Eau\n"
        "Ville de Metz\nKayes (Mali)\nEau potable\n")
    assert [r.title for r in rows] == ["Déchets", "Patrimoines", "Eau potable"]
    assert any(f.where and f.where.line == 8 for f in findings)
    assert [r.position.last_line for r in rows] == [3, 7, 11]
