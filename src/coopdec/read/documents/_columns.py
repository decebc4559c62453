"""The columns of a page of running text: what stands on the left is read before what stands on
the right, between the lines that run across both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coopdec.read.documents._layout import TextLine, Word, median

__all__ = ["columns", "fiches_beside"]

#: A column has so many lines, and its gutter is so wide (in heights of a letter).
_LINES, _GUTTER = 6, 0.9
#: …or so many, where both sides have lines « Chef de file : Ville de Metz », and not labels the
#: one and values the other.
_FEW, _FIELDS = 3, 2
_LABEL = re.compile(r"\s*[A-ZÀ-Ý][^:]{2,40}\s?:(?=\s|$)")
_FIELD = re.compile(r"[A-ZÀ-Ý][^:]{2,40}\s?:\s\S")
#: So few of the lines may run across the gutter.
_ACROSS = 0.25


def columns(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Runs of lines, each of one column, in reading order; one run where there are none."""
    if len(lines) < 2 * _FEW:
        return [list(lines)]
    x = _gutter(lines)
    if x is None:
        return [list(lines)]
    runs: list[list[TextLine]] = []
    left: list[TextLine] = []
    right: list[TextLine] = []
    least = _least(lines)
    for line in [*lines, None]:
        parts = _parts(line, x, least) if line is not None else None
        if parts is not None:
            for side, part in zip((left, right), parts, strict=True):
                if part.words:
                    side.append(part)
            continue
        runs += [run for side in (left, right) if side for run in columns(side)]
        left, right = [], []
        if line is not None:
            if not runs or _parts(runs[-1][-1], x, least) is not None:
                runs.append([])
            runs[-1].append(line)
    return runs


def _least(lines: Sequence[TextLine]) -> float:
    return _GUTTER * median([line.size for line in lines])


def _gutter(lines: Sequence[TextLine]) -> float | None:
    """Where fewest lines run across, if these are few and both sides have lines enough."""
    least = _least(lines)
    start, end = min(line.words[0].x0 for line in lines), max(line.words[-1].x1 for line in lines)
    # A column begins where lines begin, or where words begin after a wide gap.
    begins = {round(b.x0) for line in lines for a, b in pairwise(line.words)
              if b.x0 - a.x1 >= least} | {round(line.words[0].x0) for line in lines}
    best: tuple[int, float] | None = None
    for begin in sorted(begins):
        x = begin - least / 2
        if not start + (end - start) / 6 < x < end - (end - start) / 6:
            continue
        sides = [parts for line in lines if (parts := _parts(line, x, least)) is not None]
        both = [sum(bool(parts[side].words) for parts in sides) for side in (0, 1)]
        across = len(lines) - len(sides)
        enough = min(both) >= _LINES or (min(both) >= _FEW and _of_fields(sides))
        if enough and across <= _ACROSS * len(lines) and (best is None or across < best[0]):
            best = across, x
    return best[1] if best else None


def fiches_beside(lines: Sequence[TextLine]) -> bool:
    """Whether fiches stand side by side, whose fields are no table: lines on either side open with
    the same labels."""
    often = Counter(found[0] for line in lines if (found := _LABEL.match(line.text)))
    if sum(n > 1 for n in often.values()) < _FIELDS or (x := _gutter(lines)) is None:
        return False
    least = _least(lines)
    sides = [parts for line in lines if (parts := _parts(line, x, least)) is not None]
    left, right = ({found[0] for parts in sides if (found := _LABEL.match(parts[side].text))}
                   for side in (0, 1))
    return len(left & right) >= _FIELDS


def _of_fields(sides: Sequence[tuple[TextLine, TextLine]]) -> bool:
    return all(sum(_FIELD.match(parts[side].text.strip()) is not None for parts in sides
                   if parts[side].words) >= _FIELDS for side in (0, 1))


def _parts(line: TextLine, x: float, least: float) -> tuple[TextLine, TextLine] | None:
    """The line on either side of ``x``, None where it runs across."""
    before = [word for word in line.words if word.x0 + word.x1 < 2 * x]
    after = line.words[len(before) :]
    end = max((word.x1 for word in before), default=x)
    if end > x + least / 2 or (after and after[0].x0 < (max(x, end + least) if before else x)):
        return None
    return _of(line, before), _of(line, after)


def _of(line: TextLine, words: list[Word]) -> TextLine:
    sizes = sorted(word.size for word in words)
    return replace(line, words=words, size=(sizes[len(sizes) // 2] if sizes else 0) or line.size)
