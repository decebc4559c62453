"""The header of a table, found by its words, on one line or on two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from coopdec.model import Finding, Position, Severity, Source
from coopdec.read.contents import guessed
from coopdec.read.documents import Line, Paragraph
from coopdec.read.profiles import Profile, column_number, profiles, recognise
from coopdec.read.roles import PERSONAL, PLACES, REQUIRED, header_roles, lacking, spans
from coopdec.read.sections import Sections
from coopdec.text import collapse, fold

__all__ = ["Header", "find_header"]

#: A header is looked for this many filled lines deep: title rows stand above it.
_DEPTH = 40
#: …and this many where a table may go on with the header of the one before.
_DEPTH_AGAIN = 3

#: The second line of a header has no longer cells.
_LABEL = 60
#: A key of nested JSON, and the keys above it.
_DOTTED = re.compile(r"[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)+")
#: Headers that name a body, French or not.
_BODIES = frozenset({
    "commune", "ville", "departement", "epci", "intercommunalite", "organisme", "nom",
    "nom de la commune", "nom de la ville", "nom de la structure", "agglomeration", "metropole",
    "municipality", "city", "local government", "organisation", "organization"})

_ROLE_WORDS = {
    "lead": {"fr": "collectivité chef de file", "en": "lead authority"},
    "title": {"fr": "titre du projet", "en": "project title"},
    "partner": {"fr": "partenaire ou pays", "en": "partner or country"},
}


_GUESSED = {**_ROLE_WORDS, "partner": {"fr": "partenaire", "en": "partner"},
            "country": {"fr": "pays", "en": "country"}}


@dataclass
class Header:
    """``by_column``: the role of each column that has one; ``names`` as printed, the two
    lines of a header joined; ``lines`` the folded filled cells of each of its lines;
    ``profile`` the known layout that it is of; ``placed``: headings say the country."""

    by_column: Mapping[int, str]
    names: list[str]
    lines: list[list[str]]
    profile: Profile | None = None
    placed: bool = False

    @property
    def lacking(self) -> list[str]:
        """What a list needs that no column says, nor the layout between the lines."""
        missing = lacking(self.by_column)
        between = ["partner"] if self.placed or (
            self.profile is not None and self.profile.place_in_title) else []
        return [role for role in missing if role not in between]

    @cached_property
    def width(self) -> int:
        return len(self.names)

    @cached_property
    def roles(self) -> dict[int, str]:
        """Column → role, each role once, columns about people left out."""
        first: dict[str, int] = {}
        for i, role in self.by_column.items():
            first.setdefault(role, i)
        return {i: role for role, i in first.items() if role != PERSONAL}

    @cached_property
    def more(self) -> list[tuple[int, str]]:
        """Further columns of a role that another column plays already."""
        return [(i, role) for i, role in self.by_column.items()
                if i not in self.roles and role != PERSONAL]

    @cached_property
    def personal(self) -> list[tuple[int, str]]:
        """Columns about people, with their names."""
        return [(i, self.name(i)) for i, r in self.by_column.items() if r == PERSONAL]

    @cached_property
    def rest(self) -> list[tuple[int, str]]:
        """Columns without a role, with their names."""
        return [(i, self.name(i)) for i in range(self.width) if i not in self.by_column]

    @cached_property
    def columns(self) -> dict[str, str]:
        return {role: self.names[i] for i, role in self.roles.items()}

    def name(self, index: int) -> str:
        return self.names[index] or str(index + 1)

    def repeated(self, cells: list[str]) -> bool:
        """Whether a line is (a line of) the header once more, on a new page."""
        for cell in cells:
            if cell and (first := fold(cell)):
                return first in self._first and (
                    [f for c in cells if (f := fold(c))] in self.lines)
        return False

    @cached_property
    def _first(self) -> frozenset[str]:
        return frozenset(line[0] for line in self.lines if line)


def find_header(
    lines: Iterator[Line],
    source: Source,
    document: str,
    findings: list[Finding],
    paragraphs: list[Paragraph],
    previous: Header | None,
    sections: Sections,
) -> tuple[Header | None, Iterator[Line]]:
    """The header and the lines to go on with (those read past when there is none). What
    stands above it goes to the paragraphs."""
    above: list[Line] = []
    placed = "country" in sections.now
    best: tuple[int, Header, int] | None = None
    for line in lines:
        if not any(c.strip() for c in line.cells):
            continue
        header = _of([line], source, placed=placed)
        upper = _above(above[-1], line, source, placed=placed) if above else None
        if upper is not None and len(upper.by_column) > len(header.by_column):
            _to_paragraphs(above[:-1], paragraphs)
            return upper, lines
        if not header.lacking:
            _to_paragraphs(above, paragraphs)
            return _with_second_line(header, line, lines, source, placed=placed)
        given = set(header.by_column.values())
        if len(given) >= 2 and given & {*REQUIRED, *PLACES} and (
                best is None or len(given) > best[0]):
            best = (len(given), header, len(above))
        above.append(line)
        if len(above) >= _DEPTH or (previous is not None and len(above) >= _DEPTH_AGAIN):
            break
    if previous is not None:
        return None, chain(above, lines)
    if best is None:
        _to_paragraphs(above, paragraphs)
        return None, lines
    _, header, index = best
    line = above[index]
    if header.lacking == ["partner"] and any(
            _is_country(below, sections) for below in above[index + 1 :]):
        header.placed = True
    if header.lacking:
        by_cells = guessed(header.lacking, [below.cells for below in above[index + 1 :]],
                           header.by_column, sections.places)
        whole = replace(header, by_column={**header.by_column, **by_cells})
        if not whole.lacking:
            header = whole
            findings.extend(
                Finding("column-guessed", Severity.WARNING, Position(
                    document, line.number, page=line.page, sheet=line.sheet,
                    column=header.name(i)), {"role": _GUESSED[role], "key": role})
                for i, role in by_cells.items())
    where = Position(document, line.number, page=line.page, sheet=line.sheet)
    found = [n for n in header.names if n]
    findings.extend(
        Finding("missing-column", Severity.FATAL, where,
                {"role": _ROLE_WORDS[role], "found": found, "key": role})
        for role in header.lacking
    )
    _to_paragraphs(above[:index], paragraphs)
    return header, chain(above[index + 1 :], lines)


def _is_country(line: Line, sections: Sections) -> bool:
    """« MALI » alone on its line: the country of the lines below."""
    texts = [t for cell in line.cells if (t := cell.strip())]
    return len(texts) == 1 and sections.role(texts[0]) == "country"


def _of(lines: list[Line], source: Source, *, placed: bool = False) -> Header:
    """A header of one line, or of two, the upper one first."""
    folded = [[f for c in line.cells if (f := fold(c))] for line in lines]
    if len(lines) == 1:
        own, groups = list(lines[0].cells), [""] * len(lines[0].cells)
        if sum(bool(_DOTTED.fullmatch(cell)) for cell in own) > 1:  # « collectivite.nom »
            groups, own = [list(part) for part in zip(*map(_undotted, own), strict=True)]
            names = list(map(collapse, lines[0].cells))
            return _made(own, groups, names, folded, source, placed=placed)
    else:
        groups, own = _two(*lines)
    names = [collapse(f"{g} {o}") for g, o in zip(groups, own, strict=True)]
    return _made(own, groups, names, folded, source, placed=placed)


def _undotted(cell: str) -> tuple[str, str]:
    if not _DOTTED.fullmatch(cell):
        return "", cell
    group, _, own = cell.rpartition(".")
    return group.replace(".", " "), own


def _made(own: list[str], groups: list[str], names: list[str], folded: list[list[str]],
          source: Source, *, placed: bool) -> Header:
    profile = profiles()[source.profile] if source.profile else recognise(names)
    by_number = {role: n for role, header in source.columns.items()
                 if (n := column_number(header)) is not None and n < len(own)}
    given = {n: role for role, n in by_number.items()}
    for index, role in (profile.places(names) if profile else {}).items():
        if role not in source.columns:
            given.setdefault(index, role)
    by_column = header_roles(own, source.columns, groups, given)
    if "lead" not in by_column.values() and {"partner", "title"} <= set(by_column.values()):
        # « Commune » beside a column of partners is who leads; alone it may be abroad.
        bodies = [i for i, n in enumerate(names) if i not in by_column and fold(n) in _BODIES]
        if len(bodies) == 1:
            by_column[bodies[0]] = "lead"
    return Header(by_column, names, folded, profile, placed)


def _two(upper: Line, lower: Line) -> tuple[list[str], list[str]]:
    """For each column the header above, which may span several, and its own."""
    width = max(len(upper.cells), len(lower.cells))
    tops = [*map(collapse, upper.cells), *[""] * (width - len(upper.cells))]
    owns = [*map(collapse, lower.cells), *[""] * (width - len(lower.cells))]
    groups, group = [], ""
    for top, own in zip(tops, owns, strict=True):
        group = top or group
        groups.append(group if own else "")
    return groups, [own or top for own, top in zip(owns, tops, strict=True)]


def _above(upper: Line, line: Line, source: Source, *, placed: bool) -> Header | None:
    """The header that two lines make together, if they make a whole one."""
    if sum(bool(c.strip()) for c in upper.cells) < 2:
        return None
    header = _of([upper, line], source, placed=placed)
    return None if header.lacking else header


def _with_second_line(
    header: Header, line: Line, lines: Iterator[Line], source: Source, *, placed: bool
) -> tuple[Header, Iterator[Line]]:
    """The header with its second line, if what follows it is one."""
    below = next(lines, None)
    if below is None:
        return header, lines
    groups, own = _two(line, below)
    filled = [(g, o) for g, o, c in zip(groups, own, below.cells, strict=False) if c.strip()]
    if filled and (all(spans(g, o) for g, o in filled) or _fills_spans(line, below)):
        both = _of([line, below], source, placed=placed)
        if not both.lacking:
            return both, lines
    return header, chain([below], lines)


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
        len(c) <= _LABEL and not c.strip().isdigit() for c in lower.cells)


def _to_paragraphs(lines: list[Line], paragraphs: list[Paragraph]) -> None:
    for line in lines:
        text = collapse(" ".join(c for c in line.cells if c))
        paragraphs.append(Paragraph(text, line.number, line.page, line.sheet))
