"""Rows of a named query in the forms that the API offers."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from coopdec.dataset import Rows
from coopdec.dataset.results import Term, python_value
from coopdec.dataset.shown import heading, readable
from coopdec.messages import Lang
from coopdec.web.pages import Pages

__all__ = ["json_text", "label", "value"]


def json_text(rows: Rows, about: dict[str, Any], pages: Pages, lang: Lang) -> str:
    """``about`` (the query, its parameters, the paging), the columns with their names, and
    the rows: numbers, truth values and text as JSON has them, an IRI with its label, null
    where there is nothing."""
    said = {**about,
            "columns": [{"name": c, "title": heading(c, lang)} for c in rows.columns],
            "rows": [{c: value(t.get(c), pages, lang) for c in rows.columns} for t in rows.terms]}
    return json.dumps(said, ensure_ascii=False, allow_nan=False) + "\n"


def value(term: Term | None, pages: Pages, lang: Lang) -> Any:
    if term is None:
        return None
    if term["type"] == "uri":
        return {"iri": str(term["value"]), "label": label("", term, pages, lang)}
    found = python_value(term)
    if isinstance(found, Decimal):
        found = float(found)
    if isinstance(found, float) and not abs(found) < float("inf"):
        return str(term["value"])
    return found.isoformat() if isinstance(found, date | datetime) else found


def label(column: str, term: Term, pages: Pages, lang: Lang) -> str:
    """What people read: the name of a resource of ours, otherwise the value."""
    if term["type"] == "uri":
        path = pages.addresses.path_of(str(term["value"]))
        entity = pages.index.entity(path) if path else None
        if entity is not None:
            return entity.label(lang)
    return readable(column, term, lang)
