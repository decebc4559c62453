"""IATI activities, XML of version 2 (https://iatistandard.org/en/iati-standard/203/): one
activity is one line, its elements are the cells. Streams: memory is that of one activity.

A line's number is the line of the file on which its activity begins. What stands for a
cell is chosen in :mod:`coopdec.read.documents._activity`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat, Line, Table
from coopdec.read.documents._activity import COLUMNS, USED, cells_of
from coopdec.read.documents._encoding import decode_head
from coopdec.read.documents._refuse import refused
from coopdec.read.documents._xml import local

__all__ = ["FORMAT"]

_ROOT = re.compile(r"\ufeff?\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*"
                   r"|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*"
                   r"<iati-(?:activities|activity|organisations)\b", re.DOTALL)
#: What holds people's names, e-mails and telephones.
_PEOPLE = "contact-info"


def _fits(head: bytes) -> float:
    return 1.0 if _ROOT.match(decode_head(head)) else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    document = Document([])
    document.tables = [Table(_lines(stream, name, document.findings), "iati-activities")]
    return document


def _lines(stream: BinaryIO, name: str, findings: list[Finding]) -> Iterator[Line]:
    yield Line(1, list(COLUMNS))
    seen: Counter[str] = Counter()
    number = foreign = 0
    for activity, defaults in _activities(stream, name):
        number += 1
        cells, french = cells_of(activity, defaults)
        foreign += not french
        seen.update({local(child.tag) for child in activity} - USED)
        yield Line(activity.sourceline or number, cells, _last_line(activity))
    where = Position(name)
    if people := seen.pop(_PEOPLE, 0):
        findings.append(Finding("personal-data", Severity.WARNING,
                                Position(name, column=_PEOPLE), {"n": people}))
    if left := sorted(e for e in seen if e):
        findings.append(Finding("iati-unused", Severity.INFO, where, {"elements": left}))
    if foreign:
        findings.append(Finding("iati-not-french", Severity.INFO, where,
                                {"n": foreign, "total": number}))


def _last_line(element: Any) -> int | None:
    while len(element):
        element = element[-1]
    line: int | None = element.sourceline
    return line


def _activities(stream: BinaryIO, name: str) -> Iterator[tuple[Any, dict[str, str]]]:
    """Each activity with what the root says of all; given back to memory after its turn."""
    from lxml import etree

    defaults: dict[str, str] = {}
    depth = 0
    at: int | None = None
    try:
        for event, element in etree.iterparse(
                stream, events=("start", "end"), resolve_entities=False, no_network=True,
                load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False):
            at = element.sourceline or at
            if event == "start":
                if depth == 0:
                    defaults = _root(element, name)
                depth += 1
                continue
            depth -= 1
            if local(element.tag) != "iati-activity" or depth > 1:
                continue
            yield element, defaults
            parent = element.getparent()
            element.clear()
            if parent is not None:
                while element.getprevious() is not None:
                    del parent[0]
    except etree.LxmlError as error:
        line = getattr(error, "lineno", None) or at
        raise refused("document-truncated", Position(name, line), format="IATI") from error


def _root(root: Any, name: str) -> dict[str, str]:
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused("xml-entities", name)
    kind, version = local(root.tag), root.get("version", "").strip()
    if kind == "iati-organisations":
        raise refused("iati-organisations", name)
    if version and not version.startswith("2."):
        raise refused("iati-version", name, version=version)
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return {"language": language, "currency": root.get("default-currency", "")}


FORMAT = DocumentFormat("iati", (".xml", ".iati"), _fits, _read, "xml")
