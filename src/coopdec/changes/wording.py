"""Two texts, word by word: what went, what came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

__all__ = ["words_changed"]

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
#: Longer texts are shown whole, before and after.
_LONGEST = 400


def words_changed(before: str, after: str) -> list[tuple[str, str, str]] | None:
    """(same, gone, come) pieces in order, each triple holding one of them or a gone and a
    come; None where the texts have too little in common to be told so.

    >>> words_changed("accès à leau", "accès à l'eau")
    [('accès à ', '', ''), ('', 'leau', "l'eau")]
    """
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    if len(one) + len(other) > 2 * _LONGEST:
        return None
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < 0.5:
        return None
    return list(_pieces(matcher, one, other))


def _pieces(matcher: SequenceMatcher[str], one: list[str], other: list[str]
            ) -> Iterator[tuple[str, str, str]]:
    """Blanks between two changes belong to them: « [à leau → l'eau] » reads better than
    three changes of a word each."""
    gone = come = ""
    for tag, a, b, c, d in matcher.get_opcodes():
        was, now = "".join(one[a:b]), "".join(other[c:d])
        if tag == "equal" and not ((gone or come) and not was.strip() and b < len(one)):
            if gone or come:
                yield "", gone, come
                gone = come = ""
            yield was, "", ""
        else:
            gone, come = gone + was, come + now
    if gone or come:
        yield "", gone, come
