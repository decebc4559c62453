"""Themes: the Sustainable Development Goals that a title states, and why.

``classify`` (title → themes), ``classify_sector`` (theme or sector column → themes),
``load`` (a lexicon of one's own), ``coverage`` (what the lexicon does not see yet),
``LEXICON_VERSION`` (twelve hex digits of the content of the built-in tables).
"""

from __future__ import annotations

from coopdec.classify.coverage import Coverage, coverage
from coopdec.classify.engine import THRESHOLD, classify
from coopdec.classify.lexicon import Lexicon, builtin, labels, load
from coopdec.classify.sector import classify_sector
from coopdec.classify.tables import Entry

__all__ = [
    "LEXICON_VERSION",
    "THRESHOLD",
    "Coverage",
    "Entry",
    "Lexicon",
    "builtin",
    "classify",
    "classify_sector",
    "coverage",
    "labels",
    "load",
]

LEXICON_VERSION: str


def __getattr__(name: str) -> str:
    if name == "LEXICON_VERSION":  # read on demand: importing does not read the tables
        return builtin().version
    raise AttributeError(name)
