"""How names become lookup keys. Pure; shared by the index's compiler and the lookups.

Three keys, from strict to loose: :func:`folded` (same words), :func:`bare` (French
particles aside), :func:`skeleton` (same sounds across transliterations).
"""

from __future__ import annotations

import re
from functools import lru_cache

from coopdec.text import fold

__all__ = ["PARTICLES", "bare", "block", "folded", "skeleton", "strip_particles"]

#: French articles and particles: « la Région d'Occitanie », « Val de Marne », « Rives de l'Yon ».
PARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "les", "l"})
_SAINT = {"st": "saint", "ste": "sainte", "sts": "saints"}


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """:func:`coopdec.text.fold`, with « St » and « Ste » written out.

    >>> folded("ST-DENIS")
    'saint denis'
    """
    plain = fold(text)
    if "st" in plain:
        return " ".join(_SAINT.get(word, word) for word in plain.split(" "))
    return plain


def bare(plain: str) -> str:
    """Folded words without French particles, never empty.

    >>> bare("rives de l yon")
    'rives yon'
    """
    kept = [word for word in plain.split(" ") if word not in PARTICLES]
    return " ".join(kept) or plain


def strip_particles(plain: str) -> str:
    """Folded words without the particles at their head.

    >>> strip_particles("de l uvrukhangai")
    'uvrukhangai'
    """
    words = plain.split(" ")
    at = 0
    while at < len(words) - 1 and words[at] in PARTICLES:
        at += 1
    return " ".join(words[at:])


# What one sound is written as in French, English, German and scholarly transliteration, in
# order. Plain replacements: this runs on every name of the world when the index is made.
_WITH_H = (("tch", "s"), ("tsh", "s"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("dzh", "j"),
           ("zh", "j"), ("kh", "k"), ("gh", "g"), ("ph", "f"))
_GROUPS = (("cz", "s"), ("dj", "j"), ("dz", "j"), ("gue", "ge"), ("gui", "gi"), ("qu", "k"),
           ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("ou", "u"), ("oo", "u"),
           ("ee", "i"), ("ij", "i"), ("mb", "nb"), ("mp", "np"), ("x", "ks"))
_SINGLES = str.maketrans({"c": "k", "q": "k", "w": "u", "y": "i", "z": "s", "v": "f", "h": None})
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 14)
def skeleton(plain: str) -> str:
    """What stays when spellings of the same sounds are made one; for folded words.

    >>> skeleton("guegharkunik") == skeleton("gegharkunik")
    True
    >>> skeleton("dankassari") == skeleton("dan kassari")
    True
    """
    text = plain.replace(" ", "")  # first: « M'Bour » is « Mbour »
    if "h" in text:
        for written, sound in _WITH_H:
            text = text.replace(written, sound)
    for written, sound in _GROUPS:
        if written in text:
            text = text.replace(written, sound)
    text = _DOUBLE.sub(r"\1", text.translate(_SINGLES))
    if len(text) > 2 and text[-1] in "es":
        text = text[:-1]
    return text or plain


#: First letters of a skeleton that are taken for one another: « Uvrukhangai » and
#: « Övörkhangai », « Djibo » and « Jibo ».
_BLOCKS = {letter: group for group in ("aeiou", "bpf", "kg", "sjd", "mn", "lr", "td")
           for letter in group}


def block(skel: str) -> str:
    """The letters a misspelt name may begin with: fuzzy search looks only there.

    >>> block("bamako")
    'bpf'
    """
    return _BLOCKS.get(skel[:1], skel[:1])
