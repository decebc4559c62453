"""The values that flow through the pipeline. Frozen, no I/O, standard library only.

``Row`` (read) → ``Resolution`` (resolve) → ``Theme`` (classify) → ``Description``
(describe). A ``Finding`` may arise anywhere and travels beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

__all__ = [
    "Announcement", "Candidate", "Description", "Entity", "Finding", "Kind", "LinkEvidence",
    "Mention", "Position", "Query", "Question", "Resolution", "Row", "Severity", "SharedEntity",
    "Side", "Source", "Theme",
]


class Severity(StrEnum):
    """``fatal`` stops before ``output/`` changes; SHACL violations are fatal too."""

    FATAL = "fatal"
    WARNING = "warning"
    INFO = "info"


class Side(StrEnum):
    FRENCH = "fr"
    PARTNER = "partner"


class Kind(StrEnum):
    """The closed list of DESIGN §4: French side first, then the partner side."""

    COMMUNE = "commune"
    INTERCOMMUNALITY = "intercommunality"
    DEPARTMENT = "department"
    REGION = "region"
    SINGLE_TERRITORIAL_COLLECTIVITY = "single-territorial-collectivity"
    SYNDICATE = "syndicate"
    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    PLACE = "place"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class Position:
    """Where something is printed. ``line`` counts from 1 (in a sheet: its row);
    ``last_line`` where it spans several; ``column`` is the printed header, or the
    column's number as text where there is no header."""

    document: str
    line: int | None = None
    last_line: int | None = None
    page: int | None = None
    sheet: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know. ``code`` names a message in
    :mod:`coopdec.messages`; ``params`` fill it; ``subject`` is the IRI of the
    resource concerned, where there is one."""

    code: str
    severity: Severity
    where: Position | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    subject: str | None = None

    @property
    def fatal(self) -> bool:
        return self.severity is Severity.FATAL


@dataclass(frozen=True, slots=True)
class Source:
    """One published list: the facts of its ``.toml``, completed by its letterhead.

    ``name`` is the file's stem; ``path`` as the user reaches it; ``projects`` the
    number the document or its ``.toml`` declares; ``licence`` and ``url`` are IRIs.
    """

    name: str
    path: str
    title: str = ""
    publisher: str = ""
    call: str | None = None
    call_title: str = ""
    session: int | None = None
    issued: date | None = None
    licence: str | None = None
    url: str | None = None
    projects: int | None = None
    scheme: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    carry: tuple[str, ...] = ("region",)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A body, territory or country as a cell names it, taken apart but not identified.

    « Benkadi, cercle et région de Sikasso (Mali) » → name « Benkadi », country
    ``ML``, within (« Sikasso » cercle, « Sikasso » région). A cell that names only
    countries gives one mention a country, ``name`` None and ``kind`` country.
    """

    printed: str
    name: str | None
    kind: Kind | None = None
    type: str | None = None
    country: str | None = None
    country_printed: str | None = None
    within: tuple[Mention, ...] = ()

    @property
    def own_name(self) -> str | None:
        """The name without the parents that it is printed with: « Manizales, Caldas »
        within « Caldas » → « Manizales »."""
        name = self.name
        for parent in reversed(self.within):
            if name is not None and parent.name is not None:
                name = name.removesuffix(f", {parent.name}")
        return name


@dataclass(frozen=True, slots=True)
class Row:
    """What the reader understood of one announced project.

    ``cells`` maps a column role (``region``, ``lead``, ``partner``, ``title``, …) to
    the text as printed (the lines of a broken cell joined by one space); ``columns``
    maps the same roles to the printed headers; ``carried`` gives the line where a cell
    that was carried down is printed. ``title`` and ``lead`` are the printed texts,
    trimmed and Unicode-normalised; ``region`` is in its normal spelling, None if
    unknown or not given.
    """

    source: str
    position: Position
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    title: str
    lead: str
    region: str | None = None
    session: int | None = None
    call: str | None = None
    own_id: str | None = None
    leads: tuple[Mention, ...] = ()
    partners: tuple[Mention, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)

    def where(self, role: str) -> Position:
        """The place of one cell."""
        column = self.columns.get(role)
        if role in self.carried:
            return replace(self.position, line=self.carried[role], last_line=None, column=column)
        return replace(self.position, column=column)


@dataclass(frozen=True, slots=True)
class Entity:
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
    ids: Mapping[str, str] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    since: date | None = None
    until: date | None = None
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A name to resolve, with what is known around it. ``region`` is a French region
    (name or INSEE code) on the French side; ``type`` a printed type word; ``context``
    free text of the same row (its title); ``on`` the document's date; ``peer`` the kind
    of the French lead: regions and departments mostly work with regions and districts;
    ``holds`` a place that the territory contains (« Caldas » holds « Manizales »)."""

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


@dataclass(frozen=True, slots=True)
class Candidate:
    """``score`` in [0, 1], calibrated: of links at ≥ 0.9, at least 98 in 100 are right.
    ``reason`` is a list of message codes with parameters, most telling first, rendered
    by :mod:`coopdec.messages`."""

    entity: Entity
    score: float
    reason: tuple[tuple[str, Mapping[str, Any]], ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
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


@dataclass(frozen=True, slots=True)
class Theme:
    """A goal (1 to 17) that a title states, or one of its targets (``"6.1"``).

    ``evidence``: the words with their place in the title, ``(words, start, end)``,
    end exclusive, in characters. ``rule`` names the rule, for provenance.
    """

    goal: int
    confidence: float
    evidence: tuple[tuple[str, int, int], ...]
    rule: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """A row with what the stages found in it: what describe works from.

    ``leads`` and ``partners`` run beside the row's mentions; a partner that is only a
    country has no resolution. ``within`` gives the parents of each partner.
    """

    row: Row
    leads: tuple[Resolution, ...]
    partners: tuple[Resolution | None, ...]
    within: tuple[tuple[Resolution, ...], ...]
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """One subject and what is said of it. ``subject`` and the terms of ``statements``
    are N-Triples terms (``<…>`` or ``"…"@fr``), already encoded."""

    subject: str
    statements: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, order=True)
class LinkEvidence:
    """Why an entity is linked; of several the strongest is published (the order of the
    fields settles a draw). IRIs are bare; ``predicate`` is one of SKOS' or owl:sameAs."""

    confidence: float
    predicate: str
    target: str
    authority: str
    identifier: str
    justification: str
    reason_fr: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class SharedEntity:
    """``about`` maps each subject (bare IRI: the entity, its geometry) to its statements,
    encoded; ``links`` maps a link's IRI to its evidence; ``kind`` is its folder."""

    iri: str
    kind: str
    about: Mapping[str, frozenset[tuple[str, str]]]
    links: Mapping[str, LinkEvidence] = field(default_factory=dict)
