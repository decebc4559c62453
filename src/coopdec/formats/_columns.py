"""The columns of ``projects.csv``, once: every table form is made from this.

``COLUMNS`` gives the order, the type, whether a cell may hold several values, and what a
person reads above it. A column added here, with its value in
:func:`coopdec.describe.flat.flat_record` under the same name, comes out in CSV, XLSX,
Parquet, GeoJSON, CSVW and the data package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

__all__ = ["BY_NAME", "COLUMNS", "FILE", "SEPARATOR", "Column", "guarded", "records",
           "unguarded"]

Kind = Literal["string", "iri", "integer", "decimal"]
#: Where the table stands.
FILE = "projects.csv"
#: Lists within a cell are parted by this.
SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is that of a spreadsheet's column, in characters; ``about`` names the
    property of the RDF that says the same, as a prefixed name, where one does."""

    name: str
    kind: Kind
    fr: str
    en: str
    many: bool = False
    width: int = 16
    about: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("iri", "iri", "adresse du projet", "project's address", width=24),
    Column("identifier", "string", "identifiant", "identifier", about="dcterms:identifier"),
    Column("call", "string", "appel à projets", "call for projects", width=22),
    Column("session", "integer", "session", "session", width=8),
    Column("region", "string", "région de France", "region of France", many=True, width=24),
    Column("region_insee", "string", "code INSEE de la région", "INSEE code of the region",
           many=True, width=8),
    Column("lead", "string", "collectivité chef de file", "lead authority", many=True, width=34),
    Column("lead_type", "string", "type de collectivité", "type of authority", many=True),
    Column("lead_code", "string", "code INSEE ou SIREN du chef de file",
           "INSEE code or SIREN number of the lead", many=True, width=11),
    Column("partner", "string", "partenaire", "partner", many=True, width=30),
    Column("partner_iri", "iri", "adresse du partenaire", "partner's address", many=True,
           width=24),
    Column("country", "string", "pays partenaire", "partner country", many=True, width=20),
    Column("iso2", "string", "code ISO du pays", "ISO code of the country", many=True, width=8),
    Column("country_wikidata", "string", "Wikidata du pays", "Wikidata item of the country",
           many=True, width=11),
    Column("sdg", "integer", "objectifs de développement durable",
           "Sustainable Development Goals", many=True, width=10),
    Column("title", "string", "intitulé du projet", "title of the project", width=60,
           about="dcterms:title"),
    Column("source", "string", "liste publiée", "published list", width=22),
    Column("line", "integer", "ligne de la liste", "line in the list", width=8),
    # What only some lists say.
    Column("grant", "decimal", "montant accordé", "grant"),
    Column("currency", "string", "monnaie du montant accordé (ISO 4217)",
           "currency of the grant (ISO 4217)", width=8),
    Column("total_cost", "decimal", "coût total", "total cost"),
    Column("cost_currency", "string", "monnaie du coût total (ISO 4217)",
           "currency of the total cost (ISO 4217)", width=8),
    # At the precision printed: a day, a month or a year.
    Column("start", "string", "début", "start", width=11, about="cd:startDate"),
    Column("end", "string", "fin", "end", width=11, about="cd:endDate"),
    Column("duration", "string", "durée (ISO 8601)", "duration (ISO 8601)", width=9,
           about="cd:duration"),
    Column("years", "integer", "années", "years", many=True, width=9, about="cd:year"),
    Column("status", "string", "état", "status", width=11),
    Column("co_funders", "string", "cofinanceurs", "co-funders", many=True, width=30),
    Column("operator", "string", "opérateurs", "operators", many=True, width=30),
    Column("lat", "decimal", "latitude du projet", "latitude of the project", width=9,
           about="wgs84:lat"),
    Column("long", "decimal", "longitude du projet", "longitude of the project", width=9,
           about="wgs84:long"),
    Column("description", "string", "description", "description", width=60,
           about="dcterms:description"),
)
BY_NAME: Mapping[str, Column] = {c.name: c for c in COLUMNS}

# A cell that a spreadsheet would take for a formula is made text by a leading apostrophe
# (OWASP, CSV injection); one that bears such an apostrophe already gets one more, so that
# taking one away always gives what was there.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """
    >>> guarded("=1+1"), unguarded(guarded("'=1+1"))
    ("'=1+1", "'=1+1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """What :func:`guarded` was given."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def _value(column: Column, cell: str) -> Any:
    cell = unguarded(cell)
    if column.many:
        return [_one(column, part) for part in cell.split(SEPARATOR)] if cell else []
    return _one(column, cell) if cell else None


def _one(column: Column, text: str) -> Any:
    if column.kind == "integer":
        return int(text) if text else None
    if column.kind == "decimal":
        return Decimal(text) if text else None
    return text


def records(folder: Path) -> Iterator[dict[str, Any]]:
    """``projects.csv`` of a release, typed: a list for a column of several values, None
    for an empty cell. Streams."""
    import csv

    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {c.name: _value(c, row.get(c.name) or "") for c in COLUMNS}
