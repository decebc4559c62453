"""Markdown and pipe tables, and the boxes that terminals and pandoc draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import BinaryIO

from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat, Line, Paragraph, Table
from coopdec.read.documents._encoding import decode, decode_head, encoding_findings
from coopdec.read.documents._inline import plain
from coopdec.read.documents._refuse import read_all, refuse_long_lines
from coopdec.read.documents._text import is_text, physical_lines

__all__ = ["FORMAT"]

# « |---|:--:| »: the row under a header. One column needs a pipe to be told from a rule.
_ALIGNMENT = re.compile(r"^\s*(?=.*\|)\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
# « +-----+====+ » or psql's « -----+----- ».
_RULE = re.compile(r"^\s*(?=.*\+)[+|]?[-=:]+(?:\+[-=:]+)*[+|]?\s*$")
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")


def _fits(head: bytes) -> float:
    text = decode_head(head)
    if not is_text(text) or "|" not in text:
        return 0.0
    lines = physical_lines(text)
    if any(map(_ALIGNMENT.match, lines)):
        return 0.9
    if any(map(_RULE.match, lines)):
        return 0.9
    walled = sum(line.lstrip().startswith("|") and line.rstrip().endswith("|") for line in lines)
    return 0.75 if walled >= 2 and walled >= sum("|" in line for line in lines) / 2 else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    refuse_long_lines(stream, name)
    text, encoding = decode(read_all(stream, name))
    document = Document([], findings=encoding_findings(encoding, name))
    tables: list[Table] = []
    above: list[str] = []
    near = False  # only blank lines since the last table
    for block in _blocks(physical_lines(text.removeprefix("\ufeff"))):
        document.findings.extend(_broken(block, name))
        lines, has_header = _table(block)
        if not lines:
            near = False
            document.paragraphs.extend(Paragraph(raw.strip(), n) for n, raw in block)
            above += [plain(raw.strip(" #*_\t")) for _, raw in block]
        elif near and not has_header and len(lines[0].cells) == _width(tables[-1]):
            tables[-1] = Table([*tables[-1].lines, *lines])
        else:
            tables.append(Table(lines, above=above))
            near, above = True, []
    document.tables = tables
    return document


def _width(table: Table) -> int:
    return max(len(line.cells) for line in table.lines)


def _broken(block: list[tuple[int, str]], name: str) -> Iterator[Finding]:
    for number, raw in block:
        if "\ufffd" in raw:
            yield Finding("broken-character", Severity.WARNING, Position(name, number))


def _blocks(lines: list[str]) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines with pipes or rules, and runs of lines without; blank lines part them."""
    block: list[tuple[int, str]] = []
    kind = False
    for number, raw in enumerate(lines, 1):
        piped = bool(_PIPE.search(raw) or _RULE.match(raw))
        if block and (not raw.strip() or piped is not kind):
            yield block
            block = []
        if raw.strip():
            block.append((number, raw))
            kind = piped
    if block:
        yield block


def _table(block: list[tuple[int, str]]) -> tuple[list[Line], bool]:
    """The lines of a block that is a table, and whether it states a header; none for prose
    that merely holds a pipe."""
    aligned = [i for i, (_, raw) in enumerate(block) if i < 3 and _ALIGNMENT.match(raw)]
    rules = [i for i, (_, raw) in enumerate(block) if _RULE.match(raw)]
    walled = sum(raw.lstrip().startswith("|") for _, raw in block)
    if not (aligned or rules or walled >= 2 or (walled and len(block) == 1)):
        return [], False
    if len(rules) >= 4 or any("=" in block[i][1] for i in rules):
        return _grid(block, set(rules)), True
    lines = [
        Line(number, _cells(raw))
        for i, (number, raw) in enumerate(block)
        if i not in aligned and i not in rules
    ]
    return lines, bool(aligned or rules)


def _grid(block: list[tuple[int, str]], rules: set[int]) -> list[Line]:
    """A grid table: a row goes from rule to rule, its lines are soft."""
    lines: list[Line] = []
    fresh = True
    for i, (number, raw) in enumerate(block):
        if i in rules:
            fresh = True
            continue
        cells = _cells(raw)
        if fresh:
            lines.append(Line(number, cells))
        else:
            joined = zip_longest(lines[-1].cells, cells, fillvalue="")
            lines[-1] = lines[-1]._replace(
                last_number=number, cells=[f"{above} {cell}".strip() for above, cell in joined])
        fresh = False
    return lines


def _cells(raw: str) -> list[str]:
    """The cells of one line; outer pipes bound them, ``\\|`` is a pipe that is printed."""
    text = raw.strip()
    ends = [m.end() for m in _PIPE.finditer(text)]
    starts = [0, *ends]
    parts = [text[a:b] for a, b in zip(starts, [*(e - 1 for e in ends), len(text)], strict=True)]
    if parts and text.startswith("|"):
        parts = parts[1:]
    if parts and ends and ends[-1] == len(text):
        parts = parts[:-1]
    return [plain(part.strip()) for part in parts]


FORMAT = DocumentFormat("markdown", (".md", ".markdown"), _fits, _read)
