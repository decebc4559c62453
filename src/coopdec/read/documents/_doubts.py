"""Rows that white space alone parted, and perhaps wrongly: said, with their place.

In a column whose cells begin with a capital, a cell that begins with a small letter is
likely the rest of another one. So is the cell at the top of a page below one that is empty
at the end of the page before, in a column that has words everywhere else. And a line within a
row at which each column begins with a capital may begin another row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from coopdec.model import Finding, Severity
from coopdec.read.documents import Line
from coopdec.text import collapse

__all__ = ["Doubts"]

#: A column tells from so many cells on, and where so few of them begin with a small letter.
_ENOUGH, _FEW, _MOSTLY = 4, 0.2, 0.9
_SHOWN = 60


@dataclass(slots=True)
class _Column:
    filled: int = 0
    low: list[tuple[Line, str]] = field(default_factory=list)


@dataclass(slots=True)
class Doubts:
    """Watches the lines of one table."""

    name: str
    _columns: list[_Column] = field(default_factory=list)
    _lines: int = 0
    _before: Line | None = None
    _turns: list[tuple[Line, Line]] = field(default_factory=list)
    _within: list[tuple[Line, str]] = field(default_factory=list)

    def see(self, line: Line, within: str = "") -> None:
        """One line more; ``within``: words in it that may begin another."""
        if within:
            self._within.append((line, within))
        self._lines += 1
        if self._before is not None and self._before.page != line.page:
            self._turns.append((self._before, line))
        self._before = line
        while len(self._columns) < len(line.cells):
            self._columns.append(_Column())
        for column, text in zip(self._columns, line.cells, strict=False):
            if first := text[:1]:
                column.filled += 1
                if first.islower():
                    column.low.append((line, text))

    def findings(self) -> list[Finding]:
        """A warning for each line with such a cell."""
        doubtful: dict[int, tuple[Line, str]] = {}
        for column in self._columns:
            if column.filled >= _ENOUGH and len(column.low) <= _FEW * column.filled:
                for line, text in column.low:
                    doubtful.setdefault(id(line), (line, text))
        for above, below in self._turns:
            for c, (upper, lower) in enumerate(zip(above.cells, below.cells, strict=False)):
                filled = self._columns[c].filled
                if lower and not upper and c not in above.covered and (
                        filled >= max(_ENOUGH, _MOSTLY * self._lines)):
                    doubtful.setdefault(id(below), (below, lower))
        return [
            Finding(code, Severity.WARNING, line.where(self.name),
                    {"words": text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")})
            for code, found in (("rows-joined", self._within), ("row-doubtful", doubtful.values()))
            for line, printed in found for text in (collapse(printed),)
        ]
