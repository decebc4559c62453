"""Whatever the input: a result or none, never an error; no text takes more than its length."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopdec.classify import classify, classify_sector, coverage
from coopdec.classify.words import mend, stem

WORDS = st.sampled_from(
    ["eau", "potable", "ODD", "6", "n°", "et", "-", "agro", "É", "Ã©", "¿", "Port-au-Prince", "l'",
     "œuvre", "forêt", "13.1", "femmes", "\u0301", "\u00ad", "â€™", "Université de Kara", "_", "ı"]
)

#: What patterns might go over again and again where it is repeated.
LONG = json.loads((Path(__file__).parents[2] / "benchmarks/data/repeated.json").read_text("utf-8"))


@given(st.text(max_size=300) | st.lists(WORDS, max_size=30).map(" ".join)
       | st.lists(WORDS, max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text(text: str) -> None:
    themes = classify(text, [text[:10]], text[::-1])
    assert themes == sorted(themes, key=lambda t: (t.goal, t.target is not None))
    stated = {t.goal for t in themes if t.target is None}
    for theme in themes:
        assert 1 <= theme.goal <= 17
        assert 0 < theme.confidence <= 1
        assert theme.evidence
        assert theme.goal in stated
        if not theme.rule.startswith("description:"):
            for words, start, end in theme.evidence:
                assert text[start:end] == words
    for theme in classify_sector(text):
        for words, start, end in theme.evidence:
            assert text[start:end] == words
    coverage([text])


@given(st.text(max_size=100))
def test_mending_keeps_places(text: str) -> None:
    mended, places = mend(text)
    if places is None:
        assert len(mended) == len(text)
    else:
        assert len(places) == len(mended) + 1
        assert places == sorted(places)
        assert places[-1] == len(text)


@given(st.text(max_size=30) | st.text("aeéEÉœstxn_ -'’", max_size=12))
def test_stems_of_anything(word: str) -> None:
    found = stem(word)
    assert found == stem(word.replace("_", ""))
    assert not set(found) & set("_ éEÉœ")


@pytest.mark.parametrize("text", ["", " ", "2019", "123 456", "!!!", "\n\t", "¿¿¿", "ЙЦУКЕН", "水"])
def test_nothing_to_read(text: str) -> None:
    assert classify(text) == []


@pytest.mark.parametrize("text", LONG)
def test_the_work_grows_as_the_text(text: str) -> None:
    """Twice as long is twice as many calls; benchmarks/themes.py has what a clock says."""
    few, many = (calls(text * (n // len(text))) for n in (2_000, 4_000))
    assert many < 2.1 * few + 100


def calls(text: str) -> int:
    """How many functions are called to classify a text."""
    n = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal n
        n += 1

    classify("eau")  # what is made once
    sys.setprofile(count)
    try:
        classify(text)
    finally:
        sys.setprofile(None)
    return n
