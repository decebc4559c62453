"""Physical lines that a text has broken: what their form says of whether one goes on the one above.

What the words are, each way of reading knows by itself; the width of the text, an open bracket, a
small letter, the usual place of headings are told here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from coopdec.read.columns.roles import role_of
from coopdec.read.documents import Paragraph
from coopdec.read.documents._wrap import Words
from coopdec.read.sections import Sections

__all__ = ["FULL", "OPEN", "SMALL", "Broken", "ends_of_blocks"]

_UNFINISHED = re.compile(r"(?:[(«“‘,/|&–—-]|\b(?:de|du|des|d['’]|la|le|les|l['’]|et|en|à|au|aux|"
                         r"sur|sous|pour|par|avec|dans))$", re.IGNORECASE)
#: Surest first: the line above is not at its end; this one begins as no name and no title does; the
#: line above had no room for its first word.
OPEN, SMALL, FULL = 3, 2, 1
#: The words of a type are no more letters.
_TYPE = 40
#: A line is longer where it was not broken at the width of the others.
_LONGER = 1.1


class Broken:
    """``words``: those of the text, for :func:`~coopdec.read.documents._wrap.join`; ``width``: of
    its lines, 0 where nothing shows one."""

    def __init__(self, raw: Sequence[Paragraph], cleaned: Sequence[Paragraph],
                 sections: Sections) -> None:
        self.words = Words()
        self.words.add(p.text.strip() for p in raw)
        self._sections = sections
        pairs = [(a, b) for (a, _), (_, b) in pairwise(zip(raw, cleaned, strict=True))]
        near = [(a.text.rstrip(), b) for a, b in pairs
                if b.kind is None and (b.line or 0) == (a.line or 0) + 1]
        # What goes on in a small letter was broken; most of it where no more words had room.
        small = [(len(a), _first(b.text)) for a, b in near if b.text[:1].islower()]
        width = max((n for n, _ in small), default=0)
        full = sum(n + 1 + first > width for n, first in small)
        self.width = width if full * 2 > len(small) else 0
        #: Whether headings of a role stand apart, below an empty line: role → of all that do not
        #: stand where a broken line may.
        self._apart: dict[str, bool] = {}
        for a, b in pairs:
            role = sections.role(b.text, inside=True)
            gap = (b.line or 0) > (a.line or 0) + 1
            if role and (gap or not self.is_full(len(a.text.rstrip()), b.text)):
                self._apart[role] = self._apart.get(role, True) and gap

    def sign(self, above: str, reach: int, text: str, *, deeper: bool = False) -> int:
        """What says that a line right below another goes on with it, 0 where nothing does;
        ``reach``: how long the one above is, ``deeper``: it stands less far from the margin."""
        if self.is_open(above) or text.startswith(("(", "|")):
            return OPEN
        if deeper or not text[:1].isupper():
            return SMALL
        return FULL if self.is_full(reach, text) else 0

    def is_open(self, text: str) -> bool:
        """Whether a line is not at its end: an open bracket, « de », « Communauté de communes »."""
        places = self._sections.places
        return text.count("(") > text.count(")") or text.count("«") > text.count("»") or (
            _UNFINISHED.search(text) is not None) or (
            " " in text and len(text) <= _TYPE and bool(
                places.type_word(text, "FR") or places.type_word(text)) and role_of(text) is None)

    def is_heading(self, text: str, sign: int) -> bool:
        """Whether a line stands alone as a heading does, and not as the last word of a title."""
        role = self._sections.role(text, inside=True)
        return role is not None and not (sign == FULL and self._apart.get(role, True))

    def is_full(self, reach: int, text: str) -> bool:
        """Whether a line had no room for the first word of the one below it."""
        return 0 < self.width < reach + 1 + _first(text) and reach <= _LONGER * self.width


def _first(text: str) -> int:
    return len(text.partition(" ")[0])


def ends_of_blocks(lines: Sequence[tuple[int, int, bool]]) -> list[int]:
    """The headings, of lines (first, last, whether a heading), that end a block below words of its
    own: they head nothing, what they say is of the lines above. In a text without empty lines,
    those at its very end."""
    blocks: list[list[int]] = []
    for i, (first, _, _) in enumerate(lines):
        if not i or not first or first > lines[i - 1][1] + 1:
            blocks.append([])
        blocks[-1].append(i)
    found: list[int] = []
    for block in blocks if len(blocks) > 2 else blocks[-1:]:
        words = [i for i in block if not lines[i][2]]
        found += [i for i in block if words and i > words[-1]]
    return found
