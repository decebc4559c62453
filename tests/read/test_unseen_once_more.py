"""Layouts that no list here has, in small: what each told wrongly, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.model import Row
from coopdec.read.cells.leads import leads_of
from coopdec.read.cells.partners import parse_partner_cell
from coopdec.read.columns.column_roles import header_roles
from coopdec.read.columns.sides import pair
from coopdec.read.texts.items import item_of
from coopdec.reference import gazetteer

from .written import rows


def _places(row: Row) -> list[tuple[str | None, str | None]]:
    return [(p.own_name, p.country) for p in row.partners]


def test_columns_of_partners_that_name_their_people(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Projet;Ville française;Ville polonaise;Commune africaine;Pays africain\n"
        "Eau;Ville d'Angers;Torun;Sokodé;Togo\n"
        "Lait;Ville de Tours;;Rosso;Mauritanie\nMiel;Ville de Dax;Opole;;Bénin\n")
    assert list(map(_places, found)) == [
        [("Torun", "PL"), ("Sokodé", "TG")], [("Rosso", "MR")], [("Opole", "PL"), (None, "BJ")]]
    assert not findings


def test_two_peoples_need_no_column_of_countries(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Porteur;Partenaire italien;Partenaire espagnol;Titre\n"
        "Ville d'Angers;Pise;Tolède;Musées\nVille de Tours;Cres (Croatie);-;Vignes\n")
    assert list(map(_places, found)) == [[("Pise", "IT"), ("Tolède", "ES")], [("Cres", "HR")]]
    assert [(f.code, f.params["country"]["fr"]) for f in findings] == [
        ("country-differs", "Italie")]


def test_columns_that_share_a_role_name_nobody(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Porteur;Co-porteur;Partenaire italien;Partenaire espagnol;Titre\n"
        "Ville d'Angers;Ville de Dax (a.b@dax.fr);Pise;Tolède c@d.es;Musées\n"
        "Ville de Tours;Ville de Pau, M. Paul Durand;Lucques;Cuenca;Vignes\n")
    assert [[m.name for m in r.leads] for r in found] == [
        ["Ville d'Angers", "Ville de Dax"], ["Ville de Tours", "Ville de Pau"]]
    assert [r.cells["lead"] for r in found] == [
        "Ville d'Angers ; Ville de Dax", "Ville de Tours ; Ville de Pau"]
    assert _places(found[0]) == [("Pise", "IT"), ("Tolède", "ES")]
    assert {f.where and f.where.column: f.params["n"] for f in findings} == {
        "Co-porteur": 2, "Partenaire espagnol": 1}


def test_a_country_said_twice_is_one_and_none_goes_without_a_word(tmp_path: Path) -> None:
    found, _ = rows(
        tmp_path, "Projet;Ville française;Ville polonaise;Commune africaine;Pays\n"
        "Eau;Ville d'Angers;Opole;;Pologne\nLait;Ville de Tours;Torun;Sokodé;Pologne, Togo\n"
        "Miel;Ville de Dax;Torun;Sokodé (Togo);Bénin\n")
    assert list(map(_places, found)) == [
        [("Opole", "PL")], [("Torun", "PL"), ("Sokodé", "TG")],
        [("Torun", "PL"), ("Sokodé", "TG"), (None, "BJ")]]  # which no cell of a place says


def test_partners_of_two_peoples_on_several_lines(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Porteur;Partenaire italien;Partenaire espagnol;Titre\n"
        "Ville d'Angers;Pise;Tolède;Musées\n;Lucques;Cuenca;\nVille de Tours;Cres (Croatie);;Sel\n")
    assert list(map(_places, found)) == [
        [("Pise", "IT"), ("Tolède", "ES"), ("Lucques", "IT"), ("Cuenca", "ES")], [("Cres", "HR")]]
    assert {f.code for f in findings} == {"country-differs"}  # of Cres


@pytest.mark.parametrize(("headers", "roles"), [
    (["Porteur", "Counterpart", "Country", "Title"], ["lead", "partner", "country", "title"]),
    (["Collectivité", "Maîtrise d'ouvrage locale", "Pays", "Titre"],
     ["lead", "partner", "country", "title"]),
    (["Collectivité française", "Municipalité libanaise", "Titre de la convention"],
     ["lead", "partner", "title"]),
    (["Porteur", "Commune européenne", "Pays", "Titre"], ["lead", "partner", "country", "title"]),
    (["Porteur", "Villes africaines", "Pays", "Titre"], ["lead", "partner", "country", "title"]),
    (["Porteur marocain", "Porteur français", "Titre"], ["partner", "lead", "title"]),
    (["Chef de file français", "Chef de file allemand", "Titre"], ["lead", "partner", "title"]),
    (["Porteur du projet franco-malien", "Pays", "Titre"], ["lead", "country", "title"]),
    (["Porteur", "Pays", "Titre", "AIMF (k€)"], ["lead", "country", "title", "grant"]),
    (["Porteur", "Pays", "Titre", "AFD en euros", "MEAE (€)"],
     ["lead", "country", "title", None, None]),
    (["Porteur", "Pays", "Titre", "TOTAL (€)"], ["lead", "country", "title", None]),
    (["Porteur", "Pays", "Titre", "RESTE (€)"], ["lead", "country", "title", None]),
    (["PORTEUR", "PAYS", "TITRE", "EMPRUNT (€)"], ["lead", "country", "title", None]),
    (["Porteur", "Jumelage", "Pays", "Titre"], ["lead", "partner", "country", "title"]),
    (["Porteur", "Jumelage", "Nom de la ville partenaire", "Titre"],
     ["lead", None, "partner", "title"]),
    (["lead", "partners", "countries", "name"], ["lead", "partner", "country", "title"]),
    (["lead", "country", "name", "email"], ["lead", "country", None, "personal"]),
    (["Collectivité de France", "Municipalité du Québec", "Sujet"], ["lead", "partner", "title"]),
    (["Porteur", "Pays", "Titre", "dont AIMF (k€)"], ["lead", "country", "title", "grant"]),
    (["Commune", "Pays", "Partenaire", "Titre"], ["lead", "country", "partner", "title"]),
])
def test_headers(headers: list[str], roles: list[str | None]) -> None:
    found = header_roles(headers)
    assert [found.get(i) for i in range(len(headers))] == roles


@pytest.mark.parametrize(("cell", "names"), [
    ("Communes de Gif et Orsay", ["Commune de Gif", "Commune d’Orsay"]),
    ("Départements de l'Aube et du Cher", ["Département de l'Aube", "Département du Cher"]),
    ("Régions Bretagne et Normandie", ["Région Bretagne", "Région Normandie"]),
    ("Angers, Nantes et Vannes", ["Angers", "Nantes", "Vannes"]),
    ("Voiron, Isère", ["Voiron, Isère"]),
    ("Paris et Lille", ["Paris", "Lille"]),
    ("Loudun, Vienne", ["Loudun, Vienne"]),
    ("Angers et Le Mans", ["Angers", "Le Mans"]),
    ("Moselle et Madon", ["Moselle et Madon"]),
    ("Caux et Austreberthe", ["Caux et Austreberthe"]),
    ("Alès et Alès Agglomération", ["Alès", "Alès Agglomération"]),
    ("Pays de Redon et Vilaine", ["Pays de Redon et Vilaine"]),
    ("Ville de Dax ; Département des Landes (chef de file)",
     ["Département des Landes", "Ville de Dax"]),
    ("Angers, Le Mans et Vannes (chef de file)", ["Vannes", "Angers", "Le Mans"]),
    ("Communautés de communes du Pays de Mormal et de Retz",
     ["Communauté de communes du Pays de Mormal", "Communauté de communes de Retz"]),
    ("Départements de Meurthe et Moselle et des Vosges",
     ["Département de Meurthe et Moselle", "Département des Vosges"]),
    ("Communes de Gif, Orsay et de Bures",
     ["Commune de Gif", "Commune d’Orsay", "Commune de Bures"]),
    ("Communes de Gif, Orsay et Bures", ["Commune de Gif", "Commune d’Orsay", "Commune de Bures"]),
    ("Départements du Lot, Tarn et Garonne",
     ["Département du Lot", "Département de Tarn et Garonne"]),
    ("Ville de Dax (3)", ["Ville de Dax"]),
    ("Blois (41)", ["Blois (41)"]),
])
def test_leads(cell: str, names: list[str]) -> None:
    assert [m.name for m in leads_of(cell, gazetteer())] == names


@pytest.mark.parametrize(("cell", "partners"), [
    ("Communes de Rosso (Mauritanie) et d'Agadez (Niger)", [("Rosso", "MR"), ("Agadez", "NE")]),
    ("Régions de l'Oriental (Maroc), des Savanes (Togo)", [("Oriental", "MA"), ("Savanes", "TG")]),
    ("Communes de Rosso et de Kaédi (Mauritanie), d'Agadez et de Zinder (Niger)",
     [("Rosso", "MR"), ("Kaédi", "MR"), ("Agadez", "NE"), ("Zinder", "NE")]),
    ("Niger\nVille d'Agadez\nZinder", [("Agadez", "NE"), ("Zinder", "NE")]),
    ("Sokodé (Togo) 2, Rosso (Mauritanie)", [("Sokodé", "TG"), ("Rosso", "MR")]),
    ("Sokodé (Togo) (2), Rosso (Mauritanie) (1)", [("Sokodé", "TG"), ("Rosso", "MR")]),
])
def test_partners(cell: str, partners: list[tuple[str, str]]) -> None:
    found = parse_partner_cell(cell, gazetteer(), "")
    assert [(m.own_name, m.country) for m in found.mentions] == partners
    assert not found.problems


@pytest.mark.parametrize(("cell", "printed"), [
    ("Régions de l'Oriental et des Savanes", ["Région de l'Oriental", "Région des Savanes"]),
    ("Communes de la Marsa et d'Ariana", ["Commune de la Marsa", "Commune d'Ariana"]),
    ("Communes du Plateau, Ögii et Yopougon",
     ["Commune du Plateau", "Commune d’Ögii", "Commune de Yopougon"]),
    ("Régions Maritime et Savanes", ["Région Maritime", "Région Savanes"]),
    ("Villes Nouvelles et Durables", ["Villes Nouvelles", "Durables"]),
])
def test_each_partner_keeps_its_preposition(cell: str, printed: list[str]) -> None:
    found = parse_partner_cell(cell, gazetteer(), "Togo")
    assert [m.printed for m in found.mentions] == [f"{name} (Togo)" for name in printed]


@pytest.mark.parametrize(("cell", "country", "sides"), [
    ("Nantes, Angers / Sokodé (Togo)", "", ("Nantes, Angers", "Sokodé (Togo)")),
    ("Saint-Malo-Agadez", "Niger", ("Saint-Malo", "Agadez")),
    ("Aix-les-Bains", "Niger", None),
    ("Bobo-Dioulasso", "Burkina Faso", None),
])
def test_both_sides(cell: str, country: str, sides: tuple[str, str] | None) -> None:
    assert pair(cell, country, gazetteer()) == sides


@pytest.mark.parametrize("header", ["Partenariat", "Jumelage"])
def test_a_list_of_pairs(tmp_path: Path, header: str) -> None:
    found, findings = rows(
        tmp_path, f"{header};Titre du projet\nVannes, Lorient / Sokodé (Togo);Eau\n"
        "Savè / Sokodé (Togo);Lait\nAngers / Agadez (Niger);Miel\n")
    assert [([m.name for m in r.leads], r.title) for r in found] == [
        (["Vannes", "Lorient"], "Eau"), (["Angers"], "Miel")]
    assert [(f.code, f.where and f.where.line) for f in findings] == [
        ("column-both-sides", 2), ("sides-untold", 3)]


@pytest.mark.parametrize(("text", "country", "said"), [
    ("Ville d'Angers et Ville d'Agadez : « Cinéma » (3 000 €)", "Niger",
     ("Ville d'Angers", "Ville d'Agadez", "Cinéma")),
    ("Ville d'Angers et Département de la Sarthe : « Cinéma »", "Niger",
     ("Ville d'Angers et Département de la Sarthe", "", "Cinéma")),
    ("SIBIDULE – Région des Collines : Puits", "Bénin", None),  # a commune, and what is dug
    # It may be in either country, or one more that leads.
    ("Nantes Métropole et Ville de Valence : « Cinéma »", "Espagne", None),
    ("Ville de Sète et Ville de Pau et Nador : Puits et forages", "Maroc",
     ("Ville de Sète et Ville de Pau", "Nador", "Puits et forages")),
    ("Ville de Sète, Ville de Pau et Nador : Puits", "Maroc",
     ("Ville de Sète, Ville de Pau", "Nador", "Puits")),
    ("Région Nouvelle-Aquitaine – Oujda (Maroc) : Design et territoires", "",
     ("Région Nouvelle-Aquitaine", "Oujda (Maroc)", "Design et territoires")),
])
def test_items(text: str, country: str, said: tuple[str, str, str] | None) -> None:
    item = item_of(text, gazetteer(), country)
    assert (item and (item.lead, item.partner, item.title)) == said


def test_an_item_before_the_first_project_is_said(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Projets soutenus\n\n- Bidule : forages\n"
        "- Ville d'Angers – Sokodé (Togo) : Lait\n- Ville de Tours – Rosso (Mauritanie) : Miel\n",
        ".md")
    assert [r.title for r in found] == ["Lait", "Miel"]
    assert [f.params["words"] for f in findings if f.code == "row-no-project"] == [
        "Bidule : forages"]


def test_lines_of_a_text_made_of_a_table_are_rows(tmp_path: Path) -> None:
    """A title above it falls into the columns."""
    table = [
        ("Région", "Collectivité", "Partenaire", "Pays", "Projet", "Montant"),
        ("Bretagne", "Ville de Dinan", "Commune de Ber", "Niger", "Lait et fromage", "11 000 €"),
        ("Bretagne", "Ville de Lannion", "Caerphilly", "Royaume-Uni", "Chorales", "4 000 €"),
        ("Occitanie", "Ville de Lodève", "Ville d'Azrou", "Maroc", "Laines", "7 000 €")]
    lines = ["   " + "".join(cell.ljust(19) for cell in line) for line in table]
    found, _ = rows(tmp_path, "\n".join(["Liste des projets", "", *lines]), ".txt")
    assert [r.lead for r in found] == ["Ville de Dinan", "Ville de Lannion", "Ville de Lodève"]


def test_who_stands_first_leads_where_it_is_so_elsewhere(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "# Projets\n\n## Bénin\n- SIBIDULE – Région des Collines : Puits\n## Togo\n"
        "- Ville d'Angers – Sokodé : Lait\n"
        "- SIBIDULE – Rosso (Mauritanie) : Forages\n- Réunions – 3 mai : à Dax\n"
        "- Ville de Tours – Rosso (Mauritanie) : Miel\n", ".md")
    assert [(r.lead, r.title) for r in found] == [
        ("SIBIDULE", "Puits"), ("Ville d'Angers", "Lait"), ("SIBIDULE", "Forages"),
        ("Ville de Tours", "Miel")]
    assert [f.params["words"] for f in findings if f.code == "row-no-project"] == [
        "Réunions – 3 mai : à Dax"]


def test_labels_without_a_role_are_said(tmp_path: Path) -> None:
    fiche = "Titre : {}\nPorteur : Ville de {}\nPartenaire : Sokodé (Togo)\nPublic : jeunes\n\n"
    found, findings = rows(tmp_path, "".join(fiche.format(*one) for one in (
        ("Lait", "Dax"), ("Miel", "Pau"))), ".txt")
    assert [(r.title, r.lead) for r in found] == [("Lait", "Ville de Dax"),
                                                  ("Miel", "Ville de Pau")]
    assert [f.where and f.where.column for f in findings if f.code == "cell-unused"] == ["Public"]


def test_headings_that_begin_alike_stay_titles(tmp_path: Path) -> None:
    fiche = "Eau : {}\nPorteur : Ville de {}\nPartenaire : Sokodé (Togo)\n\n"
    found, _ = rows(tmp_path, "".join(fiche.format(*one) for one in (
        ("des puits", "Dax"), ("des forages", "Pau"))), ".txt")
    assert [r.title for r in found] == ["Eau : des puits", "Eau : des forages"]


def test_a_title_above_an_indented_table_makes_no_column(tmp_path: Path) -> None:
    table = [
        ("Région", "Collectivité", "Partenaire (pays)", "Projet"),
        ("Bretagne", "Ville de Dinan", "Commune de Ber (Niger)", "Lait et fromage"),
        ("Normandie", "Ville de Lisieux", "Commune de Torodi (Niger)", "Chorales"),
        ("Occitanie", "Ville de Lodève", "Ville d'Azrou (Maroc)", "Laines")]
    lines = [" " * 12 + "".join(cell.ljust(28) for cell in line) for line in table]
    found, _ = rows(tmp_path, "\n\n".join(
        ["Lauréats    2010 – coopérations décentralisées, liste complète", *lines]), ".txt")
    assert [(r.region, r.lead) for r in found] == [
        ("Bretagne", "Ville de Dinan"), ("Normandie", "Ville de Lisieux"),
        ("Occitanie", "Ville de Lodève")]


def test_a_column_of_what_a_partnership_is_names_no_partner(tmp_path: Path) -> None:
    text = ("Collectivité;Pays;Titre;Partenariat\nVille de Dax;Mali;Eau;{}\n"
            "Ville de Pau;Mali;Lait;{}\n")
    kinds, findings = rows(tmp_path, text.format("Jumelage", "Pacte d'amitié"))
    named, _ = rows(tmp_path, text.format("Kayes", "Commune de Ber"))
    assert list(map(_places, kinds)) == [[(None, "ML")], [(None, "ML")]]
    assert [f.where and f.where.column for f in findings] == ["Partenariat"]
    assert list(map(_places, named)) == [[("Kayes", "ML")], [("Ber", "ML")]]
