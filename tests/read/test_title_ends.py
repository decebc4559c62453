"""A year or a region at the end of every title of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read.texts.title_ends import ended
from coopdec.reference import gazetteer

from .written import read_text


def test_all_titles_or_none() -> None:
    both = ended(["Eau (Bretagne), 2021", "Art (Normandie), 2022"], gazetteer())
    assert both == [("Eau", "2021", "Bretagne"), ("Art", "2022", "Normandie")]
    one = ["Festival (2021)", "Art"]
    assert [e.title for e in ended(one, gazetteer())] == one


@pytest.mark.parametrize(("text", "years"), [
    ("- Ville de Brest – Saponé (Burkina Faso) : Déchets : {} : 9 000 €\n"
     "- Ville de Metz – Kayes (Mali) : Eau : {} : 7 000 €\n", (2021, 2022)),
    ("- Ville de Brest – Saponé (Burkina Faso) : Déchets, 9 000 € – {}\n"
     "- Ville de Metz – Kayes (Mali) : Eau, 7 000 € – {}\n", (2021, 2022)),
    ("Ville de Brest\nSaponé (Burkina Faso)\nDéchets (9 000 €) – {}\n\n"
     "Ville de Metz\nKayes (Mali)\nEau (7 000 €) – {}\n", (2022, 2021)),
])
def test_years_and_amounts(text: str, years: tuple[int, int], tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", text.format(*years))
    assert [(r.title, *r.facts.years, int(r.facts.grant.value))
            for r in rows if r.facts and r.facts.grant] == [
        ("Déchets", years[0], 9000), ("Eau", years[1], 7000)]


def test_words_between_who_leads_and_the_title_below_a_country(tmp_path: Path) -> None:
    rows, _ = read_text(tmp_path, "a.txt", "MALI\n- Ville de Metz : Eau\n- Ville de Dax : Mobilité "
                        ": un plan\nTUNISIE\n- Ville de Brest : Déchets\n")
    assert [(r.title, [m.name for m in r.partners]) for r in rows] == [
        ("Eau", [None]), ("Mobilité : un plan", [None]), ("Déchets", [None])]
