"""Where each fact of a project comes from, and why each of its links and themes.

Everything is read from the published data (rows, mappings, theme assignments), so that
it works on any release or endpoint and says no more than what was published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from coopdec.dataset import Dataset, Row
from coopdec.dataset.named import hidden
from coopdec.errors import UnknownName
from coopdec.messages import Lang
from coopdec.spelling import close_titles

__all__ = ["Evidence", "Explanation", "Fact", "Link", "Match", "ThemeReason", "explain", "matches"]


@dataclass(frozen=True, slots=True)
class Match:
    """A project that an IRI, an identifier or words stand for."""

    iri: str
    title: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact is printed. ``document`` is the source's name, ``title`` the
    document's own; ``column`` the role of the column (``lead``, ``partner``…), None where
    the document as a whole says it; ``cell`` the text as printed."""

    document: str
    title: str
    page: int | None
    sheet: str | None
    line: int | None
    last_line: int | None
    column: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """``name``: title, lead, region, partner, country, call, session, or one of the optional
    facts (grant, cost, start, end, duration, year, status, cofunders, operator, lat, lon,
    description); ``iri`` None where it is a text, a number or a date; ``type`` the printed
    type word; ``codes`` official identifiers."""

    name: str
    value: str
    iri: str | None
    type: str | None
    codes: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Ours (``subject``, ``label``) = theirs (``target``); ``confidence`` from 0 to 1."""

    subject: str
    label: str
    predicate: str
    target: str
    confidence: float
    justification: str
    reason: str


@dataclass(frozen=True, slots=True)
class ThemeReason:
    """A goal (``code`` 6) or a target (6.1), the ``words`` of the title that state it, and
    the rule that read them so."""

    iri: str
    code: str
    label: str
    confidence: float
    words: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Explanation:
    project: Match
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]
    themes: tuple[ThemeReason, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def matches(data: Dataset, project: str) -> list[Match]:
    """Projects that ``project`` (IRI, identifier, words of the title) stands for.

    Raises:
        UnknownName: none; carries near titles.
    """
    found = data.run(hidden("project-find"), {"project": project})
    if not found:
        some = data.select("SELECT ?title { ?p a cd:Project ; dcterms:title ?title }"
                           " ORDER BY ?title LIMIT 3000").column("title")
        raise UnknownName("explain-none", close_titles(project, some), name=project[:200])
    return [Match(r.iri, r.title, r.identifier or r.iri) for r in found]


def explain(data: Dataset, project: str, lang: Lang | None = None) -> Explanation:
    """Explain one project.

    Raises:
        UnknownName: no project, or several, answer to this; carries them.
    """
    found = matches(data, project)
    exact = [m for m in found if project in (m.iri, m.identifier, m.title)]
    if len(found) > 1 and len(exact) != 1:
        raise UnknownName("explain-several", [f"{m.title} [{m.identifier}]" for m in found[:10]],
                          name=project[:200], n=len(found))
    chosen = exact[0] if len(exact) == 1 else found[0]
    language = lang or data.lang
    asked = {"iri": chosen.iri}

    def rows(name: str) -> Sequence[Row]:
        query = hidden(f"project-{name}")
        return data.select(query.bound(asked, language))

    printed = rows("rows")
    return Explanation(
        chosen,
        tuple(_fact(r, printed) for r in rows("facts")),
        tuple(_link(r) for r in rows("links")),
        _themes(rows("themes")),
    )


#: The cells that say a fact, best first.
_CELLS = {"title": ("cell",), "lead": ("lead",), "region": ("region",), "partner": ("partner",),
          "country": ("country", "partner")}
_CELLS |= {name: (name,) for name in ("grant", "cost", "start", "end", "duration", "year", "status",
                                      "cofunders", "operator", "description")}
_CELLS |= {"start": ("start", "period"), "end": ("end", "period")}
_CELLS |= {"lat": ("lat", "coordinates", "lon"), "lon": ("lon", "coordinates", "lat")}
_COLUMNS = {"cell": "title"}
#: Facts that are texts, numbers or dates.
_LITERALS = frozenset({"title", "start", "end", "duration", "year", "lat", "lon", "description"})


def _fact(row: Row, printed: Sequence[Row]) -> Fact:
    literal = row.fact in _LITERALS
    cells = _CELLS.get(row.fact, ())
    # A project of two lists: only those that say the fact.
    saying = [p for p in printed if any(p[c] is not None for c in cells)] or printed
    evidence = tuple(_evidence(row.fact, p) for p in saying)
    return Fact(row.fact, str(row.value) if literal else (row.label or row.value).strip(),
                None if literal else row.value, row.type,
                tuple(sorted(row.codes.split(" | "))) if row.codes else (), evidence)


def _evidence(fact: str, row: Row) -> Evidence:
    name = row.source.rstrip("/").rsplit("/", 1)[-1]
    column = next((c for c in _CELLS.get(fact, ()) if row[c] is not None), None)
    if column is None:  # a call or session: the document says it, no line does
        return Evidence(name, row.title or name, None, None, None, None, None, None)
    line, last = row.line, row.last_line
    if column == "region" and row.region_line is not None:
        line, last = row.region_line, None
    return Evidence(name, row.title or name, row.page, row.sheet, line, last,
                    _COLUMNS.get(column, column), row[column])


def _link(row: Row) -> Link:
    return Link(row.subject, row.label or row.subject, row.predicate, row.target,
                _number(row.confidence), row.justification, row.reason or "")


def _themes(rows: Sequence[Row]) -> tuple[ThemeReason, ...]:
    """One a goal or target: its words came a row each."""
    found: dict[tuple[str, str], ThemeReason] = {}
    for r in rows:
        iri = r.target or r.goal
        known = found.get((iri, r.rule))
        words = (*(known.words if known else ()), r.words)
        found[iri, r.rule] = ThemeReason(iri, r.code, r.label, _number(r.confidence),
                                         tuple(dict.fromkeys(words)), r.rule)
    return tuple(sorted(found.values(), key=lambda t: _order(t.code)))


def _order(code: str) -> tuple[int, int, str]:
    goal, _, target = code.partition(".")
    return int(goal), int(target) if target.isdecimal() else 99 if target else -1, target


def _number(value: Any) -> float:
    return float(value) if isinstance(value, Decimal | float | int) else 0.0
