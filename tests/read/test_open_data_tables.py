"""Tables as open-data officers and researchers write them, in small."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from coopdec.model import Amount, Row, Status
from coopdec.read import read
from coopdec.read.columns.column_roles import header_roles
from coopdec.read.columns.roles import role_of

from .written import read_text, rows


def places(row: Row) -> list[tuple[str | None, str | None]]:
    return [(p.own_name, p.country) for p in row.partners]


@pytest.mark.parametrize(("header", "role"), [
    ("Objet de l'aide", "title"), ("Objet du financement", "title"), ("Objet subvention", "title"),
    ("Libellé de la subvention", None), ("Contrepartie locale", "partner"),
    ("Contrepartie locale (€)", None), ("Année 2018 (€)", None), ("ville_intervention", "partner"),
    ("Structure d'intervention", None), ("Projet (k€)", None), ("Bénéficiaire (en €)", None),
])
def test_what_an_amount_is_for_and_who_gives_it(header: str, role: str | None) -> None:
    assert role_of(header) == role


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_a_quote_alone_in_its_cell_says_as_above(tmp_path: Path, delimiter: str) -> None:
    text = ("Ville;Dépt;Partenaire;Pays;Titre\nVille de Chambéry;73;Ouahigouya;Burkina Faso;Eau\n"
            '";";Bacau;Roumanie;Livres\n";";Fatick;Sénégal;Lait\n'
            "Ville de Dax;40;Ségou;Mali;Sel\n")
    found, findings = rows(tmp_path, text.replace(";", delimiter))
    assert [(r.lead, places(r)[0][0], r.title) for r in found] == [
        ("Ville de Chambéry", "Ouahigouya", "Eau"), ("Ville de Chambéry", "Bacau", "Livres"),
        ("Ville de Chambéry", "Fatick", "Lait"), ("Ville de Dax", "Ségou", "Sel")]
    assert not findings


def test_a_cell_that_begins_with_a_delimiter_is_one(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, 'Ville;Partenaire;Pays;Titre\nVille de Dax;Kayes;Mali;Eau\n'
                    'Ville de Pau;";Ségou";Mali;";";\n')
    assert [r.title for r in found] == ["Eau", ";"]


def test_departments_below_others_said_again_are_departments(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Ville;dépt;Partenaire;Pays;Titre\n"
                    "Ville de Dax;40;Ségou;Mali;Sel\nidem;idem;Kayes;Mali;Or\n"
                    "Ville de Pau;64;Opole;Pologne;Lait\nidem;idem;Torun;Pologne;Miel\n")
    assert [r.region for r in found] == ["Nouvelle-Aquitaine"] * 4


def test_codes_and_currency_of_a_table_of_iati(tmp_path: Path) -> None:
    found, findings = read_text(
        tmp_path, "iati.csv", "iati-identifier,reporting-org,title,recipient-country-code,"
        "activity-status-code,start-planned,default-currency,total-Commitment\n"
        "FR-1,Ville de Paris,Eau,PS,2,2021-03-01,EUR,180000\n"
        "FR-2,Ville de Paris,Gaz,CM,5,2021-04-01,XAF,75000\n")
    facts = [r.facts for r in found if r.facts]
    assert [f.status for f in facts] == [Status.ONGOING, Status.CANCELLED]
    assert [f.grant for f in facts] == [
        Amount(Decimal(180000), "EUR"), Amount(Decimal(75000), "XAF")]
    assert not findings


def test_an_association_does_not_lead(tmp_path: Path) -> None:
    text = ("Association bénéficiaire;Pays;Ville ou village;Objet de la subvention;Montant (€)\n"
            "Les Amis de Tourouf;Mali;Tourouf;Moulin à mil;4 500\n"
            "Espoir du Sud;Comores;Mitsamiouli;Réhabilitation du collège;2 500\n"
            "Un puits;Mali;Tourouf;Puits;500\n")
    found, findings = rows(tmp_path, text)
    assert not found
    assert [f.params["key"] for f in findings if f.fatal] == ["lead"]
    found, findings = rows(
        tmp_path, "Ville de Bobigny – Subventions 2020;;;;\nExercice clos;;;;\n" + text)
    assert [(r.lead, places(r), r.facts and r.facts.operators) for r in found[:2]] == [
        ("Ville de Bobigny", [("Tourouf", "ML")], ("Les Amis de Tourouf",)),
        ("Ville de Bobigny", [("Mitsamiouli", "KM")], ("Espoir du Sud",))]
    assert [(f.code, f.where and f.where.line) for f in findings] == [
        ("lead-of-headings", 3), ("column-guessed", 4)]


def test_two_collectivities_above_a_table_lead_nothing(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Ville de Bobigny;;;\nRégion Île-de-France – Subventions;;;\n"
        "Association;Pays;Partenaire;Objet\nLes Amis;Mali;Tourouf;Moulin à mil\n")
    assert not found
    assert "missing-column" in {f.code for f in findings}


def test_numbers_of_goals_below_their_header(tmp_path: Path) -> None:
    found, _ = rows(
        tmp_path, "Territoire français;;Territoire partenaire;;Action;ODD;;\n"
        "Dpt;Nom de la collectivité;Pays;Ville / région;Nom;1;6;13\n"
        "21;Dijon Métropole;Sénégal;Louga;Cantines;x;;\n"
        "25;Ville de Besançon;Palestine;Aqabat Jabr;Eau;;x;x\n")
    assert [(r.lead, places(r)) for r in found] == [
        ("Dijon Métropole", [("Louga", "SN")]), ("Ville de Besançon", [("Aqabat Jabr", "PS")])]
    assert [r.cells["theme"] for r in found] == [
        "ODD 1", "ODD 6 ; ODD 13"]


def test_the_total_of_amounts_by_year() -> None:
    for total in ("Cofinancement MEAE total", "Total", "Total cofinancement MEAE"):
        assert header_roles([
            "Cofinancement MEAE 2023", "Cofinancement MEAE 2024", total]) == {2: "grant"}


HEADS = ["Collectivité", "Partenaire", "Pays", "Titre", "Montant (€)"]


def test_errors_of_a_spreadsheet_are_said_and_name_nobody(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, ";".join(HEADS) + "\nVille de Dax;#N/A;Mali;Sel;#VALEUR!\n"
        "Ville de Pau;Err:502;Mali;Eau;########\n")
    assert [(places(r), r.facts) for r in found] == [([(None, "ML")], None)] * 2
    assert [(f.code, f.where and (f.where.line, f.where.column)) for f in findings] == [
        ("cell-error", (line, column)) for line in (2, 3) for column in (HEADS[1], HEADS[4])]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_errors_that_a_workbook_holds(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"liste{suffix}"
    cells: list[list[object]] = [[*HEADS], ["Ville de Dax", "#REF!", "Mali", "Sel", 5],
             ["Ville de Pau", "Kayes", "Mali", "Eau", "#N/A"]]
    if suffix == ".xlsx":
        book = openpyxl.Workbook()
        for line in cells:
            book.active.append(line)
        book.active["F2"] = "=D2&E2"  # nobody computed it
        book.save(path)
    else:
        old = xlwt.Workbook()
        sheet = old.add_sheet("A")
        for i, line in enumerate(cells):
            for j, cell in enumerate(line):
                if str(cell).startswith("#"):
                    sheet.row(i).set_cell_error(j, {"#REF!": 0x17, "#N/A": 0x2A}[str(cell)])
                else:
                    sheet.write(i, j, cell)
        old.save(str(path))
    reading = read(path)
    assert [places(r) for r in reading] == [[(None, "ML")], [("Kayes", "ML")]]
    said = [(f.code, f.where and f.where.line) for f in reading.findings]
    assert ("formulas-unvalued", None) in said or suffix == ".xls"
    assert [line for code, line in said if code == "cell-error"] == [2, 3]


def test_a_formula_that_gives_no_words_has_its_value(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "x.xlsx")
    sheet = book.add_worksheet()
    for i, line in enumerate([HEADS, ["Ville de Dax", "Kayes", "Mali", "Sel", 5]]):
        sheet.write_row(i, 0, line)
    sheet.write_formula(1, 5, '=""', None, "?")
    sheet.write_formula(1, 6, "=2+3", None, 5)
    book.close()
    path = tmp_path / "liste.xlsx"
    with zipfile.ZipFile(tmp_path / "x.xlsx") as parts, zipfile.ZipFile(path, "w") as made:
        for name in parts.namelist():  # as Excel writes it
            made.writestr(name, parts.read(name).replace(b"<v>?</v>", b"<v></v>"))
    reading = read(path)
    assert len(list(reading)) == 1
    assert "formulas-unvalued" not in {f.code for f in reading.findings}


def test_blank_lines_without_number(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, ";".join(HEADS) + "\nVille de Dax;Kayes;Mali;Sel;5\n" + ";;;;\n" * 20_000
        + "Ville de Pau;Ségou;Mali;Eau;6\n")
    assert [r.position.line for r in found] == [2, 20_003]
    assert not findings


@pytest.mark.parametrize(("codes", "countries"), [
    (["SEN", "NA", "DEU"], [["SN"], ["DE"]]), (["Sénégal", "NA", "Mali"], [["SN"], ["ML"]]),
    (["SN", "NA", "DE"], [["SN"], ["NA"], ["DE"]]),
])
def test_namibia_and_nothing(tmp_path: Path, codes: list[str], countries: list[list[str]]) -> None:
    found, findings = rows(tmp_path, "".join(
        f"{a};{b};{c};{d}\n" for a, b, c, d in zip(
            ["Collectivité", "Ville de Dax", "Ville de Pau", "Ville d'Agen"],
            ["Pays", *codes], ["Partenaire", "", "Ville d'Ailleurs", ""],
            ["Titre", "Sel", "Eau", "Lait"], strict=True)))
    assert [[p.country for p in r.partners] for r in found if r.partners] == countries
    assert {f.code for f in findings if f.fatal} == (
        set() if len(countries) == 3 else {"no-country"})


def test_the_region_abroad_takes_none_from_that_of_who_leads(tmp_path: Path) -> None:
    found, _ = rows(
        tmp_path, "Région du porteur;Collectivité;Région;Pays;Titre;Coût\n"
        "Grand Est;Ville de Reims;Pool;Congo;Éclairage;120.000,00 €\n"
        "Grand Est;Ville de Nancy;Oriental;Maroc;Formation;45.500,00 €\n"
        "Normandie;Ville du Havre;Fatick;Sénégal;Pêche;60.000,00 €\n")
    assert [r.region for r in found] == ["Grand Est", "Grand Est", "Normandie"]


def test_decimals_part_no_cells_where_a_line_has_a_mark_too_many(tmp_path: Path) -> None:
    _, findings = rows(
        tmp_path, "Collectivité;Partenaire;Pays;Titre;Coût;Aide\n"
        "Ville de Reims;Pool;Congo;Lampes ; câbles;120.000,00 €;36.000,00 €\n"
        "Ville de Nancy;Oujda;Maroc;Formation;45.500,00 €;22.750,00 €\n"
        "Ville du Havre;Fatick;Sénégal;Pêche;60.000,00 €;24.000,00 €\n")
    assert [(f.code, f.where and f.where.line) for f in findings if f.fatal] == [
        ("too-many-cells", 2)]


def test_what_a_page_strikes_out_no_longer_holds(tmp_path: Path) -> None:
    found, findings = read_text(
        tmp_path, "liste.html", "<meta charset=utf-8><table><tr><th>Collectivité<th>Partenaire"
        "<th>Projet<th>Aide</tr><tr><td>Ville de Vitré<td>Nikki (<s>Togo</s> Bénin)<td><strike>"
        "Jeunes</strike> Jeunes et mémoire<td><del>12 000 €</del> 10 000 €</tr></table>")
    assert [(places(r), r.title, r.facts and r.facts.grant) for r in found] == [
        ([("Nikki", "BJ")], "Jeunes et mémoire", Amount(Decimal(10000), "EUR"))]
    assert [(f.code, f.params) for f in findings] == [("words-struck", {"n": 3, "words": "Togo"})]


def test_columns_of_a_database_by_side(tmp_path: Path) -> None:
    found, _ = rows(
        tmp_path, "id_coop,ct_insee,ct_nom,ct_niveau,part_nom,part_pays,part_niveau,projet_lib\n"
        "C1,67482,Strasbourg,commune,Douala,CMR,commune,Inondations\n"
        "C2,69,Rhône,departement,NA,MLI,NA,Archives\n"
        "C3,53,Bretagne,region,Saxe,DEU,region,Logiciels\n")
    assert [(r.lead, r.cells["lead_type"], r.cells.get("lead_insee")) for r in found] == [
        ("Strasbourg", "commune", "67482"), ("Rhône", "departement", "69"),
        ("Bretagne", "region", "53")]
    assert list(map(places, found)) == [[("Douala", "CM")], [(None, "ML")], [("Saxe", "DE")]]


def test_a_share_is_no_partner() -> None:
    assert "partner" not in header_roles(
        ["porteur", "pays", "projet", "part_region", "part_etat"]).values()


def test_the_country_of_a_header_outlives_the_regions_below(tmp_path: Path) -> None:
    table = ("<table><tr><th>Collectivité française<th>Collectivité québécoise<th>Projet</tr>"
             "<tr><th colspan=3>{0}</tr><tr><td>Ville de {1}<td>Ville de {2}<td>{3}</tr></table>")
    found, findings = read_text(
        tmp_path, "liste.html", "<meta charset=utf-8>"
        + table.format("Bretagne", "Quimper", "Rimouski", "Mer") + "<h3>2022</h3>"
        + table.format("Occitanie", "Castres", "Saguenay", "Culture"))
    assert [(r.region, places(r)) for r in found] == [
        ("Bretagne", [("Rimouski", "CA")]), ("Occitanie", [("Saguenay", "CA")])]
    assert not findings
