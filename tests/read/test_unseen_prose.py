"""Text lists that nobody had seen: one smallest list for each rule that reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read.cells.leads import parse_lead_cell
from coopdec.read.texts.items import item_of
from coopdec.reference import gazetteer

from .written import read_text

Said = list[tuple[str, str, list[tuple[str | None, str | None]]]]


def _read(folder: Path, name: str, text: str) -> tuple[Said, set[str]]:
    rows, findings = read_text(folder, name, text)
    return [(r.lead, r.title, [(m.name, m.country) for m in r.partners]) for r in rows], {
        f.code for f in findings}


@pytest.mark.parametrize(("text", "country", "lead", "partner", "title"), [
    ("Ville de Nice > Alger (Algérie) > Jardin d'essai", "",
     "Ville de Nice", "Alger (Algérie)", "Jardin d'essai"),
    ("Ville de Nice <-> Alger (Algérie) : Jardin", "", "Ville de Nice", "Alger (Algérie)",
     "Jardin"),
    ("Ville de Nancy | Kanazawa (Japon) ; Lublin (Pologne) | Art nouveau : suite", "",
     "Ville de Nancy", "Kanazawa (Japon) ; Lublin (Pologne)", "Art nouveau : suite"),
    ("Ville de Nancy – Kanazawa (Japon) ; Lublin (Pologne) : Art nouveau", "",
     "Ville de Nancy", "Kanazawa (Japon) ; Lublin (Pologne)", "Art nouveau"),
    ("Consortium Bordeaux Métropole / Ville de Libourne — Ville de Laval : goût", "Canada",
     "Consortium Bordeaux Métropole / Ville de Libourne", "Ville de Laval", "goût"),
    ("Mairie de Paris : Jéricho (Palestine), réseau d'eau", "",
     "Mairie de Paris", "Jéricho (Palestine)", "réseau d'eau"),
    ("Ville de Vitré (Ille-et-Vilaine) : Djénné (Mali). Maisons de terre.", "",
     "Ville de Vitré (Ille-et-Vilaine)", "Djénné (Mali)", "Maisons de terre"),
    ("Ville de Metz, Kayes (Mali), accès à l'eau", "", "Ville de Metz", "Kayes (Mali)",
     "accès à l'eau"),
    ("Ville de Gonesse, commune de Léona : forage", "Sénégal", "Ville de Gonesse",
     "commune de Léona", "forage"),
    ("Un toit pour tous (Ville de Rezé & Abu Dis, Palestine)", "", "Ville de Rezé",
     "Abu Dis, Palestine", "Un toit pour tous"),
    ("Ville de Morlaix avec ses partenaires de Reo (Burkina) - musique", "", "Ville de Morlaix",
     "Reo (Burkina)", "musique"),
    ("« Maires & climat », Ville de Metz et Sfax (Tunisie), 18 000 €", "", "Ville de Metz",
     "Sfax (Tunisie)", "Maires & climat"),
    ("Pôle métropolitain Le Mans-Sarthe — Trois-Rivières : fret", "Canada",
     "Pôle métropolitain Le Mans-Sarthe", "Trois-Rivières", "fret"),
    ("Ville de Nouméa – Port-Vila (Vanuatu)\nRisques cycloniques", "", "Ville de Nouméa",
     "Port-Vila (Vanuatu)", "Risques cycloniques"),
])
def test_an_item_tells_its_parts(text: str, country: str, lead: str, partner: str, title: str
                                 ) -> None:
    item = item_of(text, gazetteer(), country)
    assert item is not None
    assert (item.lead, item.partner, item.title) == (lead, partner, title)


@pytest.mark.parametrize(("text", "region", "country"), [
    ("Bretagne Ville de Brest Commune de Saponé (Mali) Gestion des déchets", "Bretagne", ""),
    ("Maroc – Ville de Brest – Commune de Tiznit : Gestion des déchets", "", "Maroc"),
    ("Ville de Brest – Tiznit – Gestion des déchets – Maroc", "", "Maroc"),
    ("Ville de Brest – Kinshasa – Gestion des déchets – Congo (RDC)", "", "Congo (RDC)"),
])
def test_an_item_tells_its_region_and_a_country_apart(text: str, region: str, country: str) -> None:
    item = item_of(text, gazetteer())
    assert item is not None
    assert (item.lead, item.title, item.region, item.country) == (
        "Ville de Brest", "Gestion des déchets", region, country)


def test_a_country_apart_is_that_of_a_place_that_nothing_knows(tmp_path: Path) -> None:
    said, _ = _read(tmp_path, "a.txt", "Maroc – Ville d'Agen – Commune de Tiznit : Argan\n"
                    "Géorgie – Ville de Nantes – Ville de Tbilissi : Théâtre\n"
                    "Liban – Ville de Metz – Bourj el-Zed : Droit\n")
    assert said[2] == ("Ville de Metz", "Droit", [("Bourj el-Zed", "LB")])


@pytest.mark.parametrize(("cell", "names"), [
    ("Conseils départementaux de la Sarthe et du Lot",
     ["Conseil départemental de la Sarthe", "Conseil départemental du Lot"]),
    ("Le Département du Lot ; La Ville du Bois ; La Ville d'Arcueil",
     ["Département du Lot", "La Ville du Bois", "Ville d'Arcueil"]),
    ("Consortium Ville de Dax / Ville de Pau", ["Ville de Dax", "Ville de Pau"]),
])
def test_several_that_lead(cell: str, names: list[str]) -> None:
    assert [m.name for m in parse_lead_cell(cell)] == names


TWO = [("Ville de Metz", "Eau potable", [("Kayes", "ML")]),
       ("Ville de Brest", "Appui à la coopération", [("Saponé", "BF")])]


@pytest.mark.parametrize(("name", "text"), [
    # Cells of a copied table, one below the other, words cut.
    ("a.txt", "Ville de Metz\nKayes (Mali)\nEau potable\nVille de Brest\nCommune de Saponé\n"
              "(Burkina Faso)\nAppui à la\ncoopération\n"),
    ("b.txt", "Ville de Metz – Kayes (Mali)\n  Eau potable\n  Subvention : 5 000 €\n\n"
              "Ville de Brest – Saponé (Burkina Faso)\n  Appui à la coopération\n"
              "  Subvention : 6 000 €\n\nFait à Paris\n"),
    ("c.md", "### Eau potable\nVille de Metz\nKayes (Mali)\n\n"
             "### Appui à la coopération\nVille de Brest\nSaponé (Burkina Faso)\n"),
    ("d.md", "**Ville de Metz**  \nPartenaire : Kayes (Mali)  \n*Eau potable*\n\n"
             "**Ville de Brest**  \nPartenaire : Saponé (Burkina Faso)  \n"
             "*Appui à la coopération*\n"),
    ("e.html", "<h2>Mali</h2><p>Ville de Metz</p><p>Commune de Kayes</p><p>Eau potable</p>"
               "<h2>Burkina Faso</h2><p>Ville de Brest</p><p>Commune de Saponé</p>"
               "<p>Appui à la coopération</p>"),
    ("f.html", "<dl><dt>Ville de Metz<dd>Partenaire : Kayes (Mali)<dd>Projet : Eau potable"
               "<dt>Ville de Brest<dd>Partenaire : Saponé (Burkina Faso)"
               "<dd>Projet : Appui à la coopération</dl>"),
    ("g.html", "<ol><li>Ville de Metz<br>Partenaire : Kayes (Mali)<br>Intitulé : Eau potable"
               "<li>Ville de Brest<br>Partenaire : Saponé (Burkina Faso)"
               "<br>Intitulé : Appui à la coopération</ol>"),
    ("h.html", "<h2>Ville de Metz</h2><ul><li>Kayes (Mali) : Eau potable</ul>"
               "<h2>Ville de Brest</h2><ul><li>Saponé (Burkina Faso) : Appui à la coopération"
               "</ul>"),
    ("i.txt", "MALI\n\tVille de Metz\tCommune de Kayes\tEau potable\n\tTotal Mali : 1 projet\n"
              "BURKINA FASO\n\tVille de Brest\tCommune de Saponé\tAppui à la coopération\n"),
    ("j.txt", "Porteur : Ville de Metz\nBénéficiaires : néant\nLieu : Kayes (Mali)\n"
              "Intitulé : Eau potable\n\nPorteur : Ville de Brest\nBénéficiaires : Rennes\n"
              "Lieu : Saponé (Burkina Faso)\nIntitulé : Appui à la coopération\n"),
    ("k.txt", "> 1°) Ville de Metz / Kayes (Mali) : Eau potable\n"
              "> 2°) Ville de Brest / Saponé (Burkina Faso) : Appui à la coopération\n"),
])
def test_a_project_on_several_lines(tmp_path: Path, name: str, text: str) -> None:
    said, codes = _read(tmp_path, name, f"<html>{text}</html>" if "html" in name else text)
    assert said == TWO
    assert "prose-read" in codes


def test_amounts_alone_on_their_line_are_no_part_of_a_title(tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", "Ville de Metz\nKayes (Mali)\nEau\n9 000 €\n"
                        "Ville de Brest\nSfax (Tunisie)\nArt\n8 000 €\n")
    assert [(r.title, r.cells["grant"]) for r in rows] == [("Eau", "9 000 €"), ("Art", "8 000 €")]


@pytest.mark.parametrize("text", [
    # Neither is read, nor put to the title above, without a word.
    "- Ville de Metz – Kayes (Mali) : Eau\nAube\n- Ville de Brest – Sfax (Tunisie) : Art\n",
    "Ville de Metz – Kayes (Mali) : Eau\nPort de Sète – Roseau (Dominique) : cabotage\n"
    "Ville de Brest – Sfax (Tunisie) : Art\n",
    "Ville de Metz – Kayes (Mali) : Eau\nVille de Brest – Sfax (Tunisie) : Art\n"
    "Port de Sète – Mindelo : cabotage\n",
    "Ville de Metz\nKayes (Mali)\nEau\n\nVille de Brest\nSfax (Tunisie)\nArt\n\n"
    "Chambéry – Albstadt – Turin\n",
])
def test_what_is_beside_a_project_is_none_of_it_and_said(tmp_path: Path, text: str) -> None:
    said, codes = _read(tmp_path, "a.txt", text)
    assert [title for _, title, _ in said] == ["Eau", "Art"]
    assert "row-no-project" in codes or "Aube" in text


def test_a_side_alone_below_a_title_begins_another_project(tmp_path: Path) -> None:
    _, codes = _read(tmp_path, "a.txt", "Ville de Metz\nKayes (Mali)\nEau\nSMIRIL\n"
                     "Fatick (Sénégal)\nPuits\nVille de Brest\nSfax (Tunisie)\nArt\n")
    assert "empty-cell" in codes


def test_a_line_of_a_fiche_is_no_title_of_the_list(tmp_path: Path) -> None:
    _, codes = _read(tmp_path, "a.txt", "Projet : Eau\nChef de file : Ville de Metz\n"
                     "Partenaires : Labé (Guinée) ; ONG Alsace Coopération\n\nProjet : Art\n"
                     "Chef de file : Ville de Brest\nPartenaires : Sfax (Tunisie) ; ONG Y\n")
    assert "no-country" in codes  # of neither


def test_sentences(tmp_path: Path) -> None:
    said, codes = _read(tmp_path, "a.txt", """La Région Bretagne et la région de l'Oriental (Maroc)
mènent un programme de formation. Un atelier s'est tenu en mai.
Au Togo, la Ville de Meylan travaille avec la commune de Tsévié sur la collecte des déchets.
La Métropole de Dijon et les villes de Prague (Tchéquie) et de Skopje (Macédoine) échangent
sur l'art urbain.
La Ville de Metz et la ville de Dresde (Allemagne) fêtent leurs cinquante ans.
La ville de Rouen, aux côtés d'une ONG, intervient à Bohicon (Bénin).
""")
    assert said == [
        ("Région Bretagne", "programme de formation", [("Oriental", "MA")]),
        ("Ville de Meylan", "collecte des déchets", [("Tsévié", "TG")]),
        ("Métropole de Dijon", "art urbain", [("Prague", "CZ"), ("Skopje", "MK")])]
    assert {"title-of-sentence", "row-no-project"} <= codes


@pytest.mark.parametrize(("cell", "names"), [
    ("Région de Fatick (Sénégal) et la Province de Mongo (Tchad)", ["Fatick", "Mongo"]),
    ("Oviedo, Espagne, et Gomel, Biélorussie", ["Oviedo", "Gomel"]),
    ("commune V (Mali)", ["Commune V"]),
])
def test_partners_of_a_cell(cell: str, names: list[str], tmp_path: Path) -> None:
    said, _ = _read(tmp_path, "a.csv", f"Chef de file;Partenaire;Titre\nVille de Metz;{cell};Eau\n")
    assert [name for name, _ in said[0][2]] == names


@pytest.mark.parametrize("text", [
    # A line of fields: as a text, and as a table of one mark.
    "Chef de file : Ville de Metz – Partenaire : Kayes (Mali) – Projet : Eau potable\n"
    "Chef de file : Ville de Brest – Partenaire : Saponé (Burkina Faso) – Projet : Appui à la "
    "coopération\n",
    "Projets de 2021\n\nProjet n°1 – Porteur : Ville de Metz ; Pays : Mali ; Lieu : Kayes ; "
    "Intitulé : Eau potable\nProjet n°2 – Porteur : Ville de Brest ; Pays : Burkina Faso ; "
    "Lieu : Saponé ; Intitulé : Appui à la coopération\n",
    # Cells without a header, a region first, a country of its own.
    "Grand Est\tVille de Metz\tKayes\tMali\tEau potable\n"
    "Bretagne\tVille de Brest\tSaponé\tBurkina Faso\tAppui à la coopération\n",
    # The title above, by its empty line; what comes below is more.
    "Deux projets\n\n« Eau potable »\nVille de Metz – Kayes (Mali)\nSubvention : 9 000 €\n\n"
    "« Appui à la coopération »\nVille de Brest – Saponé (Burkina Faso)\n"
    "Subvention accordée : 8 000 €\n",
    "Deux projets\n\nEau potable\nVille de Metz – Kayes (Mali)\nLe projet dure trois ans.\n\n"
    "Appui à la coopération\nVille de Brest – Saponé (Burkina Faso)\nIl en dure deux.\n",
    "Ville de Metz- Kayes (Mali): Eau potable\nVille de Brest –Saponé (Burkina-Faso) : Appui à la "
    "coopération\n",
])
def test_marks_and_places_of_parts(tmp_path: Path, text: str) -> None:
    said, _ = _read(tmp_path, "a.txt", text)
    assert said == TWO


def test_a_region_by_its_letters_ends_the_one_above(tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", "ÎLE DE FRANCE\n- Ville de Metz – Kayes (Mali) : Eau\n\n"
                        "PACA\n- Ville de Nice – Sfax (Tunisie) : Art\n")
    assert [r.region for r in rows] == ["Île-de-France", "Provence-Alpes-Côte d'Azur"]


def test_a_country_apart_keeps_the_amount() -> None:
    item = item_of("Bretagne | Ville de Brest | Saponé | Burkina Faso | Eau potable | 12 000 €",
                   gazetteer())
    assert item is not None
    assert (item.region, item.partner, item.amount) == ("Bretagne", "Saponé", "12 000 €")


def test_a_region_leads_above_a_place_on_two_lines(tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", "Région Occitanie\nProvince de Siem Reap\n(Cambodge)\n"
                        "Riz\n\nVille de Brest\nSaponé\n(Burkina Faso)\nEau\n")
    assert [(r.lead, r.region) for r in rows] == [("Région Occitanie", None),
                                                  ("Ville de Brest", None)]


def test_what_only_the_country_of_the_heading_has_is_no_lead() -> None:
    item = item_of("Communauté de communes du Bas-Chablais et Ngor – « Hygiène et salubrité »",
                   gazetteer(), "Sénégal")
    assert item is not None
    assert item.partner == "Ngor"


_STACKED = ("Eau potable\nVille de Metz\nKayes (Mali)\nAppui à la coopération\nVille de Brest\n"
            "Saponé (Burkina Faso)\n")


@pytest.mark.parametrize(("text", "codes"), [
    (_STACKED, {"prose-read"}),
    # A note is no title, which would be put to the project above it.
    (_STACKED + "Source : ministère.\n", {"prose-read", "row-no-project"}),
    ("Eau potable\nPorté par la Ville de Metz avec Kayes (Mali)\nAppui à la coopération\n"
     "Porté par la Ville de Brest avec Saponé (Burkina Faso)\n", {"prose-read"}),
    ("Projets retenus\nVille de Metz\nKayes (Mali)\nEau potable\nVille de Brest\n"
     "Saponé (Burkina Faso)\nAppui à la coopération\n", {"prose-read"}),
])
def test_titles_above_or_below_without_space_between(tmp_path: Path, text: str, codes: set[str]
                                                     ) -> None:
    said, findings = _read(tmp_path, "a.txt", text)
    assert (said, findings) == (TWO, codes)


def test_a_line_below_the_last_title_or_project_leaves_a_doubt(tmp_path: Path) -> None:
    _, findings = read_text(tmp_path, "a.txt", _STACKED + "Document provisoire\n")
    assert "title-side" in {f.code for f in findings}


def test_no_title_moves_up_for_one_that_lacks(tmp_path: Path) -> None:
    rows, findings = read_text(
        tmp_path, "a.txt", "Projets retenus\nVille de Metz\nKayes (Mali)\nEau potable\n"
        "Ville de Brest\nSaponé (Burkina Faso)\nArt\nVille de Rennes\nSfax (Tunisie)\n")
    assert [r.title for r in rows] == ["Eau potable", "Art"]
    assert "empty-cell" in {f.code for f in findings}


def test_a_place_with_its_country_that_no_project_has_is_said(tmp_path: Path) -> None:
    _, findings = read_text(
        tmp_path, "a.html", "<html><body><p>Grenoble-Alpes Métropole Sfax (Tunisie) Vélo</p>"
        "<p>Ville de Metz – Kayes (Mali) : Eau</p><p>Ville de Brest – Saponé (Burkina Faso) : Art")
    assert [f.params["words"] for f in findings if f.code in ("text-unread", "row-no-project")] == [
        "Grenoble-Alpes Métropole Sfax (Tunisie) Vélo"]


def test_lines_of_marks_alone_are_no_titles(tmp_path: Path) -> None:
    """What is left of a line that only has `<br>` is nothing: it ended in a traceback."""
    rows, findings = read_text(
        tmp_path, "a.txt", "<br>\nVille de Nice, avec Alger (Algérie)\nJardin\n<br>\n"
        "Ville de Pau, avec Kanel (Sénégal)\nSerre\n<br>\n")
    assert [r.title for r in rows] == ["Jardin", "Serre"] or any(f.fatal for f in findings)
