"""A project as one record for tables (:mod:`coopdec.formats._columns`)."""

from __future__ import annotations

from typing import Any

from coopdec.describe.facts import flat_facts
from coopdec.describe.who import Abroad, French
from coopdec.model import Announcement, Source

__all__ = ["flat_record"]


def flat_record(project: str, identifier: str, call: str, announced: Announcement, source: Source,
                french: French, abroad: Abroad) -> dict[str, Any]:
    """``project`` is its IRI. Lists where there may be several."""
    row = announced.row
    more = dict(flat_facts(row.facts)) if row.facts else {}
    return {
        "iri": project, "identifier": identifier, "call": call,
        "session": row.session, "region": [r.label_fr for r in french.regions],
        "region_insee": [r.ids.get("insee", "") for r in french.regions],
        "lead": [m.name or m.printed for m in row.leads],
        "lead_type": [e.level if e else "" for e in french.leads],
        "lead_code": [(e.ids.get("insee") or e.ids.get("siren") or "") if e else ""
                      for e in french.leads],
        "partner": [m.name for m in row.partners if m.name],
        "partner_iri": list(abroad.iris),
        "country": [c.label_fr for c in abroad.countries],
        "iso2": [c.ids.get("iso2", "") for c in abroad.countries],
        "country_wikidata": [c.ids.get("wikidata", "") for c in abroad.countries],
        "sdg": sorted({t.goal for t in announced.themes}), "title": row.title,
        "source": source.name, "line": row.position.line, **more,
    }
