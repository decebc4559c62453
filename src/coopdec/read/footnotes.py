"""Marks of footnotes. « * » and « ³ » are nothing else; « (3) » at the end of a title is one
where the document has a note (3), and elsewhere the title's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Paragraph

__all__ = ["LETTER", "SIGN", "SIGNS", "mark_of", "marks_unread", "notes_in", "without_mark"]

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
#: A mark without brackets, and the signs that it is made of.
SIGN = rf"(?:[*†‡]+|[{_RAISED}]+)"
SIGNS = frozenset(f"*†‡{_RAISED}")
#: What no mark is made of.
LETTER = rf"[^\W\d{_RAISED}]"
_NOTE = re.compile(r"\s*\(([1-9]\d?)\)\s*\S")
_MARK = re.compile(r"(?<=\S)\s*\(([1-9]\d?)\)$")


def mark_of(text: str) -> str | None:
    """The number in brackets with which words end.

    >>> mark_of("Eau et assainissement (3)"), mark_of("Plan 2030 (ODD 6)")
    ('3', None)
    """
    found = _MARK.search(text) if text.endswith(")") else None
    return found[1] if found else None


def notes_in(texts: Iterable[str]) -> frozenset[str]:
    """The numbers of the notes that some texts are."""
    return frozenset(note[1] for text in texts if (note := _NOTE.match(text)))


def without_mark(title: str, notes: frozenset[str]) -> str:
    return _MARK.sub("", title) if mark_of(title) in notes else title


def marks_unread(titles: Iterable[tuple[Position, str]], paragraphs: Iterable[Paragraph],
                 findings: Iterable[Finding]) -> list[Finding]:
    """What to say of titles that kept such a mark, where the note stood below them."""
    notes = notes_in(p.text for p in paragraphs) | notes_in(
        str(f.params["words"]) for f in findings if f.code == "row-no-project")
    return [Finding("title-mark", Severity.WARNING, where, {"title": title})
            for where, title in titles if mark_of(title) in notes]
