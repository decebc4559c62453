"""What the header of a table says: which column plays which role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from coopdec.model import Source
from coopdec.read.cells.nationalities import country_of_header
from coopdec.read.columns.code_columns import code_columns
from coopdec.read.columns.column_roles import (
    first_columns,
    header_roles,
    in_two_languages,
    lacking,
)
from coopdec.read.columns.roles import PERSONAL, header_words, match
from coopdec.read.cut_words import put_together
from coopdec.read.documents import Line
from coopdec.read.profiles import Profile, column_number, profiles, recognise
from coopdec.read.sections import Sections
from coopdec.read.values import nothing
from coopdec.text import collapse, fold

__all__ = ["Header", "Said", "header_of", "two"]

#: A key of nested JSON, and the keys above it.
_DOTTED = re.compile(r"[^\W\d][\w-]*(?:\.[^\W\d][\w-]*)+")
#: What stands between a group of columns and one of them, in one header.
_PREFIX = re.compile(r"\s+[-–—>/|]\s+|\s*:\s+")
#: Beside these « part_ » is short for the partner, and no share.
_NAMED = frozenset({"nom", "name", "lib", "libelle", "pays"})
#: So many words of headers make a line one.
_LEAST = 3
#: A header has no longer cells.
_LABEL = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a header before it is read: the ``.toml``; what headings say of country
    and lead; the roles that the same words (folded) had in a header before."""

    source: Source
    headed: frozenset[str] = frozenset()
    before: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def here(cls, source: Source, sections: Sections, previous: Header | None) -> Said:
        """What is known where these headings hold, after this header."""
        return cls(source, frozenset(sections.now.keys() & {"country", "lead"}),
                   previous.before if previous else {})


@dataclass
class Header:
    """``by_column``: the role of each column that has one; ``names`` as printed, the two
    lines of a header joined; ``lines`` the folded filled cells of each of its lines;
    ``profile`` the known layout that it is of; ``headed``: of country and lead what headings
    say; ``ticks``: what a tick means in a column; ``months_first``: whether dates are written so
    below it."""

    by_column: Mapping[int, str]
    names: list[str]
    lines: list[list[str]]
    profile: Profile | None = None
    headed: frozenset[str] = frozenset()
    ticks: Mapping[int, str] = field(default_factory=dict)
    months_first: bool = False

    @property
    def lacking(self) -> list[str]:
        """What a list needs that no column says, nor the layout between the lines."""
        missing = lacking(self.by_column)
        between = {"partner" if role == "country" else role for role in self.headed}
        if self.profile is not None and self.profile.place_in_title:
            between.add("partner")
        return [role for role in missing if role not in between]

    def given(self, roles: Mapping[int, str]) -> Header:
        """The header with these roles of its columns, "" for one that loses its own."""
        given = {**self.by_column, **roles}
        return replace(self, by_column={i: given[i] for i in sorted(given) if given[i]})

    @cached_property
    def width(self) -> int:
        return len(self.names)

    @cached_property
    def roles(self) -> dict[int, str]:
        """Column → role, each role once, columns about people left out."""
        first = first_columns(self.by_column)
        return {**{i: role for role, i in first.items() if role != PERSONAL}, **self.codes}

    @cached_property
    def codes(self) -> dict[int, str]:
        """Columns that give the codes of who leads, but for those that a layout places."""
        known = {} if self.profile is None else self.profile.places(self.names)
        return code_columns(self.names, {**known, **self.by_column})

    @cached_property
    def more(self) -> list[tuple[int, str]]:
        """Further columns of a role that another column plays already."""
        return [(i, role) for i, role in self.by_column.items()
                if i not in self.roles and role != PERSONAL]

    @cached_property
    def peoples(self) -> list[tuple[int, str]]:
        """Several columns of partners of which one names its country by its people, each with
        the code of that country: « Commune allemande », « Collectivité africaine » ("")."""
        found = [(i, country_of_header(self.names[i]) or "")
                 for i, role in self.by_column.items() if role == "partner"]
        return found if len(found) > 1 and any(country for _, country in found) else []

    def places_of(self, cells: Sequence[str], said: str) -> list[tuple[str, str]]:
        """The partners of these columns, each with its country; those of a column that names none
        are in that of the column of countries, ``said``, which may be that of no partner."""
        places = [(cell, country or said) for i, country in self.peoples
                  if i < len(cells) and (cell := cells[i].strip()) and not nothing(cell)]
        return [*places, ("", said)] if said else places

    @cached_property
    def bilingual(self) -> frozenset[str]:
        """The roles whose cells say the same in two languages."""
        return in_two_languages(self.columns)

    @cached_property
    def personal(self) -> list[tuple[int, str]]:
        """Columns about people, with their names."""
        return [(i, self.name(i)) for i, r in self.by_column.items() if r == PERSONAL]

    @cached_property
    def rest(self) -> list[tuple[int, str]]:
        """Columns without a role, with their names."""
        return [(i, self.name(i)) for i in range(self.width)
                if i not in self.by_column and i not in self.codes]

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
    def signs(self) -> frozenset[str]:
        """Cells that another header in the midst of the lines would have some of."""
        return header_words() | frozenset(n for n in self.names if 0 < len(n) <= _LABEL)

    def opens_another(self, line: Line, source: Source, sections: Sections) -> bool:
        """Whether a line with some of these signs is another header: further tables in one
        CSV or on one sheet. The search for it must know the same."""
        texts = line.texts
        signs = sum(text in self.signs for text in texts)
        return signs >= _LEAST and signs * 2 >= len(texts) and all(
            len(t) <= _LABEL for t in texts) and not header_of(
                [line], Said.here(source, sections, self)).lacking

    @property
    def before(self) -> dict[str, str]:
        """The roles of these words in a header that comes later."""
        return {fold(self.names[i]): role for i, role in self.by_column.items()
                if self.profile is None and self.names[i]}

    @cached_property
    def _first(self) -> frozenset[str]:
        return frozenset(line[0] for line in self.lines if line)


def header_of(lines: list[Line], said: Said) -> Header:
    """A header of one line, or of two, the upper one first."""
    folded = [[f for c in line.cells if (f := fold(c))] for line in lines]
    if len(lines) == 1:
        own, groups = list(map(_whole, lines[0].cells)), [""] * len(lines[0].cells)
        if sum(bool(_DOTTED.fullmatch(cell)) for cell in own) > 1:  # « collectivite.nom »
            groups, own = [list(part) for part in zip(*map(_undotted, own), strict=True)]
            names = list(map(collapse, lines[0].cells))
            return _made(own, groups, names, folded, said)
        if (parts := _prefixed(own)) is not None:
            return _made(*parts, list(map(collapse, own)), folded, said)
    else:
        groups, own = two(*lines)
    names = [collapse(f"{g} {o}") for g, o in zip(groups, own, strict=True)]
    return _made(own, groups, names, folded, said)


def _whole(cell: str) -> str:
    """« Subven tion » put together; a header that says its role as it is."""
    if match(cell)[1] is not None:
        return cell
    return next((whole for whole in put_together(cell.split()) if match(whole)[2]), cell)


def _prefixed(cells: list[str]) -> tuple[list[str], list[str]] | None:
    """« Lieu - Pays » beside « Lieu - Commune »: the headers and those above them, where several
    columns begin alike; None where none do."""
    if any("_" in cell for cell in cells) and (named := _of_sides(cells)) is not None:
        return named
    parts = [_PREFIX.split(collapse(cell), maxsplit=1) for cell in cells]
    counts = Counter(fold(part[0]) for part in parts if len(part) == 2)
    shared = [len(part) == 2 and counts[fold(part[0])] > 1 for part in parts]
    if not any(shared):
        return None
    return ([part[1] if both else cell for part, both, cell in zip(
                parts, shared, cells, strict=True)],
            [part[0] if both else "" for part, both in zip(parts, shared, strict=True)])


def _of_sides(cells: list[str]) -> tuple[list[str], list[str]] | None:
    """« porteur_nom » beside « porteur_type », « nom_ctp » beside « pays_ctp »: names of a
    database's columns that begin or end alike, with who leads or with whom."""
    ways: list[dict[str, str]] = []
    for cell in cells:
        words = cell.strip().split("_")
        cuts = range(1, len(words)) if " " not in cell.strip() else ()
        ends = [(words[:at], words[at:]) for at in cuts] + [(words[at:], words[:at]) for at in cuts]
        ways.append({"_".join(side): "_".join(own) for side, own in ends if any(own)
                     and not "".join(own).isdecimal() and _is_side("_".join(side))})
    if not any(way.get("part") in _NAMED for way in ways):  # of the money
        ways = [{side: own for side, own in way.items() if side != "part"} for way in ways]
    counts = Counter(side for way in ways for side in way)
    best = [max((side for side in way if counts[side] > 1), key=len, default="") for way in ways]
    if not any(best):
        return None
    groups = ["partenaire" if side == "part" else side for side in best]
    return [way.get(side, cell) for way, side, cell in zip(ways, best, cells, strict=True)], groups


def _is_side(header: str) -> bool:
    _, role, exact = match(header)
    return header == "part" or (exact and role in ("lead", "partner"))


def _undotted(cell: str) -> tuple[str, str]:
    if not _DOTTED.fullmatch(cell):
        return "", cell
    group, _, own = cell.rpartition(".")
    return group.replace(".", " "), own


def _made(own: list[str], groups: list[str], names: list[str], folded: list[list[str]],
          said: Said) -> Header:
    source = said.source
    profile = profiles()[source.profile] if source.profile else recognise(names)
    by_number = {role: n for role, header in source.columns.items()
                 if (n := column_number(header)) is not None and n < len(own)}
    given = {n: role for role, n in by_number.items()}
    for index, role in (profile.places(names) if profile else {}).items():
        if role not in source.columns:
            given.setdefault(index, role)
    again = {i: was for i, n in enumerate(names) if (was := said.before.get(fold(n)))}
    if len(again) >= _LEAST:
        given = {**again, **given}
    return Header(header_roles(own, source.columns, groups, given), names, folded, profile,
                  said.headed)


def two(upper: Line, lower: Line) -> tuple[list[str], list[str]]:
    """For each column the header above, which may span several, and its own."""
    width = max(len(upper.cells), len(lower.cells))
    tops = [*map(collapse, upper.cells), *[""] * (width - len(upper.cells))]
    owns = [*map(collapse, lower.cells), *[""] * (width - len(lower.cells))]
    groups, group = [], ""
    for top, own in zip(tops, owns, strict=True):
        group = top or group
        groups.append(group if own else "")
    return groups, [own or top for own, top in zip(owns, tops, strict=True)]
