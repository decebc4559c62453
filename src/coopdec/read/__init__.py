"""Reading a published list: bytes → document → table lines → rows.

The stage's public face is :func:`read`. Rows come one by one; findings gather beside
them and are complete once the rows are exhausted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from coopdec.errors import DataError, StorageError
from coopdec.model import Finding, Position, Row, Severity, Source
from coopdec.read.about import country_of_title
from coopdec.read.columns.header import Header
from coopdec.read.documents import Document, Table, format_of
from coopdec.read.documents._twice import once_encoded, words_once_encoded
from coopdec.read.facts import FactReader
from coopdec.read.footnotes import marks_unread, notes_in
from coopdec.read.letterhead import (
    Letterhead,
    complete,
    declared_counts,
    read_letterhead,
)
from coopdec.read.making import RowMaker, counts_rows
from coopdec.read.oddities.doubts import Doubts
from coopdec.read.oddities.left_over import hyphens_unsure, parts_left, titles_cut
from coopdec.read.oddities.numbering import Numbering, items_skipped, totals_differ
from coopdec.read.oddities.other_lists import is_other_list, of_the_list, prose_of_the_list
from coopdec.read.oddities.totals import PrintedTotal
from coopdec.read.oddities.unread import items_beside, lines_like_projects, sentences_between
from coopdec.read.oddities.unused import Unused
from coopdec.read.profiles import Profile, column_number, profiles
from coopdec.read.sections import Sections
from coopdec.read.sourcefile import digest_of, find_lists, load_source
from coopdec.read.tables import raw_rows
from coopdec.read.texts.fiches import turned
from coopdec.read.texts.printed_lines import without_running
from coopdec.read.texts.prose import prose_table
from coopdec.reference import Gazetteer, gazetteer
from coopdec.text import fold

__all__ = ["Reading", "digest_of", "find_lists", "profile_used", "read"]


@dataclass(slots=True)
class Reading:
    """One list being read. Iterate it once for its rows; then ``findings`` and
    ``source`` (with what the letterhead adds) are complete."""

    source: Source
    document: Document
    stream: BinaryIO
    findings: list[Finding] = field(default_factory=list)
    letterhead: Letterhead = field(default_factory=Letterhead)
    headers: list[Header] = field(default_factory=list)
    rows_read: int = 0
    _is_prose: bool = False
    _head_findings: list[Finding] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        with self.stream:
            yield from self._rows()

    def _rows(self) -> Iterator[Row]:
        places = gazetteer()
        totals: list[PrintedTotal] = []
        raws = raw_rows(turned(self._tables()), self.source, self.source.path, self.findings,
                        self.document.paragraphs, self.headers,
                        Sections(places), totals)
        first = next(raws, None)
        if first is None and (prose := self._prose(places)) is not None:
            raws = raw_rows([prose], self.source, self.source.path, self.findings,
                            self.document.paragraphs, self.headers, Sections(places), totals)
            first = next(raws, None)
        # Title rows above the header are known by now; what stands below the table is not.
        self._take_letterhead()
        profile = self._take_profile()
        facts = FactReader(self.findings, self.source.currency,
                           {} if profile is None else profile.statuses)
        make = RowMaker(self.source, places, facts, profile,
                        counted=first is not None and profile is None
                        and counts_rows(first, self.source), headers=self.headers,
                        about=country_of_title(self.document.paragraphs, places),
                        notes=notes_in(p.text for p in self.document.paragraphs))
        doubts, numbering, unused = Doubts(places, self.findings), Numbering(), Unused(places)
        for raw in () if first is None else chain((first,), raws):
            if make.counted:
                numbering.take(raw.cells.get("id", ""), raw.position)
            row = make.row(raw)
            if raw.extra or raw.personal:
                unused.take(raw, row)
            if row is not None:
                self.rows_read += 1
                doubts.look(row)
                yield row
        facts.finish(totals)
        self.findings += [*numbering.skipped(), *totals_differ(totals, self.rows_read)]
        if make.marked:
            self.findings += marks_unread(make.marked, self.document.paragraphs, self.findings)
        if self.rows_read and not self._is_prose:
            self.findings += items_beside(self.document.paragraphs, self.source.path, places)
        self._finish(unused)

    def _tables(self) -> Iterator[Table]:
        """The document's tables, but those, or those lines, of which a heading says that they are
        another list."""
        document = self.document
        for table in document.tables:
            if table.name and is_other_list(table.name):
                lines = sum(1 for _ in table.lines)
                self.findings.append(Finding(
                    "sheet-other-list", Severity.WARNING,
                    Position(self.source.path, sheet=table.name), {"n": lines}))
                continue
            table.lines = of_the_list(
                once_encoded(table.lines, self.source.path, self.findings), table.above,
                document.paragraphs if document.prose else (), self.source.path, self.findings)
            yield table

    def _prose(self, places: Gazetteer) -> Table | None:
        """What a text without any table says as fiches or items of a list."""
        document = self.document
        said: list[Finding] = []
        words = document.prose() if document.prose else document.paragraphs
        lines = list(prose_of_the_list(
            without_running(words_once_encoded(words, self.source.path, said), places),
            self.source.path, said))
        found = prose_table(lines, places)
        if found is None:
            if any(f.code == "no-header" for f in self.findings):
                self.findings += lines_like_projects(lines, self.source.path, places)
            return None
        codes = {"no-header", "missing-column", "table-no-list", "row-doubtful",
                 "rows-joined"}
        for findings in (self.findings, document.findings):
            findings[:] = [f for f in findings if f.code not in codes]
        self.headers.clear()
        self._is_prose = True
        self.findings += said
        where = Position(self.source.path)
        self.findings.append(Finding("prose-read", Severity.WARNING, where, {"n": found.projects}))
        if found.sentences:
            self.findings.append(Finding("title-of-sentence", Severity.WARNING, where))
        if found.untold:
            self.findings.append(Finding("title-side", Severity.WARNING, where))
        if found.country is not None:
            self.findings.append(Finding("country-of-title", Severity.WARNING, where,
                                         {"country": found.country}))
        self.findings += [*sentences_between(lines, found.table, self.source.path, places),
                          *items_skipped(lines, found.table, self.source.path),
                          *parts_left(found, self.source.path, places),
                          *titles_cut(found, self.source.path),
                          *hyphens_unsure(lines, found.table, self.source.path)]
        return found.table

    def _take_letterhead(self) -> None:
        self.letterhead = read_letterhead(self.document.paragraphs, self.source.path)
        self.source, self._head_findings = complete(self.source, self.letterhead)

    def _take_profile(self) -> Profile | None:
        """The layout of the list, with what it tells that the ``.toml`` does not."""
        profile = next((h.profile for h in self.headers if h.profile is not None), None)
        if profile is not None:
            source, said = self.source, profile.defaults
            self.source = replace(
                source, profile=profile.name,
                publisher=source.publisher or said.get("publisher", ""),
                scheme=source.scheme or said.get("scheme"),
                currency=source.currency or said.get("currency"))
        return profile

    def _finish(self, unused: Unused) -> None:
        if self.letterhead.projects is None:
            below = read_letterhead(self.document.paragraphs, self.source.path)
            self.letterhead = replace(self.letterhead, projects=below.projects)
        elif self.letterhead.projects[0] != self.rows_read:
            # A list in parts may declare each: together they must give what was read.
            said = declared_counts(self.document.paragraphs)
            if len(said) > 1 and sum(said) == self.rows_read:
                self.letterhead = replace(self.letterhead, projects=(
                    sum(said), self.letterhead.projects[1]))
        where = Position(self.source.path)
        self.findings += unused.findings(where)
        self.findings += self._absent(where)
        self.findings[:0] = [*self.document.findings, *self._head_findings]
        # The same columns on several sheets or pages are one list; other columns may not be.
        layouts = {tuple(sorted(set(h.columns))): h for h in self.headers if not h.lacking}
        if len(layouts) > 1:
            self.findings.append(Finding("several-tables", Severity.WARNING, where, {
                "n": len(layouts), "headers": [" | ".join(filter(None, h.names))[:80]
                                               for h in layouts.values()]}))
        self._count(where)

    def _absent(self, where: Position) -> Iterator[Finding]:
        """Columns that the ``.toml`` names and no header of the list has."""
        if not self.source.columns or not self.headers:
            return
        printed = list(dict.fromkeys(n for h in self.headers for n in h.names if n))
        folded = {fold(name) for name in printed}
        for role, header in self.source.columns.items():
            # A header on two lines may be named by its second alone.
            number = column_number(header)
            if number is not None and number < max(h.width for h in self.headers):
                continue
            if fold(header) not in folded and not any(
                    role in h.columns and fold(h.columns[role]).endswith(fold(header))
                    for h in self.headers):
                yield Finding("toml-column-absent", Severity.WARNING, where,
                              {"role": role, "header": header, "found": printed})

    def _count(self, where: Position) -> None:
        """Hold the declared number of projects against the rows found. The ``.toml`` has
        the last word: a publisher's own miscount must not stop a right list for ever."""
        found, printed = self.rows_read, self.letterhead.projects
        declared = self.source.projects
        if declared is None and printed is not None:
            declared = printed[0]
            self.source = replace(self.source, projects=declared)
        if printed is not None:
            where = printed[1]
            if declared != printed[0]:
                self.findings.append(Finding("letterhead-count", Severity.WARNING, where,
                                             {"printed": printed[0], "stated": declared}))
        if declared is not None and declared != found:
            self.findings.append(Finding("wrong-count", Severity.FATAL, where,
                                         {"declared": declared, "found": found}))
        elif found == 0 and not any(f.fatal for f in self.findings):
            self.findings.append(Finding("no-rows", Severity.FATAL, where))


def read(path: Path) -> Reading:
    """Open the list at ``path`` with the ``.toml`` beside it, if there is one.

    Raises:
        DataError: the ``.toml`` is wrong, or the document cannot be read at all.
        StorageError: a file cannot be opened.
    """
    if path.is_dir():
        raise DataError([Finding("document-is-folder", Severity.FATAL, Position(str(path)))])
    source = load_source(path)
    try:
        stream = path.open("rb")
    except OSError as error:
        raise StorageError("cannot-read", path=str(path), why=error.strerror or "") from error
    with ExitStack() as stack:
        stack.enter_context(stream)
        head = stream.read(1 << 16)
        stream.seek(0)
        if not head.strip():
            raise DataError([Finding("document-empty", Severity.FATAL, Position(str(path)))])
        document_format = format_of(path.suffix, head)
        if document_format is None:
            raise DataError([Finding("document-unknown", Severity.FATAL, Position(str(path)))])
        reading = Reading(source, document_format.read(stream, str(path)), stream)
        stack.pop_all()  # from here on the reading closes it
        return reading


def profile_used(reading: Reading) -> Finding | None:
    """Which known layout a list is of: for who looks at it, not for a release."""
    profile = profiles().get(reading.source.profile or "")
    return None if profile is None else Finding(
        "profile-used", Severity.INFO, Position(reading.source.path),
        {"title": profile.title, "name": profile.name})
