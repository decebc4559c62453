"""A header on two lines: « Partenaire » over « Nom » and « Pays », « Titre » over « du projet »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from coopdec.read.columns.header import Header, Said, header_of, two
from coopdec.read.columns.roles import is_of_its_group, role_of, spans
from coopdec.read.documents import Line
from coopdec.read.values import unit_of_header

__all__ = ["header_of_two", "with_second_line"]

#: The second line of a header has no longer cells.
_LABEL = 60
#: …and tells so many roles, where it is not told otherwise.
_TOLD = 3
_YEAR = re.compile(r"(?:19|20)\d\d")


def header_of_two(upper: Line, line: Line, said: Said) -> Header | None:
    """The header that two lines make together, where half of the lower one's cells are of one:
    below « Association bénéficiaire » any name would say who leads."""
    filled = [(g, o) for g, o, c in zip(*two(upper, line), line.cells, strict=False) if c.strip()]
    told = sum(spans(g, o) or _tells(g, o) for g, o in filled)
    if sum(bool(c.strip()) for c in upper.cells) < 2 or told * 2 < len(filled):
        return None
    return header_of([upper, line], said)


def with_second_line(
    header: Header, line: Line, lines: Iterator[Line], said: Said
) -> tuple[Header, Iterator[Line]]:
    """The header with its second line, if what follows it is one."""
    below = next(lines, None)
    if below is None:
        return header, lines
    groups, own = two(line, below)
    filled = [(g, o) for g, o, c in zip(groups, own, below.cells, strict=False) if c.strip()]
    if filled and (all(spans(g, o) for g, o in filled) or _fills_spans(line, below)
                   or _tells_roles(line, below, filled)):
        both = header_of([line, below], said)
        if not both.lacking:
            return both, lines
    return header, chain([below], lines)


def _tells_roles(upper: Line, below: Line, lower: Sequence[tuple[str, str]]) -> bool:
    """Whether a line under headers that span columns says of most of these what they are: names
    and places do not."""
    told = sum(_tells(group, own) for group, own in lower)
    spread = any(own.strip() and not top.strip() for top, own in zip_longest(
        upper.cells, below.cells, fillvalue=""))
    return told >= _TOLD and (told == len(lower) or (spread and told * 2 > len(lower))) and all(
        len(own) <= _LABEL and (not own.isdecimal() or role_of(group) == "theme")
        for group, own in lower)


def _tells(group: str, own: str) -> bool:
    """Whether a cell under a header says what its column is; « 6 » under « ODD » is the goal,
    « Année 2020 (€) » an amount, which it does not say."""
    return is_of_its_group(own) or role_of(group if own.isdecimal() else own) is not None or (
        unit_of_header(own).currency is not None
        and not any(c.isdecimal() for c in _YEAR.sub("", own)))


def _fills_spans(upper: Line, lower: Line) -> bool:
    """Whether a line has words under the headers that span several columns, each of these
    columns, and nothing under the others: no row of the list is so."""
    width = max(len(upper.cells), len(lower.cells))
    tops = [*(bool(c.strip()) for c in upper.cells), *[False] * (width - len(upper.cells))]
    owns = [*(bool(c.strip()) for c in lower.cells), *[False] * (width - len(lower.cells))]
    under = {i for i, top in enumerate(tops) if not top and any(tops[:i])}
    under |= {i - 1 for i in under if tops[i - 1]}
    alone = [i for i in range(width) if i not in under and tops[i]]
    return bool(under and alone) and all(owns[i] for i in under) and not any(
        owns[i] for i in alone) and all(
        len(c) <= _LABEL and (_YEAR.fullmatch(c.strip()) or not c.strip().isdigit())
        for c in lower.cells)
