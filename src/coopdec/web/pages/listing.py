"""The list of projects: search, facets, order, pages; and its rows for CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from coopdec.messages import Lang
from coopdec.web.pages import behind
from coopdec.web.pages.facets import (
    FILTERS,
    PAGE,
    SORTS,
    Choice,
    Selection,
    facet_path,
    facets,
    selection,
    value_label,
)
from coopdec.web.pages.kit import Kit
from coopdec.web.pages.models import Crumb, Entity, Page, Params
from coopdec.web.pages.render import render, words
from coopdec.web.pages.searching import alone, meant, pages_of
from coopdec.web.pages.words import Words

__all__ = ["Pager", "list_page", "pager", "rows"]

#: Rows that are read at a time for CSV.
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Pager:
    """``numbers``: the parts that are linked, 0 for a gap."""

    current: int
    last: int
    numbers: tuple[int, ...]


def pager(current: int, total: int, size: int) -> Pager | None:
    """None where one page holds all."""
    last = max(ceil(total / size), 1)
    if last == 1:
        return None
    near = {1, 2, last - 1, last, *range(current - 2, current + 3)}
    numbers: list[int] = []
    for n in sorted(n for n in near if 1 <= n <= last):
        if numbers and n - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(n)
    return Pager(current, last, tuple(numbers))


def list_page(kit: Kit, lang: Lang, params: Params) -> Page | None:
    """None for a part that the list does not reach."""
    t = words(lang)
    chosen = selection(params, kit.index)
    parts = pager(chosen.page, chosen.total, PAGE)
    if chosen.page > (parts.last if parts else 1):
        return None
    ordinals = kit.index.order(chosen.bits, chosen.sort, (chosen.page - 1) * PAGE, PAGE)
    named = chosen_values(chosen, kit, lang, t)
    title = t("nav-projects")
    view = kit.view(lang, "project/", title, number=chosen.page, query=chosen.pairs())
    others = pages_of(kit.index, chosen.words) if chosen.words and chosen.page == 1 else []
    apart = [] if chosen.total else alone(kit.index, chosen.words)
    near = [] if chosen.total else meant(
        kit.index, chosen.words, lambda q: (kit.index.search(q) or 0).bit_count())
    paths = {f: [p for c in named if c[0] == f for p in [c[1]]] for f in FILTERS}
    return render(
        "projects.html", view, crumbs=(Crumb(title),), description=t("projects-description"),
        chosen=chosen, named=[c for _, _, c in named], cards=kit.cards(ordinals, lang),
        facets=facets(chosen, kit.index, lang, t), pager=parts, sorts=SORTS, others=others,
        alone=apart, meant=near, static_limit=STATIC_LIMIT, projects=kit.index.projects,
        sparql=behind.projects({f: p for f, p in paths.items() if p}, kit.addresses, chosen.words),
        indexed=not chosen.chosen and not chosen.words)


#: Up to so many projects, the static site's list is filtered in the browser.
STATIC_LIMIT = 20_000


def chosen_values(chosen: Selection, kit: Kit, lang: Lang,
                  t: Words) -> list[tuple[str, str, Choice]]:
    """(facet, path or value, choice) of everything that is chosen, to be let go singly."""
    found = []
    for facet, values in chosen.chosen.items():
        for value in values:
            entity = _entity(kit, facet, value)
            label = entity.label(lang) if entity else value_label(facet, value, lang, t)
            pairs = chosen.pairs(without=facet) + [(facet, v) for v in values if v != value]
            found.append((facet, entity.path if entity else value, Choice(
                value, label, entity.label_lang(lang) if entity else None, 0, True,
                entity.path if entity else None, pairs)))
    return found


def _entity(kit: Kit, facet: str, value: str) -> Entity | None:
    if facet == "partner":
        return kit.index.entity(f"territory/{value}") or kit.index.entity(f"institution/{value}")
    path = facet_path(facet, value)
    return kit.index.entity(path) if path else None


def rows(kit: Kit, params: Params, lang: Lang) -> Iterator[Mapping[str, str]]:
    """The projects of a list, all its pages, a project a row; several values in a cell are
    parted by « | ». ``points``: longitude and latitude of each partner that is placed."""
    chosen = selection(params, kit.index)
    for start in range(0, chosen.total, _CHUNK):
        ordinals = kit.index.order(chosen.bits, chosen.sort, start, _CHUNK)
        for card in kit.index.cards(ordinals):
            yield _row(kit, card, lang)


def _row(kit: Kit, card: Mapping[str, object], lang: Lang) -> dict[str, str]:
    def of(facet: str) -> Sequence[str]:
        found = card.get(facet, ())
        assert isinstance(found, list | tuple)
        return found

    def names(facet: str) -> str:
        return "|".join(e.label(lang) for p in of(facet) if (e := kit.index.entity(p)))

    path, labels = card["path"], card["labels"]
    assert isinstance(path, str)
    assert isinstance(labels, dict)
    placed = [e.at for p in of("partner") if (e := kit.index.entity(p)) and e.at]
    return {
        "iri": kit.addresses.iri_of(path),
        "title": labels.get(lang) or labels.get("fr") or next(iter(labels.values()), ""),
        "lead": names("lead"), "region": names("region"), "partner": names("partner"),
        "country": names("country"),
        "iso2": "|".join(p.rpartition("/")[2] for p in of("country")),
        "sdg": "|".join(p.partition("/")[2] for p in of("theme")),
        "call": names("call"), "session": names("session"),
        "points": "|".join(f"{long} {lat}" for lat, long in placed),
    }
