"""The model as a drawing: a box for each class, a line for each property that leads to
another class. Laid out in columns by how far a class is from the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from coopdec.messages import Lang
from coopdec.vocab import OWL, RDF, RDFS, cd
from coopdec.web.ontology.graph import anchor, curie, ontology
from coopdec.web.ontology.shapes import edges

__all__ = ["Box", "Diagram", "Line", "cut", "diagram"]

#: Sizes in the drawing's own units.
WIDTH, GAP_X, GAP_Y, ROW, HEAD, MARGIN = 250, 110, 26, 21, 30, 12
_CHARS, _HEAD_CHARS = 33, 27


@dataclass(frozen=True, slots=True)
class Box:
    """``rows``: (text, anchor of the property, y of its middle); ``link``: anchor of the
    class on the page."""

    link: str
    title: str
    x: int
    y: int
    height: int
    kinds: Sequence[str]
    rows: Sequence[tuple[str, str, int]]
    here: bool


@dataclass(frozen=True, slots=True)
class Line:
    path: str


@dataclass(frozen=True, slots=True)
class Diagram:
    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[Line]


def diagram(lang: Lang) -> Diagram:
    """What the ontology's domains and ranges and the shapes' classes draw."""
    known = ontology()
    arrows = _arrows()
    depth = _depths(arrows)
    columns: dict[int, list[str]] = {}
    for iri, n in depth.items():
        columns.setdefault(n, []).append(iri)
    boxes: dict[str, Box] = {}
    for n, iris in sorted(columns.items()):
        y = MARGIN
        for iri in iris:
            rows = [(p, _label(p, lang)) for (c, p), _ in arrows.items() if c == iri]
            kinds = wrap(", ".join(_label(i, lang) for i, said in known.items()
                                   if iri in said.all(RDFS + "subClassOf")), _CHARS)
            height = HEAD + ROW * (len(rows) + len(kinds)) + (8 if rows or kinds else 0)
            top = y + HEAD + ROW * len(kinds)
            boxes[iri] = Box(
                anchor(iri), cut(_label(iri, lang), _HEAD_CHARS),
                MARGIN + n * (WIDTH + GAP_X), y, height,
                [k if len(k) <= _CHARS + 2 else cut(k) for k in kinds],
                [(cut(text), anchor(p), top + ROW * k + ROW // 2)
                 for k, (p, text) in enumerate(rows)], iri in known)
            y += height + GAP_Y
    lines = [_line(boxes[c], anchor(p), boxes[to])
             for (c, p), targets in arrows.items() for to in targets]
    width = max(b.x + WIDTH for b in boxes.values()) + GAP_X // 3 + MARGIN
    height = max(b.y + b.height for b in boxes.values()) + MARGIN
    return Diagram(width, height, list(boxes.values()), lines)


def _arrows() -> Mapping[tuple[str, str], list[str]]:
    """(class, property) → classes that it leads to; each as the widest that has it."""
    found: dict[tuple[str, str], list[str]] = {}
    for iri, said in ontology().items():
        if OWL + "ObjectProperty" in said.all(RDF + "type"):
            for domain in said.all(RDFS + "domain"):
                found.setdefault((domain, iri), []).extend(
                    _above(to) or to for to in said.all(RDFS + "range"))
    for (domain, iri), targets in edges().items():
        if _above(domain) is None and (domain, iri) not in found:
            found[domain, iri] = [_above(t) or t for t in targets]
    return found


def _above(iri: str) -> str | None:
    """The class of ours right above one; None for one that stands by itself."""
    said = ontology().get(iri)
    above = said.all(RDFS + "subClassOf") if said else []
    return next((a for a in above if a.startswith(cd("Project").rpartition("#")[0])), None)


def _depths(arrows: Mapping[tuple[str, str], list[str]]) -> dict[str, int]:
    """How far each class is from the project; what leads to a class that is known stands
    one before it, as far as there is room."""
    depth = {cd("Project"): 0}
    changed = True
    while changed:
        changed = False
        for (domain, _), targets in arrows.items():
            for to in targets:
                if domain in depth and to not in depth:
                    depth[to] = depth[domain] + 1
                    changed = True
    for (domain, _), targets in arrows.items():
        if domain not in depth:
            depth[domain] = max(1, min(depth.get(t, 2) for t in targets) - 1)
        for to in targets:
            depth.setdefault(to, depth[domain] + 1)
    return depth


def _line(box: Box, prop: str, to: Box) -> Line:
    """From the property's row to the head of the class, as a curve that leaves and arrives
    level."""
    y1 = next(y for _, a, y in box.rows if a == prop)
    x1, x2, y2 = box.x + WIDTH, to.x, to.y + HEAD // 2
    if x2 > box.x:
        bend = (x2 - x1) // 2
        return Line(f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}")
    # To the same column or one before: out on the right and back in on the right.
    x2 = to.x + WIDTH
    out = max(x1, x2) + GAP_X // 3
    return Line(f"M{x1} {y1}C{out} {y1} {out} {y2} {x2} {y2}")


def _label(iri: str, lang: Lang) -> str:
    said = ontology().get(iri)
    return (said.label(lang) if said else "") or curie(iri)


def cut(text: str, longest: int = _CHARS) -> str:
    """The text, or as much of its beginning as fits."""
    return text if len(text) <= longest else text[:longest - 1].rstrip() + "…"
