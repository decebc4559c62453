"""The W3C validation report, with an IRI for each result instead of a blank node.

A result's IRI is the digest of what makes it that result: the same fault has the same
IRI in every run. ``sh:resultPath`` is left out where the path is not a single property,
since such a path could only be a blank node; the source shape says it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from coopdec.check.report import Report
from coopdec.check.result import SH, Level, Result
from coopdec.messages import Lang
from coopdec.model import Finding

__all__ = ["WRITER"]

_SEVERITIES = {Level.VIOLATION: "Violation", Level.WARNING: "Warning", Level.INFO: "Info"}


class TurtleWriter:
    name = "turtle"
    suffix = ".ttl"
    media_type = "text/turtle"

    def write(
        self, report: Report, findings: Iterable[Finding], lang: Lang, base: str
    ) -> Iterator[str]:
        yield f"@prefix sh: <{SH}> .\n\n"
        iris = {_iri(result, base): result for result in report.results}
        # SHACL: a report conforms only if it has no result at all, whatever the severity.
        conforms = "true" if report.resources and not iris else "false"
        yield f"<{base}report> a sh:ValidationReport ;\n    sh:conforms {conforms}"
        if iris:
            yield " ;\n    sh:result " + " ,\n        ".join(f"<{i}>" for i in sorted(iris))
        yield " .\n"
        for iri in sorted(iris):
            yield "\n" + _block(iri, iris[iri])


def _iri(result: Result, base: str) -> str:
    parts = (result.focus, result.path, result.value, result.component, result.constraint,
             result.shape)
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
    return f"{base}report#result-{digest}"


def _block(iri: str, result: Result) -> str:
    lines = [f"<{iri}> a sh:ValidationResult", f"sh:focusNode {result.focus}"]
    if result.path.startswith("<") and result.path.count("<") == 1:
        lines.append(f"sh:resultPath {result.path}")
    if result.value and not result.value.startswith("_:"):
        lines.append(f"sh:value {result.value}")
    lines.append(f"sh:sourceShape <{result.shape}>")
    if result.constraint:
        lines.append(f"sh:sourceConstraint <{result.constraint}>")
    component = result.component.removeprefix(SH)
    lines.append("sh:sourceConstraintComponent " + (
        f"sh:{component}" if component != result.component else f"<{component}>"))
    lines.append(f"sh:resultSeverity sh:{_SEVERITIES[result.level]}")
    words = [f"{_literal(text)}@{lang}" for text, lang in
             zip(result.expected, ("fr", "en"), strict=True) if text]
    if words:
        lines.append("sh:resultMessage " + " ,\n        ".join(words))
    return " ;\n    ".join(lines) + " .\n"


def _literal(text: str) -> str:
    for char, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(char, escape)
    return f'"{text}"'


WRITER = TurtleWriter()
