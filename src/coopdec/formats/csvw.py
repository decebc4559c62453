"""``projects.csv-metadata.json``: what the columns of ``projects.csv`` are, for programs
(CSV on the Web, https://www.w3.org/TR/tabular-metadata/). Found beside the table by its
name (§5.3 of the data model)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coopdec.formats import Heading, WholeFormat
from coopdec.formats._columns import COLUMNS, FILE, SEPARATOR, Column
from coopdec.vocab import PREFIXES

__all__ = ["FORMAT", "metadata"]

_DATATYPES = {"string": "string", "iri": "anyURI", "integer": "integer", "decimal": "decimal"}


def metadata(heading: Heading) -> dict[str, Any]:
    """The table's description."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "fr"}],
        "@id": f"{heading.base}{FILE}",
        "url": FILE,
        "dc:title": [{"@value": "Projets de coopération décentralisée", "@language": "fr"},
                     {"@value": "Decentralised-cooperation projects", "@language": "en"}],
        "dc:license": {"@id": heading.licence},
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "doubleQuote": True},
        "tableSchema": {
            "aboutUrl": "{+iri}", "primaryKey": "iri", "rowTitles": ["title"],
            "columns": [_column(c) for c in COLUMNS],
        },
    }


def _column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        # The header's cell; the words for people are annotations.
        "titles": {"und": column.name},
        "dc:title": [{"@value": column.fr, "@language": "fr"},
                     {"@value": column.en, "@language": "en"}],
        "datatype": _DATATYPES[column.kind],
    }
    if column.name == "title":
        found["lang"] = "fr"
    if column.many:
        found["separator"] = SEPARATOR
    if column.name == "iri":
        found |= {"required": True, "suppressOutput": True}
    if column.about:
        prefix, local = column.about.split(":")
        found["propertyUrl"] = PREFIXES[prefix] + local
    return found


def _make(folder: Path, heading: Heading) -> Sequence[tuple[str, str]]:
    name = f"{FILE}-metadata.json"
    text = json.dumps(metadata(heading), ensure_ascii=False, indent=1) + "\n"
    (folder / name).write_text(text, "utf-8", newline="\n")
    return [(name, "application/csvm+json")]


FORMAT = WholeFormat("csvw", ".json", "application/csvm+json", make=_make, kept=True,
                     of=("csv",))
