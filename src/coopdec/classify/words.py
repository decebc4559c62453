"""Words of a title: cut, folded and brought to one form each.

A title is cut into words at whatever is no letter; each distinct word is folded and
stemmed once and remembered (a vocabulary of words, never of titles). The
same :func:`stem` is applied to the lexicon and to the titles, so that a stem only has
to be *consistent*, not beautiful: « professionnelles » and « professionnel » meet.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

from coopdec.encoded_twice import ENCODED_TWICE, letter_before
from coopdec.text import ENTITY, fold, letter_of

#: Words that end in « s », « x » or « z » in the singular: « bois » is not a plural of « boi ».
_NO_PLURAL = (
    "acces addax bois bras bus campus choix concours corps cours croix discours frais gaz lynx "
    "mais mois noix oryx ours palais paix pays plus poids prix proces progres puits repas riz sous "
    "succes tapis taux temps travers virus voix"
)
_INVARIABLE = frozenset(_NO_PLURAL.split())

#: Words that would become another word: « maïs » is not « mais », « basilic » no « basilique ».
_WHOLE = {
    "maïs": "maïs", "thé": "thé", "thés": "thé", "basilic": "basilic_", "charnière": "charniere",
    "charnières": "charniere", "navet": "navet_", "navets": "navet_", "griotte": "griotte",
    "griottes": "griotte",
}

#: « œ » has no place in Latin-1: it borrows one that no text uses.
_OE = str.maketrans({"œ": "\x9c", "Œ": "\x8c"})
_EO = str.maketrans({"\x9c": "œ", "\x8c": "Œ"})

#: Byte by byte, what is no letter becomes a space. Numbers are no words of ours.
_LETTERS = bytes(
    byte if (chr(byte).isalpha() and chr(byte) not in "ªº") or byte in b"_\x8c\x9c" else 32
    for byte in range(256)
)

_PARTICIPLE = re.compile(r"[ée]e?s?$")

__all__ = ["SKIPPED", "Mended", "Words", "cut", "mend", "spell", "stem", "stem_of", "stems_of",
           "with_accent"]

#: Words that carry no meaning inside a term: dropped from terms and titles alike, so
#: that « gestion de l'eau » and « gestion des eaux » are one entry. The single letters
#: are what elision and inclusive writing leave behind (« l'eau », « défenseur.e.s »).
_EMPTY = "l d la le les de du des un une s e es c n m t j qu of a"
SKIPPED = frozenset(_EMPTY.split())

#: First halves of compounds that are written joined, hyphenated or apart; a hyphen after
#: one of these is ignored (« agro-écologie » = « agroécologie »).
_FIRST_HALVES = (
    "agro agri anti audio auto bio cardio climato co cyber éco eco électro electro ethno géo geo "
    "hydro infra inter intra macro materno médico medico méso micro mini mono multi nano néo neo "
    "non péri peri photo pluri poly post pré pre pro psycho ré re socio sous sylvo "
    "semi télé tele thermo trans ultra uni vidéo video visio zoo start e"
)
_HALVES = frozenset(_FIRST_HALVES.split())

Mended = tuple[str, list[int] | None]


def cut(text: str) -> tuple[bytes, list[bytes]]:
    """The text with a byte for each character, and its words, still as written.

    French is written in Latin-1 and « œ »: working on bytes takes half the time. Of other
    letters only what is below their marks remains: « Gdański » is one word, not « Gda ski ».
    """
    if "œ" in text or "Œ" in text:
        text = text.translate(_OE)
    data = text.encode("latin-1", _LETTER_BELOW).translate(_LETTERS)
    return data, data.split()


def _letters_below(error: UnicodeError) -> tuple[bytes, int]:
    """What stands for characters that Latin-1 lacks: « n » for « ń », « ÿ » for a letter of
    another script, a space for what is no letter. A byte for each."""
    assert isinstance(error, UnicodeEncodeError)
    found = bytearray()
    for char in error.object[error.start : error.end]:
        below = unicodedata.normalize("NFD", char)[0]
        found += below.encode() if below.isascii() else b"\xff" if char.isalpha() else b" "
    return bytes(found), error.end


_LETTER_BELOW = "coopdec-letters-below"
codecs.register_error(_LETTER_BELOW, _letters_below)


def spell(word: bytes) -> str:
    """What :func:`cut` wrote, as text: a word, or the whole."""
    text = word.decode("latin-1")
    return text.translate(_EO) if b"\x9c" in word or b"\x8c" in word else text


class Words:
    """The words of a title, spelt out or brought to their stems only where something asks."""

    __slots__ = ("_all", "_data", "tokens")

    def __init__(self, data: bytes, tokens: list[bytes]) -> None:
        self.tokens = tokens
        self._data = data
        self._all: list[str] | None = None

    @property
    def all(self) -> list[str]:
        if self._all is None:
            self._all = spell(self._data).split()
        return self._all

    @property
    def stems(self) -> list[str]:
        return list(map(stem_of, self.tokens))


@lru_cache(maxsize=1 << 15)
def stem_of(word: bytes) -> str:
    """The :func:`stem` of a word as :func:`cut` wrote it, remembered."""
    return stem(spell(word))


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a text's words, mended and cut, without those to skip.

    >>> stems_of("L'agro-écologie, 2 cœurs")
    ('agroecologi', 'coeur')
    """
    return tuple([plain for plain in map(stem_of, cut(mend(text)[0])[1]) if plain not in SKIPPED])


def mend(title: str) -> Mended:
    """The title made readable, and where each of its characters stood.

    The second value maps positions of the mended text to the original; it is ``None``
    when no character moved, which is nearly always.

    >>> mend("l'accÃ¨s")[0]
    "l'accès"
    """
    entities = "&" in title and ENTITY.search(title) is not None
    if title.isascii() and not entities:
        return _joined(title), None
    clean = not entities and title.isprintable() and unicodedata.is_normalized("NFC", title)
    if clean and not ENCODED_TWICE.search(title):
        return _joined(title), None
    out: list[str] = []
    places: list[int] = []
    i = 0
    while i < len(title):
        piece, width = _piece(title, i)
        for char in piece:
            out.append(char)
            places.append(i)
        i += width
    places.append(len(title))
    return _joined("".join(out)), places


def _joined(title: str) -> str:
    """Hyphens inside compounds become ``_``, a word character that the stem drops."""
    if "_" in title:
        title = title.replace("_", " ")
    marks = []
    at = title.find("-")
    while at > 0:
        before = title[max(0, at - 8) : at].replace("'", " ").replace("’", " ").split()
        tied = title[at - 1] != " " and title[at + 1 : at + 2].isalpha()
        if tied and before and before[-1].lower() in _HALVES:
            marks.append(at)
        at = title.find("-", at + 1)
    if not marks:
        return title
    letters = list(title)
    for at in marks:
        letters[at] = "_"
    return "".join(letters)


def _piece(title: str, i: int) -> tuple[str, int]:
    """What stands at ``i`` once mended, and how many characters it took."""
    if title[i] == "&" and (entity := ENTITY.match(title, i)) and (
            letter := letter_of(entity[0])):
        return _piece(letter, 0)[0], len(entity[0])
    if broken := ENCODED_TWICE.match(title, i):
        return letter_before(broken[0]), len(broken[0])
    end = i + 1
    while end < len(title) and unicodedata.combining(title[end]):
        end += 1
    if end > i + 1:
        return unicodedata.normalize("NFC", title[i:end]), end - i
    char = title[i]
    if char.isspace():
        return " ", 1
    if unicodedata.category(char) == "Cf":  # soft hyphen, zero-width space, BOM
        return "", 1
    return char, 1


def stem(word: str) -> str:
    """One form for the plural, the feminine and the accents of a word.

    Light on purpose: short words keep their last « e » (« mère » is not « mer »).

    >>> stem("professionnelles"), stem("régionaux"), stem("Eaux"), stem("agricultrices")
    ('professionel', 'regional', 'eau', 'agriculteur')
    """
    lower = word.replace("_", "").lower()
    if lower in _WHOLE:
        return _WHOLE[lower]
    s = lower if lower.isascii() and lower.isalpha() else fold(lower).replace(" ", "")
    if len(s) <= 3 or s in _INVARIABLE:
        return s
    if lower.endswith(("é", "ée", "és", "ées")):  # « alimenté » is not « aliment »
        s = _PARTICIPLE.sub("e", s)
        return s if len(s) > 5 else s + "e"  # « livré » is not « livre »
    if s.endswith("eaux"):
        s = s[:-1]
    elif s.endswith("aux") and len(s) > 5:
        s = s[:-2] + "l"
    elif s[-1] in "sx":
        s = s[:-1]
    if s.endswith("trice"):
        s = s[:-4] + "eur"
    elif s.endswith("euse") and len(s) > 6:
        s = s[:-2] + "r"
    elif s.endswith("ique") and len(s) > 6:
        s = s[:-3] + "c"
    elif len(s) > 5 and s[-1] == "e":
        s = s[:-1]
        if s.endswith("iv"):
            s = s[:-1] + "f"
    if len(s) > 5:
        if s[-1] == s[-2] and s[-1] in "lnst":
            s = s[:-1]
        s = s[:3] + s[3:].replace("nn", "n")
    return s + "e" if s in _INVARIABLE else s  # « fraise » is not « frais »


def with_accent(word: str) -> str:
    """The stem of a word that is written without the accent of its end (« MUSEE », « SANTE »,
    « REFUGIES »); empty where its end bears none."""
    bare = word.lower().rstrip("s")
    if not bare.endswith("e"):
        return ""
    return stem(bare[:-2] + "é" if bare.endswith("ee") else bare[:-1] + "é")
