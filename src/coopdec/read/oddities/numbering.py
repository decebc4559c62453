"""Whether the rows are as many as the list itself counts: by the numbers of its lines, and by its
totals. The number that its title declares is held against them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Paragraph, Table
from coopdec.read.oddities.totals import PrintedTotal

__all__ = ["Numbering", "items_skipped", "totals_differ"]

_NUMBER = re.compile(r"(?:n\s?°\s?)?0*([1-9]\d{0,5})\s?[.):°]?", re.IGNORECASE)
#: More numbers that are left out are those of a selection, and more gaps are not said one by one.
_MOST, _SHARE = 5, 0.2


@dataclass(slots=True)
class Numbering:
    """The numbers of the lines of one list, which count up from 1; again from 1 in each part.
    ``gaps``: before which line, from which number to which; ``ordered``: none went back."""

    last: int = 0
    read: int = 0
    missing: int = 0
    ordered: bool = True
    gaps: list[tuple[Position, int, int]] = field(default_factory=list)

    def take(self, cell: str, where: Position) -> None:
        found = _NUMBER.fullmatch(cell.strip())
        if found is None:
            return
        number = int(found[1])
        self.read += 1
        if number > self.last + 1:
            self.missing += number - self.last - 1
            if len(self.gaps) < _MOST:
                self.gaps.append((where, self.last + 1, number - 1))
        elif number < self.last and number != 1:
            self.ordered = False
        self.last = number

    def skipped(self) -> Iterable[Finding]:
        """What is missing, where it is so little that it must be an omission."""
        if not self.ordered or self.missing > max(1, _SHARE * self.read):
            return
        for where, first, last in self.gaps:
            numbers = str(first) if first == last else f"{first}–{last}"
            yield Finding("number-skipped", Severity.WARNING, where, {"numbers": numbers})


_BEFORE = re.compile(r"\s*\(?(?:n\s?°\s?)?(\d{1,3})\s?[.):°–-]", re.IGNORECASE)


def items_skipped(lines: Iterable[Paragraph], table: Table, document: str) -> Iterable[Finding]:
    """The numbers that the items of a text skip; ``table``: the items that were read, or said."""
    numbering, read = Numbering(), {line.number for line in table.lines}
    for p in lines:
        if p.line in read and (found := _BEFORE.match(p.text)):
            numbering.take(found[1], p.where(document))
    return numbering.skipped()


def totals_differ(totals: Sequence[PrintedTotal], read: int) -> Iterable[Finding]:
    """A total that counts the projects otherwise; parts may add up to it."""
    said = [(t.projects, t) for t in totals if t.projects is not None]
    whole = [(n, t) for n, t in said if not t.part] or said[:1]
    if not whole or read in {n for n, _ in said} or sum(n for n, _ in said) == read or (
            len(whole) > 1):
        return
    number, total = whole[0]
    yield Finding("total-of-projects", Severity.WARNING, total.position,
                  {"printed": number, "found": read})
