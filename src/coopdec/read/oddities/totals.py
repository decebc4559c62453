"""Lines under a table that are no project: totals of its columns, notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopdec.model import Position
from coopdec.read.footnotes import SIGN
from coopdec.text import fold

__all__ = ["PrintedTotal", "is_note", "is_part", "projects_in", "total_in"]

_TOTAL = re.compile(r"(?:sous |grand )?totaux\b"
                    r"|(?:(?:sous|grand|montant|nombre) )?total(?: general)?\b"
                    r"|subtotal\b|nombre (?:total )?de projets\b")
#: Of some of the rows, or of how many there are.
_PART = re.compile(r"sous\b|subtotal\b|nombre\b")
_NOTE = re.compile(rf"\s*(?:{SIGN}|\(\d{{1,2}}\)|n\.? ?b\.?\s*:"
                   r"|(?:notes?|sources?|l[ée]gende|legend)\b)", re.IGNORECASE)
_PROJECTS = re.compile(r"\b(\d{1,5}) (?:projets?|dossiers?|laureats?|projects?)\b"
                       r"|\bnombre (?:total )?de projets (?:(?:retenu|laureat|soutenu)s )?"
                       r"(\d{1,5})$")
#: « Total » in any cell but the first is all that it says, and no longer.
_SHORT = 30


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A line of totals under a table: its cells by role, none where it is that of some rows
    (``part``); ``projects``: how many it says that there are."""

    position: Position
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    part: bool = False
    projects: int | None = None


def total_in(texts: Sequence[str]) -> str | None:
    """The folded words by which a line says that it is a total.

    >>> total_in(["8 pays", "TOTAL", "17 500"]), total_in(["Eau", "17 500"])
    ('total', None)
    """
    if _TOTAL.match(first := fold(texts[0])):
        return first
    short = (fold(text) for text in texts[1:] if len(text) <= _SHORT)
    return next((text for text in short if _TOTAL.fullmatch(text)), None)


def is_part(total: str) -> bool:
    """Whether a total is not that of the whole list."""
    return _PART.match(total) is not None


def projects_in(texts: Sequence[str]) -> int | None:
    """How many projects a line of totals counts.

    >>> projects_in(["Total : 6 projets", "17 500"]), projects_in(["TOTAL", "17 500"])
    (6, None)
    """
    found = _PROJECTS.search(fold(" ".join(texts)))
    return int(found[1] or found[2]) if found else None


def is_note(texts: Sequence[str]) -> bool:
    """Whether all that a line says is a note."""
    return len(texts) == 1 and _NOTE.match(texts[0]) is not None
