"""Goals that a title names by number: « ODD 6 et 13 », « ODD n°4 », « SDG 6.1 ».

The name and the numbers must stand together. Numbers that no goal bears are ignored,
and so is a number that counts something (« ODD 6 et 13 communes »).
"""

from __future__ import annotations

import re

__all__ = ["HINTS", "Named", "named_goals"]

#: ``(goal, target or None, start, end)`` in characters of the text.
Named = tuple[int, str | None, int, int]

#: Keys of words that may begin such a name (see :class:`coopdec.classify.lexicon.Keys`).
HINTS = frozenset({"odd*", "sdg*", "objectif", "goal"})

_NAME = re.compile(
    r"""(?<![^\W_])(?:
        o\.?\s?d\.?\s?d\.?s?
      | sdgs?
      | objectifs?\ (?:mondia(?:l|ux)\ )?(?:(?:de|du|des)\ )?d[ée]veloppement\ durables?
      | (?:sustainable\ development|global)\ goals?
      | objectifs?(?=\s*(?:n\s?[°ºo.]?\s?)?\d{1,2}(?:\.\d[\da-d]?)?
                     \s+(?:des?|du)\ (?:odd|d[ée]velopp))
    )\s*(?:\((?:o\.?d\.?d\.?|sdgs?)\)\s*)?""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERED = r"(?:(?:num[ée]ros?|n\s?[°ºo]?\s?s?|nos|\#|:|-|–|no\.)\s*)?\s*"
_NUMBER = re.compile(
    _NUMBERED + r"(\d{1,3})(?:\.(\d{1,2}|[a-d])(?!\w))?(?![\w%€])", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\s*(?:,\s*et|,\s*and|,|;|/|\+|&|et|and|ou|ainsi\ que|-|–|à)\s*(?:l['’]\s*|les?\s+)?"
    r"(?:(?:odd|sdg)s?\s*)?(?:[°ºo]\s?|n\s?[°ºo]\s?)?(?=\d)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:nouve|petit|grand|autre)?\w*\s*(?:communes?|villages?|[ée]coles?|projets?|pays|villes?|"
    r"r[ée]gions?|ans|ann[ée]es|mois|jeunes|femmes|familles|habitants|m[ée]nages|centres?|"
    r"d[ée]partements?|partenaires|collectivit[ée]s|sites|quartiers|districts?|provinces?)\b",
    re.IGNORECASE,
)


def named_goals(text: str) -> list[Named]:
    """Every goal and target that ``text`` names, in order, each once.

    >>> named_goals("en réponse aux ODD 6 et 13")
    [(6, None, 15, 20), (13, None, 24, 26)]
    """
    found: dict[tuple[int, str | None], Named] = {}
    done = 0
    for name in _NAME.finditer(text):
        if name.start() >= done:  # a list of numbers may repeat the name: read it once
            numbers, done = _numbers(text, name.start(), name.end())
            for number in numbers:
                found.setdefault(number[:2], number)
    return list(found.values())


def _numbers(text: str, start: int, at: int) -> tuple[list[Named], int]:
    """The goals of a list of numbers, and where the list ends."""
    found: list[Named] = []
    previous = 0
    as_range = more = False
    while (number := _NUMBER.match(text, at)) is not None:
        if more and _COUNTED.match(text, number.end()):
            break
        goal = int(number[1])
        begin = number.start(1) if more else start
        at = number.end()
        if 1 <= goal <= 17:
            if as_range and 0 < previous < goal:
                found += [(between, None, begin, at) for between in range(previous + 1, goal)]
            found.append((goal, f"{goal}.{number[2].lower()}" if number[2] else None, begin, at))
            previous = goal
        more = True
        between_ = _BETWEEN.match(text, at)
        if between_ is None:
            break
        as_range = between_[0].strip() in ("à", "-", "–")
        at = between_.end()
    return found, at
