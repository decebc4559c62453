"""Text lists as administrations publish them: one smallest list for each rule that reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read.cells.partners import parse_partner_cell
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
