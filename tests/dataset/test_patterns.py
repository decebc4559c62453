"""Patterns that ignore accents: one meaning for Rust's, Python's and XPath's engines."""

from __future__ import annotations

import re

import pyoxigraph
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coopdec.dataset.patterns import SLOTS, exactly, in_slots, starting_words
from coopdec.terms import text
from coopdec.text import fold

LATIN = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Zs"], max_codepoint=0x17F,
                  exclude_characters="ŀĿŉµ"), min_size=1, max_size=20)
STORE = pyoxigraph.Store()


def rust(pattern: str, value: str) -> bool:
    found = STORE.query(f"ASK {{ FILTER(REGEX({text(value)}, {text(pattern)})) }}")
    return bool(found)


@pytest.mark.parametrize(("words", "title", "expected"), [
    ("eau", "Accès à l'eau", True),
    ("eau", "Réseau d'égouts", False),
    ("EAUX", "Hygiène et eaux usées", True),
    ("ecole", "Les Écoles", True),
    ("ÉCOLE", "les ecoles", True),
    ("oeuvre", "mise en œuvre", True),
    ("œuvre", "mise en OEUVRE", True),
    ("l'eau", "gestion de l’eau", True),
    ("sante-nutrition", "nutrition, santé", True),
    ("yen bai", "Province de Yên Bái", True),
    ("da nang", "Đà Nẵng", True),
    ("agri", "agriculture durable", True),
    ("culture", "agriculture durable", False),
    ("covid 19", "COVID-19", True),
    ("mali niger", "Mali", False),
])
def test_words(words: str, title: str, expected: bool) -> None:
    patterns = in_slots(starting_words(words))
    assert all(re.search(p, title) for p in patterns) is expected
    assert all(rust(p, title) for p in patterns) is expected


@settings(deadline=None, max_examples=60)
@given(LATIN)
def test_every_word_is_found_in_its_own_text(value: str) -> None:
    patterns = starting_words(value)
    assume(patterns)
    assert all(re.search(p, value) for p in patterns)


@settings(deadline=None, max_examples=60)
@given(LATIN)
def test_python_and_rust_agree(value: str) -> None:
    assume(fold(value))
    for pattern in [*starting_words(value), exactly(value)]:
        assert rust(pattern, value.upper()) == bool(re.search(pattern, value.upper()))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from("abcdefghij"), min_size=SLOTS + 1, max_size=10, unique=True))
def test_what_does_not_fit_the_slots_must_come_in_order(words: list[str]) -> None:
    slots = in_slots(words)
    assert len(slots) == SLOTS
    assert all(re.search(s, " ".join(words)) for s in slots)
    assert not re.search(slots[-1], " ".join(reversed(words)))


def test_exactly_is_the_whole_cell() -> None:
    pattern = exactly("Savoie Déchets")
    assert re.search(pattern, " SAVOIE-DECHETS ")
    assert not re.search(pattern, "Savoie Déchets et alliés")


def test_a_long_title_stays_within_what_engines_take() -> None:
    patterns = in_slots(starting_words("développement économique " * 22))
    assert all(rust(p, "développement économique") for p in patterns[:2])


@pytest.mark.parametrize("word", ["Sß", "ßs", "sss", "ßß", "Œuvre", "oeuvre", "Straße", "strasse"])
def test_every_way_to_cut_a_run(word: str) -> None:
    (pattern,) = starting_words(word)
    for same in {word, word.replace("ß", "ss"), word.replace("ss", "ß"), word.replace("oe", "œ")}:
        assert re.search(pattern, same), same
