"""« idem », « ″ », « id. ci-dessus »: cells that say what the cell above them says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product, zip_longest

__all__ = ["DITTO", "as_above"]

_SIGNS = ("\"", "''", "″", "〃", "»", "« »", "- // -", "-//-", "//", "-\"-", "- \" -", "↑")
_WORDS = ("idem", "id", "ibid", "ibidem", "ditto", "dito")
_ALONE = ("ci-dessus", "comme ci-dessus", "same as above")
#: « ID » is a code.
DITTO = frozenset(_SIGNS) | {
    f"{form}{dot}{more}{end}" for word, dot, more, end in product(
        _WORDS, ("", "."), ("", " ci-dessus", " supra"), ("", "."))
    for form in (word, word.capitalize(), word.upper())} | {
    form for words in _ALONE for form in (words, words.capitalize())} - {"ID"}


def as_above(cells: Sequence[str], above: Sequence[str]) -> list[str]:
    """The cells, those that refer to the one above with what it says. « id » below « ma » is a
    code as well."""
    return [there if cell in DITTO and not (cell == "id" and len(there) == 2) else cell
            for cell, there in zip_longest(cells, above[: len(cells)], fillvalue="")]
