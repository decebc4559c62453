"""Lines that a text has broken go on the one above: in items, and below one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read.cells.leads import without_article
from coopdec.reference import gazetteer

from .written import read_text

TWO = [("Conseil départemental de l'Hérault", "Kayes (Mali)",
        "Eau et hygiène dans les communes de la vallée du fleuve Sénégal"),
       ("Ville de Brest", "Saponé (Burkina Faso)", "Gestion des déchets")]


@pytest.mark.parametrize("text", [
    # The last word of a title is a country, alone on its line; headings stand apart.
    "Occitanie\n\n• Conseil départemental de l'Hérault – Kayes (Mali) :\n"
    "Eau et hygiène dans les communes de la vallée du fleuve\nSénégal\n\n"
    "Bretagne\n\n• Ville de Brest – Saponé (Burkina Faso) : Gestion des\ndéchets\n",
    # The dash between two parts stands at the head of a line.
    "1) Conseil départemental de l'Hérault – Kayes (Mali)\n   – Eau et hygiène dans les communes\n"
    "   de la vallée du fleuve Sénégal\n2) Ville de Brest – Saponé (Burkina Faso)\n"
    "   – Gestion des déchets\n",
    # Below one another: a type without its name, the header of each page.
    "Chef de file\nPartenaire\nTitre du projet\nConseil départemental\nde l'Hérault\nKayes (Mali)\n"
    "Eau et hygiène dans les communes de la vallée du\nfleuve Sénégal\nChef de file\nPartenaire\n"
    "Titre du projet\nVille de Brest\nSaponé (Burkina Faso)\nGestion des déchets\n",
    "Conseil départemental\nde l'Hérault\nKayes (Mali)\n"
    "Eau et hygiène dans les communes de la vallée du\nfleuve Sénégal\n"
    "Ville de Brest\nSaponé (Burkina Faso)\nGestion des déchets\n",
])
def test_broken_lines(tmp_path: Path, text: str) -> None:
    rows, _ = read_text(tmp_path, "a.txt", text)
    assert [(r.lead, r.cells["partner"], r.title) for r in rows] == TWO


def test_a_title_of_several_words_is_no_country() -> None:
    assert gazetteer().country("Eau, hygiène, assainissement (EHA)") is None  # EAU, the Emirates
    assert gazetteer().country("Moldavie, République de") is not None


@pytest.mark.parametrize(("name", "own"), [
    ("La Ville de Brest", "Ville de Brest"), ("le Département du Lot", "Département du Lot"),
    ("la communauté", "communauté"), ("La Rochelle", "La Rochelle"), ("Le Havre", "Le Havre"),
    ("La Ville du Bois", "La Ville du Bois"), ("L'Isle-Adam", "L'Isle-Adam")])
def test_articles(name: str, own: str) -> None:
    assert without_article(name) == own
