"""Which delimiter a delimited text uses, found from its first 64 KiB."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from coopdec.read.documents._quotes import given_back, lone_kept

__all__ = ["Sniffed", "sniff"]

# In the order that settles a draw: French office software writes semicolons.
_DELIMITERS = ";\t|,"
_RARE = "¦~^§\x1f"
_ANNOUNCED = re.compile(r"\ufeff?sep=(.)\r?\n?", re.IGNORECASE)
_ESCAPED = re.compile(r'\\"[^;,|\t\r\n]')
_DECIMAL = re.compile(r"(?<=\d),(?=\d{1,3}\b(?!,))")
_RECORDS = 400
#: How even records are that make several tables.
_TABLES = 0.7


@dataclass(frozen=True, slots=True)
class Sniffed:
    """``announced``: the first line is Excel's ``sep=;``, to be skipped. ``escape``: the
    character before a quote inside a quoted cell, None where the quote is doubled.
    ``score``: how sure we are that this is delimited text, 0 to 1."""

    delimiter: str
    escape: str | None
    announced: bool
    score: float


# Asked whether the text is delimited at all, and again how.
@lru_cache(maxsize=1)
def sniff(head: str) -> Sniffed | None:
    """The delimiter under which the lines fall into the same number of cells, or None.

    >>> sniff("Pays;Titre\\nMali;L'eau, un droit\\nNiger;Santé, école\\n").delimiter
    ';'
    """
    announced = _ANNOUNCED.match(head)
    if announced:
        rest = head[announced.end() :]
        return Sniffed(announced[1], _escape(rest), True, 0.9)
    head = head.removeprefix("\ufeff")
    escape = _escape(head)
    best: tuple[float, Sniffed] | None = None
    for delimiter in _DELIMITERS + "".join(c for c in _RARE if c in head):
        if delimiter not in head:
            continue
        records = _records(head, delimiter, escape)
        evenness = _evenness(records)
        if delimiter == "," and best is not None and head.count(",") == len(_DECIMAL.findall(head)):
            continue  # decimals, though a line beside them has a mark too many
        if delimiter != "," and evenness < _TABLES:
            evenness = max(evenness, _TABLES * _in_runs(records))
        if evenness <= 0:
            continue
        score = _score(head, delimiter, evenness, len(records))
        if best is None or evenness > best[0] + 1e-9:
            best = evenness, Sniffed(delimiter, escape, False, score)
    return best[1] if best else None


def _records(head: str, delimiter: str, escape: str | None) -> list[list[str]]:
    """The first records; the last one of a cut head is left out."""
    records: list[list[str]] = []
    width, cells = 0, list[str]()
    reader = csv.reader(
        lone_kept(head.splitlines(keepends=True), delimiter, escape),
        delimiter=delimiter, escapechar=escape, doublequote=escape is None,
    )
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                several = any("\n" in cell for cell in cells)
                found = (several and given_back(cells, delimiter, width)) or [cells]
                width = max(width, *map(len, found))
                records += found
            if len(records) >= _RECORDS:
                return records
    except csv.Error:
        return []
    cut = len(head) >= 60_000 and len(records) > 1 and any(cell.strip() for cell in cells)
    return records[:-1] if cut else records


def _evenness(records: list[list[str]]) -> float:
    """The share of records with the commonest number of cells, times a slight liking for
    many columns. Letterhead lines of one cell count only half against it."""
    widths = Counter(len(cells) for cells in records)
    alone = widths.pop(1, 0)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    ragged = sum(widths.values()) - count
    # Short lines lack trailing cells, as some exports write them: not another table.
    share = count / (count + ragged + alone / 2)
    return share * (1 + min(width, 20) / 100)


def _in_runs(records: list[list[str]]) -> float:
    """1 where every record has as many cells, at least two, as the one before or after it:
    tables of several widths, one below the other; else 0."""
    widths = [len(cells) for cells in records if len(cells) > 1]
    near = zip(widths, [0, *widths], [*widths[1:], 0], strict=False)
    return float(len(widths) >= 4 and all(w in (before, after) for w, before, after in near))


def _score(head: str, delimiter: str, evenness: float, records: int) -> float:
    quoted = _quoted(head, delimiter)
    if delimiter == "\t":
        # Plain tabbed text is the other format's; the suffix settles a draw at 0.6.
        return 0.7 if quoted else (0.6 if evenness >= 0.98 else 0.4)
    if records < 2 or evenness < 0.6:
        return 0.3 if quoted else 0.05
    if delimiter == "," and not quoted and head.count(",") == len(_DECIMAL.findall(head)):
        return 0.05  # decimals
    if not quoted and records < 6 and head.count(delimiter + " ") >= 0.9 * head.count(delimiter):
        return 0.05  # punctuation in prose
    return min(0.95, 0.45 + 0.25 * min(evenness, 1) + (0.15 if quoted else 0))


def _quoted(head: str, delimiter: str) -> bool:
    """Whether cells are quoted: a quote after a delimiter and one before a delimiter."""
    d = re.escape(delimiter)
    return re.search(rf'(?:^|{d})"(?:[^"]|"")*"(?:{d}|\r?$)', head, re.MULTILINE) is not None


def _escape(head: str) -> str | None:
    """A backslash before a quote inside a cell; one at the end of a cell is itself."""
    return "\\" if '""' not in head and _ESCAPED.search(head) else None
