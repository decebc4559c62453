"""Stems: what is one word, and what only looks alike."""

from __future__ import annotations

import pytest

from coopdec.classify.words import stem, with_accent


@pytest.mark.parametrize(("one", "other"), [
    ("cruelle", "cruel"), ("actuelle", "actuel"), ("paysanne", "paysan"), ("Eaux", "eau"),
    ("régionaux", "régional"), ("agricultrices", "agriculteur"), ("numériques", "numérique"),
])
def test_forms_of_one_word(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_short_words_keep_their_letters() -> None:
    assert stem("presse") == "press"  # five letters once the « e » is gone
    assert stem("mère") != stem("mer")
    assert stem("alimenté") != stem("aliment")


@pytest.mark.parametrize(("one", "other"), [
    ("livré", "livre"), ("élevés", "élèves"), ("bouée", "boue"), ("fraises", "frais"),
    ("basilic", "basilique"), ("navets", "navette"), ("charnière", "charnier"),
])
def test_words_that_only_look_alike(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("plain", ["MUSEE", "LYCEES", "SANTE", "REFUGIES", "Sante"])
def test_accents_may_be_missing_at_the_end(plain: str) -> None:
    accents = {"MUSEE": "musée", "LYCEES": "lycée", "REFUGIES": "réfugié"}
    assert with_accent(plain) == stem(accents.get(plain, "santé"))
    assert with_accent("MARCHAND") == ""
