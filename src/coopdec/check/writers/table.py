"""For a spreadsheet: one line a result, headers in the reader's language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from coopdec.check.report import Report
from coopdec.check.words import level_name
from coopdec.check.writers.items import items_of
from coopdec.messages import Lang
from coopdec.model import Finding
from coopdec.terms import bare

__all__ = ["WRITER"]

_HEADERS = {
    "fr": ("gravité", "code", "projet", "session", "document", "ligne", "page", "feuille",
           "colonne", "constat", "que faire", "valeur", "ressource"),
    "en": ("severity", "code", "project", "session", "document", "line", "page", "sheet",
           "column", "finding", "what to do", "value", "resource"),
}
# A spreadsheet runs a cell that begins like a formula; the list's text is not ours to trust.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TableWriter:
    name = "csv"
    suffix = ".csv"
    media_type = "text/csv"

    def write(
        self, report: Report, findings: Iterable[Finding], lang: Lang, base: str
    ) -> Iterator[str]:
        second = lang == "en"
        yield _line(_HEADERS[lang])
        for item in items_of(report, findings):
            where = item.where
            yield _line((
                level_name(item.level, lang), item.code, item.title,
                _text(item.session),
                where.document if where else "", _text(where.line if where else None),
                _text(where.page if where else None), (where.sheet or "") if where else "",
                (where.column or "") if where else "",
                item.message[second], item.advice[second],
                bare(item.result.value) if item.result else "", item.subject))


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    safe = ["'" + c if c.startswith(_FORMULA) else c for c in cells]
    csv.writer(out, lineterminator="\r\n").writerow(safe)
    return out.getvalue()


WRITER = TableWriter()
