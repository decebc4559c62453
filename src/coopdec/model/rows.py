"""What is read: a list, the bodies and places that its cells name, its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from coopdec.model.facts import Facts
from coopdec.model.findings import Position
from coopdec.text import slug

__all__ = ["Code", "Kind", "Mention", "Row", "Side", "Source"]


class Side(StrEnum):
    __hash__ = str.__hash__  # Enum's own is no match: it is written in Python

    FRENCH = "fr"
    PARTNER = "partner"


class Kind(StrEnum):
    """The closed list of DESIGN §4: French side first, then the partner side."""

    __hash__ = str.__hash__

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
class Source:
    """One published list: the facts of its ``.toml``, completed by its letterhead.

    ``name`` is the file's stem; ``path`` as the user reaches it; ``projects`` the
    number the document or its ``.toml`` declares; ``licence`` and ``url`` are IRIs;
    ``currency`` (ISO 4217) is that of amounts beside which none is printed; ``profile``
    names the layout, None where its columns are understood by their words; ``carry`` the roles
    whose empty cells mean the cell above, None where the ``.toml`` leaves that to the lines.
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
    carry: tuple[str, ...] | None = None
    currency: str | None = None
    profile: str | None = None
    sha256: str = ""

    @property
    def call_name(self) -> str:
        """What names the call in IRIs: what the ``.toml`` says; else words of the list's name, in
        small letters and digits with hyphens between."""
        return _named(self.name) if self.call is None else self.call


@lru_cache(maxsize=1 << 8)
def _named(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", slug(name)).strip("-") or slug("")


class Code(NamedTuple):
    """An official code printed beside a name. ``authority``: ``insee`` (of a commune,
    department or region), ``siren`` (that of a SIRET too), ``epci`` (a SIREN, of the
    intercommunality or of that around the commune) or ``postcode``; ``value`` in its normal
    form; ``printed`` in the cell of ``role``."""

    authority: str
    value: str
    printed: str
    role: str


class Mention(NamedTuple):
    """A body, territory or country as a cell names it, taken apart but not identified.

    « Benkadi, cercle et région de Sikasso (Mali) » → name « Benkadi », country
    ``ML``, within (« Sikasso » cercle, « Sikasso » région). A cell that names only
    countries gives one mention a country, ``name`` None and ``kind`` country.
    ``codes``: those that columns of their own give for it.
    """

    printed: str
    name: str | None
    kind: Kind | None = None
    type: str | None = None
    country: str | None = None
    country_printed: str | None = None
    within: tuple[Mention, ...] = ()
    codes: tuple[Code, ...] = ()

    @property
    def own_name(self) -> str | None:
        """The name without the parents that it is printed with: « Manizales, Caldas »
        within « Caldas » → « Manizales »."""
        name = self.name
        for parent in reversed(self.within):
            if name is not None and parent.name is not None:
                name = name.removesuffix(f", {parent.name}")
        return name


class Row(NamedTuple):
    """What the reader understood of one announced project.

    ``cells`` maps a column role (``region``, ``lead``, ``partner``, ``title``, …) to
    the text as printed (the lines of a broken cell joined by one space); ``columns``
    maps the same roles to the printed headers; ``carried`` gives the line where a cell
    that was carried down is printed. ``title`` and ``lead`` are the printed texts,
    trimmed and Unicode-normalised; ``region`` is in its normal spelling, None if
    unknown or not given; ``department`` the one that the region's cell names instead;
    ``facts`` is None where the list has no column for any; ``outside`` says that it is no
    decentralised cooperation: shown, and not published.
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
    carried: Mapping[str, int] = {}
    facts: Facts | None = None
    outside: bool = False
    department: str | None = None

    def where(self, role: str) -> Position:
        """The place of one cell."""
        document, line, last_line, page, sheet, _ = self.position
        if role in self.carried:
            line, last_line = self.carried[role], None
        return Position(document, line, last_line, page, sheet, self.columns.get(role))
