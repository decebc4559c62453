"""Columns by their words, headers on two lines, several lines of one project, what is no
project, and what concerns people."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.model import Finding, Row
from coopdec.read import read
from coopdec.read.columns.column_roles import header_roles
from coopdec.read.columns.roles import role_of

from .written import rows


def said(findings: list[Finding], *codes: str) -> list[tuple[str, int | None, str | None]]:
    return [(f.code, f.where.line if f.where else None, f.where.column if f.where else None)
            for f in findings if f.code in codes or (not codes and f.fatal)]


def partners(row: Row) -> list[tuple[str | None, str | None]]:
    return [(m.name, m.country) for m in row.partners]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Région", "region"), ("Région de France", "region"),
        ("annee_debut", "start"), ("Année fin", "end"), ("project_ref", "id"),
        ("Project code", "id"), ("Nombre de projets", None),
        ("Région de la collectivité chef de file", "region"),
        ("Collectivité territoriale française chef de file", "lead"), ("Porteur", "lead"),
        ("Bénéficiaire", "lead"), ("Collectivité(s) chef(s) de file", "lead"),
        ("Lead authority", "lead"), ("Partenaire étranger", "partner"),
        ("Partenaire(s) étranger(s)", "partner"), ("Partenaire(s) et pays", "partner"),
        ("Foreign local authority", "partner"),
        ("Pays", "country"), ("Pays de réalisation", "country"), ("Country", "country"),
        ("Intitulé", "title"), ("Titre du projet", "title"), ("Project title", "title"),
        ("Thématique", "theme"), ("Secteur", "theme"), ("ODD", "theme"), ("SDGs", "theme"),
        ("Description du projet", "description"), ("Montant accordé", "grant"),
        ("Montant accordé (€)", "grant"), ("Cofinancement", "grant"),
        ("Montant total accordé", "grant"), ("Montant total de la subvention", "grant"),
        ("Coût total (hors subvention)", "cost"), ("Montant global du projet", "cost"),
        ("Budget annuel (€)", None), ("Coût annuel", None),
        ("Coût total du projet", "cost"), ("Cofinanceurs", "cofunders"),
        ("Opérateur", "operator"), ("Date de début", "start"), ("Date de fin", "end"),
        ("Durée (mois)", "duration"), ("Année", "year"), ("Statut", "status"),
        ("Latitude", "lat"), ("Longitude", "lon"), ("N°", "id"),
        ("Contact du chef de file", "personal"), ("Courriel", "personal"), ("Tél.", "personal"),
        ("E-mail du porteur de projet", "personal"), ("Observations", None), ("", None),
        # What is said of a thing is not the thing.
        ("Type de collectivité française", None), ("Population de la ville partenaire", None),
        ("Département de la collectivité française", None), ("Site web du porteur de projet", None),
        ("Date d'attribution de la subvention", None), ("Subvention (%)", None),
        ("Taux de subvention", None), ("Public bénéficiaire", None), ("Ville de départ", None),
        ("Continent du pays partenaire", None), ("Montant total sollicité", None),
        ("Reste à payer sur subvention", None), ("Statut juridique du porteur", None),
        ("Partenaires techniques et financiers", None), ("Partenaires financiers", "cofunders"),
        ("Pays ou territoire bénéficiaire", "partner"), ("Pays du porteur", None),
        ("Nom de l'appel à projets", None), ("Bénéficiaires directs", None),
        ("Budget de la collectivité", None), ("Collectivité partenaire française", "lead"),
        ("Plafond de subvention", None), ("Fin de la subvention", "end"),
        ("Coordinator's name", "lead"), ("Coordinator's country", None),
        ("Année de subvention", "year"), ("Année de fin", "end"), ("Action 2023", "title"),
        ("Année 2021", None), ("CTF", "lead"), ("MT OPERATION TTC", "cost"), ("Du", "start"),
    ],
)
def test_a_header_tells_its_role(header: str, role: str | None) -> None:
    assert role_of(header) == role


@pytest.mark.parametrize(
    ("group", "own", "role"),
    [
        ("Partenaire étranger", "Nom", "partner"), ("Partenaire étranger", "Pays", "country"),
        ("Partenaire", "Région", None), ("Partenaire", "Collectivité", "partner"),
        ("Collectivité française", "Région", "region"), ("Collectivité française", "Nom", "lead"),
        ("Collectivité", "chef de file", "lead"), ("Titre", "du projet", "title"),
        ("Projet", "Durée", "duration"), ("Contact", "Nom", "personal"),
        ("Projet", "Commentaire", None), ("budget", "amount", "cost"),
        ("Budget", "Subvention", "grant"), ("Projet", "Montant", "grant"),
    ],
)
def test_a_header_under_another(group: str, own: str, role: str | None) -> None:
    assert role_of(own, group) == role


def test_a_role_is_given_once_but_for_themes() -> None:
    cells = ["Thème", "ODD", "Titre", "Intitulé du projet", "Courriel", "Téléphone"]
    assert header_roles(cells) == {0: "theme", 1: "theme", 2: "title", 4: "personal",
                                   5: "personal"}


@pytest.mark.parametrize(
    "header",
    [
        "Collectivité française;;Partenaire étranger;;Projet\nRégion;Nom;Nom;Pays;Intitulé\n",
        "Région;Collectivité;Partenaire;Pays de;Titre\n;chef de file;étranger;réalisation;"
        "du projet\n",
        ";Collectivité;;;Titre\nRégion;chef de file;Partenaire;Pays;du projet\n",
        "Région;Chef de file;Partenaire étranger;;Titre\n;;Nom;Pays;\n",
    ],
)
def test_a_header_on_two_lines(tmp_path: Path, header: str) -> None:
    body = "Bretagne;Brest;Sacaba;Bolivie;Eau potable\nBretagne;Rennes;Sétif;Algérie;Jeunesse\n"
    found, findings = rows(tmp_path, header + body + header + body.replace("Eau", "L'eau"))
    assert said(findings) == []
    assert [(r.region, r.lead, partners(r), r.title) for r in found[:2]] == [
        ("Bretagne", "Brest", [("Sacaba", "BO")], "Eau potable"),
        ("Bretagne", "Rennes", [("Sétif", "DZ")], "Jeunesse")]
    assert len(found) == 4


def test_title_rows_above_a_header_are_no_header(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, "Liste des porteurs de projet;;\nLe 23 juin 2020;Paris;\n"
                                     "Porteur;Pays;Projet\nBrest;Bolivie;Eau\n")
    assert [(r.lead, r.title, r.position.line) for r in found] == [("Brest", "Eau", 4)]
    assert said(findings) == []


HEAD = "Région;Chef de file;Partenaire;Pays;Titre;Montant accordé\n"


def test_further_partners_on_lines_of_their_own(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, HEAD + "Bretagne;Brest;Sacaba;Bolivie;Eau;5000\n"
                           ";;Sétif;Algérie;;\n;;Oran;;;\nBretagne;Rennes;Hué;Vietnam;Arbres;\n")
    assert said(findings) == []
    assert [partners(r) for r in found] == [
        [("Sacaba", "BO"), ("Sétif", "DZ"), ("Oran", "DZ")], [("Hué", "VN")]]
    assert (found[0].position.line, found[0].position.last_line) == (2, 4)
    assert found[0].cells["partner"] == "Sacaba ; Sétif ; Oran"


def test_a_partner_cell_broken_over_lines_is_one(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Chef de file;Partenaire;Titre\nBrest;Cercle de;Eau\n"
                              ";Niafunké (Mali);\n;Sacaba (Bolivie);\n")
    assert [partners(r) for r in found] == [[("Niafunké", "ML"), ("Sacaba", "BO")]]


def test_a_merged_lead_leads_several_projects(tmp_path: Path) -> None:
    table = ("<table><tr><th>Chef de file<th>Pays<th>Titre<th>Durée</tr>"
             "<tr><td rowspan=3>Brest<td>Mali<td>Eau<td>1</tr><tr><td>Bénin<td>Arbres<td>2</tr>"
             "<tr><td>Togo<td>Jeunesse<td>3</tr></table>")
    found, findings = rows(tmp_path, table, ".html")
    assert [(r.lead, r.title, r.cells["country"]) for r in found] == [
        ("Brest", "Eau", "Mali"), ("Brest", "Arbres", "Bénin"), ("Brest", "Jeunesse", "Togo")]
    assert said(findings) == []


def test_a_merged_lead_and_title_have_several_partners(tmp_path: Path) -> None:
    table = ("<table><tr><th>Chef de file<th>Titre<th>Partenaire<th>Pays</tr>"
             "<tr><td rowspan=2>Brest<td rowspan=2>Eau<td>Sacaba<td>Bolivie</tr>"
             "<tr><td>Sétif<td>Algérie</tr></table>")
    found, findings = rows(tmp_path, table, ".html")
    assert [partners(r) for r in found] == [[("Sacaba", "BO"), ("Sétif", "DZ")]]
    assert said(findings) == []


def test_a_cell_merged_over_two_projects_is_that_of_the_line_above(tmp_path: Path) -> None:
    table = ("<table><tr><th>Chef de file<th>Titre<th>Partenaire<th>Pays</tr>"
             "<tr><td rowspan=2>Brest<td rowspan=2>Eau<td>Sacaba<td>Bolivie</tr>"
             "<tr><td rowspan=2>Sétif<td rowspan=2>Algérie</tr><tr><td>Metz<td>Forêt</tr></table>")
    found, findings = rows(tmp_path, table, ".html")
    assert [(r.lead, partners(r)) for r in found] == [
        ("Brest", [("Sacaba", "BO"), ("Sétif", "DZ")]), ("Metz", [("Sétif", "DZ")])]
    assert found[1].carried == {"partner": 3, "country": 3}
    assert said(findings) == []


def test_several_leads_in_one_cell(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, HEAD + 'Bretagne;"Ville de Brest et Département du Finistère";'
                                     "Sacaba;Bolivie;Eau;\n")
    assert [m.name for m in found[0].leads] == ["Ville de Brest", "Département du Finistère"]


@pytest.mark.parametrize(
    "line",
    ["Total;;;;;12 500 €", "Sous-total Bretagne;;;;;5 000", ";;;;TOTAL;5 000",
     "* sous réserve;;;;;", "Source : DAECT;;;;;", "Légende : en gras, les nouveaux;;;;;",
     "Bretagne;Brest;;;;5 000", ";;;;;17 500", ";TOTAL;12 territoires;8 pays;;17 500",
     "Total général;;12 partenaires;8 pays;;17 500", ";;;8 pays;TOTAL;17 500"],
)
def test_what_is_no_project_is_said_and_stops_nothing(tmp_path: Path, line: str) -> None:
    good = "Bretagne;Brest;Sacaba;Bolivie;Eau;5000\n"
    found, findings = rows(tmp_path, HEAD + good + line + "\n" + good.replace("Eau", "Arbres"))
    assert [r.title for r in found] == ["Eau", "Arbres"]
    assert found[0].cells["grant"] == "5000"
    assert said(findings) == []
    assert said(findings, "row-no-project") == [("row-no-project", 3, None)]


def test_regions_as_lines_between(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, "Chef de file;Pays;Titre\nBretagne;;\nBrest;Mali;Eau\n"
                                     "OCCITANIE;;\nToulouse;Togo;Arbres\n")
    assert [(r.lead, r.region) for r in found] == [("Brest", "Bretagne"), ("Toulouse", "Occitanie")]
    assert said(findings) == []


def test_people_are_left_out_and_counted(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path,
        "Chef de file;Pays;Titre;Contact;Suivi;Courriel\n"
        "Brest;Mali;Eau;Jeanne Dupont;Mme DUPONT;j.dupont@brest.example\n"
        "Rennes (06 12 34 56 78);Togo;Arbres;;oui;\n"
        "M. Paul Martin, ville de Metz;Togo;Centre Madame Diop;P. Martin;;p@metz.example\n")
    kept = repr(found)
    for word in ("Dupont", "DUPONT", "@", "06 12", "Martin"):
        assert word not in kept
        assert word not in repr(findings)
    assert [(r.lead, r.title) for r in found] == [
        ("Brest", "Eau"), ("Rennes", "Arbres"), ("ville de Metz", "Centre Madame Diop")]
    assert {(f.where.column, f.params["n"]) for f in findings
            if f.code == "personal-data" and f.where} == {
        ("Chef de file", 2), ("Contact", 2), ("Courriel", 2), ("Suivi", 1)}


def test_every_column_is_accounted_for(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, "Chef de file;Pays;Titre;Montant accordé;Remarque\n"
                                     "Brest;Mali;Eau;5 000 €;rien\n")
    assert [(f.code, f.where and f.where.column) for f in findings] == [
        ("cell-unused", "Remarque")]
    assert found[0].cells["grant"] == "5 000 €"


@pytest.mark.parametrize(("header", "role"), [
    ("Montant attribué", "grant"), ("Crédits alloués 2021", "grant"), ("Total commitment", "grant"),
    ("Montant proposé", None), ("Budget global", "cost"), ("date_demarrage", "start"),
    ("endDate", "end"), ("chefDeFile", "lead"), ("Lead local authority", "lead"),
    ("Collectivité pilote", "lead"), ("Territoires français", "lead"), ("Reporting org", "lead"),
    ("Partenaire (pays)", "partner"), ("localite_partenaire", "partner"), ("Où ?", "partner"),
    ("pays_intervention", "country"), ("Activity title", "title"),
    ("Objet de la coopération", "title"), ("date_de_vote", None), ("url_fiche", None),
    ("Commentaire du porteur", None), ("Nombre de bénéficiaires", None),
])
def test_single_words_tell_a_role(header: str, role: str | None) -> None:
    assert role_of(header) == role


def test_the_only_words_on_a_project_are_its_title() -> None:
    assert header_roles(["Porteur", "Pays", "Contenu du projet"])[2] == "title"
    assert header_roles(["Porteur", "Pays", "Projet", "Contenu du projet"])[3] == "description"


@pytest.mark.parametrize("cell", [
    "Île-de-France", "Ville de La Courneuve", "Projet de forage à Kayes", "Mali, Sénégal",
    "Financement du marché central de Kaolack", "Action éducative internationale des lycéens"])
def test_words_of_a_cell_tell_no_role(cell: str) -> None:
    assert role_of(cell) is None


@pytest.mark.parametrize("lower", [
    ["", "Nom", "Région", "Collectivité", "Pays", "", "MEAE", "Total"],
    ["", "française", "Région", "étrangère", "Pays", "", "Accordé", "Coût total"]])
def test_a_second_line_fills_what_the_first_spans(tmp_path: Path, lower: list[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(map(";".join, (
        ["N°", "Collectivité française", "", "Partenaire étranger", "", "Projet", "Montant", ""],
        lower, ["1", "Ville de Metz", "Grand Est", "Kayes", "Mali", "Eau", "10 €", "20 €"]))),
        "utf-8")
    row, = read(path)
    assert (row.lead, row.region, row.title) == ("Ville de Metz", "Grand Est", "Eau")
    assert [(m.name, m.country) for m in row.partners] == [("Kayes", "ML")]


def test_words_that_a_narrow_column_cut(tmp_path: Path) -> None:
    found, findings = rows(tmp_path, "Chef de file;Partenaire;Pays part enaire;Titre;Subven tion\n"
                                     "Ville de Metz;Diana;Madagasc ar;Eau;9 000 €\n"
                                     "Ville de Brest;Daloa;Côte d'Ivoi re;Bus;8 000 €\n")
    assert [[m.country for m in row.partners] for row in found] == [["MG"], ["CI"]]
    assert [row.facts.grant.value for row in found if row.facts and row.facts.grant] == [9000, 8000]
    assert [f.code for f in findings if f.fatal] == []


@pytest.mark.parametrize("header", ["Territoire (région)", "Délégation régionale"])
def test_a_region_that_its_cells_tell(header: str, tmp_path: Path) -> None:
    text = "{};Chef de file;Partenaire;Pays;Titre\nBretagne;Ville de Brest;Kayes;Mali;Eau\n" \
           "Grand Est;Ville de Metz;Ségou;Mali;Bus\nBretagne;Ville de Rennes;Gao;Mali;Rue\n"
    found, _ = rows(tmp_path, text.format(header))
    assert [row.region for row in found] == ["Bretagne", "Grand Est", "Bretagne"]
    found, _ = rows(tmp_path, text.format("Région du siège de l'association"))
    assert [row.region for row in found] == [None, None, None]


def test_a_region_that_stands_in_the_header_heads_what_is_below(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "\"Chef de file\nBretagne\";Partenaire;Pays;Titre\n"
                              "Ville de Brest;Kayes;Mali;Eau\nNormandie;;;\n"
                              "Ville de Caen;Ségou;Mali;Bus\n")
    assert [row.region for row in found] == ["Bretagne", "Normandie"]
