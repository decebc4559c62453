"""Letters that are no words yet: raised marks, spaces that take no room, a program's hyphens."""

from __future__ import annotations

from typing import Any

import pytest

from coopdec.read.documents._letters import letters
from coopdec.read.documents._wrap import Words, join


def line(text: str, x: float = 50.0, bottom: float = 100.0, size: float = 10.0) -> list[Any]:
    """Letters of half their height; « ␣ » is a space that takes no room."""
    found = []
    for sign in text:
        width = size / 2
        found.append({"text": " " if sign == "␣" else sign, "x0": x, "x1": x + width,
                      "top": bottom - size, "bottom": bottom, "doctop": bottom - size,
                      "size": size, "upright": True, "fontname": "F"})
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
