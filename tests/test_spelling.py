"""« Did you mean »: near words, and none that is unlike."""

from __future__ import annotations

import pytest

from coopdec.spelling import close_matches, close_titles


@pytest.mark.parametrize(("word", "known", "near"), [
    ("titel", ["title", "session", "call"], ["title"]),
    ("zzz", ["title"], []),
    ("Éxplian", ["explain", "export"], ["explain"]),
    ("liste", ["liste.csv", "autre.csv"], ["liste.csv"]),
    ("nope", ["open", "notes", "node-cache"], []),  # has their letters, in another order
    ("laureats.csv", ["laureats.txt", "laureat.csv", "output"], ["laureat.csv", "laureats.txt"]),
])
def test_near_words_best_first(word: str, known: list[str], near: list[str]) -> None:
    assert close_matches(word, known) == near


def test_a_title_of_which_words_are_left_out() -> None:
    titles = ["Réseau International des Villes Michelin", "Eau et assainissement"]
    assert close_titles("Réseau villes Michelin", titles) == titles[:1]
