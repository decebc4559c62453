"""Decisions that grant, countries before a sentence or a title, and « Entre X et Y »."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.model import Row
from coopdec.read.texts.granted import as_item

from .written import read_text


def _told(rows: list[Row]) -> list[tuple[str, list[tuple[str | None, str | None]], str, str]]:
    return [(row.lead, [(m.own_name, m.country) for m in row.partners], row.title,
             f"{row.facts.grant.value:f}" if row.facts and row.facts.grant else "")
            for row in rows]


@pytest.mark.parametrize("text", [
    "- d'attribuer à la Ville de Brest une subvention de 9 000 € pour le projet « Puits » avec la"
    " commune de Saponé (Burkina Faso) ;\n"
    "- d'attribuer au Département du Gard une subvention de 7 500 € pour le projet « Marché » avec"
    " la région de Diana (Madagascar).\n",
    "La commission accorde une subvention de 9 000 € à la Ville de Brest pour son projet « Puits »"
    " mené avec la commune de Saponé (Burkina Faso).\n\n"
    "Elle accorde une aide de 7 500 euros au Département du Gard pour son projet « Marché » mené"
    " avec la région de Diana (Madagascar).\n",
    "1. BURKINA FASO. Ville de Brest et Commune de Saponé : « Puits ». Subvention : 9 000 €.\n"
    "2. MADAGASCAR. Département du Gard et Région Diana : « Marché ». Subvention : 7 500 €.\n",
    "Convention 1\nEntre la Ville de Brest et la commune de Saponé (Burkina Faso)\nObjet : Puits\n"
    "Montant : 9 000 euros\n\nConvention 2\nEntre le Département du Gard et la région de Diana"
    " (Madagascar)\nObjet : Marché\nMontant : 7 500 euros\n",
])
def test_each_project_is_whole(tmp_path: Path, text: str) -> None:
    rows, findings = read_text(tmp_path, "a.txt", "Soutien aux actions internationales\n\n" + text)
    assert _told(rows) == [
        ("Ville de Brest", [("Saponé", "BF")], "Puits", "9000"),
        ("Département du Gard", [("Diana", "MG")], "Marché", "7500")], [f.code for f in findings]


@pytest.mark.parametrize("sentence", [
    # No title in quotes, two places, two titles, nothing granted.
    "d'attribuer à la Ville de Brest une subvention de 9 000 € pour un puits à Saponé",
    "attribue à la Ville de Brest une subvention de 9 000 € pour « Puits » avec Saponé (Burkina"
    " Faso) et avec Kayes (Mali)",
    "attribue à la Ville de Brest une aide de 9 000 € pour « Puits » et « Eau » avec Kayes (Mali)",
    "La Ville de Brest agit avec Kayes (Mali) pour « Puits »",
])
def test_what_is_no_such_sentence(sentence: str) -> None:
    assert as_item(sentence) == ""


def test_a_country_before_the_title_of_a_fiche(tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", """L'agence de l'eau soutient deux projets

• Burkina Faso – Forages à Tanghin-Dassouri
  Porteur : Ville de Brest. Aide de l'agence : 45 000 € (50 %)

• Togo - Adduction d'eau de Tsévié
  Porteur : Ville de Nevers. Aide de l'agence : 32 500 € (60 %)
""")
    assert [(row.lead, row.title, [m.country for m in row.partners]) for row in rows] == [
        ("Ville de Brest", "Forages à Tanghin-Dassouri", ["BF"]),
        ("Ville de Nevers", "Adduction d'eau de Tsévié", ["TG"])]


def test_amounts_and_years_parted_by_slashes(tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", """Projets soutenus

- Ville de Brest – Saponé (Burkina Faso) : Puits / 25 000 € / 2021
- Ville de Metz – Kayes (Mali) : Marché / 12 000 € / 2021
""")
    assert [(one[2], one[3]) for one in _told(rows)] == [("Puits", "25000"), ("Marché", "12000")]
    assert [row.facts.years for row in rows if row.facts] == [(2021,), (2021,)]
