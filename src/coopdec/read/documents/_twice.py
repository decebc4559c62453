"""Cells whose letters an export encoded twice: « l&#039;eau », « CollectivitÃ© »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coopdec.model import Finding, Severity
from coopdec.read.documents import Line
from coopdec.text import ENCODED_TWICE, ENTITY, letter_before, letter_of

__all__ = ["once_encoded"]


def once_encoded(lines: Iterable[Line], document: str, findings: list[Finding]
                 ) -> Iterator[Line]:
    """The lines with their letters; UTF-8 that was read as Windows-1252 is said once a document."""
    for line in lines:
        text = "\0".join(line.cells)
        if "&" in text and ENTITY.search(text):
            line.cells[:] = [ENTITY.sub(lambda m: letter_of(m[0]) or m[0], c) for c in line.cells]
        if not text.isascii() and ENCODED_TWICE.search(text):
            mended = [ENCODED_TWICE.sub(lambda m: letter_before(m[0]), c) for c in line.cells]
            if mended != line.cells and not any(f.code == "encoded-twice" for f in findings):
                findings.append(Finding("encoded-twice", Severity.WARNING, line.where(document)))
            line.cells[:] = mended
        yield line
