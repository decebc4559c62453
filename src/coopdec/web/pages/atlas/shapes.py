"""The table of shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Shape", "shapes"]


@dataclass(frozen=True, slots=True)
class Shape:
    """``d``: the SVG path of a country or overseas department; ``x``, ``y``: the middle of
    its largest part; ``small``: it needs a dot to be seen on a map of the world; ``box``:
    left, top, right, bottom of its largest part."""

    code: str
    d: str
    x: int
    y: int
    small: bool
    box: tuple[int, int, int, int]


@cache
def shapes() -> Mapping[str, Shape]:
    """ISO 3166-1 alpha-2 code → shape; French overseas departments under their own codes."""
    table = files("coopdec.web.pages.atlas").joinpath("world.tsv").read_text("utf-8")
    found = {}
    for line in table.splitlines():
        if line.startswith("#") or not line:
            continue
        code, x, y, small, box, d = line.split("\t")
        left, top, right, bottom = map(int, box.split())
        found[code] = Shape(code, d, int(x), int(y), small == "1", (left, top, right, bottom))
    return found
