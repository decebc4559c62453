"""One project a table: « Titre du projet | … », « Collectivité | … », one below the other.
Such tables are turned on their side, and become the lines of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from coopdec.read.columns.column_roles import lacking
from coopdec.read.columns.roles import match as known
from coopdec.read.columns.roles import role_of
from coopdec.read.documents import Line, Table
from coopdec.text import collapse, fold

__all__ = ["LABEL", "heading_of", "label_of", "turned", "uncounted"]

LABEL = re.compile(r"\s*([^\W\d][^:;|]{1,58}?)\s*:(?!//)\s*(.*)", re.DOTALL)
#: « Partenaire — Kayes (Mali) »
_DASHED = re.compile(r"([^\W\d][^:;|–—]{1,40}?)\s+[–—]\s+(\S.*)")
#: « Les collectivités lauréates sont les suivantes : »
_INTRODUCES = re.compile(r"\b(?:suivante?s?|ci-(?:dessous|apr[eè]s)|sont|ont été)\b", re.IGNORECASE)
_NEEDED = frozenset({"lead", "partner", "country", "title"})

#: A line that only counts the fiches: « Projet n° 3 », « Fiche 12 ».
_COUNTER = re.compile(r"(?:projet|fiche|project|action)?\s*(?:n\s*[°o]\s*)?\d{1,4}", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:projet|fiche|project|action)\s*(?:n\s*[°o]\s*)?\d{1,4}\s*[:.–—-]\s*",
                      re.IGNORECASE)
#: « - Chef de file : », « 3. Chef de file : »
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+")
_LONGEST, _TITLE = 300, "Titre"

#: A label is no longer; a table with more lines is no set of fiches.
_LABEL, _MOST = 80, 20_000
#: So many lines may stand above the first row.
_ABOVE = 6
#: A table on its side has no more lines.
_SIDE = 40


def turned(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, each run of fiches with the same labels as one table with those as its
    header."""
    for table in tables:
        lines = iter(table.lines)
        first = next(lines, None)
        if first is None:
            continue
        held = [first]
        while len(held) < _ABOVE and len(held[-1].texts) < 2 and (after := next(lines, None)):
            held.append(after)
        if labels := _labels_of(held[-1]):
            named = held[-1]._replace(cells=[*labels, ""], covered=frozenset())
            rows = (_valued(line, labels) for line in chain(held[-1:], lines))
            yield replace(table, lines=chain(held[:-1], [named], rows))
            continue
        lines = chain(held[1:], lines)
        held = held[:1]
        if len(first.cells) > 1 and len(first.texts) == 1 and (after := next(lines, None)):
            held.append(after)  # the title of a fiche, across its columns
        if not (_is_field(held[-1]) or _is_two_fields(held[-1])):
            held += islice(lines, _SIDE + 1 - len(held))
            side = _on_its_side(held) if len(held) <= _SIDE else []
            yield replace(table, lines=side or chain(held, lines))
            continue
        for line in lines:
            held.append(line)
            if len(held) > _MOST or len(line.texts) > 4:
                break
        pairs = _titled(held)
        fields = [line for line in pairs if len(line.texts) > 1]
        if _is_two_fields(fields[0]) and all(len(line.cells) == 4 for line in fields):
            pairs = [part for line in pairs
                     for part in (_halves(line) if len(line.cells) == 4 else [line])]
        if heading := heading_of(table.above):
            # What a fiche stands under is its title, where no line says it.
            title = held[0]._replace(cells=[_TITLE, heading], covered=frozenset())
            fiches = _fiches(pairs) or _fiches([*pairs, title])
        else:
            fiches = _fiches(pairs) if len(held) <= _MOST else []
        yield from _turned(fiches, table) if fiches else [
            replace(table, lines=chain(held, lines))]


def label_of(text: str) -> tuple[str, str, str] | None:
    """« Chef de file : Ville de Metz » → the label, the value, the role of the label."""
    match = LABEL.match(text)
    if match is not None and _INTRODUCES.search(match[1]):
        return None
    if match is None:
        dashed = _DASHED.fullmatch(text)
        _, role, exact = known(dashed[1]) if dashed else (0, None, False)
        return (dashed[1], dashed[2], role) if dashed and role in _NEEDED and exact else None
    role = role_of(match[1]) if heading_of([match[1]]) else None
    return (collapse(match[1]), collapse(match[2]), role) if role is not None else None


def uncounted(text: str) -> str:
    """« Projet n° 3 – Chef de file : Ville de Metz » without its number."""
    return _COUNTED.sub("", text)


def _label_of_cell(text: str) -> tuple[str, str, str] | None:
    """As :func:`label_of`, of a cell that may begin with a bullet and with a number."""
    return label_of(uncounted(_BULLET.sub("", text)))


def _labels_of(line: Line) -> list[str]:
    """The labels of a line whose every cell has its own: « Chef de file : Ville de Metz »; none
    where they are not those of a project."""
    said = [_label_of_cell(text) for text in line.texts]
    roles = {i: found[2] for i, found in enumerate(said) if found and found[1]}
    return [found[0] for found in said if found] if len(roles) == len(said) and not lacking(
        roles) else []


def _valued(line: Line, labels: Sequence[str]) -> Line:
    """What stands below the labels, what has none of them after the last; a line of other words
    as it is."""
    at = {fold(label): i for i, label in enumerate(labels)}
    cells: list[list[str]] = [[] for _ in (*labels, "")]
    for text in line.texts:
        label, value, _ = _label_of_cell(text) or ("", "", "")
        i = at.get(fold(label))
        cells[-1 if i is None else i].append(text if i is None else value)
    return line._replace(cells=[*map(" ; ".join, cells)], covered=frozenset()) if any(
        cells[:-1]) else line


def _on_its_side(lines: list[Line]) -> list[Line]:
    """A table whose labels stand in its first column, a project a column: turned, a line's
    number that of the column; nothing where it is none."""
    filled = [line for line in lines if len(line.texts) > 2 and line.cells[0].strip()]
    labels = [collapse(line.cells[0]) for line in filled]
    roles = [role_of(label) if len(label) <= _LABEL else None for label in labels]
    known = {i: role for i, role in enumerate(roles) if role}
    if lacking(known) or len(known) * 2 <= len(roles) or len(set(known.values())) < len(known) or (
            sum(role_of(cell) is not None for cell in filled[0].cells[1:]) > 1):
        return []
    width = max(len(line.cells) for line in filled)
    return [filled[0]._replace(number=i + 1, cells=[
        line.cells[i].strip() if i < len(line.cells) else "" for line in filled],
        covered=frozenset()) for i in range(width)]


def _titled(lines: list[Line]) -> list[Line]:
    """The lines, a title that stands across a fiche made a field of it. It stands before the
    label that comes first in each fiche; other words across are left as they are."""
    said = [line.texts for line in lines]
    labels = [fold(texts[0]) if len(texts) > 1 else None for texts in said]
    first = next((label for label in labels if label is not None), "")
    return [
        line._replace(cells=[_TITLE, title], covered=frozenset())
        if len(texts) == 1 and below == first and (title := heading_of(texts)) else line
        for line, texts, below in zip(lines, said, [*labels[1:], labels[0]], strict=True)
    ]


def heading_of(above: Sequence[str]) -> str:
    """The words above a fiche that are its title: the last that do more than count it."""
    named = [w for w in map(collapse, above)
             if w and len(w) <= _LONGEST and not _COUNTER.fullmatch(w)]
    return uncounted(named[-1]) if named else ""


def _halves(line: Line) -> list[Line]:
    """« Collectivité | Ville de Metz | Région | Grand Est » as two lines."""
    parts = (line._replace(cells=line.cells[at : at + 2], covered=frozenset()) for at in (0, 2))
    return [part for part in parts if part.cells[0].strip()]


def _is_two_fields(line: Line) -> bool:
    return len(line.cells) == 4 and all(len(half.texts) == 2 and _is_field(half)
                                        for half in _halves(line))


def _turned(fiches: list[list[Line]], table: Table) -> Iterator[Table]:
    labels: list[str] = []
    rows: list[Line] = []
    for fiche in fiches:
        own = [collapse(line.texts[0]) for line in fiche]
        if list(map(fold, own)) != list(map(fold, labels)):
            if rows:
                yield Table(rows, table.name, table.above)
            labels, rows = own, [fiche[0]._replace(cells=own, covered=frozenset())]
        rows.append(fiche[0]._replace(
            last_number=fiche[-1].last_number or fiche[-1].number, covered=frozenset(),
            cells=["\n".join(line.texts[1:]) for line in fiche]))
    if rows:
        yield Table(rows, table.name, table.above)


def _fiches(lines: list[Line]) -> list[list[Line]]:
    """The lines parted where the first label comes again; none where they are no fiches."""
    filled = [line for line in lines if line.texts]
    if any(len(line.texts) > 2 for line in filled):
        return []
    first = fold(filled[0].texts[0])
    fiches: list[list[Line]] = []
    for line in filled:
        if fold(line.texts[0]) == first:
            fiches.append([])
        fiches[-1].append(line)
    roles = [role_of(line.texts[0]) if len(line.texts[0]) <= _LABEL else None
             for line in fiches[0]]
    known = {i: role for i, role in enumerate(roles) if role}
    return fiches if not lacking(known) and len(known) * 2 > len(roles) else []


def _is_field(line: Line) -> bool:
    """A label that tells a role, and beside it words that tell none."""
    texts = line.texts
    return len(texts) == 2 and len(texts[0]) <= _LABEL and role_of(texts[0]) is not None and (
        role_of(texts[1]) is None)
