"""Names in a title whose words are not themes: hidden before matching.

Three kinds: names the caller knows (the lead, the partner, their country), names by
their shape (« Port-au-Prince », « Rivière-Salée »), and the curated names of
``lexicon/masks.tsv``, which are entries of the tree like any other, without a goal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from coopdec.classify.words import SKIPPED, WORD, mend, stem

__all__ = ["TITLES_OF_PEOPLE", "hide_names", "hide_shapes"]

#: A capitalised word after one of these is the name of somebody (« Mme Rivière »).
_PEOPLE = (
    "M MM Mme Mlle Monsieur Madame Mademoiselle Dr Docteur Pr Professeur Maître Abbé Père Sœur "
    "Saint Sainte St Ste Président Jean Marie Pierre Paul Jacques Louis Victor François Henri "
    "Charles Michel André Philippe Anne Jeanne Joseph Antoine Georges Robert Marcel"
)
TITLES_OF_PEOPLE = frozenset(_PEOPLE.split())

#: Capitalised words tied by hyphens, small words allowed between: a name, unless every
#: capitalised part is a word of the lexicon (« Santé-Nutrition », « Femmes-Hommes »).
_TIED = re.compile(r"(?<![\w-])[^\W\d_a-zß-ÿ]\w+(?:[-‐‑](?:\w{1,3}[-‐‑'’])*[^\W\d_a-zß-ÿ]\w+)+")


@lru_cache(maxsize=8192)
def _stems(name: str) -> tuple[str, ...]:
    return tuple(s for w in WORD.findall(mend(name)[0]) if (s := stem(w)) not in SKIPPED)


def hide_names(words: list[str], keys: list[str | None], masks: Sequence[str]) -> None:
    """Set to None the keys of words that belong to one of the names.

    A name of one word is hidden only where it is written with a capital: « Port » the
    commune is a name, « port » is not.
    """
    plain: list[str] | None = None
    for name in masks:
        wanted = _stems(name)
        if not wanted:
            continue
        if plain is None:
            plain = [stem(word) for word in words]
        for i, first in enumerate(plain):
            if first != wanted[0]:
                continue
            at = _end_of(plain, i, wanted)
            if at and (words[i][:1].isupper() or len(wanted) > 1):
                keys[i:at] = [None] * (at - i)


def _end_of(plain: list[str], start: int, wanted: tuple[str, ...]) -> int:
    at = start
    for step in wanted:
        while at < len(plain) and plain[at] in SKIPPED:
            at += 1
        if at >= len(plain) or plain[at] != step:
            return 0
        at += 1
    return at


def hide_shapes(text: str, words: list[str], keys: list[str | None]) -> None:
    """Hide names that their shape gives away; nothing in a title all in capitals."""
    at = text.find("-")
    while at >= 0 and not text[at + 1 : at + 2].isupper():
        at = text.find("-", at + 1)
    if at < 0 or text.isupper():
        return
    first = at = 0
    for name in _TIED.finditer(text):
        first += len(WORD.findall(text[at : name.start()]))
        parts = range(first, first + len(WORD.findall(name[0])))
        first, at = parts.stop, name.end()
        if any(keys[i] is None and words[i].istitle() for i in parts):
            for i in parts:
                keys[i] = None
