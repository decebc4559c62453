"""The parts of a project: its themes, its row, and its one-line record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from coopdec.describe.facts import flat_facts
from coopdec.goals import goals, targets
from coopdec.iris import Iris, goal, target
from coopdec.model import Description, Entity, Row, SharedEntity, Source, Theme
from coopdec.terms import decimal, describe, integer, iri, labels, text
from coopdec.vocab import DCTERMS, PROV, RDF, cd

__all__ = ["ProjectFacts", "assignment", "flat_record", "source_row"]

_TYPE = iri(RDF + "type")
_CELLS = {role: iri(cd(f"{role}Cell")) for role in (
    "id", "region", "lead", "partner", "country", "title", "theme", "description", "grant", "cost",
    "cofunders", "operator", "start", "end", "period", "duration", "year", "status", "lat", "lon",
    "coordinates")}
_P = {name: iri(cd(name)) for name in (
    "goal", "target", "confidence", "evidence", "evidenceStart", "rule", "line", "lastLine", "page",
    "sheet", "regionCellLine")}
_ASSIGNMENT, _ROW = iri(cd("ThemeAssignment")), iri(cd("SourceRow"))
_ENTITY, _PART_OF = iri(PROV + "Entity"), iri(DCTERMS + "isPartOf")


def assignment(iris: Iris, project: str, theme: Theme) -> Description:
    """A goal or target that the title states, with the words that state it."""
    return Description(iri(iris.theme(project, theme.target or theme.goal)), _stated(theme))


@lru_cache(maxsize=1 << 15)
def _stated(theme: Theme) -> tuple[tuple[str, str], ...]:
    """What an assignment says of itself; many titles state a goal in the same words."""
    said = [*_assigned(theme.goal, theme.target)]
    said.append((_P["confidence"], decimal(theme.confidence)))
    said += [(_P["evidence"], text(words, "fr")) for words, _, _ in theme.evidence]
    said += [(_P["evidenceStart"], integer(start)) for _, start, _ in theme.evidence]
    said.append((_P["rule"], text(theme.rule)))
    return tuple(dict.fromkeys(said))


@cache
def _assigned(goal_number: int, code: str | None) -> tuple[tuple[str, str], ...]:
    """What every assignment of a goal or target says."""
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
    return tuple(said)


def source_row(iris: Iris, row_iri: str, row: Row, source: Source) -> Description:
    """The row's cells as printed, and where they are printed."""
    line = row.position.line
    said = [(_TYPE, _ROW), (_TYPE, _ENTITY),
            *labels(f"{source.name}, ligne {line}", f"{source.name}, line {line}"),
            (_PART_OF, iri(iris.source(source.name)))]
    cells = row.cells
    said += [(predicate, text(cells[role])) for role, predicate in _CELLS.items() if role in cells]
    at = row.position
    for name, number in (("page", at.page), ("line", at.line), ("lastLine", at.last_line),
                         ("regionCellLine", row.carried.get("region"))):
        if number is not None:
            said.append((_P[name], integer(number)))
    if at.sheet is not None:
        said.append((_P["sheet"], text(at.sheet)))
    return describe(row_iri, said)


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What was found of a project, for its record. ``leads`` pairs each lead with its
    gazetteer entry, None where it was not identified."""

    iri: str
    identifier: str
    call: str
    row: Row
    source: Source
    leads: Sequence[tuple[SharedEntity, Entity | None]]
    regions: Sequence[Entity]
    partners: Sequence[SharedEntity | None]
    countries: Sequence[Entity]
    themes: Sequence[Theme]


def flat_record(facts: ProjectFacts) -> dict[str, Any]:
    """The project as one record for tables; lists where there may be several."""
    row = facts.row
    more = flat_facts(row.facts) if row.facts else {}
    leads = [entity for _, entity in facts.leads]
    return {
        "iri": facts.iri, "identifier": facts.identifier, "call": facts.call,
        "session": row.session, "region": [r.label_fr for r in facts.regions],
        "region_insee": [r.ids.get("insee", "") for r in facts.regions],
        "lead": [m.name or m.printed for m in row.leads],
        "lead_type": [e.level if e else "" for e in leads],
        "lead_code": [(e.ids.get("insee") or e.ids.get("siren") or "") if e else ""
                      for e in leads],
        "partner": [m.name for m in row.partners if m.name],
        "partner_iri": [p.iri for p in facts.partners if p is not None],
        "country": [c.label_fr for c in facts.countries],
        "iso2": [c.ids.get("iso2", "") for c in facts.countries],
        "country_wikidata": [c.ids.get("wikidata", "") for c in facts.countries],
        "sdg": sorted({t.goal for t in facts.themes}), "title": row.title,
        "source": facts.source.name, "line": row.position.line, **more,
    }
