"""Goals that a title names by number."""

from __future__ import annotations

import pytest

from coopdec.classify import classify


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("en réponse aux ODD 6 et 13", {6, 13}),
        ("ODD n°4", {4}),
        ("ODD n° 4", {4}),
        ("ODD 3, 4 et 5", {3, 4, 5}),
        ("ODD 3 à 5", {3, 4, 5}),
        ("(ODD6)", {6}),
        ("ODD6/ODD13", {6, 13}),
        ("O.D.D. 6", {6}),
        ("objectif de développement durable 5", {5}),
        ("Objectifs de développement durable (ODD) n°6 et n°13", {6, 13}),
        ("OBJECTIF DE DEVELOPPEMENT DURABLE N°5", {5}),
        ("l'objectif 7 des ODD", {7}),
        ("SDG 7", {7}),
        ("SDGs 7 and 13", {7, 13}),
        ("ODD 18, 0 et 99", set()),
        ("ODD 6 et 13 communes", {6}),
        ("ODD 6, 12 villages", {6}),
        ("les ODD en 2030", set()),
        ("les ODD", set()),
        ("Agenda 2030", set()),
        ("odd numbers 3", set()),
    ],
)
def test_numbers(title: str, expected: set[int]) -> None:
    assert {t.goal for t in classify(title)} == expected


def test_a_target() -> None:
    goal, target = classify("ODD 6.1")
    assert (goal.goal, goal.target, target.goal, target.target) == (6, None, 6, "6.1")
    assert [t.target for t in classify("ODD 6.9")] == [None]


def test_a_number_is_nearly_certain_and_shows_its_place() -> None:
    title = "Eau potable (ODD 6)"
    theme = classify(title)[0]
    assert theme.rule == "explicit:number"
    assert theme.confidence == 0.99
    assert [words for words, _, _ in theme.evidence] == ["ODD 6", "Eau potable"]
