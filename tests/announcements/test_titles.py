"""Titles that say the same in other words, and those that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.announcements.alike import Weights, alike
from coopdec.announcements.titles import read_title

WEIGHTS = Weights(100, {})


def score(one: str, two: str) -> float:
    found = alike(one, two, WEIGHTS)
    return 0.0 if found.part else found.score


@pytest.mark.parametrize(("one", "two"), [
    ("Eau et santé", "SANTÉ & EAU"),
    ("Adduction d'eau potable à Kita", "AEP à Kita"),
    ("Prog. de dév. des musées ruraux", "Programme de développement des musées ruraux"),
    ("Mairie numérique, phase II", "Mairie numérique (2e phase)"),
    ("Douze forages à Kita", "12 forages à Kita"),
    ("Wastewater treatment and water access", "Traitement des eaux usées et accès à l'eau"),
])
def test_alike(one: str, two: str) -> None:
    assert score(one, two) >= 0.7
    assert score(two, one) >= 0.7


@pytest.mark.parametrize(("one", "two"), [
    ("Mairie numérique", "Mairie numérique 2"),
    ("Mairie numérique II", "Mairie numérique III"),
    ("Mairie numérique 2018-2020", "Mairie numérique 2021-2023"),
    ("Mairie numérique, volet 1", "Mairie numérique, volet 2"),
    ("Mairie numérique", "Suite de la mairie numérique"),
    ("École de Kita", "École de Nara"),
    ("Cinq forages à Kita", "12 forages à Kita"),
    ("", "Mairie numérique"),
])
def test_not_alike(one: str, two: str) -> None:
    assert score(one, two) < 0.6
    assert score(two, one) < 0.6


def test_what_a_title_counts() -> None:
    assert read_title("Eau, 3ème tranche").parts == {"tranche": 3}
    assert read_title("Phase n° 2 du programme").parts == {"phase": 2}
    assert read_title("Eau 2020-2022").years == (2020, 2022)
    assert read_title("Une saison culturelle").parts == {}


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts(one: str, two: str) -> None:
    there, back = alike(one, two, WEIGHTS), alike(two, one, WEIGHTS)
    assert 0 <= there.score <= 1
    assert there == back
    assert alike(one, one, WEIGHTS).same
