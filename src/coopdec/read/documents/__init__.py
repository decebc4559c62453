"""Document formats: bytes in, paragraphs and tables of positioned cells out.

One module is one format: it holds ``FORMAT = DocumentFormat(…)`` and is found by
itself. A format knows nothing of columns, projects or partners; it only says what is
printed where. Heavy libraries are imported inside ``read``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import BinaryIO, NamedTuple

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents._encoding import decode
from coopdec.read.documents._running import running_titles
from coopdec.read.documents._text import INVITES, is_page_number, physical_lines

_PROSE = 4 << 20
# How sure a format is that sees its magic bytes.
SURE = 0.97

__all__ = ["Document", "DocumentFormat", "Line", "Paragraph", "Table", "format_of", "formats"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words outside any table: the letterhead, a footer. ``line`` counts from 1; ``kind`` is
    ``heading`` or ``item`` (of a list) where the format says so, ``running`` where words come
    again beside page numbers."""

    text: str
    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    kind: str | None = None

    def where(self, document: str) -> Position:
        return Position(document, self.line, page=self.page, sheet=self.sheet)


class Line(NamedTuple):
    """One line of a table. ``cells`` as printed, ``""`` for an empty one; ``covered``
    are the columns (from 0) that a merged cell above fills, their text left empty; ``across``
    those that one of this line fills from the left;
    ``number`` counts from 1 in the file, or in the sheet, or in the page's table."""

    number: int
    cells: list[str]
    last_number: int | None = None
    page: int | None = None
    sheet: str | None = None
    covered: frozenset[int] = frozenset()
    across: frozenset[int] = frozenset()

    @property
    def texts(self) -> list[str]:
        """What its filled cells say."""
        return [*filter(None, map(str.strip, self.cells))]

    def where(self, document: str, column: str | None = None) -> Position:
        return Position(document, self.number, self.last_number, self.page, self.sheet, column)


@dataclass(slots=True)
class Table:
    """Lines in printed order, header and title lines included. May be a one-time iterator,
    to be consumed before the next table is asked for. ``name``: the sheet, the caption;
    ``above``: the words that stand between it and the table before."""

    lines: Iterable[Line]
    name: str | None = None
    above: Sequence[str] = ()


@dataclass(slots=True)
class Document:
    """``paragraphs`` and ``findings`` may go on growing while ``tables`` is consumed, which
    may also raise :class:`coopdec.errors.DataError` (a file that is truncated further on).
    ``pages`` is the number of pages, where the format has pages: with ``Line.page`` it tells
    how far the reading is. ``prose`` gives the words anew as they stand where the tables were
    none; without it they are the paragraphs. The stream must stay open until the tables are
    consumed."""

    tables: Iterable[Table]
    paragraphs: list[Paragraph] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pages: int | None = None
    prose: Callable[[], list[Paragraph]] | None = None


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """``suffixes`` with their dot, lower case. ``fits`` looks at the first 64 KiB and
    says how sure it is that this is its format: 0 (no) to 1 (magic bytes).
    Formats of one ``family`` go under each other's suffix without a word (a ``.txt`` may
    well hold CSV)."""

    name: str
    suffixes: tuple[str, ...]
    fits: Callable[[bytes], float]
    parse: Callable[[BinaryIO, str], Document]
    family: str = "text"

    def read(self, stream: BinaryIO, name: str) -> Document:
        """The document in a seekable stream, a finding with it where its suffix belongs to
        a format of another kind.

        Raises:
            DataError: it cannot be read at all (encrypted, truncated); the findings are
                placed in ``name``.
        """
        document = self.parse(stream, name)
        if self.family == "text":
            document.prose = lambda: _text_lines(stream)
        suffix = PurePath(name).suffix.lower()
        claimed = {f.family for f in formats() if suffix in f.suffixes}
        if claimed and self.family not in claimed:
            params = {"suffix": suffix, "format": self.name.upper()}
            wrong = Finding("suffix-wrong", Severity.WARNING, Position(name), params)
            document.findings.insert(0, wrong)
        return document


@cache
def formats() -> tuple[DocumentFormat, ...]:
    """Every format of this package, those with magic bytes first, then by name."""
    found: Iterator[DocumentFormat] = (
        import_module(f"{__name__}.{m.name}").FORMAT
        for m in iter_modules(__path__)
        if not m.name.startswith("_")
    )
    return tuple(sorted(found, key=lambda f: (f.family == "text", f.name)))


def _text_lines(stream: BinaryIO) -> list[Paragraph]:
    """The filled lines of a text whatever its format, the first 4 MiB: where no table was
    found in it, it may be prose. Those that may be running titles are marked."""
    stream.seek(0)
    text, _ = decode(stream.read(_PROSE))
    lines = physical_lines(text)
    running = running_titles(lines)
    return [Paragraph(line, i + 1, kind="running" if i in running else None)
            for i, line in enumerate(lines)
            if line.strip() and not is_page_number(line) and not INVITES.fullmatch(line)]


def format_of(suffix: str, head: bytes) -> DocumentFormat | None:
    """The format that fits best; the bytes decide, the suffix settles a draw."""
    best: DocumentFormat | None = None
    score = (0.0, True)
    for found in formats():
        fit = found.fits(head)
        if fit >= SURE:  # the magic bytes of a binary format: spare the texts' closer looks
            return found
        if (fit, suffix.lower() in found.suffixes) > score:
            best, score = found, (fit, suffix.lower() in found.suffixes)
    return best
