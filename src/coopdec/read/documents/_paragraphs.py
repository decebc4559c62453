"""Printed lines that stand in no table → paragraphs, by what the page shows: how far the text
reaches, the distance of its lines, where they begin, their letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from coopdec.read.documents._layout import TextLine, median
from coopdec.read.documents._wrap import UNFINISHED

__all__ = ["OPENS", "goes_over", "paragraphs", "reaches_end"]

#: A line that goes on with none before it: a bullet, « Chef de file : ».
_BULLET = re.compile(r"\s*(?:[•●▪■◦‣►➢→✓–—·*-]|o(?=\s+[A-ZÀ-Ý«\d])|\(?\d{1,3}[.)])\s")
OPENS = re.compile(rf"{_BULLET.pattern}|\s*[A-ZÀ-Ý][^:;,.]{{1,40}}\s?:\s")
#: What opens no item and no heading: the rest of one that a column or a page broke.
_RESTS = re.compile(r"[a-zà-ÿ(«]")
_DASHES = "–—-"
#: Lines farther from each other, in heights of a letter, are of no paragraph, whatever the others.
_FAR = 1.7
#: What a larger distance of lines is, in usual ones.
_WIDE = 1.12
#: How much farther to the right a line is set in, in heights of a letter.
_INDENT = 0.7
#: So many lines that go on for sure tell where lines end and begin, where so few say otherwise.
_ENOUGH, _FEW = 3, 0.1
_FULL = 0.85
#: A name in a list of names is no longer, in letters.
_NAME = 40
#: So near to each other lines end together.
_NEAR = 1.0


def paragraphs(lines: Sequence[TextLine], space: float) -> list[list[TextLine]]:
    """The lines of one column, gathered to paragraphs. ``space``: that between words, in heights of
    a letter."""
    groups: list[list[TextLine]] = []
    shape = _Shape(lines, space)
    for k, line in enumerate(lines):
        if groups and shape.goes_on(groups[-1], k):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def goes_over(before: str, full: bool, text: str) -> bool:
    """Whether a paragraph goes on in the next column, or on the next page, with ``text``; ``full``:
    its last line is."""
    if _RESTS.match(text) and OPENS.match(before):
        return True
    return full and (text[:1].islower() or UNFINISHED.search(before) is not None)


def reaches_end(group: Sequence[TextLine], lines: Sequence[TextLine]) -> bool:
    """Whether the last line of a paragraph is about as long as any of its column."""
    return group[-1].words[-1].x1 >= _FULL * max(line.words[-1].x1 for line in lines)


class _Shape:
    """What the lines of a column tell of its paragraphs. ``ends``: where the lines beside each
    reach to; ``pitch``: the distance within a paragraph, 0 where larger ones tell nothing;
    ``first``, ``rest``: where the first line of a paragraph begins and where the others do, if
    these are two places; ``dashes``: which dashes are no bullets."""

    def __init__(self, lines: Sequence[TextLine], space: float) -> None:
        self.lines, self.space, self.justified, self.pitch = lines, space, False, 0.0
        self.first: float | None = None
        self.rest: float | None = None
        near = [k for k in range(1, len(lines)) if self._near(k)]
        small = [k for k in near if _is_rest(lines[k].text)]
        self.ends = self._zones(small)
        self.own = own = [k for k in small if not self._had_room(k)]
        reach = [abs(lines[k - 1].words[-1].x1 - self.ends[k - 1]) < _NEAR for k in own]
        self.justified = len(own) >= _ENOUGH and sum(reach) > 0.9 * len(own)
        self.pitch = self._pitch(near, own)
        apart = {k for k in range(len(lines))
                 if k == 0 or not self._near(k) or self._had_room(k) or self._is_wide(k)}
        self.dashes = "" if any(line.text[0] in _DASHES and k in apart
                                for k, line in enumerate(lines)) else _DASHES
        # « Kita (Mali) : » may open two lines that go on with others.
        often = Counter(_label(line.text) for line in lines)
        self.labels = {label for label in (_label(lines[k].text) for k in apart)
                       if label and often[label] > 1}
        self._indents(near, own)

    def goes_on(self, group: Sequence[TextLine], k: int) -> bool:
        """Whether line ``k`` goes on with the paragraph that ends right above it."""
        above, line = self.lines[k - 1], self.lines[k]
        if not self._near(k) or self._is_bullet(k) or self._is_wide(k) or (
                _label(line.text) in self.labels):
            return False
        if _other_style(above, line) and not _is_rest(line.text):
            return False
        if _BULLET.match(group[0].text) and len(group[0].words) > 1:
            return self._in_item(group[0], k)
        if self._had_room(k):
            return False
        if self.first is not None and self.rest is not None:
            return abs(line.words[0].x0 - self.rest) < abs(line.words[0].x0 - self.first)
        # Names below one another are all as long as the longest.
        sure = self.own or len(above.text) > _NAME or _is_rest(line.text)
        return bool(sure) and (self.pitch > 0 or self.justified or _is_open(above.text)
                               or not OPENS.match(line.text))

    def _in_item(self, item: TextLine, k: int) -> bool:
        """Whether a line close below an item of a list is the rest of it: in line with its words,
        or with its bullet where the line above is full."""
        left = self.lines[k].words[0].x0
        if left >= item.words[1].x0 - _NEAR:
            return True
        return left >= item.words[0].x0 - _NEAR and (
            not self._had_room(k) and self._in_line_with_bullets())

    def _in_line_with_bullets(self) -> bool:
        """Whether items go on below their bullets, and not below their words."""
        lefts = [(a.words[0].x0, b.words[0].x0) for a, b in pairwise(self.lines)
                 if _BULLET.match(a.text) and _is_rest(b.text)]
        return sum(b < a + _NEAR for a, b in lefts) * 2 >= len(lefts)

    def _is_bullet(self, k: int) -> bool:
        """A dash is none where it parts the words of other lines and never stands below a line
        that had room for it."""
        text = self.lines[k].text
        return _BULLET.match(text) is not None and (text[0] not in self.dashes)

    def _near(self, k: int) -> bool:
        above, line = self.lines[k - 1], self.lines[k]
        return line.y - above.y < _FAR * above.size and (
            abs(line.size - above.size) < 0.1 * line.size)

    def _is_wide(self, k: int) -> bool:
        return 0 < self.pitch * _WIDE < self.lines[k].y - self.lines[k - 1].y

    def _had_room(self, k: int) -> bool:
        """Whether the first word of a line had room at the end of the line above."""
        above, end = self.lines[k - 1].words[-1].x1, self.ends[k - 1]
        if self.justified:
            return above < end - _NEAR
        return above + self._need(k) <= end

    def _need(self, k: int) -> float:
        first = self.lines[k].words[0]
        return self.space * self.lines[k].size + first.x1 - first.x0

    def _zones(self, small: Sequence[int]) -> list[float]:
        """Where the text reaches to at each line. A text above or below may be wider: lines that go
        on for sure show where it ends, for their first word had no room."""
        reach = [line.words[-1].x1 for line in self.lines]
        ends = [max(reach, default=0.0)] * len(reach)
        limits = {k: reach[k - 1] + self._need(k) for k in small}
        start = 0
        while start < len(reach):
            stop, sure, limit = start, 0, float("inf")
            while stop < len(reach) and reach[stop] < limit + _NEAR:
                if stop > start and stop in limits:
                    longer = [j for j in range(start, stop) if reach[j] > limits[stop] + _NEAR]
                    if longer:
                        stop = longer[-1] + 1
                        break
                    limit, sure = min(limit, limits[stop]), sure + 1
                stop += 1
            if sure >= _ENOUGH:
                ends[start:stop] = [_end(reach[start:stop])] * (stop - start)
            start = stop
        return ends

    def _pitch(self, near: Sequence[int], own: Sequence[int]) -> float:
        gaps = {k: self.lines[k].y - self.lines[k - 1].y for k in near}
        within = median([gaps[k] for k in own]) if len(own) >= _ENOUGH else (
            min(gaps.values(), default=0.0))
        wide = [k for k in near if gaps[k] > _WIDE * within]
        odd = sum(k in own for k in wide)
        return within if wide and odd <= _FEW * len(own) else 0.0

    def _indents(self, near: Sequence[int], own: Sequence[int]) -> None:
        lines = self.lines
        first = [lines[k].words[0].x0 for k in near if k not in own and (
            self._had_room(k) or self._is_wide(k)) and not _is_rest(lines[k].text)]
        rest = [lines[k].words[0].x0 for k in own]
        if min(len(first), len(rest)) < _ENOUGH:
            return
        a, b = median(first), median(rest)
        apart = _INDENT * median([line.size for line in lines])
        if abs(a - b) < apart:
            return
        if sum(abs(x - b) < abs(x - a) for x in rest) >= (1 - _FEW) * len(rest) and (
                sum(abs(x - a) < abs(x - b) for x in first) >= (1 - _FEW) * len(first)):
            self.first, self.rest = a, b


def _end(reach: Sequence[float]) -> float:
    """Where lines end: where many do, be one or the other longer, or else the longest."""
    often, _ = Counter(map(round, reach)).most_common(1)[0]
    alike = [x for x in reach if abs(x - often) <= _NEAR]
    longer = sum(x > often + _NEAR for x in reach)
    many = len(alike) > max(_ENOUGH, 0.3 * len(reach)) and longer <= 1 + _FEW * len(reach)
    return max(alike) if many else max(reach)


def _label(text: str) -> str:
    """« Chef de file », where a line opens with it; "" where it opens with no label."""
    found = None if _BULLET.match(text) else OPENS.match(text)
    return found[0].strip() if found else ""


def _is_open(text: str) -> bool:
    """Whether a line is not at its end: « Saponé (Burkina », « Byblos (Liban) : »."""
    return text.count("(") > text.count(")") or UNFINISHED.search(text) is not None


def _is_rest(text: str) -> bool:
    """Whether a line begins as no paragraph does."""
    return text[:1].islower() or (text[:1] in ":;,)/" and not _BULLET.match(text))


def _other_style(above: TextLine, line: TextLine) -> bool:
    return bool(above.style) and bool(line.style) and above.style != line.style
