"""Lists of projects: what is chosen, what is left, how many each further choice would give.

Within a facet choices add up (Mali or Benin), between facets they narrow (and theme 6).
The number beside a value is how many projects the list would have if it were the facet's
choice as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coopdec.messages import Lang
from coopdec.vocab import CD
from coopdec.web.pages.index import Index
from coopdec.web.pages.models import Params
from coopdec.web.pages.terms import term_label
from coopdec.web.pages.triples import clean
from coopdec.web.pages.words import Words

__all__ = [
    "FACETS",
    "FILTERS",
    "PAGE",
    "SORTS",
    "Choice",
    "Facet",
    "Selection",
    "facet_path",
    "facets",
    "path_of",
    "selection",
    "value_label",
]

#: Projects on a page of a list.
PAGE = 25
#: What a list offers; what it also understands.
FACETS = ("country", "region", "theme", "call", "type")
FILTERS = (*FACETS, "session", "lead", "partner", "source", "target", "operator", "cofunder")
SORTS = ("title", "recent", "lead", "country")
#: Values shown before « more ».
_SHOWN = 8
_CLASSES = {"commune": "Commune", "intercommunality": "Intercommunality", "region": "Region",
            "department": "Department", "syndicate": "MixedSyndicate",
            "single-territorial-collectivity": "SingleTerritorialCollectivity",
            "delegated-commune": "DelegatedCommune"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet; ``query``: the list with it chosen, or let go if it is."""

    value: str
    label: str
    lang: str | None
    n: int
    chosen: bool
    path: str | None
    query: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """``more``: the choices that a reader opens."""

    name: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]

    @property
    def chosen(self) -> list[Choice]:
        return [c for c in (*self.choices, *self.more) if c.chosen]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query string asks for. ``bits``: the projects, None for all of them."""

    chosen: Mapping[str, tuple[str, ...]]
    words: str
    sort: str
    page: int
    bits: int | None
    total: int

    def pairs(self, *, without: str | None = None, page: bool = False) -> list[tuple[str, str]]:
        """The query string again, in one order whatever it came in."""
        pairs = [("q", self.words)] if self.words and without != "q" else []
        pairs += [(f, v) for f in FILTERS for v in self.chosen.get(f, ()) if f != without]
        if self.sort != "title":
            pairs.append(("sort", self.sort))
        if page and self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs


def facet_path(facet: str, value: str) -> str | None:
    """The page that speaks of a value; None for what has none."""
    if facet == "country":
        return f"country/{value}"
    if facet == "region":
        return f"collectivity/{value}" if "/" in value else f"collectivity/region/{value}"
    if facet in ("theme", "target"):
        return None if value == "none" else f"goal/{value}"
    if facet in ("call", "session"):
        return f"call/{value}"
    if facet == "lead":
        return f"collectivity/{value}"
    if facet == "source":
        return f"source/{value}"
    if facet in ("operator", "cofunder"):
        return f"organisation/{value}"
    return None


def path_of(facet: str) -> Callable[[str], str]:
    """:func:`facet_path` of one facet; "" for what has no page."""
    return lambda value: facet_path(facet, value) or ""


def selection(params: Params, index: Index) -> Selection:
    """Read a query string: unknown names and values that no project has are left out
    where they narrow nothing, and give an empty list where they would."""
    chosen = {f: tuple(dict.fromkeys(clean(v) for v in params.get(f, ()) if v))[:50]
              for f in FILTERS}
    chosen = {f: v for f, v in chosen.items() if v}
    words = " ".join(clean(" ".join(params.get("q", ()))).split())[:200]
    sort = next((s for s in params.get("sort", ()) if s in SORTS), "title")
    page = next((int(p) for p in params.get("page", ()) if p.isdecimal() and 0 < len(p) < 8), 1)
    bits: int | None = None
    for facet, values in chosen.items():
        bits = _and(bits, _any(index, facet, values))
    if words:
        found = index.search(words)
        if found is not None:
            bits = _and(bits, found)
    total = index.projects if bits is None else bits.bit_count()
    return Selection(chosen, words, sort, max(page, 1), bits, total)


def _and(one: int | None, other: int) -> int:
    return other if one is None else one & other


def _any(index: Index, facet: str, values: Sequence[str]) -> int:
    found = 0
    for value in values:
        found |= index.bits(facet, _value(facet, value))
    return found


def _value(facet: str, value: str) -> str:
    if facet == "country":
        return value.upper()
    return value


def facets(chosen: Selection, index: Index, lang: Lang, t: Words) -> list[Facet]:
    """Every facet with its choices, those with most projects first."""
    searched = index.search(chosen.words) if chosen.words else None
    by_facet = {f: _any(index, f, v) for f, v in chosen.chosen.items()}
    found = []
    for facet in FACETS:
        rest = searched
        for other, bits in by_facet.items():
            if other != facet:
                rest = _and(rest, bits)
        picked = tuple(_value(facet, v) for v in chosen.chosen.get(facet, ()))
        choices = []
        for value, n in index.values(facet):
            number = n if rest is None else (rest & index.bits(facet, value)).bit_count()
            if number or value in picked:
                choices.append((value, number))
        choices.sort(key=lambda pair: (pair[0] not in picked, -pair[1]))
        if facet == "theme" and len(choices) > 1:
            choices.sort(key=lambda pair: (pair[0] not in picked, _goal_order(pair[0])))
        made = [_choice(facet, v, n, picked, chosen, index, lang, t) for v, n in choices]
        if made and (len(made) > 1 or picked):
            shown = 18 if facet == "theme" else max(_SHOWN, len(picked))
            found.append(Facet(facet, tuple(made[:shown]), tuple(made[shown:])))
    return found


def _goal_order(value: str) -> tuple[int, str]:
    return (int(value), "") if value.isdigit() else (99, value)


def _choice(facet: str, value: str, n: int, picked: Sequence[str], chosen: Selection,
            index: Index, lang: Lang, t: Words) -> Choice:
    path = facet_path(facet, value)
    entity = index.entity(path) if path else None
    if entity is not None:
        label, tag = entity.label(lang), entity.label_lang(lang)
        if facet == "theme":
            label = f"{value}. {label}"
    else:
        label, tag = value_label(facet, value, lang, t), None
    values = [v for v in picked if v != value] if value in picked else [*picked, value]
    pairs = chosen.pairs(without=facet) + [(facet, v) for v in values]
    return Choice(value, label, tag, n, value in picked, path if entity else None, pairs)


def value_label(facet: str, value: str, lang: Lang, t: Words) -> str:
    """The name of a value that has no page."""
    if facet == "theme" and value == "none":
        return t("no-theme")
    if facet == "type":
        name = _CLASSES.get(value)
        return term_label(CD + name, lang) if name else t("unidentified")
    return value
