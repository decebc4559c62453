"""Letters that are no words yet: raised marks, spaces that take no room, a program's hyphens."""

from __future__ import annotations

from typing import Any

import pytest

from coopdec.read.documents._letters import letters, unspaced
from coopdec.read.documents._wrap import Words, join


def line(text: str, x: float = 50.0, bottom: float = 100.0, size: float = 10.0) -> list[Any]:
    """Letters of half their height; « ␣ » is a space that takes no room."""
    found = []
    for sign in text:
        width = size / 2
        found.append({"text": " " if sign == "␣" else sign, "x0": x, "x1": x + width,
                      "top": bottom - size, "bottom": bottom, "doctop": bottom - size,
                      "size": size, "upright": True, "fontname": "F",
                      "matrix": (1, 0, 0, 1, x, bottom)})
        x += 0 if sign == "␣" else width
    return found


def said(chars: list[Any]) -> str:
    return "".join(c["text"] for c in letters(chars))


@pytest.mark.parametrize(("before", "raised", "kept"), [
    ("Finistère", "1", ""), ("Finistère", "1,2", ""), ("Dolisie", "(3)", ""), ("Kayes", "*", ""),
    ("1", "er", "er"), ("300 m", "2", "2"), ("XXI", "e", "e"),
])
def test_what_is_raised(before: str, raised: str, kept: str) -> None:
    start = line(before)
    small = line(raised, start[-1]["x1"], 96, 7)
    found = letters([*start, *small])
    assert "".join(c["text"] for c in found) == before + kept
    assert {c["bottom"] for c in found} == {100}  # on one line with its word


def test_a_smaller_word_on_the_line_is_not_raised() -> None:
    assert said([*line("Aide"), *line("1", 70, 100, 7)]) == "Aide1"


def test_a_soft_hyphen_that_is_not_used_parts_no_word() -> None:
    assert said(line("Cons␣eil du Doubs")) == "Conseil du Doubs"


@pytest.mark.parametrize(("first", "second", "read"), [
    ("Centre-Val, départe\u2010", "ment", "Centre-Val, département"),  # the author's are others
    ("Centre\u2010Val, savoir\u2010", "faire", "Centre-Val, savoir-faire"),
])
def test_hyphens_that_a_program_put(first: str, second: str, read: str) -> None:
    rest = line(second, bottom=112)
    words = said([*line(first), *rest])[: -len(rest)]
    assert join([words, second], Words()) == read


def test_a_stamp_across_the_page_is_left_out() -> None:
    stamp = [{**c, "matrix": (0.77, 0.64, -0.64, 0.77, 0, 0)} for c in line("PROJET")]
    assert said([*line("Eau"), *stamp, *line("x")]) == "Eaux"


def spaced(text: str, gap: float) -> list[Any]:
    """A word for each letter; a blank is as wide as a gap and the letters about it are."""
    found, x = [], 50.0
    for sign in text:
        if sign != " ":
            found.append({"text": sign, "x0": x, "x1": x + 5, "top": 90.0, "bottom": 100.0,
                          "chars": [sign]})
        x += 5 + gap if sign != " " else 3 + gap
    return found


@pytest.mark.parametrize(("text", "gap", "words"), [
    ("CHEF DE FILE", 2.5, ["CHEF", "DE", "FILE"]), ("PAYS", 4, ["PAYS"]), ("a b", 2.5, ["a", "b"]),
])
def test_words_printed_letter_by_letter(text: str, gap: float, words: list[str]) -> None:
    other = {"text": "Eau", "x0": 10, "x1": 20, "top": 190.0, "bottom": 200.0, "chars": []}
    assert [w["text"] for w in unspaced([*spaced(text, gap), other])] == [*words, "Eau"]


def test_letters_of_a_font_of_signs() -> None:
    def of(font: str, text: str) -> list[Any]:
        return [{**char, "fontname": font} for char in line(text)]

    assert said(of("ABCDEF+Wingdings-Regular", "ü§")) == "✓\uf0a7"
    assert said(of("ZapfDingbats", "4n")) == "✔\uf06e"
    assert said(of("Helvetica", "4nü")) == "4nü"
