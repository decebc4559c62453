"""What a person is told of the codes printed beside the names of leads."""

from __future__ import annotations

from collections.abc import Iterator

from coopdec.model import Announcement, Code, Entity, Finding, Kind, Resolution, Severity
from coopdec.reference import Gazetteer
from coopdec.reference.identifiers import bearers

__all__ = ["code_findings", "code_said"]

_SETTLES = "link-code-settles"
_BY_CODE = "lead-by-code"


def code_findings(announced: Announcement, places: Gazetteer, project: str) -> Iterator[Finding]:
    """Links that a code settled among homonyms; codes that say another than the name does, which
    then links as if there was none, or that nobody bears."""
    row = announced.row
    for mention, found in zip(row.leads, announced.leads, strict=True):
        settled = False
        for code in mention.codes:
            if said := code_said(code, found, places):
                name, severity, label = said
                if name == _BY_CODE and settled:
                    continue  # by several, which is once
                settled |= name == _BY_CODE
                yield Finding(name, severity, row.where(code.role), {
                    "name": mention.name or mention.printed, "code": code.printed,
                    "bearer": label}, project)


def code_said(code: Code, found: Resolution, places: Gazetteer
              ) -> tuple[str, Severity, str] | None:
    """What there is to say of a code beside the name: a finding's code, its severity, and the
    body that the finding names; None where it says nothing new."""
    chosen = found.chosen
    if code.authority == "postcode":
        return None
    borne = bearers(places, code)
    if not borne:  # the reference lacks many a SIREN
        return ("lead-code-unknown", Severity.WARNING, "") if code.authority == "insee" else None
    keys = {e.key for e in borne}
    if chosen is not None and chosen.entity.key in keys:
        settles = any(name == _SETTLES for name, _ in chosen.reason)
        return (_BY_CODE, Severity.INFO, _label(chosen.entity, places)) if settles else None
    if chosen is None and any(c.entity.key in keys for c in found.candidates):
        return None  # the name is asked about: something else speaks against it
    if chosen is not None and any(_goes_with(e, chosen.entity) for e in borne):
        return None
    if code.authority == "epci" and (
            chosen is None or chosen.entity.kind is not Kind.INTERCOMMUNALITY):
        return None  # that around a commune
    return "lead-code-differs", Severity.WARNING, _label(borne[0], places)


def _goes_with(coded: Entity, named: Entity) -> bool:
    """The code of the seat of a larger body, of what a body lies in, or of what it was before."""
    if coded.key in {*named.replaced_by, *named.parents} or named.key in coded.replaced_by:
        return True
    return coded.kind is Kind.COMMUNE and named.kind is not Kind.COMMUNE and (
        not named.parents or named.key in coded.parents
        or not set(coded.parents).isdisjoint(named.parents))


def _label(entity: Entity, places: Gazetteer) -> str:
    above = places.labels(entity.parents[:1])
    return f"{entity.label_fr} ({above[0]})" if above else entity.label_fr
