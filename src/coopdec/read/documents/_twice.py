"""Cells whose letters an export encoded twice: « l&#039;eau », « CollectivitÃ© »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from coopdec.encoded_twice import ENCODED_TWICE, letter_before
from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Line, Paragraph
from coopdec.text import ENTITY, letter_of

__all__ = ["once_encoded", "words_once_encoded"]


def once_encoded(lines: Iterable[Line], document: str, findings: list[Finding]
                 ) -> Iterator[Line]:
    """The lines with their letters; UTF-8 that was read as Windows-1252 is said once a document."""
    for line in lines:
        mended = _mended(line.cells)
        if mended is not None:
            said, line.cells[:] = mended
            _say(said, line.where(document), findings)
        yield line


def words_once_encoded(paragraphs: Iterable[Paragraph], document: str, findings: list[Finding]
                       ) -> Iterator[Paragraph]:
    """The same for words outside of tables."""
    for paragraph in paragraphs:
        mended = _mended([paragraph.text])
        if mended is not None:
            said, (text,) = mended
            _say(said, paragraph.where(document), findings)
            yield replace(paragraph, text=text)
        else:
            yield paragraph


def _mended(cells: Sequence[str]) -> tuple[bool, list[str]] | None:
    """Whether letters were encoded twice, and the cells as they were; None for what has no sign."""
    text = "\0".join(cells)
    entities = "&" in text and ENTITY.search(text) is not None
    twice = not text.isascii() and ENCODED_TWICE.search(text) is not None
    if not entities and not twice:
        return None
    own = [ENTITY.sub(lambda m: letter_of(m[0]) or m[0], c) for c in cells] if entities else (
        list(cells))
    once = [ENCODED_TWICE.sub(lambda m: letter_before(m[0]), c) for c in own] if twice else own
    return once != own, once


def _say(said: bool, where: Position, findings: list[Finding]) -> None:
    if said and not any(f.code == "encoded-twice" for f in findings):
        findings.append(Finding("encoded-twice", Severity.WARNING, where))
