"""Pure text work: trimming, folding, slugs, French dates, did-you-mean.

Nothing here knows of projects or places. ``fold`` is the one notion of "the
same words" that identifiers, lookups and searches share: changing it changes
project IRIs, so tests pin it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

__all__ = ["ENTITY", "collapse", "find_french_dates", "fold", "letter_of", "slug", "unbroken"]

#: An entity of HTML, « &eacute; », « &#39; ». It ends with a semicolon: « R&D » has none.
ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")

# Letters that Unicode decomposition leaves whole, though a French reader takes them for these.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th",
     "ħ": "h", "ŋ": "n", "ə": "e", "’": " ", "'": " ", "ʼ": " ", "‘": " ", "ʻ": " "}
)
_ANY_LETTER = re.compile("[" + "".join(map(chr, _LETTERS)) + "]")
#: The accents of Latin script; other marks are looked up one by one.
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_NOT_WORD = re.compile(r"[\W_]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def collapse(text: str) -> str:
    """NFC, no invisible characters, every run of white space one space, trimmed.

    >>> collapse("  Val\\u00a0de  Marne ")
    'Val de Marne'
    """
    if not text.isascii():
        if not text.isprintable():
            text = text.translate(_INVISIBLE)
        text = unicodedata.normalize("NFC", text)
    # Most texts are clean: no white space but single blanks, nothing to put together.
    return text.strip() if text.isprintable() and "  " not in text else " ".join(text.split())


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces.

    >>> fold("L'Île-d’Yeu (Œuvre)")
    'l ile d yeu oeuvre'
    """
    small = text.lower()
    try:
        plain = (small.encode() if small.isascii() else small.encode("cp1252")).translate(_BYTES)
    except UnicodeEncodeError:
        return _fold(text)
    return _fold(text) if b"\0" in plain else " ".join(plain.decode().split())


def _fold(text: str) -> str:
    """The same for any text, at a fifth of the speed."""
    # Twice: compatibility letters (« 𝐀 ») come apart into capitals, and some small letters
    # only come apart once they are small.
    if not text.isprintable():
        text = text.translate(_INVISIBLE)
    plain = unicodedata.normalize("NFKD", text).casefold()
    if _ANY_LETTER.search(plain):
        plain = plain.translate(_LETTERS)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    if not plain.isascii():
        plain = "".join([c for c in plain if not unicodedata.combining(c)]).translate(_LETTERS)
    return _NOT_WORD.sub(" ", plain).strip()


def _folded_byte(byte: int) -> int:
    """What a character of Windows-1252, which most French texts are written in, is folded to:
    one letter, a space, or 0 where it is more than that or vanishes."""
    char = bytes([byte]).decode("cp1252", "ignore")
    letters = _fold(char)
    if char in ("", "\xad") or len(letters) > 1 or not letters.isascii():
        return 0
    return ord(letters or " ")


_BYTES = bytes(map(_folded_byte, range(256)))


def slug(text: str) -> str:
    """Folded words joined by hyphens: safe in an IRI path; never empty.

    >>> slug("Cercle de Niafunké")
    'cercle-de-niafunke'
    """
    return fold(text).replace(" ", "-") or "sans-nom"


_APART = re.compile(r" (?=[:;?!»%])|(?<=«) ")


def letter_of(entity: str) -> str | None:
    """The letter that an :data:`ENTITY` stands for; None where none is called so.

    >>> letter_of("&eacute;"), letter_of("&region;")
    ('é', None)
    """
    import html

    letter = html.unescape(entity)  # « &region; » begins with « &reg »: « ®ion; »
    return letter if len(letter) == 1 else None


def unbroken(text: str) -> str:
    """No line begins with what French parts from a word by a space, or ends with « « »: such
    spaces do not break.

    >>> unbroken("« oui » : 5 %")
    '«\\xa0oui\\xa0»\\xa0: 5\\xa0%'
    """
    return _APART.sub("\u00a0", text)


_MONTHS = {
    name: number
    for number, names in enumerate(
        ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout",
         "septembre", "octobre", "novembre", "decembre"], start=1)
    for name in (names,)
}
_FRENCH_DATE = re.compile(
    r"\b(\d{1,2})(?:er)?\s+(" + "|".join(
        ["janvier", "f[ée]vrier", "mars", "avril", "mai", "juin", "juillet", "ao[uû]t",
         "septembre", "octobre", "novembre", "d[ée]cembre"]) + r")\s+(\d{4})\b",
    re.IGNORECASE,
)


def find_french_dates(text: str) -> list[date]:
    """Every full date written in words, in order; impossible ones are left out.

    >>> find_french_dates("Paris, le 1er août 2020")
    [datetime.date(2020, 8, 1)]
    """
    found = []
    for day, month, year in _FRENCH_DATE.findall(text):
        try:
            found.append(date(int(year), _MONTHS[fold(month)], int(day)))
        except ValueError:
            continue
    return found
