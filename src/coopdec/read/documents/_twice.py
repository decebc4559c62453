"""Cells whose letters an export encoded twice: « l&#039;eau », « CollectivitÃ© »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coopdec.model import Finding, Severity
from coopdec.read.documents import Line
from coopdec.text import ENTITY, letter_of

__all__ = ["once_encoded"]

#: How letters of UTF-8 begin that was read as Windows-1252; what follows must fit: « SÃO ».
_TWICE = ("Ã", "Â", "â€", "â‚¬")


def once_encoded(lines: Iterable[Line], document: str, findings: list[Finding]
                 ) -> Iterator[Line]:
    """The lines with their letters; UTF-8 that was read as Windows-1252 is said once a document."""
    for line in lines:
        text = "\0".join(line.cells)
        if "&" in text and ENTITY.search(text):
            line.cells[:] = [ENTITY.sub(lambda m: letter_of(m[0]) or m[0], c) for c in line.cells]
        if not text.isascii() and any(mark in text for mark in _TWICE):
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
