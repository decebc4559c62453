"""The boxes that the rules of a PDF's page make, those included that the end of the page cut:
their last rule is on the next page, or nowhere."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import Any

__all__ = ["ruled"]

#: Where more rules cross than this, they are graph paper, a drawing or a map.
_CROSSINGS = 6_000
#: Rules that end so near to each other end together.
_NEAR = 3.0
#: What a page may hold of a row that the page before began, as shares of its height.
_HIGH, _DEEP = 0.25, 0.25
#: So many shaded rows, and white ones so much higher at most, are stripes.
_STRIPES, _LIKE = 3, 2.0

_Box = tuple[float, float, float, float]


def ruled(page: Any) -> list[list[_Box]]:
    """The cells of each ruled table (left, top, right, bottom), from top to bottom."""
    if _crossings(page.edges) > _CROSSINGS:
        return []
    finder = page.debug_tablefinder()
    if down := _between_stripes(finder):
        finder = page.debug_tablefinder({"explicit_vertical_lines": down})
    lines = [line for table in finder.tables for line in _open(table, finder.edges)]
    lines += _rest(page, finder)
    if lines:
        finder = page.debug_tablefinder(
            {"explicit_vertical_lines": down, "explicit_horizontal_lines": lines})
    return [table.cells for table in sorted(finder.tables, key=lambda t: (t.bbox[1], t.bbox[0]))]


def _crossings(edges: list[Any]) -> int:
    """How many places the rules of a page could cross in."""
    across = {round(e["top"]) for e in edges if e["orientation"] == "h"}
    down = {round(e["x0"]) for e in edges if e["orientation"] == "v"}
    return len(across) * len(down)


def _between_stripes(finder: Any) -> list[dict[str, Any]]:
    """The rules between columns that white rows lack, where every other row is shaded, beside
    cells that span several."""
    spans = [(t.bbox[1], t.bbox[3]) for t in finder.tables]
    if not any(a < c and d <= b for (a, b), (c, d) in permutations(spans, 2)):
        return []
    columns: dict[int, list[Any]] = {}
    for edge in sorted(finder.edges, key=lambda e: (e["top"], e["x0"])):
        if edge["orientation"] == "v":
            columns.setdefault(round(edge["x0"]), []).append(edge)
    found = []
    for parts in columns.values():
        high = max(e["bottom"] - e["top"] for e in parts)
        if len(parts) >= _STRIPES and all(b["top"] - a["bottom"] < _LIKE * high
                                          for a, b in pairwise(parts)):
            top, bottom = parts[0]["top"], parts[-1]["bottom"]
            ends = [y for span in spans if span[0] < bottom and top < span[1] for y in span]
            x = parts[0]["x0"]
            found.append(_line(x, x, min(ends), max(ends)))
    return found


def _open(table: Any, edges: list[Any]) -> list[dict[str, Any]]:
    """The rules that a table lacks above and below: its columns go on beyond its last row, or
    a cell beside that row is not closed."""
    left, top, right, bottom = table.bbox
    columns = [e for e in edges if e["orientation"] == "v"
               and left - _NEAR < e["x0"] < right + _NEAR
               and e["top"] <= bottom + _NEAR and e["bottom"] >= top - _NEAR]
    found = []
    high, low = _reach([e["top"] for e in columns], top, -1), _reach(
        [e["bottom"] for e in columns], bottom, 1)
    for y, end, side in ((high, top, 1), (low, bottom, 3)):
        closed = sum(c[2] - c[0] for c in table.cells if abs(c[side] - end) < _NEAR)
        if abs(y - end) > _NEAR or closed < 0.97 * (right - left):
            found.append(_line(left, right, y, y))
    return found


def _reach(ends: list[float], usual: float, sign: int) -> float:
    """How far two or more of the columns' rules go beyond the table together."""
    far = sorted((e for e in ends if (e - usual) * sign > _NEAR), reverse=sign > 0)
    return next((e for e in far if sum(abs(e - f) < _NEAR for f in far) > 1), usual)


def _rest(page: Any, finder: Any) -> list[dict[str, Any]]:
    """The rules around what the end of the page before left of a row: rules between columns
    and nothing else, at the top of the page."""
    columns = [e for e in finder.edges if e["orientation"] == "v" and not any(
        t.bbox[1] - _NEAR <= e["top"] <= t.bbox[3] + _NEAR for t in finder.tables)]
    first = min((e["top"] for e in columns), default=page.height)
    group = [e for e in columns if abs(e["top"] - first) < _NEAR]
    if len(group) < 3 or first > _HIGH * page.height:
        return []
    last = max(e["bottom"] for e in group)
    if last - first > _DEEP * page.height or any(abs(e["bottom"] - last) > _NEAR for e in group):
        return []
    left, right = min(e["x0"] for e in group), max(e["x0"] for e in group)
    return [_line(left, right, y, y) for y in (first, last)]


def _line(x0: float, x1: float, top: float, bottom: float) -> dict[str, Any]:
    return {"object_type": "line", "x0": x0, "x1": x1, "top": top, "bottom": bottom,
            "width": x1 - x0, "height": bottom - top, "doctop": top,
            "orientation": "h" if top == bottom else "v"}
