"""One project a table: « Titre du projet | … », « Collectivité | … », one below the other.
Such tables are turned on their side, and become the lines of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from coopdec.read.documents import Line, Table
from coopdec.read.roles import lacking, role_of
from coopdec.text import collapse, fold

__all__ = ["turned"]

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
        if not _is_field(first):
            yield replace(table, lines=chain((first,), lines))
            continue
        held = [first]
        for line in lines:
            held.append(line)
            if len(held) > _MOST or len(_texts(line)) > 2:
                break
        fiches = _fiches(held) if len(held) <= _MOST else []
        yield from _turned(fiches, table) if fiches else [
            replace(table, lines=chain(held, lines))]


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
