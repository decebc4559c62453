"""Where the header of a table is: found by its words, on one line or on two, and held against
the cells below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from coopdec.model import Finding, Position, Severity, Source
from coopdec.read.cells.nationalities import country_of_header
from coopdec.read.columns.column_roles import first_columns
from coopdec.read.columns.contents import guessed, settled
from coopdec.read.columns.header import Header, Said, header_of
from coopdec.read.columns.level_columns import level_columns
from coopdec.read.columns.roles import PLACES, REQUIRED, match
from coopdec.read.columns.sides import Sides, column_of_both
from coopdec.read.columns.ticks import with_ticks
from coopdec.read.columns.two_lines import header_of_two, with_second_line
from coopdec.read.ditto import as_above
from coopdec.read.documents import Line, Paragraph
from coopdec.read.oddities.unread import lines_above
from coopdec.read.sections import Sections
from coopdec.text import collapse, fold

__all__ = ["HeaderSearch"]

#: A header is looked for this many filled lines deep: title rows stand above it.
_DEPTH = 40
#: …and this many where a table may go on with the header of the one before.
_DEPTH_AGAIN = 3
#: So many roles make a first line another header, though one is told by its cells only.
_ENOUGH = 3
#: The second line of a header has no longer cells.
_LABEL = 60
#: …and tells so many roles, where it is not told otherwise.
_TOLD = 3
#: What headers of these roles have beside a region is no part of them.
_PARTED = frozenset({"lead", "partner", "title"})
#: What stands before it names who speaks.
_FIRST = re.compile(r"\s+[-–—:|]\s+|\s*[:,]\s+")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: So many lines below a header tell whether it means what it says.
_SAMPLE = 30

_ROLE_WORDS = {
    "lead": {"fr": "collectivité chef de file", "en": "lead authority"},
    "title": {"fr": "titre du projet", "en": "project title"},
    "partner": {"fr": "partenaire ou pays", "en": "partner or country"},
}
_GUESSED = {**_ROLE_WORDS, "partner": {"fr": "partenaire", "en": "partner"},
            "country": {"fr": "pays", "en": "country"}}


@dataclass(frozen=True, slots=True)
class HeaderSearch:
    """Looks for the headers of one document's tables. ``findings`` and ``paragraphs`` (what
    stands above a header) grow; ``sections``: the headings that hold."""

    source: Source
    document: str
    findings: list[Finding]
    paragraphs: list[Paragraph]
    sections: Sections

    def find(self, lines: Iterator[Line], previous: Header | None
             ) -> tuple[Header | None, Iterator[Line]]:
        """The header and the lines to go on with (those read past when there is none).
        ``previous``: that of the table before."""
        header, lines = self._by_words(lines, previous)
        sections, findings = self.sections, self.findings
        if header is not None:
            columns = header.columns
            sections.of_header(country_of_header(columns.get("partner", ""))
                               if "country" not in columns and not header.peoples else None)
        if header is None or header.lacking:
            return header, lines
        first = list(islice(lines, _SAMPLE))
        header = with_ticks(header, [line.cells for line in first], sections.places)
        if header.profile is not None or self.source.columns:
            return header, chain(first, lines)
        header, lines = self._both_sides(header, first, lines)
        sample = list(islice(lines, _SAMPLE))
        cells: list[list[str]] = []
        for line in sample:
            cells.append(as_above(line.cells, cells[-1] if cells else []))
        roles = settled(header.by_column, header.names, cells, sections.places, sections.country())
        if roles:
            header = header.given(roles)
            where = sample[0].where(self.document)
            findings.extend(_guess(header, i, role, where) for i, role in sorted(roles.items())
                            if role in _GUESSED and header.roles.get(i))
            findings.extend(_lacking(header, where))
        if levels := level_columns(header.by_column, header.names, cells, sections.places):
            header = header.given(levels)
        return header, chain(sample, lines)

    def _by_words(self, lines: Iterator[Line], previous: Header | None
                  ) -> tuple[Header | None, Iterator[Line]]:
        """The header that words tell, or the cells of a column that words do not tell."""
        paragraphs, sections = self.paragraphs, self.sections
        said = Said.here(self.source, sections, previous)
        above: list[Line] = []
        best: tuple[int, Header, int] | None = None
        filled = (line for line in lines if any(map(str.strip, line.cells)))
        for printed, (line, heading) in ((line, self._parted(line)) for line in filled):
            header = header_of([line], said)
            upper = header_of_two(above[-1], line, said) if above else None
            if upper is not None and len(upper.by_column) > len(header.by_column):
                if not upper.lacking:
                    self._pass_by(above[:-1], upper)
                    return upper, lines
                if not any(c.strip().isdecimal() for c in line.cells):
                    header = upper
            if not header.lacking:
                self._pass_by(above, header)
                if heading:
                    sections.take(heading, line.number)
                return with_second_line(header, line, lines, said)
            given = set(header.by_column.values())
            if len(given) >= 2 and given & {*REQUIRED, *PLACES} and (
                    best is None or len(given) > best[0]):
                best = (len(given), header, len(above))
            above.append(printed)
            if len(above) >= _DEPTH or (previous is not None and len(above) >= _DEPTH_AGAIN):
                break
        again = best is not None and best[0] >= _ENOUGH and best[2] == 0
        if previous is not None and not again:
            return None, chain(above, lines)
        if best is None:
            _to_paragraphs(above, paragraphs)
            return None, lines
        if previous is not None:
            above += islice(lines, _SAMPLE)
        _, header, index = best
        header = with_ticks(header, [line.cells for line in above[index + 1 :]], sections.places)
        where = above[index].where(self.document)
        if header.lacking == ["partner"] and any(
                _is_country(below, sections) for below in above[index + 1 :]):
            header.headed = frozenset({"country"})
        elif header.lacking == ["lead"] and (
                heading := _lead_of_headings(above[index + 1 :], sections)
                or _who_grants(above[:index], header, sections)):
            header.headed = frozenset({"lead"})
            self.findings.append(Finding("lead-of-headings", Severity.WARNING, where,
                                         {"lead": heading}))
        if header.lacking:
            parted, rest = self._both_sides(header, above[index + 1 :], lines)
            if not parted.lacking:
                self._pass_by(above[:index], parted)
                return parted, rest
            by_cells = guessed(header.lacking, [below.cells for below in above[index + 1 :]],
                               header.names, header.by_column, sections.places)
            whole = header.given(by_cells)
            if previous is not None and whole.lacking:
                return None, chain(above, lines)
            if not whole.lacking:
                header = whole
                self.findings.extend(_guess(header, i, role, where) for i, role in by_cells.items())
        self.findings.extend(_lacking(header, where))
        self._pass_by(above[:index], header)
        return header, chain(above[index + 1 :], lines)

    def _parted(self, line: Line) -> tuple[Line, str]:
        """The line without the region that heads what is below it, « Chef de file Bretagne »: a
        page without rules does not part the one from the other; "" where there is none."""
        for i, cell in enumerate(line.cells):
            for heading, rest in _in_two(cell):
                # « Collectivité territoriale de Guyane » is a name.
                if not heading[0].isupper() or self.sections.role(heading) != "region":
                    continue
                _, role, exact = match(rest)
                if exact and role in _PARTED:
                    cells = [*line.cells[:i], rest, *line.cells[i + 1 :]]
                    return line._replace(cells=cells), heading
        return line, ""

    def _pass_by(self, lines: list[Line], header: Header) -> None:
        """The lines above a header are words, headings, or rows that are not read."""
        self.findings.extend(lines_above(lines, header, self.document, self.sections.places))
        _pass_by(lines, self.paragraphs, self.sections)

    def _both_sides(self, header: Header, first: list[Line], lines: Iterator[Line]
                    ) -> tuple[Header, Iterator[Line]]:
        """The header and its lines (these first), where one column names who leads and with whom
        with that column as two."""
        rest, sections = chain(first, lines), self.sections
        column = column_of_both(
            header.by_column, [line for line in first if not header.repeated(line.cells)],
            sections)
        if column is None:
            return header, rest
        name, width = header.names[column], header.width
        parted = replace(header, names=[*header.names, name], by_column={
            **header.by_column, column: "partner", width: "lead"})
        if parted.lacking:
            return header, rest
        self.findings.append(Finding("column-both-sides", Severity.WARNING,
                                     first[0].where(self.document, header.name(column))))

        def ends(line: Line) -> bool:
            return parted.opens_another(line, self.source, sections) and (
                not parted.repeated(line.cells))

        country = first_columns(header.by_column).get("country")
        return parted, Sides(column, country, header.names, sections, self.document,
                             self.findings, ends).parted(rest)


def _in_two(cell: str) -> Iterator[tuple[str, str]]:
    """The words of a cell in two, wherever they may be parted, either part first."""
    words = cell.split()
    for at in range(1, len(words)):
        first, second = " ".join(words[:at]), " ".join(words[at:])
        yield first, second
        yield second, first


def _guess(header: Header, index: int, role: str, where: Position) -> Finding:
    return Finding("column-guessed", Severity.WARNING, where._replace(column=header.name(index)),
                   {"role": _GUESSED[role], "key": role})


def _lacking(header: Header, where: Position) -> Iterator[Finding]:
    found = [n for n in header.names if n]
    return (Finding("missing-column", Severity.FATAL, where,
                    {"role": _ROLE_WORDS[role], "found": found, "key": role})
            for role in header.lacking)


def _lead_of_headings(lines: list[Line], sections: Sections) -> str:
    """« Ville de Brest » alone on its line, above its projects: the first one, "" where there
    are none, and where all of them are regions, whose communes may lead."""
    alone = [texts[0] for line in lines if len(texts := line.texts) == 1]
    trial = Sections(sections.places)
    leads = [text for text in alone if trial.lead(text, 1)]
    return leads[0] if any(sections.role(text, inside=True) != "region"
                           or fold(text).startswith("conseil ") for text in leads) else ""


def _who_grants(above: list[Line], header: Header, sections: Sections) -> str:
    """Who leads where a column names the associations that carry it out: the one collectivity that
    the words above the table begin with, « Ville de Bobigny – Subventions 2020 »; else ""."""
    if "operator" not in header.by_column.values():
        return ""
    named: dict[str, int] = {}
    for line in above:
        words = _FIRST.split(collapse(line.texts[0]))[0] if len(line.texts) == 1 else ""
        if Sections(sections.places).lead(words, line.number):
            named.setdefault(words, line.number)
    for name, number in named.items() if len(named) == 1 else ():
        sections.lead(name, number)
        return name
    return ""


def _is_country(line: Line, sections: Sections) -> bool:
    """« MALI » alone on its line: the country of the lines below."""
    texts = line.texts
    return len(texts) == 1 and sections.role(texts[0]) == "country"


def _to_paragraphs(lines: list[Line], paragraphs: list[Paragraph]) -> None:
    for line in lines:
        text = collapse(" ".join(c for c in line.cells if c))
        paragraphs.append(Paragraph(text, line.number, line.page, line.sheet))


def _pass_by(lines: list[Line], paragraphs: list[Paragraph], sections: Sections) -> None:
    """The lines above a header are words; those right above it may be headings."""
    _to_paragraphs(lines, paragraphs)
    near: list[tuple[str, int]] = []
    for line in reversed(lines):
        texts = line.texts
        if len(texts) != 1 or (sections.role(texts[0]) is None
                               and sections.role(texts[0], inside=True) != "year"):
            break
        near.insert(0, (texts[0], line.number))
    for text, number in near:
        sections.take(text, number)
