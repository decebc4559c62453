"""Rows that white space alone parted, and perhaps wrongly: said, with their place.

In a column whose cells begin with a capital, a cell that begins with a small letter is
likely the rest of another one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Line

__all__ = ["Doubts"]

#: A column tells from so many cells on, and where so few of them begin with a small letter.
_ENOUGH, _FEW = 4, 0.2
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

    def see(self, line: Line) -> None:
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
        return [
            Finding("row-doubtful", Severity.WARNING,
                    Position(self.name, line.number, line.last_number, line.page),
                    {"words": text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")})
            for line, text in doubtful.values()
        ]
