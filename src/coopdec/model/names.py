"""Names and what they stand for: entries of the gazetteer, questions put to it, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from coopdec.model.findings import Position
from coopdec.model.rows import Code, Kind, Mention, Side

__all__ = ["Candidate", "Entity", "Query", "Question", "Resolution"]


class Entity(NamedTuple):
    """An entry of the reference gazetteer.

    ``key`` is unique and stable: ``commune/69043``, ``intercommunality/242900314``,
    ``department/03``, ``region/84``, ``delegated-commune/85213``, ``country/ML``,
    ``iso/ML-3``, ``gn/2451478``. ``level`` is the class to publish it under on the
    French side (``delegated-commune`` is of kind commune). ``ids`` has some of insee,
    siren, iso2, iso3, iso3166_2, geonames, wikidata (bare values). ``parents`` are keys,
    nearest first. ``until``/``since`` bound its legal life; ``replaced_by`` are keys.
    """

    key: str
    kind: Kind
    level: str
    label_fr: str
    label_en: str | None = None
    country: str | None = None
    ids: Mapping[str, str] = {}
    parents: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    since: date | None = None
    until: date | None = None
    replaced_by: tuple[str, ...] = ()


class Query(NamedTuple):
    """A name to resolve, with what is known around it. ``region`` is a French region
    (name or INSEE code) on the French side; ``type`` a printed type word; ``context``
    free text of the same row (its title); ``on`` the document's date; ``peer`` the kind
    of the French lead: regions and departments mostly work with regions and districts;
    ``holds`` a place that the territory contains (« Caldas » holds « Manizales »); ``codes`` those
    printed beside the name of a French body."""

    name: str
    side: Side
    country: str | None = None
    kind: Kind | None = None
    type: str | None = None
    region: str | None = None
    within: tuple[Mention, ...] = ()
    context: str = ""
    on: date | None = None
    peer: Kind | None = None
    holds: str | None = None
    codes: tuple[Code, ...] = ()


class Candidate(NamedTuple):
    """``score`` in [0, 1], calibrated: of links at ≥ 0.9, at least 98 in 100 are right.
    ``reason`` is a list of message codes with parameters, most telling first, rendered
    by :mod:`coopdec.messages`."""

    entity: Entity
    score: float
    reason: tuple[tuple[str, Mapping[str, Any]], ...] = ()


class Resolution(NamedTuple):
    """``chosen`` is a candidate that may be published as a link, or None."""

    query: Query
    candidates: tuple[Candidate, ...] = ()
    chosen: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A name that a person should decide on: published as printed at ``subject`` (a path
    under the base), with what it might be. ``role`` is lead or partner; ``title`` the
    project's, which helps to tell."""

    subject: str
    name: str
    role: str
    country: str | None
    title: str
    where: Position
    candidates: tuple[Candidate, ...] = ()
