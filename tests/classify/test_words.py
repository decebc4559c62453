"""Stems: what is one word, and what only looks alike."""

from __future__ import annotations

import pytest

from coopdec.classify.words import stem


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
