"""``datapackage.json``: the release as a Data Package (https://datapackage.org, version 2):
each file with its size and hash, the table with the type of each column."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from coopdec.catalogue.about import About
from coopdec.formats._columns import COLUMNS, FILE, SEPARATOR, Column
from coopdec.release import SSSOM_COLUMNS

__all__ = ["data_package"]

_PROFILES = "https://datapackage.org/profiles/2.0/"
_TYPES = {"string": "string", "iri": "string", "integer": "integer", "decimal": "number"}


def data_package(about: About) -> dict[str, Any]:
    heading, publisher = about.release.heading, about.release.heading.publisher
    found: dict[str, Any] = {
        "$schema": _PROFILES + "datapackage.json",
        "name": "coopdec",
        "id": about.dataset,
        "title": about.words("dataset-title", "fr"),
        "description": about.words("dataset-about", "fr"),
        "homepage": about.base,
        "version": heading.version,
        "keywords": about.keywords("fr"),
        "licenses": [{"name": "etalab-2.0", "path": heading.licence,
                      "title": "Licence Ouverte 2.0"}],
        "contributors": [{"title": publisher.name_fr, "roles": ["publisher"],
                          "path": publisher.homepage or about.base}],
        "sources": [{"title": s.title or s.name, **({"path": s.url} if s.url else {})}
                    for s in about.release.sources],
        "resources": [_resource(about, n) for n in range(len(_files(about)))],
    }
    issued = about.issued()
    if issued and len(issued) == 10:
        found["created"] = f"{issued}T00:00:00Z"
    return found


def _files(about: About) -> list[Any]:
    return [*about.files, *about.aside]


def _resource(about: About, number: int) -> dict[str, Any]:
    file = _files(about)[number]
    found: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9._-]", "-", file.name.lower()),
        "path": file.name,
        "format": file.name.rpartition(".")[2],
        "mediatype": file.media_type,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.name == FILE:
        found |= {
            "type": "table", "encoding": "utf-8",
            "schema": {
                "$schema": _PROFILES + "tableschema.json",
                "fields": [_field(c) for c in COLUMNS],
                "primaryKey": ["iri"],
                "missingValues": [""],
            },
        }
    elif file.name == "links.sssom.tsv":
        found |= {
            "type": "table", "encoding": "utf-8",
            "dialect": {"delimiter": "\t", **_below_comments(about)},
            "schema": {
                "$schema": _PROFILES + "tableschema.json",
                "fields": [{"name": name, "type": "number" if name == "confidence" else "string"}
                           for name in SSSOM_COLUMNS],
            },
        }
    return found


def _below_comments(about: About) -> dict[str, list[int]]:
    """Where the header stands, below SSSOM's lines of comment; rows count from 1."""
    with (about.folder / "links.sssom.tsv").open(encoding="utf-8") as file:
        comments = sum(1 for _ in takewhile(lambda line: line.startswith("#"), file))
    return {"headerRows": [comments + 1], "commentRows": list(range(1, comments + 1))}


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "title": column.fr,
                             "description": column.en}
    kind = _TYPES[column.kind]
    if column.many:
        found |= {"type": "list", "delimiter": SEPARATOR, "itemType": kind}
    else:
        found["type"] = kind
        if column.kind == "iri":
            found["format"] = "uri"
    if column.name == "iri":
        found["constraints"] = {"required": True, "unique": True}
    return found
