"""One page of a PDF: its lines of words, its ruled tables, its horizontal rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import Any

from coopdec.read.documents._bullets import with_bullets
from coopdec.read.documents._fields import filled_fields
from coopdec.read.documents._layout import Gutter, TextLine, Word, pieces
from coopdec.read.documents._letters import letters, unspaced
from coopdec.read.documents._pages import (
    CellText,
    PageRow,
    PageText,
    RuledTable,
    broken_anywhere,
    row_of,
)
from coopdec.read.documents._rules import ruled
from coopdec.read.documents._wrapped import SPACE, unruled_rows

__all__ = ["read_page"]

# A page of text has more letters.
_FEW = 120
# Beyond this a page is a drawing or a map, not a ruled table.
_EDGES_LIMIT = 20_000
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st",
                            "ﬆ": "st", "\u2011": "-"})
_SIGN = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff]")


def read_page(page: Any) -> PageText:
    """Everything that is needed of a page, so that its objects can be let go."""
    from pdfplumber.utils.text import extract_words

    page = _upright(page)
    once = page.dedupe_chars() if len(page.chars) > 1 and _doubled(page.chars) else page
    words = unspaced(extract_words(
        letters(once.chars), x_tolerance_ratio=0.18, keep_blank_chars=False, use_text_flow=False,
        return_chars=True, **_turned(page.chars)
    ))
    _mark_spaced(words, once.chars)
    all_words = words
    edges = page.edges if len(page.edges) <= _EDGES_LIMIT else []
    tables = []
    grids = [_Ruled(cells) for cells in ruled(page)] if edges else []
    kept = _without_bands(grids, words)
    for grid in kept:
        if grid.columns < 2:
            continue
        inside = [w for w in words if grid.holds(w)]
        if inside:
            tables.append(grid.fill(inside))
            words = [w for w in words if not grid.holds(w)]
    return PageText(
        page.page_number,
        float(page.height),
        _lines(with_bullets(page, words)),
        tables,
        _rules(edges) if len(kept) == len(grids) else [],
        image=_is_picture(page),
        lost=any(_SIGN.search(w["text"]) and not _SIGN.fullmatch(w["text"]) for w in all_words),
        fields=filled_fields(page),
    )


def _mark_spaced(words: list[Any], chars: list[Any]) -> None:
    """Mark the words before which a space is written: a tab leaves none."""
    ends = {(round(char["bottom"]), round(char["x1"])) for char in chars if char["text"].isspace()}
    for word in words:
        level, x = round(word["bottom"]), round(word["x0"])
        word["spaced"] = any((level + up, x + aside) in ends
                             for up in (-1, 0, 1) for aside in (-1, 0, 1))


def _without_bands(grids: list[_Ruled], words: list[Any]) -> list[_Ruled]:
    """Without the boxes that only shade every other row: the rows between have none."""
    bands = [g for g in grids if g.rows == 1]
    if len(bands) < 2:
        return grids
    bottom = max(b.below for b in bands)
    between = any(bands[0].below < (w["top"] + w["bottom"]) / 2 < bottom
                  and not any(g.holds(w) for g in grids) for w in words)
    return [g for g in grids if g.rows > 1] if between else grids


def _doubled(chars: list[Any]) -> bool:
    """Whether letters are printed twice in almost the same place, which is how some
    programs make them bold."""
    places = Counter((c["text"], round(c["x0"]), round(c["top"])) for c in chars if c["text"] > " ")
    return sum(n > 1 for n in places.values()) > len(places) / 10


def _lines(words: list[Any]) -> list[TextLine]:
    """Words gathered to lines by their baselines, each from left to right."""
    lines: list[tuple[float, list[Any]]] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        size = word["bottom"] - word["top"]
        if lines and word["bottom"] - lines[-1][0] < 0.45 * size:
            lines[-1][1].append(word)
        else:
            lines.append((word["bottom"], [word]))
    return [_line(group) for _, group in lines]


def _line(words: list[Any]) -> TextLine:
    words = sorted(words, key=lambda w: w["x0"])
    fonts = Counter(c["fontname"] for w in words for c in w["chars"])
    sizes = sorted(w["bottom"] - w["top"] for w in words)
    bottoms = sorted(w["bottom"] for w in words)
    printed = [Word(_text(w), w["x0"], w["x1"], w["bottom"] - w["top"], w["bottom"],
                    w.get("spaced", True)) for w in words]
    middle = len(words) // 2
    # A line in two fonts is body text with an emphasis.
    style = fonts.most_common(1)[0][0] if len(fonts) == 1 else ""
    return TextLine(printed, bottoms[middle], sizes[middle], style)


def _text(word: Any) -> str:
    text = str(word["text"])
    # A sign that stands alone and has no meaning is a bullet, in a font of signs.
    return "•" if _SIGN.fullmatch(text) else _SIGN.sub("\ufffd", text.translate(_LIGATURES))


def _rules(edges: list[Any]) -> list[float]:
    """Where long horizontal rules run: under a header, between rows."""
    spans: dict[int, list[tuple[float, float]]] = {}
    for edge in edges:
        if edge["orientation"] == "h":
            spans.setdefault(round(edge["top"]), []).append((edge["x0"], edge["x1"]))
    found = {top: _length(parts) for top, parts in spans.items()}
    widest = max(found.values(), default=0)
    return sorted(float(top) for top, width in found.items() if width > 0.5 * widest)


def _length(spans: list[tuple[float, float]]) -> float:
    """What spans cover together."""
    total, reach = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reach))
        reach = max(reach, end)
    return total


class _Ruled:
    """A ruled table as a grid: cells may span rows and columns."""

    def __init__(self, boxes: list[tuple[float, float, float, float]]) -> None:
        self._boxes = boxes
        self._xs = _clustered(x for box in boxes for x in (box[0], box[2]))
        self._ys = _clustered(y for box in boxes for y in (box[1], box[3]))
        self.columns, self.rows = len(self._xs) - 1, len(self._ys) - 1
        self.below = self._ys[-1]
        self._owner: dict[tuple[int, int], int] = {}
        for i, (x0, top, x1, bottom) in enumerate(boxes):
            for r in range(_place(self._ys, top), _place(self._ys, bottom)):
                for c in range(_place(self._xs, x0), _place(self._xs, x1)):
                    self._owner.setdefault((r, c), i)

    def holds(self, word: Any) -> bool:
        return self._at(word) is not None

    def _at(self, word: Any) -> int | None:
        x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
        if not (self._xs[0] <= x < self._xs[-1] and self._ys[0] <= y < self._ys[-1]):
            return None
        return self._owner.get((bisect_right(self._ys, y) - 1, bisect_right(self._xs, x) - 1))

    def fill(self, words: list[Any]) -> RuledTable:
        by_box: dict[int, list[Any]] = {}
        for word in words:
            box = self._at(word)
            if box is not None:
                by_box.setdefault(box, []).append(word)
        before = self._margins(by_box)
        rows = []
        for r in range(len(self._ys) - 1):
            cells, covered = [], set()
            for c in range(self.columns):
                box = self._owner.get((r, c))
                first = box is not None and self._owner.get((r - 1, c)) != box
                leftmost = box is not None and self._owner.get((r, c - 1)) != box
                if box is not None and not first:
                    covered.add(c)
                cells.append(self._cell(box, by_box.get(box, []), before[c])
                             if box is not None and first and leftmost else CellText())
            if covered or any(cell.lines for cell in cells):
                rows.append(PageRow(cells, frozenset(covered), top=self._ys[r],
                                    below=self._ys[r + 1]))
        filled = [cell for row in rows for cell in row.cells if cell.lines]
        anywhere = broken_anywhere(
            filled, (line for words in by_box.values() for line in _lines(words)))
        for cell in filled:
            cell.anywhere = anywhere
        if len(rows) <= 3 and not any(row.covered for row in rows):
            # Hardly any rules between rows: there may be rules between columns only.
            rows = [part for row in rows for part in self._parted(row, words)]
        return RuledTable(rows, self._ys[0], self._ys[-1], anywhere)

    def _margins(self, by_box: dict[int, list[Any]]) -> list[float]:
        """The least space between a rule and the words after it, column by column: in a column
        whose words are centred, only the widest line shows it."""
        least = [float("inf")] * self.columns
        for box, words in by_box.items():
            left = self._boxes[box][0]
            c = min(_place(self._xs, left), self.columns - 1)
            least[c] = min(least[c], max(0.0, min(w["x0"] for w in words) - left))
        return least

    def _cell(self, box: int, words: list[Any], margin: float) -> CellText:
        cell = _cell(words)
        if words:
            left, _, right, _ = self._boxes[box]
            cell.room = right - left - 2 * margin
            cell.across = _place(self._xs, right) - _place(self._xs, left) > 1
        return cell

    def _parted(self, row: PageRow, words: list[Any]) -> list[PageRow]:
        """The rows that stand in one box without rules between them."""
        if max(len(cell.lines) for cell in row.cells) < 6:
            return [row]
        lines = _lines([w for w in words if row.top <= (w["top"] + w["bottom"]) / 2 < row.below])
        gutters = [Gutter(x, x) for x in self._xs[1:-1]]
        cells = [pieces(line, gutters) for line in lines]
        groups = unruled_rows(lines, cells, SPACE * lines[0].size)
        return [row_of(cells, group) for group in groups] if len(groups) > 1 else [row]


def _is_picture(page: Any) -> bool:
    """Whether a page is a picture of a page, with a number or a line beside it at most."""
    area = sum(max(0.0, i["x1"] - i["x0"]) * max(0.0, i["bottom"] - i["top"]) for i in page.images)
    return bool(page.images) and (not page.chars or (
        len(page.chars) < _FEW and area > 0.5 * float(page.width * page.height)))


def _upright(page: Any) -> Any:
    """The page, or where nearly all its words stand on their side the same page turned."""
    aside = sum(not c["upright"] for c in page.chars)
    if aside < 20 or aside < 0.9 * len(page.chars):
        return page
    turn = 270 if _runs_down(page.chars) else 90
    inner = page.page_obj
    inner.rotate = inner.attrs["Rotate"] = (inner.rotate + turn) % 360
    return type(page)(page.pdf, inner, page.page_number, page.initial_doctop)


def _runs_down(chars: list[Any]) -> bool:
    """Whether the letters that stand on their side run downwards: most run up."""
    return sum(1 if c["matrix"][1] < 0 else -1 for c in chars if not c["upright"]) > 0


def _turned(chars: list[Any]) -> dict[str, str]:
    """How letters on their side are read."""
    return {"char_dir_rotated": "ttb", "line_dir_rotated": "rtl"} if _runs_down(chars) else {
        "char_dir_rotated": "btt", "line_dir_rotated": "ltr"}


def _on_side(words: list[Any]) -> CellText:
    """The lines of a cell whose words stand on their side."""
    up = words[0]["direction"] == "btt"
    across: dict[int, list[Any]] = {}
    for word in sorted(words, key=lambda w: w["x0"], reverse=not up):
        near = next((x for x in across if abs(x - word["x0"]) < 3), round(word["x0"]))
        across.setdefault(near, []).append(word)
    texts = [" ".join(_text(w) for w in sorted(line, key=lambda w: w["top"], reverse=up))
             for line in across.values()]
    return CellText(texts, [words[0]["x1"] - words[0]["x0"]] * len(texts), 0.0)


def _cell(words: list[Any]) -> CellText:
    if words and not any(w["upright"] for w in words):
        return _on_side(words)
    lines = _lines(words)
    if not lines:
        return CellText()
    first = lines[0].words[0]
    widths = [line.words[-1].x1 - line.words[0].x0 for line in lines]
    return CellText([line.text for line in lines], widths, first.x1 - first.x0)


def _clustered(values: Any, apart: float = 3.0) -> list[float]:
    """Sorted, values nearer than ``apart`` counted once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > apart:
            found.append(value)
    return found


def _place(values: list[float], value: float) -> int:
    return min(range(len(values)), key=lambda i: abs(values[i] - value))
