"""The lines of a wrapped cell, joined as they were before the wrapping.

The question is the hyphen at the end of a line: « coopéra-/tion » is one word,
« Rhône-/Alpes » and « savoir-/faire » keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

__all__ = ["UNFINISHED", "Words", "is_cut", "is_hyphen_unsure", "join"]

#: How a line ends that does not end its cell.
UNFINISHED = re.compile(r"(?:[-\u00ad–—/(,:&]|\b(?:de|du|des|d['’]|la|le|les|et|à|au|aux|en|sur))$",
                        re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAIL = re.compile(r"([^\W_]+(?:-[^\W_]+)*)-$")
_HEAD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
#: What belongs to the word before it, wherever a line was broken.
_CLOSES = ",.)"


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# First parts of French compounds that are written with a hyphen.
_BEFORE = _listed(
    "afro agro anglo arrière audio auto avant beaux bien bio celui cet chef ci cyber demi deux "
    "eco éco eux elle euro ex franco garde grand grande haut hispano hors hydro industrio là "
    "latino libre lui luso macro mi micro mini moi moyen médico méta narco non nord nouveau "
    "nous nouvelle ouest outre peut photo plus petit petite porte post presqu psycho quart "
    "quasi quatre quelques radio rendez rond savoir semi sino socio soi sous sud super "
    "techno tiers toi ultra vice vingt vis vous électro"
)
# Some begin many words as well: where a program cut words, these are no sign.
_EITHER = _listed("agro audio auto bio ci co euro ex hydro macro micro mi mini photo psycho radio "
                  "super techno éco eco")
# Last parts of the same kind.
_AFTER = _listed(
    "ci là même mêmes être vous nous faire pied chef dessous dessus delà parler savoir vivre "
    "ouest est sud nord midi bus lieu uni unis unies moi toi lui elle elles il ils on clé clés "
    "dire président présidente"
)
# What is left of a word that was cut between syllables is seldom a word.
_ENDINGS = _listed(
    "tion tions sion sions ment ments ture tures té tés tée tées ter tif tifs tive tives "
    "teur teurs trice trices rité rités nel nels nelle nelles sation sations lisation "
    "rialisation tionnel tionnelle tionnels tionnelles tique tiques logie logique bilité "
    "lités lité nement nements gement loppement veloppement pement ration rations tation "
    "ions ive ives rice rices ique iques tations cation cations nance nances rance cité cités "
    "ral rale rales raux toire toires "
    "toriale toriales torial toriaux riale riales riaux lisée lisées lisé lisés naire naires "
    "nautaire nautaires nauté nautés ronnement vironnement nemental nementale"
)
#: How words end that are whole, though nothing else in the document says so.
_WHOLE = re.compile(r"(?:[st]ion|at|nt|é|e|eur|ur|is|al|el|if|ier|oir|eau|aux|ien)s?$", re.I)
#: What French words begin with, where they begin with several consonants.
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,}")
_ONSET = re.compile(r"[bcfgkp][lr]|[dtvw]r|[cpstrwk]h|s[cklmnpqtv]|gn|p[nst]|ts|t?ch|sch|dj|dz"
                    r"|mb|nd|ng|s[cpt]r|spl|[cpt]hr|chl")
#: Words of one letter.
_LETTERS = "àayô"
_SMALL = _listed(
    "au aux avec chez dans de des du elle en est et il la le les leur ou où par pour qui ses son "
    "sous sur un une vers"
)


class Words:
    """The words that a document uses, for telling a cut word from a compound. ``cut``: its program
    cuts those that are too long for a column."""

    def __init__(self) -> None:
        self.cut = False
        self._seen: set[str] = set()
        self._wraps = self._hyphens = 0

    def add(self, lines: Iterable[str], full: Container[int] = ()) -> None:
        """The lines of one text. A word that may be cut at the end of a line does not
        count: the line ends in a hyphen, or its number is among ``full``."""
        cut = hyphen = False
        for number, line in enumerate(lines):
            found = [word.lower() for word in _WORD.findall(line)]
            self._wraps += 1
            start = 1 if cut else 0
            # « Rhône- » before « Alpes » is no word that a program cut.
            self._hyphens += hyphen and line.lstrip()[:1].islower()
            hyphen = line.endswith(("-", "\u00ad"))
            cut = hyphen or number in full
            self._seen.update(found[start:-1] if cut else found[start:])

    def __contains__(self, word: str) -> bool:
        return word.lower() in self._seen

    @property
    def hyphenated(self) -> bool:
        """Whether so many lines end in a hyphen that a program must have cut the words."""
        return self._hyphens >= 3 and self._hyphens > 0.05 * self._wraps


def join(lines: Sequence[str], words: Words) -> str:
    """One text; a cut word is mended, a compound keeps its hyphen.

    >>> known = Words()
    >>> join(["Appui à la coopéra-", "tion en Auvergne-Rhône-", "Alpes"], known)
    'Appui à la coopération en Auvergne-Rhône-Alpes'
    >>> join(["Échange de savoir-", "faire et d'agro-", "écologie"], known)
    "Échange de savoir-faire et d'agro-écologie"
    """
    text = ""
    for line in lines:
        part = line.strip()
        if not part:
            continue
        if not text:
            text = part
        elif text.endswith("\u00ad"):
            text = text[:-1] + part
        elif text.endswith(("-", "\u2010")):
            text = _over_hyphen(text[:-1], part, words)
        elif (text.endswith("/") and not text.endswith(" /")) or (
                text[-1].isalnum() and part[0] in _CLOSES):
            text += part
        else:
            text += " " + part
    return text


def _over_hyphen(left: str, right: str, words: Words) -> str:
    if not left or left[-1].isspace():  # a dash between words
        return f"{left}- {right}"
    tail, head = _TAIL.search(left + "-"), _HEAD.match(right)
    # « Ille-/et-Vilaine », « Côtes-/d'Armor »
    compound = head is not None and right.startswith(("-", "'", "’"), head.end())
    if tail is None or head is None or compound or _keeps(tail[1], head[0], words):
        return f"{left}-{right}"
    return left + right


def _keeps(tail: str, head: str, words: Words) -> bool:
    """Whether the hyphen belongs to the text; where nothing tells, as the text does elsewhere."""
    told = _told(tail, head, words)
    return not words.hyphenated if told is None else told


def _told(tail: str, head: str, words: Words) -> bool | None:
    """Whether the words tell that it does, surest signs first; None where they do not."""
    before, after = tail.lower(), head.lower()
    if not head[0].islower() or "-" in head or tail[-1].isdigit():
        return True  # « Rhône-Alpes », « COVID-19 »
    if "-" in tail:  # « territoire-ville-architecture »; but « Saint-De-/nis »
        return not words.hyphenated or after in words
    cut = words.hyphenated and before in _EITHER and after not in words
    if f"{before}-{after}" in words or (before in _BEFORE and not cut) or after in _AFTER:
        return True
    if before + after in words or after in _ENDINGS or len(after) <= 3:
        return False
    return True if before in words and after in words else None


def is_hyphen_unsure(tail: str, head: str, words: Words) -> bool:
    """Whether the hyphen at the end of a line is kept though nothing says that it is the word's:
    it would go if the text cut words elsewhere."""
    return not words.hyphenated and _told(tail, head, words) is None


def is_cut(tail: str, head: str, words: Words, *, alone: bool = False) -> bool:
    """Whether a line that one word fills and the head of the next are the halves of one word that
    was cut without a hyphen, and no words themselves; ``alone``: nothing
    else stands on the line of the second."""
    if any(len(part) == 1 and part not in _LETTERS for part in (tail, head)):
        return True
    if tail + head in words or tail in words:
        return tail not in words
    if len(head) == 1:
        return alone
    if head in words or head in _SMALL:
        return False
    opens = _CONSONANTS.match(head)
    return len(head) < 4 or head in _ENDINGS or not _WHOLE.search(tail) or (
        opens is not None and not _ONSET.fullmatch(opens[0]))
