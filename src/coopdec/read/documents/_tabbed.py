"""Tables that are written with tabs between the cells of a paragraph, for want of a real one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

__all__ = ["tabbed"]

#: A table has so many lines, and so many columns.
_LINES, _COLUMNS = 3, 3
#: A heading that stands between its lines is no longer.
_HEADING = 60
#: So many of its lines have all their tabs, others not those at their end.
_WHOLE = 0.8
_TABS = re.compile(r"\t+")


def tabbed(texts: Sequence[str]) -> Iterator[str | list[list[str]]]:
    """Paragraphs one after the other: each as words, or several as the rows of a table.

    >>> list(tabbed(["Liste", "A\\tB\\tC", "1\\t2\\t3", "4\\t\\t6"]))
    ['Liste', [['A', 'B', 'C'], ['1', '2', '3'], ['4', '', '6']]]
    """
    start = 0
    while start < len(texts):
        end = _end(texts, start)
        rows = _rows(texts[start:end]) if end > start else None
        if rows:
            yield rows
            start = end
        else:
            yield texts[start].replace("\t", " ")
            start += 1


def _end(texts: Sequence[str], start: int) -> int:
    """The end of the lines with tabs from here on, a heading between two of them included."""
    end = start
    while end < len(texts):
        if _is_row(texts[end]):
            end += 1
        elif end > start and end + 1 < len(texts) and _is_row(texts[end + 1]) and (
                len(texts[end]) <= _HEADING and "\t" not in texts[end]):
            end += 2
        else:
            break
    return end


def _is_row(text: str) -> bool:
    return text.count("\t") >= _COLUMNS - 1 and "\n" not in text


def _rows(texts: Sequence[str]) -> list[list[str]] | None:
    """The cells of each line, parted by each tab or, where their numbers differ, by each run of
    tabs, which leaves no cell empty; None where neither gives a table."""
    for part, whole in ((lambda text: text.split("\t"), _WHOLE),
                        (lambda text: _TABS.split(text.strip("\t")), 1)):
        rows = [[cell.strip() for cell in part(text)] for text in texts]
        lines = [row for row in rows if len(row) > 1]
        (width, often), = Counter(map(len, lines)).most_common(1)
        if len(lines) >= _LINES and width >= _COLUMNS and often >= whole * len(lines) and (
                all(len(row) <= width for row in rows)):
            return [row + [""] * (width - len(row)) for row in rows]
    return None
