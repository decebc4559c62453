"""« Communes de Plérin et d'Orsay »: a type word in the plural is that of each name after it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coopdec.text import fold

__all__ = ["OF", "each_of", "own_name"]

#: What stands between a type word and a name.
OF = r"(?:de la |de l['’]\s?|du |des |de |d['’]\s?)"
_OF = re.compile(rf"{OF}(?=[A-ZÀ-Ý])")
#: « d'Yverdon », and « de Yokohama ».
_ELIDES = re.compile(r"[aeiouh]|y(?![aeiou])")


def each_of(kind: str, names: Iterable[str]) -> list[str]:
    """The names, each with its type word, and its own preposition where the first has one; none
    where they are not several, or one begins without a capital.

    >>> each_of("Commune", ["de Plérin", "Orsay", "de la Marsa"])
    ['Commune de Plérin', 'Commune d’Orsay', 'Commune de la Marsa']
    >>> each_of("Région", ["Bretagne", "Normandie"])
    ['Région Bretagne', 'Région Normandie']
    """
    parts = [_parted(name) for name in names]
    if len(parts) < 2 or not all(own[:1].isupper() for _, own in parts):
        return []
    if not parts[0][0]:
        return [f"{kind} {own}" for _, own in parts]
    return [f"{kind} {of or ('d’' if _ELIDES.match(fold(own)) else 'de ')}{own}"
            for of, own in parts]


def own_name(name: str) -> str:
    """« du Pays de Redon » → « Pays de Redon »."""
    return _parted(name)[1]


def _parted(name: str) -> tuple[str, str]:
    of = _OF.match(name)
    return (of[0], name[of.end() :]) if of else ("", name)
