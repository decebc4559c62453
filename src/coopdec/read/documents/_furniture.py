"""What stands at the edges of pages and is no part of what they say: page numbers, running
titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coopdec.read.documents import Paragraph
from coopdec.read.documents._layout import TextLine, median
from coopdec.read.documents._pages import PageText
from coopdec.read.documents._text import PAGE_NUMBER

__all__ = ["Furniture", "wording"]

_DIGITS = re.compile(r"\d+")


def wording(line: TextLine) -> str:
    """What a line says, whatever its numbers: « Page 3 » is « Page 4 »."""
    return _DIGITS.sub("#", line.text)


@dataclass(slots=True)
class Furniture:
    """The furniture of one document, fed with its pages in order."""

    _margins: set[str] = field(default_factory=set)

    def drop(self, page: PageText, following: PageText | None, table: Sequence[str]
             ) -> list[Paragraph]:
        """Take page numbers out of a page, and lines at its edge that come again on the next one
        or stood on an earlier one, but those that open a ``table`` (its first lines' wording);
        running titles that are met for the first time, as paragraphs.
        """
        body_top = min((t.top for t in page.tables), default=page.height)
        body_end = max((t.below for t in page.tables), default=0.0)
        again = {(wording(x), round(x.y / 4)) for x in following.lines} if following else set()
        lonely = _lonely(page.lines, page.height)
        met, kept = list[Paragraph](), list[TextLine]()
        for line in page.lines:
            outer = line.y < 0.12 * page.height or line.y > 0.88 * page.height
            outside = not page.tables or line.y <= body_top or line.y >= body_end
            said = wording(line)
            low = line.y > page.height / 2
            numbered = PAGE_NUMBER.fullmatch(line.text.strip()) is not None
            if outer and outside and said not in table and (
                numbered
                or said in self._margins
                or (low and _again(line, again))
                or (low and line.y >= lonely)
            ):
                if said not in self._margins and not numbered:
                    met.append(Paragraph(line.text, page=page.number))
                    self._margins.add(said)
                continue
            kept.append(line)
        # A line at the top is furniture from its second page on: on the first it may be
        # the header of the table.
        top = [x for x in kept if x.y < 0.12 * page.height]
        self._margins |= {wording(x) for x in top if _again(x, again)}
        page.lines = kept
        return met


def _lonely(lines: list[TextLine], height: float) -> float:
    """From where on what stands at the bottom of a page is far from all the rest of it."""
    gaps = [b.y - a.y for a, b in pairwise(lines)]
    for k in range(len(lines) - 1, max(0, len(lines) - 4), -1):
        line = lines[k]
        if line.y <= 0.88 * height:
            break
        if gaps[k - 1] > max(4 * line.size, 2.5 * median(gaps)):
            return line.y
    return height


def _again(line: TextLine, lines: set[tuple[str, int]]) -> bool:
    """Whether the same words stand in the same place, give or take a few points."""
    return any((wording(line), round(line.y / 4) + d) in lines for d in (-1, 0, 1))
