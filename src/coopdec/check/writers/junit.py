"""JUnit XML, which every continuous-integration server reads: a suite is a kind of check,
a failing case is a violation; warnings and notes are cases that pass with their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from coopdec.check.report import Report
from coopdec.check.result import Level
from coopdec.check.writers.items import Item, items_of, verdict
from coopdec.formats.rdfxml import in_xml
from coopdec.messages import Lang
from coopdec.model import Finding

__all__ = ["WRITER"]


class JunitWriter:
    name = "junit"
    suffix = ".xml"
    media_type = "application/xml"

    def write(
        self, report: Report, findings: Iterable[Finding], lang: Lang, base: str
    ) -> Iterator[str]:
        suites: dict[str, list[Item]] = {}
        for item in items_of(report, findings):
            suites.setdefault(item.code, []).append(item)
        total = sum(map(len, suites.values()))
        bad = sum(i.level is Level.VIOLATION for items in suites.values() for i in items)
        whole = 0 if bad or report.resources else 1
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f'<testsuites name="coopdec check" tests="{total + 1}" failures="{bad + whole}">\n'
        yield f' <testsuite name="coopdec" tests="1" failures="{whole}">\n  <testcase '
        yield f'classname="coopdec" name={_attribute(verdict(report, findings, lang))}'
        yield "><failure/></testcase>\n" if whole else "/>\n"
        yield " </testsuite>\n"
        for code in sorted(suites):
            yield from _suite(code, suites[code], lang)
        yield "</testsuites>\n"


def _suite(code: str, items: list[Item], lang: Lang) -> Iterator[str]:
    bad = sum(i.level is Level.VIOLATION for i in items)
    yield f' <testsuite name={_attribute(code)} tests="{len(items)}" failures="{bad}">\n'
    for item in items:
        words = " ".join(filter(None, (item.message[lang == "en"], item.advice[lang == "en"])))
        place = item.place(lang)
        name = " ".join(filter(None, (item.about, f"({place})" if place else "")))
        yield f"  <testcase classname={_attribute(code)} name={_attribute(name or code)}>"
        if item.level is Level.VIOLATION:
            yield f"<failure message={_attribute(words)}>{_text(item.subject)}</failure>"
        else:
            yield f"<system-out>{_text(words)}</system-out>"
        yield "</testcase>\n"
    yield " </testsuite>\n"


def _attribute(text: str) -> str:
    return quoteattr(in_xml(text))


def _text(text: str) -> str:
    return escape(in_xml(text))


WRITER = JunitWriter()
