"""Text lists as administrations publish them: one smallest list for each rule that reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read import read
from coopdec.read.cells.leads import leads_of
from coopdec.read.cells.partners import parse_partner_cell
from coopdec.read.sections import Sections
from coopdec.read.texts.item_amounts import without_amount
from coopdec.read.texts.items import item_of
from coopdec.reference import gazetteer

from .written import read_text

Said = list[tuple[str, str, list[tuple[str | None, str | None]]]]


def _read(folder: Path, text: str) -> Said:
    rows, _ = read_text(folder, "a.txt", text)
    return [(r.lead, r.title, [(m.name, m.country) for m in r.partners]) for r in rows]


@pytest.mark.parametrize(("cell", "partners"), [
    ("commune de Podor et département de Matam (Sénégal)",
     [("commune", "Podor"), ("département", "Matam")]),
    ("ville de Tulkarem et camp de réfugiés d'Aïda (Palestine)",
     [("ville", "Tulkarem"), ("camp de réfugiés", "Aïda")]),
    ("Ville et Région de Sikasso (Mali)", [("Ville", "Sikasso"), ("Région", "Sikasso")]),
    ("commune de Benkadi, cercle de San et région de Ségou (Mali)", [("commune", "Benkadi")]),
])
def test_et_parts_units_of_two_levels(cell: str, partners: list[tuple[str, str]]) -> None:
    found = parse_partner_cell(cell, gazetteer(), "")
    assert [(m.type, m.own_name) for m in found.mentions] == partners


def test_a_place_after_its_country_in_the_column_of_countries() -> None:
    found = parse_partner_cell("", gazetteer(), "Mali – Koulikoro")
    assert [(m.name, m.country) for m in found.mentions] == [("Koulikoro", "ML")]
    unknown = parse_partner_cell("", gazetteer(), "Mali – Quelque part")
    assert [p.code for p in unknown.problems] == ["unknown-country"]


@pytest.mark.parametrize(("text", "country", "lead", "partner"), [
    ("Région Réunion, les Villes de Maputo et de Pemba (Mozambique) : Volontaires", "",
     "Région Réunion", "Villes de Maputo et de Pemba (Mozambique)"),
    ("Région Réunion, la Ville de Maputo (Mozambique) et la Ville de Dodoma (Tanzanie) : Eau", "",
     "Région Réunion", "Ville de Maputo (Mozambique) et la Ville de Dodoma (Tanzanie)"),
    ("Ville de Rezé et Nantes Métropole, Commune d'Abu Dis (Palestine) : Mémoires", "",
     "Ville de Rezé et Nantes Métropole", "Commune d'Abu Dis (Palestine)"),
    ("Dijon – Mayence (Allemagne) – Dakar (Sénégal) : Climat", "",
     "Dijon", "Mayence (Allemagne) – Dakar (Sénégal)"),
    ("Grand Lyon et la Région Haute Matsiatra : petits centres", "Madagascar",
     "Grand Lyon", "Région Haute Matsiatra"),
])
def test_sides_of_an_item(text: str, country: str, lead: str, partner: str) -> None:
    item = item_of(text, gazetteer(), country)
    assert item is not None
    assert (item.lead, item.partner) == (lead, partner)


def test_a_title_below_both_sides(tmp_path: Path) -> None:
    assert _read(tmp_path, "Fonds franco-québécois : projets retenus\n\n"
                 "1) Ville de Caen / Ville de Trois-Rivières\n   Résidences : un livre\n"
                 "2) Ville de Lyon / Ville de Montréal\n   Lumières : un parc\n") == [
        ("Ville de Caen", "Résidences : un livre", [("Trois-Rivières", "CA")]),
        ("Ville de Lyon", "Lumières : un parc", [("Montréal", "CA")])]


def test_a_country_before_its_place_and_the_number_of_a_page(tmp_path: Path) -> None:
    far = " " * 50
    assert _read(tmp_path, f"Conseil général du Cher{' ' * 9}Mali - Cercle de Kita\n"
                 f"     Accès à l'eau\n     Cofinancement : 60 000 €\n{far}1/2\n"
                 f"Ville d'Orléans{' ' * 17}Bénin - Ville de Parakou\n"
                 f"     Assainissement\n     Cofinancement : 38 500 €\n{far}2/2\n") == [
        ("Conseil général du Cher", "Accès à l'eau", [("Kita", "ML")]),
        ("Ville d'Orléans", "Assainissement", [("Parakou", "BJ")])]


def test_the_country_of_a_group(tmp_path: Path) -> None:
    assert _read(tmp_path, "GROUPE-PAYS HAÏTI\n— Suresnes et Cap-Haïtien : marché (8 000 euros).\n"
                 "GROUPE-PAYS NIGER\n— Orvault et Gaya : service (4 000 euros).\n") == [
        ("Suresnes", "marché", [("Cap-Haïtien", "HT")]), ("Orvault", "service", [("Gaya", "NE")])]


@pytest.mark.parametrize(("text", "country", "lead", "partner"), [
    ("Commune de Cotonou (avec Ville de Créteil) : berges", "Bénin",
     "Ville de Créteil", "Commune de Cotonou"),
    ("Grand Cahors – Tata, Maroc ; Zagora, Maroc – Sobriété", "",
     "Grand Cahors", "Tata, Maroc ; Zagora, Maroc"),
    ("Ville du Havre + Pointe-Noire (Congo) = secours", "", "Ville du Havre",
     "Pointe-Noire (Congo)"),
    ("Ville de Metz (avec l'appui de l'AFD) – Kayes (Mali) : Eau", "",
     "Ville de Metz (avec l'appui de l'AFD)", "Kayes (Mali)"),
])
def test_marks_between_sides(text: str, country: str, lead: str, partner: str) -> None:
    item = item_of(text, gazetteer(), country)
    assert item is not None
    assert (item.lead, item.partner) == (lead, partner)


def test_an_article_before_the_type_of_the_next_partner() -> None:
    found = parse_partner_cell("la ville de Stein et le district d'Ansbach (Allemagne)",
                               gazetteer(), "")
    assert [(m.type, m.own_name) for m in found.mentions] == [
        ("ville", "Stein"), ("district", "Ansbach")]


@pytest.mark.parametrize(("cell", "leads"), [
    ("Département de l'Aude et Grand Narbonne", ["Département de l'Aude", "Grand Narbonne"]),
    ("Département de Saône et Loire", ["Département de Saône et Loire"]),
    ("Le SIVOM de la Haute-Vallée", ["SIVOM de la Haute-Vallée"]),
])
def test_whole_names_beside_one_another(cell: str, leads: list[str]) -> None:
    assert [m.name for m in leads_of(cell, gazetteer())] == leads


def test_a_project_that_names_its_region_is_no_heading() -> None:
    sections = Sections(gazetteer())
    assert sections.role("Nouvelle-Calédonie, avec la Province de Shefa (Vanuatu)") is None
    assert sections.role("Haute-Garonne (31)") == "region"
    assert sections.role("Sens (89)") is None


def test_a_department_stands_under_the_region_of_its_day() -> None:
    sections = Sections(gazetteer())
    assert sections.take("LORRAINE")
    assert sections.take("Moselle", 2)
    assert sections.now["region"][0] == "LORRAINE"


def test_words_that_introduce_are_no_label(tmp_path: Path) -> None:
    assert _read(tmp_path, "Les collectivités lauréates sont les suivantes :\n\n« Eau »\n"
                 "\tChef de file français : Ville de Lille\n"
                 "\tChef de file sénégalais : Ville de Saint-Louis\n\n« Port »\n"
                 "\tChef de file français : Ville de Brest\n"
                 "\tChef de file sénégalais : Commune de Coubalan\n") == [
        ("Ville de Lille", "Eau", [("Saint-Louis", "SN")]),
        ("Ville de Brest", "Port", [("Coubalan", "SN")])]


def test_cards_of_a_page_with_their_links(tmp_path: Path) -> None:
    assert _read(tmp_path, "Les gardiens de la mangrove\nGuinée\nVille de La Rochelle\nBoffa\n"
                 "Restauration de 120 ha.\nEn savoir plus\n\nUn hôpital jumeau\nArménie\n"
                 "Ville de Lyon\nErevan\nFormation croisée.\nEn savoir plus\n") == [
        ("Ville de La Rochelle", "Les gardiens de la mangrove", [("Boffa", "GN")]),
        ("Ville de Lyon", "Un hôpital jumeau", [("Erevan", "AM")])]


def test_prizes_before_aligned_sides(tmp_path: Path) -> None:
    assert _read(tmp_path, "1er prix    Agde (Hérault)        – Antequera (Espagne)   : « Clubs »\n"
                 "2e prix     Bergerac (Dordogne)   – Faenza (Italie)       : « Vins »\n") == [
        ("Agde (Hérault)", "Clubs", [("Antequera", "ES")]),
        ("Bergerac (Dordogne)", "Vins", [("Faenza", "IT")])]


def test_two_encodings_and_invisible_characters(tmp_path: Path) -> None:
    first, second = ("1.\u200b Ville de Metz – Tafraout (Algé\u00adrie) : Réseau\n",
                     "2. Ville de Brest – Saponé (Burkina Faso) : Déchets\n")
    path = tmp_path / "a.txt"
    path.write_bytes(first.encode() + second.encode("cp1252"))
    reading = read(path)
    assert [(r.title, [m.country for m in r.partners]) for r in reading] == [
        ("Réseau", ["DZ"]), ("Déchets", ["BF"])]
    assert "encoded-twice" in {f.code for f in reading.findings}


def test_who_leads_stands_above_its_items(tmp_path: Path) -> None:
    rows, said = read_text(
        tmp_path, "a.txt", "Ville de Brest\n- Saponé (Burkina Faso) : Déchets\n\n"
        "Région Normandie\n- Atsinanana (Madagascar) : Filières\n\n"
        "Grenoble-Alpes Métropole\n- Sfax (Tunisie) : Mobilité\n\n"
        "Les amis de la coopération\n- Kayes (Mali) : Eau potable\n")
    assert [(r.lead, r.region) for r in rows] == [
        ("Ville de Brest", None), ("Région Normandie", None), ("Grenoble-Alpes Métropole", None)]
    assert [f.where.line for f in said if f.code == "text-unread" and f.where] == [11]


@pytest.mark.parametrize(("text", "said"), [
    ("Eau – coût total 50 000 €, subvention 25 000 €", ("Eau", "25 000 €", "50 000 €")),
    ("Eau (subvention de 25 000 €)", ("Eau", "25 000 €", "")),
    ("Eau (EUR 25,000)", ("Eau", "EUR 25,000", "")),
    ("Budget participatif – 4 000 €", ("Budget participatif", "4 000 €", "")),
])
def test_amounts_at_the_end_of_a_title(text: str, said: tuple[str, str, str]) -> None:
    assert without_amount(text) == said


def test_what_sentences_say_beside_items_is_said(tmp_path: Path) -> None:
    _, said = read_text(
        tmp_path, "a.txt", "Le comité attribue une aide à la Ville de Nantes pour son projet\n"
        "d'inventaire avec la commune de Dschang (Cameroun).\n\n"
        "- Ville de Brest – Saponé (Burkina Faso) : Déchets\n"
        "- Ville de Metz – Kayes (Mali) : Eau\n\n"
        "Le comité attribue une aide à la Ville de Lyon pour son projet d'écoles\n"
        "avec la commune de Haïphong (Vietnam).\n")
    assert [(f.where.line, f.where.last_line) for f in said
            if f.code == "text-unread" and f.where] == [
                (1, 2), (7, None), (8, None)]


def test_an_amount_in_a_sentence_of_its_own_is_said(tmp_path: Path) -> None:
    _, said = read_text(
        tmp_path, "a.txt", "La Ville de Brest accompagne la commune de Saponé (Burkina Faso) dans "
        "la gestion des déchets. L'aide est de 9 000 euros.\n\nLa Ville de Nantes accompagne la "
        "commune de Dschang (Cameroun) dans la collecte des eaux.\n")
    assert [f.where.line for f in said if f.code == "row-no-project" and f.where] == [1]


def test_a_country_in_brackets_goes_on_the_line_above(tmp_path: Path) -> None:
    assert _read(tmp_path, "- Ville de Brest – Commune de Saponé\n(Burkina Faso) : Déchets\n"
                 "- Ville de Metz – Kayes\n(Mali) : Eau\n") == [
        ("Ville de Brest", "Déchets", [("Saponé", "BF")]),
        ("Ville de Metz", "Eau", [("Kayes", "ML")])]


def test_the_country_of_a_group_is_that_of_its_items(tmp_path: Path) -> None:
    """« Réunion du groupe-pays » is no island; « (SIAAP) » is not all of the words around it."""
    assert _read(tmp_path, "Réunion du groupe-pays Cameroun\n\n"
                 "- Ville de Nantes et Commune de Dschang : déchets organiques\n"
                 "- Syndicat mixte d'assainissement de la région parisienne (SIAAP) et Commune de "
                 "Bangangté : eau\n") == [
        ("Ville de Nantes", "déchets organiques", [("Dschang", "CM")]),
        ("Syndicat mixte d'assainissement de la région parisienne (SIAAP)", "eau",
         [("Bangangté", "CM")])]
