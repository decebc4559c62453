"""Slips of the pen in long words are read, words of their own are left alone."""

from __future__ import annotations

import pytest

from coopdec.classify import classify
from coopdec.classify.misspelt import Respelling
from tests.classify.test_titles import goals

KNOWN = Respelling(["electrification", "planification", "inondation"])


@pytest.mark.parametrize("slip", [*range(1, len("electrification"))])
def test_each_letter_but_the_first_may_slip(slip: int) -> None:
    word = "electrification"
    swapped = word[:slip] + word[slip + 1 : slip + 2] + word[slip] + word[slip + 2 :]
    for wrong in (word[:slip] + word[slip + 1 :], word[:slip] + "q" + word[slip:], swapped):
        if wrong != word:
            assert KNOWN.of(wrong) == word, wrong


@pytest.mark.parametrize("other", [
    "lectrification", "electrifikation", "electrifcatio", "plan", "mutation", "inndatio",
    "inondationer", "l" * 50, "",
])
def test_other_words_are_left_alone(other: str) -> None:
    assert KNOWN.of(other) is None


def test_what_may_be_two_words_is_neither() -> None:
    assert Respelling(["adaptations", "adoptations"]).of("adptations") is None


@pytest.mark.parametrize(("title", "wanted"), [
    ("Electrifcation rurale", {7}), ("ASSAINISSMENT DES QUARTIERS BAS", {6, 11}),
    ("Prévention des inodations", {13}), ("Résilience aux castastrophes", {13}),
    ("Travailler ensemble", set()), ("Conserver le lien", set()), ("Une nécessité", set()),
    ("Défections et habituation", set()),
])
def test_titles(title: str, wanted: set[int]) -> None:
    assert goals(title) == wanted


def test_the_words_of_the_title_are_the_proof_and_a_name_hides_them() -> None:
    title = "Echanges : Electrifcation Sud"
    assert classify(title)[0].evidence == (("Electrifcation", 11, 25),)
    assert classify(title, ["Electrifcation Sud"]) == []
