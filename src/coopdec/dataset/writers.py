"""Rows as CSV, SPARQL JSON and Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopdec.dataset.results import Rows, Term

__all__ = ["csv_text", "json_text", "markdown_text", "short"]

# A cell that a spreadsheet would take for a formula is made text by a leading apostrophe
# (OWASP, CSV injection); numbers and IRIs are none.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def csv_text(rows: Rows) -> str:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/, lines ending in LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows([_cell(t.get(c)) for c in rows.columns] for t in rows.terms)
    return out.getvalue()


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    value = str(term["value"])
    guarded = term["type"] == "literal" and value.startswith(_FORMULA)
    return f"'{value}" if guarded and not _NUMBER.fullmatch(value) else value


def json_text(rows: Rows) -> str:
    """https://www.w3.org/TR/sparql11-results-json/"""
    said: Mapping[str, Any] = {"head": {"vars": list(rows.columns)},
                               "results": {"bindings": list(rows.terms)}}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def markdown_text(rows: Rows) -> str:
    """A table of GitHub's Markdown; IRIs are links with a short text."""
    lines = [" | ".join(rows.columns), " | ".join("---" for _ in rows.columns)]
    lines += [" | ".join(_marked(t.get(c)) for c in rows.columns) for t in rows.terms]
    return "".join(f"| {line} |\n" for line in lines)


def _marked(term: Term | None) -> str:
    if term is None:
        return ""
    value = str(term["value"])
    if term["type"] == "uri":
        address = re.sub(r"[<>\s|]", lambda m: f"%{ord(m.group()):02X}", value)
        return f"[{_plain(short(value))}](<{address}>)"
    return _plain(value)


def _plain(value: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(value.split()))


_SHORT = re.compile(
    r"https?://www\.wikidata\.org/(?:entity|prop/direct)/(?P<wd>[QP]\d+)"
    r"|https?://publications\.europa\.eu/resource/authority/country/(?P<eu>\w+)"
    r"|https?://sws\.geonames\.org/(?P<gn>\d+)/"
    r"|http://metadata\.un\.org/(?P<sdg>sdg/[\w.]+)"
    r"|.*/project/(?:.*/)?(?P<project>[^/]+)"
    r"|.*/(?P<own>(?:collectivity|territory|institution|country|call|source)/.+)")


def short(iri: str) -> str:
    """An IRI as people read it in a table; « explain » takes a project's.

    >>> short("http://www.wikidata.org/entity/Q912")
    'Q912'
    >>> short("https://w3id.org/coopdec/project/generaliste-2020-2021/0d5330e7a891fc7d")
    '0d5330e7a891fc7d'
    """
    match = _SHORT.fullmatch(iri)
    if match is not None:
        return str(match[match.lastgroup or 0])
    local = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return local or iri
