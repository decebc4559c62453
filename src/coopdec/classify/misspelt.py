"""Words with one slip of the pen: « Electrifcation », « approvisionnnement », « préventoin ».

A letter too few, one too many, or two that changed places, never the first, in a long word.
Shorter words and letters put for another are not mended: too many of them are words of their
own (« mutation », « notation »). So are verbs (« travailler », « conserver »). All is of stems.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

__all__ = ["Respelling"]

#: Letters of a word that others may be slips of. Of the 637,000 forms of a French word list nine
#: that a title may have with another sense were so near (generic.tsv holds them), of the names of
#: 520,000 places one; of nine letters it would be twice as many.
_LONG = 10

#: A slip leaves so many letters alone at the start of such a word, or else at its end.
_HEAD, _TAIL = 5, 4


class Respelling:
    """What misspelt words are written for. Takes the stems of all words that are known."""

    def __init__(self, known: Iterable[str]) -> None:
        #: Words by their start, and by their first letter and end.
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for plain in known:
            if len(plain) >= _LONG:
                self._near[plain[:_HEAD]].append(plain)
                self._near[f"{plain[0]}*{plain[-_TAIL:]}"].append(plain)

    def of(self, plain: str) -> str | None:
        """The known word that is one slip away from an unknown one; None where there is none
        or more than one.

        >>> Respelling(["electrification"]).of("electrifcation")
        'electrification'
        """
        size = len(plain)
        if size < _LONG - 1 or plain.endswith("er"):
            return None
        found = {known for key in (plain[:_HEAD], f"{plain[0]}*{plain[-_TAIL:]}")
                 for known in self._near.get(key, ())
                 if -2 < len(known) - size < 2 and _is_slip(plain, known)}
        return found.pop() if len(found) == 1 else None


def _is_slip(plain: str, known: str) -> bool:
    """Whether two different words with the same first letter are one slip apart."""
    at = 1
    for one, other in zip(plain[1:], known[1:], strict=False):
        if one != other:
            break
        at += 1
    if len(plain) < len(known):
        return plain[at:] == known[at + 1 :]
    if len(plain) > len(known):
        return plain[at + 1 :] == known[at:]
    return plain[at:] == known[at + 1 : at + 2] + known[at : at + 1] + known[at + 2 :]
