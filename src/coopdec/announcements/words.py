"""Words by which announcements are compared: ``words.toml`` beside this module, folded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from coopdec.text import fold

__all__ = ["english", "numbers", "stem", "stems", "words"]


@cache
def _table() -> Mapping[str, Any]:
    text = files("coopdec.announcements").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def words(name: str) -> frozenset[str]:
    return frozenset(fold(_table()[name]).split())


@cache
def stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, words(name)))


@cache
def numbers() -> Mapping[str, int]:
    return {fold(word): number for word, number in _table()["numbers"].items()}


@cache
def english() -> Mapping[str, str]:
    """English word → the French one."""
    return {fold(word): fold(french) for word, french in _table()["english"].items()}


# What is left has at least four letters; the longest first.
_SUFFIXES = (
    "issement", "atrice", "ateur", "ation", "ement", "ition", "ique", "elle", "euse", "ive",
    "ale", "aux", "eur", "eux", "if", "al", "el", "ee", "er", "ir", "e", "x",
)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A folded word without what French adds to it: « écoles », « renforcement », « renforcer ».

    >>> stem("renforcement") == stem("renforcer"), stem("ecoles")
    (True, 'ecol')
    """
    if word.endswith("s") and not word.endswith("ss") and len(word) > 4:
        word = word[:-1]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word
