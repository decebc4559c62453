"""Optional facts of a list: read, held against the project, said when they are not understood."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from coopdec.cli.read import record
from coopdec.errors import DataError
from coopdec.messages import render, sentence
from coopdec.model import Amount, Day, Finding, Point, Row, Status

from .written import read_text

HEAD = "Chef de file;Partenaire;Pays;Titre;"


def rows(folder: Path, text: str, toml: str = "") -> tuple[list[Row], list[Finding]]:
    if toml:
        (folder / "liste.toml").write_text(
            'title = "L"\npublisher = "M"\ncall = "essai"\n' + toml, "utf-8")
    return read_text(folder, "liste.csv", text)


def said(findings: list[Finding]) -> list[tuple[str, int | None, str | None]]:
    return [(f.code, f.where.line if f.where else None, f.where.column if f.where else None)
            for f in findings]


def test_every_fact(tmp_path: Path) -> None:
    (row,), findings = rows(tmp_path, HEAD + (
        "Montant accordé;Coût total (FCFA);Date de début;Date de fin;Durée (mois);Année;Statut;"
        "Cofinanceurs;Opérateur;Description;Latitude;Longitude\n"
        "Brest;Ségou;Mali;Eau;12 500 €;15 000 000;01/03/2021;mars 2022;12;2021-2022;En cours;"
        "AFD, UE;Gret;Un puits.;13,43;-6,26\n"))
    facts = row.facts
    assert facts is not None
    assert findings == []
    assert (facts.grant, facts.cost) == (Amount(Decimal(12500), "EUR"),
                                         Amount(Decimal(15_000_000), "XOF"))
    assert (facts.start, facts.end, facts.duration) == (Day(2021, 3, 1), Day(2022, 3), "P12M")
    assert (facts.years, facts.status) == ((2021, 2022), Status.ONGOING)
    assert (facts.cofunders, facts.operators) == (("AFD", "UE"), ("Gret",))
    assert (facts.description, facts.point) == ("Un puits.", Point(13.43, -6.26))
    assert record(row)["facts"] == {
        "description": "Un puits.", "grant": {"value": 12500, "currency": "EUR"},
        "total_cost": {"value": 15_000_000, "currency": "XOF"}, "start": "2021-03-01",
        "end": "2022-03", "duration": "P12M", "years": [2021, 2022], "status": "ongoing",
        "co_funders": ["AFD", "UE"], "operators": ["Gret"],
        "location": {"lat": 13.43, "long": -6.26}}


def test_a_row_that_says_none_has_none(tmp_path: Path) -> None:
    (row,), findings = rows(tmp_path, HEAD + "Montant;Statut\nBrest;Ségou;Mali;Eau;n.c.;-\n")
    assert row.facts is None
    assert "facts" not in record(row)
    assert findings == []


def test_what_is_not_understood_is_said_with_its_cell(tmp_path: Path) -> None:
    (row,), findings = rows(tmp_path, HEAD + (
        "Montant accordé;Début;Fin;Durée;Année;Statut;Cofinanceurs;Coordonnées GPS\n"
        "Brest;Praia;Cabo Verde;Port;environ 5 000 €;31/02/2021;demain;36;20;Bof;12 €;ici\n"))
    assert row.facts is None
    assert sorted(said(findings)) == [
        ("amount-about", 2, "Montant accordé"), ("date-impossible", 2, "Début"),
        ("date-unreadable", 2, "Fin"), ("duration-no-unit", 2, "Durée"),
        ("organisation-unreadable", 2, "Cofinanceurs"), ("point-unreadable", 2, "Coordonnées GPS"),
        ("status-unknown", 2, "Statut"), ("year-unreadable", 2, "Année")]
    for finding in findings:
        assert finding.params["cell"] in sentence(finding, "fr")
        assert not finding.fatal
    assert row.cells["grant"] == "environ 5 000 €"  # kept as printed


@pytest.mark.parametrize(
    ("country", "point", "code"),
    [
        ("Cabo Verde", "14.93, -23.51", None),
        ("Cabo Verde", "48.84, 2.37", "point-in-france"),
        ("Cabo Verde", "16.88, 24.98", "point-sign"),
        ("Madagascar", "18.9, 47.5", "point-sign"),
        ("Algérie", "5.41, 36.19", "point-swapped"),
        ("Mali", "0, 0", "point-zero"),
        ("Mali", "52.52, 13.4", "point-elsewhere"),
        ("Mali", "-48, -130", "point-nowhere"),
        ("Togo, Bénin", "6.5, 2.6", None),
    ],
)
def test_coordinates_are_held_against_the_country(
        tmp_path: Path, country: str, point: str, code: str | None) -> None:
    (row,), findings = rows(tmp_path, "Chef de file;Pays;Titre;Coordonnées GPS\n"
                                      f"Brest;{country};Port;\"{point}\"\n")
    assert [f.code for f in findings] == ([code] if code else [])
    assert (row.facts is None) == (code is not None)
    for finding in findings:
        assert point in sentence(finding, "fr")
        assert sentence(finding, "en") != sentence(finding, "fr")


@pytest.mark.parametrize(
    ("cell", "point"),
    [("13.43, -6.26", Point(13.43, -6.26)), ("Lat : 13.43 ; Long : -6.26", Point(13.43, -6.26)),
     ("12 rue du Port, 29200 Brest", None), ("Jeanne Dupont", None), ("06 12 34 56 78", None)],
)
def test_coordinates_of_a_place_or_of_a_person(
        tmp_path: Path, cell: str, point: Point | None) -> None:
    (row,), findings = rows(tmp_path, HEAD + f"Coordonnées\nBrest;Ségou;Mali;Eau;\"{cell}\"\n")
    assert (row.facts.point if row.facts else None) == point
    if point is None:
        assert {f.code for f in findings} == {"personal-data"}
        assert "coordinates" not in row.cells


def test_half_a_point(tmp_path: Path) -> None:
    (row,), findings = rows(tmp_path, HEAD + "Latitude;Longitude\nBrest;Ségou;Mali;Eau;13.4;\n")
    assert row.facts is None
    assert said(findings) == [("point-half", 2, "Latitude")]


def test_dates_the_wrong_way_round(tmp_path: Path) -> None:
    (row,), findings = rows(tmp_path, HEAD + "Début;Fin\nBrest;Ségou;Mali;Eau;2022;2020\n")
    assert row.facts is None
    assert said(findings) == [("dates-reversed", 2, "Fin")]


def test_months_first_hold_for_a_table(tmp_path: Path) -> None:
    """Said once; a date that could only put the day first leaves all as they are."""
    text = ("Brest;Ségou;Mali;Eau;02/01/2021;12/31/2021\n"
            "Brest;Ségou;Mali;Lait;03/01/2021;06/30/2022\n")
    found, findings = rows(tmp_path, f"{HEAD}Début;Fin\n{text}")
    assert [(f.start.iso, f.end.iso) for r in found if (f := r.facts) and f.start and f.end] == [
        ("2021-02-01", "2021-12-31"), ("2021-03-01", "2022-06-30")]
    assert found[0].cells["start"] == "02/01/2021"
    assert said(findings) == [("dates-months-first", 2, None)]
    _, findings = rows(tmp_path, f"{HEAD}Début;Fin\n{text.replace('06/30', '30/06')}")
    assert said(findings) == [("date-impossible", 2, "Fin")]


def test_a_currency_that_nobody_says_is_said_once_a_column(tmp_path: Path) -> None:
    text = HEAD + "Montant\nBrest;Ségou;Mali;Eau;5000\nMetz;Ségou;Mali;Arbres;6000\n"
    found, findings = rows(tmp_path, text)
    assert [r.facts and r.facts.grant for r in found] == [Amount(Decimal(5000)),
                                                          Amount(Decimal(6000))]
    assert [(f.code, f.params["n"]) for f in findings] == [("currency-unsaid", 2)]
    found, findings = rows(tmp_path, text, 'currency = "EUR"\n')
    assert findings == []
    assert found[0].facts is not None
    assert found[0].facts.grant == Amount(Decimal(5000), "EUR")


def test_a_cfa_franc_of_nowhere(tmp_path: Path) -> None:
    (row,), findings = rows(tmp_path, HEAD + "Montant\nBrest;Hué;Vietnam;Eau;5000 FCFA\n")
    assert said(findings) == [("currency-undecided", 2, "Montant")]
    assert row.facts is not None
    assert row.facts.grant == Amount(Decimal(5000))


def test_people_are_no_operators(tmp_path: Path) -> None:
    (row,), findings = rows(tmp_path, HEAD + (
        "Opérateur;Description\nBrest;Ségou;Mali;Eau;Gret (Mme Jeanne DUPONT);"
        "Suivi par M. Paul MARTIN, 03 87 55 50 00.\n"))
    assert {f.code for f in findings} == {"personal-data"}
    assert row.facts is not None
    assert row.facts.operators == ("Gret",)
    kept = " ".join(row.cells.values())
    assert not any(word in kept for word in ("DUPONT", "MARTIN", "03 87"))


def test_roles_of_a_toml_are_checked(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        rows(tmp_path, HEAD + "X\nBrest;Ségou;Mali;Eau;1\n",
             'currency = "euros"\n[columns]\nmontant = "X"\ngrnat = "X"\n')
    found = {(f.code, f.params.get("role", f.params.get("key"))) for f in caught.value.findings}
    assert found == {("toml-unknown-role", "montant"), ("toml-unknown-role", "grnat"),
                     ("toml-bad-value", "currency")}
    assert "grant" in sentence(next(f for f in caught.value.findings
                                    if f.params.get("role") == "grnat"), "fr")


def test_a_column_that_a_toml_names_and_the_list_lacks(tmp_path: Path) -> None:
    _, findings = rows(tmp_path, HEAD + "Somme\nBrest;Ségou;Mali;Eau;1 €\n",
                       '[columns]\ngrant = "Some"\n')
    assert "toml-column-absent" in {f.code for f in findings}
    (row,), findings = rows(tmp_path, HEAD + "Somme\nBrest;Ségou;Mali;Eau;1 €\n",
                            '[columns]\ngrant = "Somme"\n')
    assert findings == []
    assert row.facts is not None


@pytest.mark.parametrize(
    ("total", "differs"),
    [("TOTAL;;;;8 000 €", False), ("Total général;;;;9 000 €", True), ("Sous-total;;;;1 €", False),
     ("Total;;;;n.c.", False), ("Nombre de projets;;;;2", False)],
)
def test_a_printed_total_is_held_against_the_sum(
        tmp_path: Path, total: str, differs: bool) -> None:
    found, findings = rows(tmp_path, HEAD + "Montant (€)\nBrest;Ségou;Mali;Eau;5 000\n"
                                            f"Metz;Ségou;Mali;Arbres;3 000\n{total}\n")
    assert len(found) == 2
    assert ([(f.where.line, render(f.code, f.params, "en")[:62]) for f in findings
             if f.code == "total-differs" and f.where] == [
        (4, "the printed total is 9,000, the sum of 2 amounts read is 8,000")]) == differs
    assert "total-differs" not in {f.code for f in findings} or differs


def test_a_currency_that_nobody_knows_is_said(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, HEAD + (
        "Montant;Devise\nBrest;Ségou;Mali;Eau;12 500;918\nBrest;Ségou;Mali;Lait;500;EUR\n"),
        'currency = "USD"\n')
    assert [row.facts and row.facts.grant and row.facts.grant.currency for row in found] == [
        None, "EUR"]
    assert ("currency-undecided", 2, "Montant") in said(findings)


def test_less_than_one_is_no_grant(tmp_path: Path) -> None:
    (row,), findings = rows(tmp_path, HEAD + (
        "USD_Commitment\nBrest;Ségou;Mali;Eau;0.0671\n"))
    assert row.facts is None
    assert said(findings) == [("amount-unreadable", 2, "USD_Commitment")]
