"""For a terminal: one paragraph a result, the verdict last, where the eye ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coopdec.check.quality import shown_trend
from coopdec.check.report import Report
from coopdec.check.words import level_name
from coopdec.check.writers.items import Item, items_of, verdict
from coopdec.messages import Lang, render
from coopdec.model import Finding

__all__ = ["WRITER"]

_DO = {"fr": "→ ", "en": "→ "}
_OTHERS = {"fr": " et {} autre(s) projet(s)", "en": " and {} other project(s)"}


class PlainWriter:
    name = "text"
    suffix = ".txt"
    media_type = "text/plain"

    def write(
        self, report: Report, findings: Iterable[Finding], lang: Lang, base: str
    ) -> Iterator[str]:
        for item in items_of(report, findings):
            yield _paragraph(item, lang)
        if report.before:
            for m in report.measures:
                trend = report.trend(m.metric)
                change = "" if trend is None else f"  {shown_trend(trend)}"
                yield f"{m.name(lang)}: {m.count} / {m.total}{change}\n"
        yield verdict(report, findings, lang) + "\n"
        yield render("check-ran", {"engine": report.engine, "n": report.rechecked}, lang) + "\n"


def _paragraph(item: Item, lang: Lang) -> str:
    second = lang == "en"
    place = item.place(lang)
    colon = " : " if lang == "fr" else ": "
    head = f"{level_name(item.level, lang)}{colon}{item.about}" if item.about else level_name(
        item.level, lang)
    lines = [head + (f" ({place})" if place else "")]
    if item.result and item.result.others:
        lines[0] += _OTHERS[lang].format(item.result.others)
    lines.append(f"  {item.message[second]}")
    if item.advice[second]:
        lines.append(f"  {_DO[lang]}{item.advice[second]}")
    if item.subject:
        lines.append(f"  <{item.subject}> [{item.code}]")
    return "\n".join(lines) + "\n\n"


WRITER = PlainWriter()
