"""SARIF 2.1.0, for the code-scanning pages of forges: each result at its line of the list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from coopdec import __version__
from coopdec.check.report import Report
from coopdec.check.result import Level
from coopdec.check.writers.items import Item, items_of
from coopdec.messages import Lang
from coopdec.model import Finding

__all__ = ["WRITER"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.VIOLATION: "error", Level.WARNING: "warning", Level.INFO: "note"}


class SarifWriter:
    name = "sarif"
    suffix = ".sarif"
    media_type = "application/sarif+json"

    def write(
        self, report: Report, findings: Iterable[Finding], lang: Lang, base: str
    ) -> Iterator[str]:
        second = lang == "en"
        items = list(items_of(report, findings))
        rules: dict[str, dict[str, Any]] = {}
        for item in items:
            rules.setdefault(item.code, _rule(item, second))
        run = {
            "tool": {"driver": {
                "name": "coopdec", "version": __version__, "rules": list(rules.values())}},
            "columnKind": "unicodeCodePoints",
            "results": [_result(item, list(rules), second) for item in items],
        }
        yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]},
                         ensure_ascii=False, indent=1) + "\n"


def _rule(item: Item, second: bool) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": item.code, "shortDescription": {"text": item.kind[second]}}
    if item.result and item.result.shape:
        rule["helpUri"] = item.result.constraint or item.result.shape
    return rule


def _result(item: Item, rules: list[str], second: bool) -> dict[str, Any]:
    words = f"{item.about} : {item.message[second]}" if item.about else item.message[second]
    found: dict[str, Any] = {
        "ruleId": item.code, "ruleIndex": rules.index(item.code), "level": _LEVELS[item.level],
        "message": {"text": " ".join(filter(None, (words, item.advice[second])))},
    }
    location: dict[str, Any] = {}
    if item.where is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": item.where.document}}
        if item.where.line:
            physical["region"] = {"startLine": item.where.line}
            if item.where.last_line:
                physical["region"]["endLine"] = item.where.last_line
        location["physicalLocation"] = physical
    if item.subject:
        location["logicalLocations"] = [{"fullyQualifiedName": item.subject}]
    if location:
        found["locations"] = [location]
    return found


WRITER = SarifWriter()
