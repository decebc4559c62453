"""Themes of a theme or sector column: weaker evidence than a title's words.

A cell may hold a DAC/CRS purpose code (« 14030 »), a label of that list or of the atlas
of decentralised cooperation, or free words; several are parted by ``;``, ``|``, ``/``
or a line break. Each kind has its own rule, for provenance.
"""

from __future__ import annotations

import re
from functools import cache

from coopdec.classify.engine import classify
from coopdec.classify.lexicon import Lexicon, builtin, labels
from coopdec.model import Theme
from coopdec.text import fold

__all__ = ["classify_sector"]

_PIECE = re.compile(r"[^;|/\n\r]+")
_CODE = re.compile(r"\s*(\d{5}|\d{3})(?!\d)")


@cache
def _known() -> dict[str, tuple[str, tuple[int, ...]]]:
    """Folded code or label → rule and goals. The atlas' own words win over the DAC's."""
    found: dict[str, tuple[str, tuple[int, ...]]] = {}
    for table, name in (("dac.tsv", "dac"), ("atlas_themes.tsv", "atlas")):
        for key, cells in labels(table).items():
            label_fr, label_en, goals = (*cells, "", "", "")[:3]
            told = f"sector:{name}:{key}", tuple(int(goal) for goal in goals.split())
            for words in (key, label_fr, label_en):
                found[fold(words)] = told
    return found


def classify_sector(text: str, *, lexicon: Lexicon | None = None) -> list[Theme]:
    """The goals that a theme or sector cell stands for, sorted; never raises on any text.

    >>> [(t.goal, t.rule) for t in classify_sector("14030 - Eau potable ; Patrimoine")]
    [(6, 'sector:dac:14030'), (11, 'sector:atlas:patrimoine')]
    """
    confidence = (lexicon or builtin()).confidence["sector"][0.0]
    found: dict[tuple[int, str], Theme] = {}
    for piece in _PIECE.finditer(text):
        for theme in _piece(piece[0], piece.start(), confidence, lexicon):
            found.setdefault((theme.goal, theme.target or ""), theme)
    return [found[key] for key in sorted(found)]


def _piece(text: str, at: int, confidence: float, lexicon: Lexicon | None) -> list[Theme]:
    code = _CODE.match(text)
    known = _known().get(code[1] if code else fold(text))
    if known:
        rule, goals = known
        words = text.strip()
        start = at + text.index(words)
        place = ((words, start, start + len(words)),)
        return [Theme(goal, confidence, place, rule) for goal in goals]
    return [
        Theme(
            theme.goal,
            round(confidence * theme.confidence, 2),
            tuple((words, at + start, at + end) for words, start, end in theme.evidence),
            "sector:" + theme.rule,
            theme.target,
        )
        for theme in classify(text, lexicon=lexicon)
    ]
