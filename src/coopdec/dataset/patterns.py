"""Words as regular expressions that ignore case and accents, on any SPARQL endpoint.

SPARQL cannot fold accents, and the flags of ``REGEX`` differ between engines. A pattern
made here names every letter outright (``e`` → ``[eEÈ-Ëè-ë…]``), so that it means the
same to every engine: it uses only classes, groups and anchors, which XPath, Rust, Java,
PCRE and Python all read alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from coopdec.text import fold

__all__ = ["SLOTS", "exactly", "in_slots", "starting_words", "told"]

#: How many patterns a query has room for: ``REGEX(?x, $words1) && … $words6``.
#: A constant pattern is compiled once a query; one from ``VALUES``, once a row.
SLOTS = 6

#: Where Latin letters with marks stand: Latin-1, Extended-A and -B, IPA's schwa, Additional.
_LATIN = (range(0xAA, 0xAB), range(0xBA, 0xBB), range(0xC0, 0x250), range(0x259, 0x25A),
          range(0x1E00, 0x1F00))
#: What a word is made of, for telling where one begins.
_LETTER = "0-9A-Za-z\u00aa\u00ba\u00c0-\u024f\u0259\u1e00-\u1eff"


def starting_words(words: str) -> list[str]:
    """One pattern a word of ``words``: it matches where a word begins so.

    >>> import re
    >>> [bool(re.search(p, "Hygiène, EAUX et forêts")) for p in starting_words("Eau forets")]
    [True, True]
    >>> bool(re.search(starting_words("eau")[0], "un réseau"))
    False
    """
    return [f"(^|[^{_LETTER}]){_spelt(word)}" for word in told(words)]


def told(words: str) -> list[str]:
    """The folded words that a search is for, each once: a single letter is none beside others.

    >>> told("L’eau à Bamako")
    ['eau', 'bamako']
    """
    folded = fold(words).split()
    return list(dict.fromkeys([w for w in folded if len(w) > 1] or folded))


def in_slots(patterns: list[str]) -> list[str]:
    """Patterns spread over :data:`SLOTS`: unused slots match everything; what does not
    fit is put into the last one, and must come in the order given.

    >>> in_slots(["a", "b"])
    ['a', 'b', '', '', '', '']
    """
    padded = patterns + [""] * (SLOTS - len(patterns))
    return [*padded[: SLOTS - 1], "(.|\\n)*".join(padded[SLOTS - 1 :])]


def exactly(words: str) -> str:
    """A pattern for these words and no others, however marked and parted.

    >>> import re
    >>> bool(re.search(exactly("Rives de l Yon"), "Rives de l’Yon"))
    True
    """
    gap = f"[^{_LETTER}]+"
    edge = f"[^{_LETTER}]*"
    return f"^{edge}{gap.join(_spelt(w) for w in fold(words).split(' '))}{edge}$"


#: Runs of overlapping pairs (« sss ») are spelt out in full up to this many letters.
_LONGEST_RUN = 8


def _spelt(word: str) -> str:
    """A folded word, each letter in every form that folds to it; « oe » also as one sign."""
    _, double = _forms()
    out, at = [], 0
    while at < len(word):
        end = at + 1
        while word[end - 1 : end + 1] in double and end - at < _LONGEST_RUN:
            end += 1
        out.append(_run(word[at:end]))
        at = end
    return "".join(out)


def _run(letters: str) -> str:
    """Letters of which each pair may be one sign, in every way to cut them: « sss » is
    « sss », « ßs » and « sß »."""
    single, double = _forms()
    if not letters:
        return ""
    first = single.get(letters[0], _literal(letters[0])) + _run(letters[1:])
    if letters[:2] not in double:
        return first
    return f"({first}|[{double[letters[:2]]}]{_run(letters[2:])})"


def _literal(letter: str) -> str:
    """A letter of another script, or a digit: folded words hold no sign of a pattern."""
    upper = letter.upper()
    return letter if upper == letter or len(upper) != 1 else f"[{letter}{upper}]"


@cache
def _forms() -> tuple[dict[str, str], dict[str, str]]:
    """Class of each plain letter, and signs of each pair of letters (« œ » for « oe »)."""
    single: dict[str, set[int]] = defaultdict(set)
    double: dict[str, set[int]] = defaultdict(set)
    for code in (c for block in _LATIN for c in block):
        plain = fold(chr(code))
        if len(plain) == 1 and plain.isascii() and plain.isalpha():
            single[plain].add(code)
        elif len(plain) == 2 and plain.isascii() and plain.isalpha():
            double[plain].add(code)
    letters = {
        letter: f"[{letter}{letter.upper()}{_ranges(single[letter])}]"
        for letter in map(chr, range(ord("a"), ord("z") + 1))
    }
    return letters, {pair: _ranges(codes) for pair, codes in double.items()}


def _ranges(codes: Iterable[int]) -> str:
    """Code points as the inside of a class: « À-Åà-å »."""
    out: list[list[int]] = []
    for code in sorted(codes):
        if out and code == out[-1][1] + 1:
            out[-1][1] = code
        else:
            out.append([code, code])
    return "".join(
        chr(a) if a == b else f"{chr(a)}-{chr(b)}" if b > a + 1 else chr(a) + chr(b)
        for a, b in out
    )
