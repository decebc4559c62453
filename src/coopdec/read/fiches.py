"""One project a table: « Titre du projet | … », « Collectivité | … », one below the other.
Such tables are turned on their side, and become the lines of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from coopdec.read.documents import Line, Table
from coopdec.read.roles import lacking, role_of
from coopdec.text import collapse, fold

__all__ = ["heading_of", "turned"]

#: A line that only counts the fiches: « Projet n° 3 », « Fiche 12 ».
_COUNTER = re.compile(r"(?:projet|fiche|project|action)?\s*(?:n\s*[°o]\s*)?\d{1,4}", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:projet|fiche|project|action)\s*(?:n\s*[°o]\s*)?\d{1,4}\s*[:.–—-]\s*",
                      re.IGNORECASE)
_LONGEST, _TITLE = 300, "Titre"

#: A label is no longer; a table with more lines is no set of fiches.
_LABEL, _MOST = 80, 20_000


def turned(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, each run of fiches with the same labels as one table with those as its
    header."""
    for table in tables:
        lines = iter(table.lines)
        first = next(lines, None)
        if first is None:
            continue
        if not (_is_field(first) or _is_two_fields(first)):
            yield replace(table, lines=chain((first,), lines))
            continue
        held = [first]
        for line in lines:
            held.append(line)
            if len(held) > _MOST or len(_texts(line)) > 4:
                break
        if _is_two_fields(first) and all(len(line.cells) == 4 for line in held):
            pairs = [part for line in held for part in _halves(line)]
        else:
            pairs = [*held]
        if heading := heading_of(table.above):
            # What a fiche stands under is its title, where no line says it.
            title = replace(held[0], cells=[_TITLE, heading], covered=frozenset())
            fiches = _fiches(pairs) or _fiches([*pairs, title])
        else:
            fiches = _fiches(pairs) if len(held) <= _MOST else []
        yield from _turned(fiches, table) if fiches else [
            replace(table, lines=chain(held, lines))]


def heading_of(above: Sequence[str]) -> str:
    """The words above a fiche that are its title: the last that do more than count it."""
    named = [w for w in map(collapse, above)
             if w and len(w) <= _LONGEST and not _COUNTER.fullmatch(w)]
    return _COUNTED.sub("", named[-1]) if named else ""


def _halves(line: Line) -> list[Line]:
    """« Collectivité | Ville de Metz | Région | Grand Est » as two lines."""
    parts = (replace(line, cells=line.cells[at : at + 2], covered=frozenset()) for at in (0, 2))
    return [part for part in parts if part.cells[0].strip()]


def _is_two_fields(line: Line) -> bool:
    return len(line.cells) == 4 and all(len(_texts(half)) == 2 and _is_field(half)
                                        for half in _halves(line))


def _turned(fiches: list[list[Line]], table: Table) -> Iterator[Table]:
    labels: list[str] = []
    rows: list[Line] = []
    for fiche in fiches:
        own = [collapse(_texts(line)[0]) for line in fiche]
        if list(map(fold, own)) != list(map(fold, labels)):
            if rows:
                yield Table(rows, table.name, table.above)
            labels, rows = own, [replace(fiche[0], cells=own, covered=frozenset())]
        rows.append(replace(
            fiche[0], last_number=fiche[-1].last_number or fiche[-1].number, covered=frozenset(),
            cells=["\n".join(_texts(line)[1:]) for line in fiche]))
    if rows:
        yield Table(rows, table.name, table.above)


def _fiches(lines: list[Line]) -> list[list[Line]]:
    """The lines parted where the first label comes again; none where they are no fiches."""
    filled = [line for line in lines if _texts(line)]
    if any(len(_texts(line)) > 2 for line in filled):
        return []
    first = fold(_texts(filled[0])[0])
    fiches: list[list[Line]] = []
    for line in filled:
        if fold(_texts(line)[0]) == first:
            fiches.append([])
        fiches[-1].append(line)
    roles = [role_of(_texts(line)[0]) if len(_texts(line)[0]) <= _LABEL else None
             for line in fiches[0]]
    known = {i: role for i, role in enumerate(roles) if role}
    return fiches if not lacking(known) and len(known) * 2 > len(roles) else []


def _is_field(line: Line) -> bool:
    """A label that tells a role, and beside it words that tell none."""
    texts = _texts(line)
    return len(texts) == 2 and len(texts[0]) <= _LABEL and role_of(texts[0]) is not None and (
        role_of(texts[1]) is None)


def _texts(line: Line) -> list[str]:
    return [text for cell in line.cells if (text := cell.strip())]
