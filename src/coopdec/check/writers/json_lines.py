"""For programs: one object a line; results and findings have the same keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from coopdec.check.report import Report
from coopdec.check.writers.items import Item, items_of
from coopdec.messages import Lang
from coopdec.model import Finding, Position
from coopdec.terms import bare

__all__ = ["WRITER"]


class JsonLinesWriter:
    name = "jsonl"
    suffix = ".jsonl"
    media_type = "application/x-ndjson"

    def write(
        self, report: Report, findings: Iterable[Finding], lang: Lang, base: str
    ) -> Iterator[str]:
        for item in items_of(report, findings):
            yield json.dumps(_record(item), ensure_ascii=False) + "\n"


def _record(item: Item) -> dict[str, Any]:
    result = item.result
    return {
        "severity": item.level.value,
        "code": item.code,
        "message": {"fr": item.message[0], "en": item.message[1]},
        "advice": {"fr": item.advice[0], "en": item.advice[1]},
        "title": item.title or None,
        "project": (result.project or None) if result else None,
        "session": item.session,
        "where": _position(item.where),
        "subject": item.subject or None,
        "path": (result.path or None) if result else None,
        "value": (result.value or None) if result else None,
        "value_text": (bare(result.value) or None) if result else None,
        "shape": (result.shape or None) if result else None,
        "constraint": (result.constraint or None) if result else None,
        "component": result.component if result else None,
    }


def _position(where: Position | None) -> dict[str, Any] | None:
    if where is None:
        return None
    return {"document": where.document, "line": where.line, "last_line": where.last_line,
            "page": where.page, "sheet": where.sheet, "column": where.column}


WRITER = JsonLinesWriter()
