"""A title taken apart: its words without empty ones, abbreviations, acronyms, phases, years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coopdec.announcements.words import english, numbers, stem, words
from coopdec.text import collapse, fold

__all__ = ["Title", "read_title"]

_WORD = re.compile(r"\w+\.?")
_ORDINAL = re.compile(r"\b(\d+|[IVX]+)(?:i?[eè]mes?|ères?|ers?|res?|nde?|[eè]|st|rd|th|°)(?!\w)")
_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s*(?:[-–—/]|à|au|to)\s*((?:19|20)\d\d))?\b")
_VERSION = re.compile(r"v?([1-9])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
#: Where a title's head ends and its gloss begins.
_HEAD = re.compile(r"\s*(?::|\(|\s[-–—/|]\s|,|;|\.\s)")


@dataclass(frozen=True, slots=True)
class Title:
    """``words``: stems in printed order, without empty words, numbers as digits
    (``all_words``: each once);
    ``short`` those printed as an abbreviation (« prog. »), ``capital`` those printed as a
    proper name or an acronym; ``letters`` the first letter of each word (for acronyms);
    ``parts`` what it counts (« phase » → 2; ``""``: a number at its end); ``next``
    whether it goes on with another project; ``years`` the years it names; ``head`` how
    many of its words stand before a colon, dash or bracket."""

    folded: str
    words: tuple[str, ...]
    short: frozenset[str]
    capital: frozenset[str]
    acronyms: frozenset[str]
    letters: str
    parts: Mapping[str, int]
    next: bool
    years: tuple[int, int] | None
    english: bool
    head: int
    all_words: frozenset[str]

    @property
    def phase(self) -> int:
        """1 for what says nothing of a phase."""
        return max(self.parts.values(), default=2 if self.next else 1)


@lru_cache(maxsize=1 << 15)
def read_title(text: str, french: bool = False) -> Title:
    """A title taken apart; with ``french`` its English words are put into French."""
    text = collapse(text)
    years = [int(y) for m in _YEARS.finditer(text) for y in m.groups() if y]
    bare = _ORDINAL.sub(r"\1", _YEARS.sub(" ", text))
    printed = [w for w in _WORD.findall(bare.replace("’", "'").replace("'", " ")) if w != "."]
    plain = [fold(w) for w in printed]
    is_english = _is_english(plain)
    shouting = bare.upper() == bare
    parts, used = _counted(plain)
    said: list[str] = []
    short, capital, acronyms = set(), set(), set()
    head_text = _HEAD.split(bare, maxsplit=1)[0]
    head_words = len(_WORD.findall(head_text.replace("’", " ").replace("'", " ")))
    head = 0
    for n, (word, folded) in enumerate(zip(printed, plain, strict=True)):
        if n in used or not folded or folded in words("empty") or folded in words("next"):
            continue
        for one in folded.split():
            known = english().get(one, one) if french and is_english else one
            root = str(numbers()[one]) if one in numbers() else stem(known)
            said.append(root)
            if word.endswith(".") and len(one) >= 2 and n + 1 < len(printed):
                short.add(root)
            if word[:1].isupper() and not shouting and n:
                capital.add(root)
            if 2 <= len(one) <= 6 and word.rstrip(".").isupper() and one.isalpha() and (
                    not shouting or len(printed) == 1):
                acronyms.add(root)
        if n < head_words:
            head = len(said)
    letters = "".join(w[0] for w in said)
    return Title(fold(text), tuple(said), frozenset(short), frozenset(capital),
                 frozenset(acronyms), letters, parts,
                 any(p in words("next") for p in plain),
                 (min(years), max(years)) if years else None, is_english, head,
                 frozenset(said))


def _is_english(plain: Sequence[str]) -> bool:
    ours = sum(w in words("english_marks") or w in english() for w in plain)
    french = sum(w in words("french_marks") for w in plain)
    return ours > french and ours * 3 >= len(plain)


def _counted(plain: Sequence[str]) -> tuple[dict[str, int], set[int]]:
    """« phase 2 », « 2e édition », « phase II », « Jumelage III » → what is counted, and
    the places of the words that say so."""
    def number(word: str) -> int | None:
        if word.isdigit():
            return int(word) if len(word) <= 3 else None
        return numbers().get(word) or _ROMAN.get(word)

    found: dict[str, int] = {}
    used: set[int] = set()
    for n, word in enumerate(plain):
        if word not in words("parts"):
            continue
        for at in (n + 1, n + 2, n - 1):
            if not 0 <= at < len(plain) or at in used:
                continue
            if at == n + 2 and plain[n + 1] not in ("n", "no", "numero", "de", "of"):
                continue
            if at == n - 1 and word in ("module", "session", "axe") and not plain[at].isdigit():
                continue
            if (value := number(plain[at])) is not None and not (
                    at == n - 1 and plain[at] in ("un", "une", "one")):
                found[word] = value
                used |= {n, *range(min(n, at), max(n, at) + 1)}
                break
    last = len(plain) - 1
    if not found and last > 0 and (ends := _VERSION.fullmatch(plain[last])):
        found[""], used = int(ends[1]), {last}
    elif not found and last > 0 and plain[last] in _ROMAN and plain[last] != "v":
        found[""], used = _ROMAN[plain[last]], {last}
    return found, used
