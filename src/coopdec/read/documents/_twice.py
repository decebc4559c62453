"""Cells whose letters an export encoded twice: « l&#039;eau », « CollectivitÃ© »."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from coopdec.model import Finding, Severity
from coopdec.read.documents import Line

__all__ = ["once_encoded"]

#: An entity ends with a semicolon: « R&D » and « Eau&région » have none.
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
#: How letters of UTF-8 begin that was read as Windows-1252; what follows must fit: « SÃO ».
_TWICE = ("Ã", "Â", "â€", "â‚¬")


def once_encoded(lines: Iterable[Line], document: str, findings: list[Finding]
                 ) -> Iterator[Line]:
    """The lines with their letters; UTF-8 that was read as Windows-1252 is said once a document."""
    for line in lines:
        text = "\0".join(line.cells)
        if "&" in text and _ENTITY.search(text):
            line.cells[:] = [_ENTITY.sub(lambda m: html.unescape(m[0]), c) for c in line.cells]
        if any(mark in text for mark in _TWICE):
            mended = list(map(_mended, line.cells))
            if mended != line.cells:
                line.cells[:] = mended
                if not any(f.code == "encoded-twice" for f in findings):
                    findings.append(
                        Finding("encoded-twice", Severity.WARNING, line.where(document)))
        yield line


def _mended(cell: str) -> str:
    """A cell as it was before; what is not wholly so stays."""
    try:
        return cell if cell.isascii() else cell.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return cell
