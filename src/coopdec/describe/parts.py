"""The parts of a project: what it is called, its themes, its row. What many projects have is
made once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from coopdec.describe.lists import Lists
from coopdec.goals import goals, targets
from coopdec.iris import Iris, goal, target
from coopdec.model import OWN, Description, Row, SharedEntity, Theme, slot
from coopdec.terms import LABEL, boolean, decimal, describe, integer, iri, labels, text
from coopdec.vocab import DCTERMS, PROV, RDF, cd

__all__ = ["Themed", "announced_in", "assignment", "derived", "source_row", "themed"]

_TYPE = iri(RDF + "type")
_CELLS = {role: iri(cd(f"{role}Cell")) for role in (
    "id", "region", "lead", "partner", "country", "title", "theme", "description", "grant", "cost",
    "cofunders", "operator", "start", "end", "period", "duration", "year", "status", "lat", "lon",
    "coordinates")}
_P = {name: iri(cd(name)) for name in (
    "theme", "noThemeStated", "themeAssignment", "session", "call", "goal", "target", "confidence",
    "evidence", "evidenceStart", "rule", "line", "lastLine", "page", "sheet", "regionCellLine")}
_PROJECT, _ASSIGNMENT, _ROW = iri(cd("Project")), iri(cd("ThemeAssignment")), iri(cd("SourceRow"))
_ENTITY, _PART_OF = iri(PROV + "Entity"), iri(DCTERMS + "isPartOf")
_TITLE, _IDENTIFIER = iri(DCTERMS + "title"), iri(DCTERMS + "identifier")
_DERIVED = iri(PROV + "wasDerivedFrom")


@lru_cache(maxsize=1 << 10)
def announced_in(iris: Iris, call: str, session: int | None) -> Description:
    """What a project is called, and where it was announced: a form for its title and its
    identifier."""
    said = [(_TYPE, _PROJECT), (LABEL, slot(0)), (_TITLE, slot(0)), (_IDENTIFIER, slot(1)),
            (_P["call"], iri(iris.call(call)))]
    if session is not None:
        said.append((_P["session"], iri(iris.session(call, session))))
    return describe(OWN, said, shared=True)


@lru_cache(maxsize=1 << 10)
def derived(source: str) -> Description:
    return describe(OWN, [(_DERIVED, iri(Iris.row(OWN, source)))], shared=True)


class Themed(NamedTuple):
    """Which goals a project states. ``shared`` are the targets among them."""

    said: Description
    shared: tuple[SharedEntity, ...]


@lru_cache(maxsize=1 << 12)
def themed(codes: tuple[tuple[int, str | None], ...]) -> Themed:
    """``codes``: the goal and, where one is stated, the target of each theme, in order."""
    if not codes:
        return Themed(describe(OWN, [(_P["noThemeStated"], boolean(True))], shared=True), ())
    said = [(_P["theme"], iri(goal(g))) for g in sorted({g for g, _ in codes})]
    said += [(_P["themeAssignment"], iri(Iris.theme(OWN, code or g))) for g, code in codes]
    return Themed(describe(OWN, said, shared=True),
                  tuple(Lists.target(code) for _, code in codes if code))


@lru_cache(maxsize=1 << 13)
def assignment(theme: Theme) -> Description:
    """A goal or target that the title states, with the words that state it. Many titles
    state a goal in the same words at the same place."""
    words = dict.fromkeys([text(words, "fr") for words, _, _ in theme.evidence])
    starts = dict.fromkeys([str(start) for _, start, _ in theme.evidence])
    form = _assigned(theme.goal, theme.target, decimal(theme.confidence), len(words), len(starts))
    return form.filled((text(theme.rule), *words, *starts))


@lru_cache(maxsize=1 << 12)
def _assigned(goal_number: int, code: str | None, confidence: str, words: int, starts: int
              ) -> Description:
    """The form of an assignment of a goal or target: for its rule, so many words and the places
    where they begin."""
    if code:
        known = targets()[code]
        fr, en = f"Cible {code} : {known.label_fr}", f"Target {code}: {known.label_en}"
    else:
        goal_known = goals()[goal_number]
        fr, en = (f"ODD {goal_number} : {goal_known.short_fr}",
                  f"SDG {goal_number}: {goal_known.short_en}")
    said = [(_TYPE, _ASSIGNMENT), *labels(fr, en), (_P["goal"], iri(goal(goal_number)))]
    if code:
        said.append((_P["target"], iri(target(code))))
    said.append((_P["confidence"], confidence))
    said += [(_P["evidence"], slot(1 + n)) for n in range(words)]
    said += [(_P["evidenceStart"], integer(slot(1 + words + n))) for n in range(starts)]
    said.append((_P["rule"], slot(0)))
    return describe(Iris.theme(OWN, code or goal_number), said, shared=True)


def source_row(iris: Iris, row: Row, source: str) -> Description:
    """The row's cells as printed, and where they are printed. ``source``: the list's name."""
    _, line, last_line, page, sheet, _ = row.position
    cells, region_line = row.cells, row.carried.get("region")
    numbers = (page, line, last_line, region_line)
    form, roles = _row(iris, source, tuple(cells), tuple([n is not None for n in numbers]),
                       sheet)
    return form.filled([*map(str, numbers), *[text(cells[role]) for role in roles]])


#: Where a row stands, in the order of the statements: the first slots.
_NUMBERS = tuple(_P[name] for name in ("page", "line", "lastLine", "regionCellLine"))
_LINE = _NUMBERS.index(_P["line"])


@lru_cache(maxsize=1 << 10)
def _row(iris: Iris, source: str, roles: Sequence[str], numbers: Sequence[bool],
         sheet: str | None) -> tuple[Description, Sequence[str]]:
    """The form of a row of a list that has cells of these roles and these of the ``_NUMBERS``;
    the roles of those cells that are published, in order."""
    printed = [(role, predicate) for role, predicate in _CELLS.items() if role in roles]
    fr, en = (text(f"{source}, {word} ")[:-1] + slot(_LINE) for word in ("ligne", "line"))
    said = [
        (_TYPE, _ROW), (_TYPE, _ENTITY), (LABEL, f'{fr}"@fr'), (LABEL, f'{en}"@en'),
        (_PART_OF, iri(iris.source(source))),
        *((predicate, slot(n)) for n, (_, predicate) in enumerate(printed, len(_NUMBERS))),
        *((predicate, integer(slot(n))) for n, predicate in enumerate(_NUMBERS) if numbers[n])]
    if sheet is not None:
        said.append((_P["sheet"], text(sheet)))
    return describe(Iris.row(OWN, source), said, shared=True), [role for role, _ in printed]
