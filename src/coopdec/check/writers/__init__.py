"""The forms in which a report is read. A form is a module with one :class:`Writer`.

``write(report, "html", findings=…, lang="fr")`` gives the whole text; findings of other
stages are listed beside the results, in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Protocol

from coopdec.check.report import Report
from coopdec.errors import UnknownName
from coopdec.messages import Lang
from coopdec.model import Finding
from coopdec.spelling import close_matches

__all__ = ["WRITERS", "Writer", "get_writer", "write"]


class Writer(Protocol):
    """``suffix`` with its dot; ``write`` yields pieces of text, the same for the same
    report: no clock, no machine, no hash order."""

    name: str
    suffix: str
    media_type: str

    def write(
        self, report: Report, findings: Iterable[Finding], lang: Lang, base: str
    ) -> Iterator[str]: ...


#: name → module; the module holds the writer as ``WRITER``
WRITERS: Mapping[str, str] = {
    "text": "coopdec.check.writers.plain",
    "jsonl": "coopdec.check.writers.json_lines",
    "csv": "coopdec.check.writers.table",
    "html": "coopdec.check.writers.page",
    "turtle": "coopdec.check.writers.turtle",
    "sarif": "coopdec.check.writers.sarif",
    "junit": "coopdec.check.writers.junit",
}


def get_writer(name: str) -> Writer:
    """The writer of that name, imported only now."""
    if name not in WRITERS:
        raise UnknownName("check-unknown-format", close_matches(name, WRITERS), name=name,
                          known=list(WRITERS))
    writer: Writer = import_module(WRITERS[name]).WRITER
    return writer


def write(
    report: Report, form: str, *, findings: Iterable[Finding] = (), lang: Lang = "fr",
    base: str = "https://w3id.org/coopdec/",
) -> str:
    """The report as text. ``base``: where the IRIs of the RDF report stand."""
    return "".join(get_writer(form).write(report, findings, lang, base))
