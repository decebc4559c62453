"""Causes found on lists that nothing was built for: columns held against their cells, another
header amid the lines, JSON in other shapes, amounts in parts, cells that say « idem »."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coopdec.model import Row
from coopdec.read import read
from coopdec.read.columns.column_roles import header_roles
from coopdec.read.columns.roles import role_of

from .written import rows

ROWS = [("Ville de Rennes", "Commune de Bandiagara", "Mali", "Former les agents communaux", "23"),
        ("Ville d'Annecy", "Commune de Sô-Ava", "Bénin", "Collecte des déchets plastiques", "31"),
        ("Ville de Mulhouse", "Commune de Koudougou", "Burkina Faso", "Ateliers de vélos", "12")]


def table(header: str, lines: Sequence[tuple[str, ...]] = ()) -> str:
    return "\n".join([header, *(";".join(line) for line in lines or ROWS)]) + "\n"


def told(found: list[Row]) -> list[tuple[str, str | None, str | None, str]]:
    return [(r.lead, r.partners[0].name, r.partners[0].country, r.title) for r in found]


WANTED = [("Ville de Rennes", "Bandiagara", "ML", "Former les agents communaux"),
          ("Ville d'Annecy", "Sô-Ava", "BJ", "Collecte des déchets plastiques"),
          ("Ville de Mulhouse", "Koudougou", "BF", "Ateliers de vélos")]


@pytest.mark.parametrize("header", [
    "Collectivité attributaire;Territoire bénéficiaire à l'étranger;Pays;Opération;Montant",
    "Collectivité soutenue;Collectivité locale bénéficiaire;Pays;Projet;Aide",
    "Maîtrise d'ouvrage;Collectivité locale;Pays;Nom du projet;Aide",
    "Lead applicant;Target local authority(ies);Target country(ies);Project title;EU contribution",
    "collectivite_fr_nom;collectivite_etr_nom;pays_nom;projet_titre;montant_eur",
    "Nom officiel de la collectivité;Localités concernées;ISO 3166-1 alpha-3;Projet : intitulé;€",
    "nom_tiers;localites_concernees;pays_concernes;intitule_dossier;montant_ap_vote_eur",
    "Commune;Collectivité homologue;Pays de coopération;Projet phare;Crédits",
    "Tiers - Raison sociale;Zone - Commune;Zone - Pays;Libellé de l'action;Montant voté",
    "NOM_COLL;LIB_PART;LIB_PAYS;LIB_PROJET;MT_ATTRIBUE",
])
def test_headers_that_are_no_wording(tmp_path: Path, header: str) -> None:
    found, findings = rows(tmp_path, table(header))
    assert told(found) == WANTED
    assert not [f for f in findings if f.fatal]


@pytest.mark.parametrize(("header", "role"), [
    ("Participation de la Région", "grant"), ("Participation des autres financeurs", None),
    ("Budget prévisionnel", "cost"), ("Dépense subventionnable", None),
    ("Total eligible costs (EUR)", "cost"), ("Nombre de bénéficiaires", None),
    ("Bénéficiaires finaux", None), ("Projet : état", "status"), ("Depuis", "start"),
    ("Grant manager", "personal"), ("Statut du référent", "personal"),
    ("Opérateur (responsable)", "personal"), ("Collectivité signataire", "lead"),
    ("Partenaires signataires", "partner"), ("commune_siege_tiers", None),
    ("Collectivité(s) marocaine(s)", "partner"), ("Montant mandaté", None),
    ("Montant conventionné", "grant"), ("MT_TOTAL", "cost"), ("DT_DEBUT", "start"),
    ("Projet primé", "title")])
def test_what_a_header_says_by_its_words(header: str, role: str | None) -> None:
    assert role_of(header) == role


@pytest.mark.parametrize(("headers", "grant"), [
    (["Part Région", "Part Département"], None), (["Part MEAE", "Part collectivité"], 0),
    (["Ministry's contribution (€)", "Overall budget (€)"], 0),
    (["Part Région", "Participation de l'État", "Part Ville"], 1),
    (["Subvention 2021", "Subvention 2022", "Total"], 2),
    (["Subvention 2021", "Subvention 2022"], None),
    (["Subvention 2021", "Commentaire"], 0)])
def test_a_part_of_the_money_is_not_the_grant(headers: list[str], grant: int | None) -> None:
    found = [i for i, role in header_roles(headers).items() if role == "grant"]
    assert found == ([] if grant is None else [grant])


def test_a_column_of_names_abroad_is_not_who_leads(tmp_path: Path) -> None:
    lines = [(b, a, c, d) for a, b, c, d, _ in ROWS]
    found, findings = rows(tmp_path, table("Porteur;Signature;Pays;Titre", lines))
    assert told(found) == WANTED
    assert {(f.where.column, f.params["key"]) for f in findings if f.where
            and f.code == "column-guessed"} == {("Porteur", "partner"), ("Signature", "lead")}


def test_codes_are_no_titles_where_another_column_has_them(tmp_path: Path) -> None:
    lines = [(a, f"{b} ({c})", f"P{i}", d) for i, (a, b, c, d, _) in enumerate(ROWS)]
    found, _ = rows(tmp_path, table("Collectivité;Partenaire;Projet;Intitulé", lines))
    assert told(found) == WANTED


@pytest.mark.parametrize("header", ["Opérateur", "Maître d'œuvre", "Porteur"])
def test_a_column_of_bodies_that_holds_people_is_left_out(tmp_path: Path, header: str) -> None:
    people = ["Claire Lemoine", "LE GOFF Anne-Laure", "Aïssata TRAORÉ"]
    lines = [(p, *row) for p, row in zip(people, ROWS, strict=True)]
    found, findings = rows(tmp_path, table(
        f"{header};Commune française;Partenaire;Pays;Titre;Aide", lines))
    assert told(found) == WANTED
    assert "Lemoine" not in repr([(r.cells, r.facts) for r in found])
    assert "GOFF" not in repr(findings)


def test_another_header_amid_the_lines(tmp_path: Path) -> None:
    a, b, c, d, e = ROWS[0]
    text = (table("Collectivité;Partenaire;Pays;Titre;Montant accordé (€)", ROWS[1:])
            + f"\nB. Projets triennaux\nTitre;Collectivité;Pays;Partenaire;Durée;Subvention (€)\n"
              f"{d};{a};{c};{b};3 ans;{e}\n")
    found, findings = rows(tmp_path, text)
    assert told(found) == [*WANTED[1:], WANTED[0]]
    assert not [f for f in findings if f.fatal]
    assert [r.facts.duration for r in found if r.facts] == [None, None, "P3Y"]


def test_idem_is_the_cell_above(tmp_path: Path) -> None:
    lines = [ROWS[0][:4], ("idem", "Commune de Ségou", "″", "Autre projet au Mali")]
    found, _ = rows(tmp_path, table("Collectivité;Partenaire;Pays;Titre", lines))
    assert [(r.lead, r.partners[0].country) for r in found] == [("Ville de Rennes", "ML")] * 2


def test_idem_with_nothing_above_says_nothing(tmp_path: Path) -> None:
    _, findings = rows(tmp_path, "Collectivité;Partenaire;Titre\nidem;;\nidem;Fès (Maroc);Eau\n")
    assert [(f.code, f.where.line) for f in findings if f.where and f.code in (
        "row-no-project", "empty-cell")] == [("row-no-project", 2), ("empty-cell", 3)]


def test_one_project_in_a_table_of_its_partners(tmp_path: Path) -> None:
    lines = [("C1", "Ville de Dunkerque", "Ville de Kribi", "Cameroun", "Ports", "100"),
             ("C1", "Ville de Dunkerque", "Ville de Nouadhibou", "Mauritanie", "Ports", "100"),
             ("C1", "Ville de Dunkerque", "Ville de Nouadhibou", "Mauritanie", "Ports", "200"),
             ("C2", "Ville de Dunkerque", "Ville de Kribi", "Cameroun", "Ports", "100")]
    found, _ = rows(tmp_path, table("id;Collectivité;Partenaire;Pays;Titre;Aide (€)", lines))
    assert [[m.country for m in r.partners] for r in found] == [["CM", "MR"], ["MR"], ["CM"]]
    assert found[0].position.last_line == 3


def test_the_unit_of_a_group_of_columns(tmp_path: Path) -> None:
    text = ("N°;Maître d'ouvrage;Coopération;;Financement (k€);\n;;Objet;Pays;Coût de l'opération;"
            "Aide du Département\n1;Ville de Metz;Eau potable;Mali;43;18,6\n")
    found, findings = rows(tmp_path, text)
    assert [(int(a.value), a.currency) for r in found if r.facts
            for a in (r.facts.cost, r.facts.grant) if a] == [(43000, "EUR"), (18600, "EUR")]
    assert not [f for f in findings if f.fatal]


def project(lead: str, partner: str, country: str, title: str, _: str = "") -> dict[str, Any]:
    return {"porteur": lead, "partenaire": partner, "projet": title, "pays": country}


def without(one: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in one.items() if k != key}


OBJECTS = [project(*row) for row in ROWS]
KEYS = list(OBJECTS[0])


@pytest.mark.parametrize("document", [
    {o["pays"]: [without(o, "pays")] for o in OBJECTS},
    {"2021": OBJECTS[:1], "2022": OBJECTS[1:]},
    {f"P{i}": o for i, o in enumerate(OBJECTS)},
    {"data": {"par_pays": {o["pays"]: without(o, "pays") for o in OBJECTS}}},
    [{"pays": o["pays"], "projets": [{**without(o, "pays"), "lien": "x"}]} for o in OBJECTS],
    {"columns": KEYS, "index": [0, 1, 2], "data": [list(o.values()) for o in OBJECTS]},
    {"meta": {"view": {"columns": [{"name": k} for k in KEYS]}},
     "data": [list(o.values()) for o in OBJECTS]},
    {key: [o[key] for o in OBJECTS] for key in KEYS},
    {key: {str(i): o[key] for i, o in enumerate(OBJECTS)} for key in KEYS},
    {"result": {"fields": [{"id": k, "type": "text"} for k in KEYS * 2], "records": OBJECTS}},
    {"lauréats": OBJECTS, "non_retenus": [{**OBJECTS[0], "projet": "Refusé"}]},
], ids=["country", "year", "number", "country, one each", "grouped", "split", "rows", "columns",
        "numbered columns", "fields", "not chosen"])
def test_json_in_other_shapes(tmp_path: Path, document: object) -> None:
    found, findings = rows(tmp_path, json.dumps(document, ensure_ascii=False), ".json")
    assert told(found) == WANTED
    assert not [f for f in findings if f.fatal]


def test_a_year_above_a_list_of_json_is_the_projects_year(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, json.dumps({"2021": OBJECTS[:1], "2022": OBJECTS[1:]}), ".json")
    assert [r.facts.years for r in found if r.facts] == [(2021,), (2022,), (2022,)]


def test_a_key_that_is_no_country_has_not_the_one_before(tmp_path: Path) -> None:
    document = {"Mali": [without(OBJECTS[0], "pays")], "Divers": [without(OBJECTS[1], "pays")]}
    found, findings = rows(tmp_path, json.dumps(document), ".json")
    assert [m.country for r in found for m in r.partners] == ["ML"]
    assert "no-country" in {f.code for f in findings if f.fatal}


@pytest.mark.parametrize("cell", ["Maroc, Fès", "Maroc, Ville de Fès", "Fès, Maroc", "Maroc – Fès"])
def test_a_place_after_its_country_and_a_comma(tmp_path: Path, cell: str) -> None:
    found, _ = rows(tmp_path, f"Collectivité;Partenaire;Titre\nVille de Metz;{cell};Eau\n")
    assert [(m.name, m.country) for m in found[0].partners] == [("Fès", "MA")]


HEADER = "Collectivité;Partenaire;Pays;Titre;Montant\n"


@pytest.mark.parametrize(("line", "word"), [(0, "Commune"), (2, "Ateliers"), (1, "Ville")])
def test_a_quote_that_nothing_closes_swallows_nothing(tmp_path: Path, line: int, word: str
                                                      ) -> None:
    lines = [";".join(row) for row in ROWS]
    lines[line] = lines[line].replace(word, f'"{word}', 1)
    found, findings = rows(tmp_path, HEADER + "\n".join(lines) + "\n")
    assert told(found) == WANTED
    assert [f.where.line for f in findings if f.where and f.code == "quote-unclosed"] == [line + 2]


def test_a_quote_that_nothing_closes_in_the_header(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, table('Collectivité;Partenaire;Pays;"Titre;Montant'))
    assert told(found) == WANTED
    assert "quote-unclosed" in {f.code for f in findings}


def test_a_text_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    line = 'Ville de Metz;Kayes;Mali;"L\'eau ;\nses usages ; ses\nmétiers";100'
    found, findings = rows(tmp_path, f"{HEADER}{line}\n")
    assert [r.title for r in found] == ["L'eau ; ses usages ; ses métiers"]
    assert "quote-unclosed" not in {f.code for f in findings}


def test_a_header_names_the_country_by_its_people(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Collectivité française;Villes marocaines;Titre\n"
                              "Ville de Metz;Fès, Agadir;Eau\nVille de Dax;Ségou (Mali);Riz\n")
    assert [[m.country for m in r.partners] for r in found] == [["MA", "MA"], ["ML"]]


def test_a_table_with_a_project_a_column(tmp_path: Path) -> None:
    labels = ["Collectivité chef de file", "Partenaire", "Pays", "Intitulé du projet", "Durée"]
    lines = [";".join([label, *cells]) for label, *cells in zip(
        labels, *((*row[:4], "2 ans") for row in ROWS), strict=True)]
    found, _ = rows(tmp_path, "\n".join(lines) + "\n")
    assert told(found) == WANTED


def test_another_table_whose_header_only_its_cells_complete(tmp_path: Path) -> None:
    first = "|Lauréat|Partenaire|Pays|Projet|\n|-|-|-|-|\n" + "".join(
        f"|{a}|{b}|{c}|{d}|\n" for a, b, c, d, _ in ROWS)
    second = "|Quoi donc|Pays|Territoire partenaire|Collectivité lauréate|Aide (k€)|\n" + (
        "|-|-|-|-|-|\n") + "".join(f"|{d} encore|{c}|{b}|{a}|{e}|\n" for a, b, c, d, e in ROWS)
    found, findings = rows(tmp_path, f"# Projets\n\n{first}\n## Autres\n\n{second}", ".md")
    assert [r.title for r in found[3:]] == [f"{row[3]} encore" for row in ROWS]
    assert not [f for f in findings if f.fatal]


def test_a_column_that_says_france_on_each_line_is_no_country(tmp_path: Path) -> None:
    lines = [("2022", "France", a, c, d, e) for a, _, c, d, e in ROWS]
    found, _ = rows(tmp_path, table(
        "Year;DonorName;AgencyName;RecipientName;ProjectTitle;USD_Commitment", lines))
    assert [(r.lead, r.partners[0].country) for r in found] == [(w[0], w[2]) for w in WANTED]
    assert [r.facts.grant.currency for r in found if r.facts and r.facts.grant] == ["USD"] * 3


@pytest.mark.parametrize("key", ["partenariat", "partenaires", "destinations"])
def test_partners_as_objects_of_json(tmp_path: Path, key: str) -> None:
    document = [{"porteur": a, "titre": d, key: [{"ville": b, "pays": {"iso": "ML", "nom": c}}]}
                for a, b, c, d, _ in ROWS[:1]]
    found, _ = rows(tmp_path, json.dumps({"regions": {"Bretagne": document}}), ".json")
    assert told(found) == WANTED[:1]
    assert found[0].region == "Bretagne"


def test_a_summary_on_a_sheet_before_the_list_is_no_list(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Synthèse"
    for line in (["Pays", "Nombre de projets", "Montant"], ["Mali", 1, 23], ["Bénin", 1, 31]):
        book.active.append(line)
    sheet = book.create_sheet("Détail")
    for line in [["Collectivité", "Partenaire", "Pays", "Titre", "Aide (€)"], *map(list, ROWS)]:
        sheet.append(line)
    book.save(tmp_path / "a.xlsx")
    reading = read(tmp_path / "a.xlsx")
    assert told(list(reading)) == WANTED
    assert [f.where.sheet for f in reading.findings if f.where and f.code == "table-no-list"] == [
        "Synthèse"]
    assert not [f for f in reading.findings if f.fatal]


def test_a_header_amid_lines_under_headings_that_no_longer_hold(tmp_path: Path) -> None:
    text = ("# Bretagne\n\n## Mali\n\n| Chef de file | Titre du projet | Montant |\n|---|---|---|\n"
            "| Brest | Eau potable pour les écoles | 5000 |\n| Occitanie | | |\n"
            "| Chef de file | Montant | Titre du projet |\n"
            "| Nîmes | 9000 | Gestion des forêts du plateau |\n")
    found, findings = rows(tmp_path, text, ".md")
    assert [(r.region, r.lead, r.partners[0].country) for r in found] == [
        ("Bretagne", "Brest", "ML")]
    assert any(f.fatal and f.where and f.where.line == 10 for f in findings)
