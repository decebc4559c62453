"""Plain text whose columns are aligned with spaces, as ``pdftotext -layout`` and people
write it; cells may be wrapped over several lines, tables go on after a form feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat
from coopdec.read.documents._encoding import decode, decode_head, encoding_findings
from coopdec.read.documents._flow import Flow
from coopdec.read.documents._layout import TextLine, Word, find_run
from coopdec.read.documents._pages import PageText
from coopdec.read.documents._refuse import MIB, read_all, refuse_long_lines
from coopdec.read.documents._text import PAGE_NUMBER, is_text, physical_lines
from coopdec.read.documents._wrapped import ROUGH

__all__ = ["FORMAT"]

_LIMIT = 16 * MIB
_WORD = re.compile(r"\S+")
_RULE = re.compile(r"[-=_─━]{2,}(?:\s+[-=_─━]{2,})*")
_RUNNING = re.compile(r"(?:^|\s{2,})(?:page|p\.)\s*\d{1,4}(?:\s*(?:/|sur|of|de)\s*\d{1,4})?$",
                      re.IGNORECASE)
# Two spaces part columns.
_LEAST = 2.0
# Finding columns takes time with the square of the lines: a text without form feeds is
# looked at so many lines at a time.
_STRETCH = 100


def _fits(head: bytes) -> float:
    text = decode_head(head)
    if not is_text(text) or "\t" in text or "  " not in text:  # no gutter without two spaces
        return 0.0
    for page in islice(_pages(text), 2):
        run = find_run(page.lines[:60], _LEAST)
        height = run.end - run.start if run else 0
        if run and height >= 3 and (len(run.gutters) >= 2 or height >= 5):
            return 0.5
    return 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    refuse_long_lines(stream, name)
    text, encoding = decode(read_all(stream, name, _LIMIT))
    flow = Flow(gutter=_LEAST, space=1.0, full=ROUGH, name=name,
                findings=encoding_findings(encoding, name))
    document = Document([], flow.paragraphs, flow.findings)
    for number, raw in enumerate(physical_lines(text), 1):
        if "\ufffd" in raw:
            where = Position(name, number)
            document.findings.append(Finding("broken-character", Severity.WARNING, where))
    document.tables = flow.tables(_pages(text.removeprefix("\ufeff")))
    return document


def _pages(text: str) -> Iterator[PageText]:
    """The lines with their words at their columns, page after page; ``y`` is the line's
    number. Lines of dashes are rules; page numbers that stand alone are left out."""
    page, seen = PageText(), set[str]()
    for number, raw in enumerate(physical_lines(text), 1):
        # A form feed stands before the first line of a page.
        if page.lines and (raw.startswith("\f") or len(page.lines) >= _STRETCH):
            yield page
            page = PageText()
        shown = raw.replace("\f", "").rstrip()
        bare = shown.strip()
        if not bare or (PAGE_NUMBER.fullmatch(bare) and shown.startswith("   ")):
            continue
        if _RUNNING.search(bare):
            # A running title; the first may be the letterhead.
            title = re.sub(r"\d+", "#", bare)
            if title in seen:
                continue
            seen.add(title)
        if _RULE.fullmatch(bare):
            page.rules.append(number - 0.75)
            continue
        words = [Word(m[0], m.start(), m.end()) for m in _WORD.finditer(shown)]
        page.lines.append(TextLine(words, float(number)))
    yield page


FORMAT = DocumentFormat("aligned", (".txt", ".text", ".asc"), _fits, _read)
