"""Maps as values for the template ``_map.html``: what is coloured, linked, dotted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coopdec.web.pages.atlas.projection import HEIGHT, WIDTH, project
from coopdec.web.pages.atlas.shapes import shapes

__all__ = ["Area", "Dot", "Map", "choropleth", "places"]

#: Lines between leads and partners that a map can hold.
_TIES = 24
#: How many shades a map of numbers has.
SHADES = 5


@dataclass(frozen=True, slots=True)
class Area:
    """A country: its shape, what it links to, what is said of it, its shade from 1."""

    d: str
    address: str
    title: str
    shade: int
    x: int
    y: int
    small: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """``kind``: ``lead`` or ``partner``; ``r``: its radius in units of the drawing."""

    x: float
    y: float
    address: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Map:
    """``view``: left, top, width, height. ``scale``: units of the drawing that are one
    thousandth of its width, so that dots and lines keep their size. ``steps``: the lowest
    number of each shade."""

    view: tuple[float, float, float, float]
    areas: tuple[Area, ...]
    dots: tuple[Dot, ...] = ()
    lines: tuple[tuple[float, float, float, float], ...] = ()
    steps: tuple[int, ...] = ()

    @property
    def scale(self) -> float:
        return self.view[2] / 1000

    @property
    def box(self) -> str:
        return " ".join(f"{v:.0f}" for v in self.view)


def choropleth(numbers: Mapping[str, int], address: Callable[[str], str],
               title: Callable[[str, int], str]) -> Map:
    """The world with each country shaded by its number, linked and titled."""
    steps = _steps(sorted(numbers.values()))
    areas = []
    for code, n in sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0])):
        shape = shapes().get(code)
        if shape is not None and n > 0:
            shade = sum(n >= s for s in steps)
            areas.append(Area(shape.d, address(code), title(code, n), shade, shape.x, shape.y,
                              shape.small))
    return Map((0, 0, WIDTH, HEIGHT), tuple(areas), steps=steps)


def _steps(numbers: Sequence[int]) -> tuple[int, ...]:
    """Lower bounds of up to five shades, each a rounder number than quantiles are: powers
    of the range, since most countries have few projects and a few have many."""
    if not numbers:
        return ()
    most = numbers[-1]
    found = [1]
    for n in range(1, SHADES):
        step = max(round(most ** (n / (SHADES - 0.6))), found[-1] + 1)
        if step > most:
            break
        found.append(_round(step) if _round(step) > found[-1] else step)
    return tuple(found)


def _round(n: int) -> int:
    """Down to one leading digit (or 5), as people like to read steps."""
    size: int = 10 ** (len(str(n)) - 1)
    return n if n < 10 else n // size * size


def places(dots: Sequence[tuple[float, float, str, str, str]], countries: Sequence[str],
           address: Callable[[str], str], title: Callable[[str], str]) -> Map | None:
    """A map of places (latitude, longitude, address, title, kind) and whole countries,
    drawn as large as they allow; None where nothing can be placed. Leads and partners are
    joined by lines."""
    drawn = tuple(Dot(*project(lat, long), link, name, kind)
                  for lat, long, link, name, kind in dots)
    areas = tuple(Area(s.d, address(c), title(c), 1, s.x, s.y, s.small)
                  for c in dict.fromkeys(countries) if (s := shapes().get(c)))
    if not drawn and not areas:
        return None
    boxes = [(d.x, d.y, d.x, d.y) for d in drawn]
    boxes += [shapes()[c].box for c in dict.fromkeys(countries) if c in shapes()]
    leads = [d for d in drawn if d.kind == "lead"]
    partners = [d for d in drawn if d.kind == "partner"]
    lines = tuple((a.x, a.y, b.x, b.y) for a in leads for b in partners) \
        if len(leads) * len(partners) <= _TIES else ()
    return Map(_view(boxes), areas, drawn, lines)


def _view(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    """A frame twice as wide as high around the boxes, with room, inside the world."""
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    width = max((right - left) * 1.3, (bottom - top) * 1.4 * 2, 560)
    width = min(width, WIDTH)
    height = min(width / 2, HEIGHT)
    x = min(max((left + right) / 2 - width / 2, 0), WIDTH - width)
    y = min(max((top + bottom) / 2 - height / 2, 0), HEIGHT - height)
    return x, y, width, height
