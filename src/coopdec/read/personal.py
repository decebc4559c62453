"""Personal data by its pattern: e-mail addresses, French telephone numbers, « Mme NOM »."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from coopdec.messages import begun
from coopdec.text import collapse, fold

__all__ = ["is_personal", "may_hold", "names_a_person", "shown", "without_personal"]

_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PHONE = (r"(?<![\w.,])(?:\+\s?33|0033)\s?(?:\(0\)\s?)?[1-9](?:[ .\u00a0\u202f-]?\d\d){4}(?!\d)"
          r"|(?<![\w.,])0[1-9](?:[ .\u00a0\u202f-]?\d\d){4}(?!\d)")
_PERSON = (r"(?<!\w)(?:M\.|MM\.|Mme|Mlle|Mr|Monsieur|Madame)\s+"
           r"(?:[A-ZÀ-Ý][\w'’.-]*\s+){0,2}[A-ZÀ-Ý][\w'’-]+")
_LABEL = r"(?:(?:contact|courriel|e-?mail|mail|m[ée]l|t[ée]l(?:[ée]phone)?)\.?\s*:?\s*)?"
# Few branches, each with a first letter of its own: what is searched on every line must be
# quick. A year (2021) or a date (15/03/2021) is no trace of a telephone.
_TRACE = re.compile("@|\\+\\s?33|0(?:(?<![\\w.,]0)[1-9][ .\u00a0\u202f0-9-]|033)"
                    "|M(?:\\.\\s|[rM][. ]|(?:me|lle|onsieur|adame)\\s)")
_STRICT = re.compile(rf"{_EMAIL}|{_PHONE}|{_PERSON}")
_FOUND = re.compile(rf"{_LABEL}(?:{_EMAIL}|{_PHONE})", re.IGNORECASE)
_MAIL = re.compile(_LABEL + _EMAIL, re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_EMPTY = re.compile(r"\s*\([\s,;:–—-]*\)")
_LEFT = re.compile(r"[\s,;:–—-]+$|^[\s,;:–—-]+")


def is_personal(text: str) -> bool:
    """Whether a cell names a person, an e-mail address or a telephone number.

    >>> is_personal("Mme Jeanne DUPONT"), is_personal("03 87 55 50 00"), is_personal("2020")
    (True, True, False)
    """
    return _STRICT.search(text) is not None


def may_hold(texts: Iterable[str]) -> bool:
    """A quick look at many cells at once."""
    return _TRACE.search("\n".join(texts)) is not None


def without_personal(text: str, *, names: bool, phones: bool = True) -> str:
    """The text without e-mails and telephones, and without the parentheses that hold one;
    with ``names``, without « M. NOM » too; without ``phones``, digits stay. The same text
    where it has none.

    >>> without_personal("Metz (Mme Dupont, 03 87 55 50 00)", names=False)
    'Metz'
    """
    if not _STRICT.search(text):
        return text
    found = _FOUND if phones else _MAIL
    kept = _ASIDE.sub(lambda m: "" if found.search(m[0]) else m[0], text)
    kept = found.sub("", kept)
    if names:
        kept = _EMPTY.sub("", re.sub(_PERSON, "", kept))
    return text if kept == text else _LEFT.sub("", collapse(kept))


@cache
def _first_names() -> frozenset[str]:
    words = files("coopdec.read").joinpath("first_names.txt").read_text("utf-8").split()
    return frozenset(map(fold, words))


#: « Marie Dupont », « DUPONT Marie », « Anne-Laure Le Goff »: two to four words.
_WORDS_OF_A_NAME = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[ '’-][^\W\d_][^\W\d_'’.-]*){1,4}")


def names_a_person(cell: str) -> bool:
    """Whether a cell is the name of a person and nothing else, told by a usual first name. One
    cell proves little (« Jean Bart » is a school as well): ask about many of a column.

    >>> names_a_person("Claire Lemoine"), names_a_person("LE GOFF Anne-Laure")
    (True, True)
    >>> names_a_person("Agrisud International"), names_a_person("Association Marie Curie")
    (False, False)
    """
    words = collapse(cell)
    if words and not without_personal(words, names=True):
        return True  # « Mme Dupont, 03 87 55 50 00 »
    if not _WORDS_OF_A_NAME.fullmatch(words) or not all(w[:1].isupper() for w in words.split()):
        return False
    first, *rest = fold(words).split()
    return first in _first_names() or (
        words.split()[0].isupper() and any(word in _first_names() for word in rest))


def shown(cells: Iterable[str], most: int) -> str:
    """A line in so many characters, without people."""
    return begun(collapse(" | ".join(
        without_personal(c, names=True) for c in cells if c)), most)
