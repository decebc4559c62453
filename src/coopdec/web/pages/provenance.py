"""« Where this comes from »: rows and cells, links with their reasons, themes with the
words of the title that state them. All of it is read from the published statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopdec.dataset.writers import short
from coopdec.messages import Lang
from coopdec.vocab import CD, DCTERMS, SEMAPV, SSSOM
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.index import Index
from coopdec.web.pages.models import Entity
from coopdec.web.pages.triples import Block, Term, split
from coopdec.web.pages.values import authority

__all__ = ["Cell", "Link", "Printed", "Theme", "Words", "links", "printed", "themes"]

Said = Mapping[str, list[Term]]
_CELLS = ("titleCell", "leadCell", "partnerCell", "countryCell", "regionCell")


@dataclass(frozen=True, slots=True)
class Cell:
    """``column``: the role (``title``, ``lead``…); ``line``: where it differs from the row's."""

    column: str
    text: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A row of a list: the document and where in it, and its cells."""

    fragment: str
    document: Entity | None
    name: str
    page: str
    sheet: str
    line: str
    last_line: str
    cells: tuple[Cell, ...]
    more: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Ours = theirs. ``confidence`` from 0 to 1; ``exact``: the same thing, not a near one."""

    fragment: str
    target: str
    shown: str
    authority: str
    exact: bool
    confidence: float
    justification: str
    reason: str


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a title; ``mark``: it states a theme."""

    text: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """A goal, and the ``targets`` below it; ``title`` cut where its words stand."""

    fragment: str
    entity: Entity | None
    path: str
    confidence: float
    rule: str
    evidence: tuple[str, ...]
    title: tuple[Words, ...]
    target: bool


def _one(said: Said, predicate: str) -> str:
    found = said.get(predicate)
    return found[0].text if found else ""


def _text(said: Said, predicate: str, lang: Lang) -> str:
    found = said.get(predicate, [])
    best = next((t for t in found if t.lang == lang), None)
    return best.text if best else found[0].text if found else ""


def _float(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def printed(block: Block, addresses: Addresses, index: Index) -> list[Printed]:
    """Every row that a project was read from."""
    known = {CD + c for c in (*_CELLS, "line", "lastLine", "page", "sheet", "regionCellLine")}
    found = []
    for subject, said in block.items():
        if CD + "titleCell" not in said and CD + "leadCell" not in said:
            continue
        source = _one(said, DCTERMS + "isPartOf")
        path = addresses.path_of(source) or ""
        cells = tuple(
            Cell(name.removesuffix("Cell"), text,
                 _one(said, CD + "regionCellLine") if name == "regionCell" else "")
            for name in _CELLS if (text := _one(said, CD + name)))
        # Cells of columns that a later version of the vocabulary knows.
        more = tuple((p, t.text) for p, terms in said.items()
                     if p.startswith(CD) and p not in known for t in terms if not t.iri)
        found.append(Printed(
            split(subject)[1], index.entity(path), path.rsplit("/", 1)[-1] or source,
            _one(said, CD + "page"), _one(said, CD + "sheet"), _one(said, CD + "line"),
            _one(said, CD + "lastLine"), cells, more))
    return found


def links(block: Block, lang: Lang) -> list[Link]:
    """Accepted links of a resource with their evidence, surest first."""
    found = []
    for subject, said in block.items():
        target = _one(said, SSSOM + "object_id")
        if not target:
            continue
        predicate = _one(said, SSSOM + "predicate_id")
        found.append(Link(
            split(subject)[1], target, short(target), authority(target, lang),
            not predicate.endswith("closeMatch"), _float(_one(said, SSSOM + "confidence")),
            _one(said, SSSOM + "mapping_justification").removeprefix(SEMAPV),
            _text(said, SSSOM + "comment", lang)))
    return sorted(found, key=lambda one: (not one.exact, -one.confidence, one.target))


def themes(block: Block, title: str, addresses: Addresses, index: Index) -> list[Theme]:
    """Themes of a project: each goal, followed by its targets."""
    found = []
    for subject, said in block.items():
        goal, target = _one(said, CD + "goal"), _one(said, CD + "target")
        if not goal:
            continue
        path = addresses.path_of(target or goal) or ""
        evidence = tuple(t.text for t in said.get(CD + "evidence", ()))
        starts = [int(t.text) for t in said.get(CD + "evidenceStart", ()) if t.text.isdigit()]
        found.append(Theme(
            split(subject)[1], index.entity(path), path, _float(_one(said, CD + "confidence")),
            _one(said, CD + "rule"), evidence, tuple(_cut(title, evidence, starts)),
            bool(target)))
    return sorted(found, key=lambda theme: _order(theme.path))


def _order(path: str) -> tuple[int, int, str]:
    goal, _, target = path.partition("/")[2].partition(".")
    return (int(goal) if goal.isdigit() else 99, int(target) if target.isdigit()
            else 0 if not target else 99, target)


def _cut(title: str, evidence: Sequence[str], starts: Sequence[int]) -> list[Words]:
    """The title with each evidence marked: where it was said to start if it stands there,
    else where it first occurs; what stands nowhere in the title marks nothing."""
    spans: list[tuple[int, int]] = []
    for words in evidence:
        if not words:
            continue
        at = next((s for s in starts if title.startswith(words, s)), title.find(words))
        if at >= 0:
            spans.append((at, at + len(words)))
    out: list[Words] = []
    end = 0
    for start, stop in sorted(spans):
        if start < end:
            continue
        if start > end:
            out.append(Words(title[end:start]))
        out.append(Words(title[start:stop], True))
        end = stop
    if end < len(title):
        out.append(Words(title[end:]))
    return out if spans else []


