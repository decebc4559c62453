"""Home, and the lists of everything that is no project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from coopdec.messages import Lang
from coopdec.text import fold
from coopdec.vocab import SCHEMA_CONTEXT
from coopdec.web.pages import structured
from coopdec.web.pages.atlas import Map, choropleth
from coopdec.web.pages.facets import path_of
from coopdec.web.pages.figures import chart
from coopdec.web.pages.kit import Kit
from coopdec.web.pages.listing import pager
from coopdec.web.pages.models import Crumb, Entity, Page, Params
from coopdec.web.pages.render import View, render, words
from coopdec.web.pages.searching import meant
from coopdec.web.pages.triples import clean

__all__ = ["LISTS", "Overview", "home", "overview_page", "world"]

#: Entities on a page of a list.
PAGE = 100


@dataclass(frozen=True, slots=True)
class Overview:
    """A list: its kinds of resources, the words of its heading and introduction; ``grid``:
    shown as cards, not as a table; ``map``: with the world above."""

    kinds: tuple[str, ...]
    title: str
    intro: str
    map: bool = False
    grid: bool = False


LISTS = {
    "country/": Overview(("country",), "nav-countries", "intro-country", map=True),
    "collectivity/": Overview(("collectivity",), "nav-collectivities", "intro-collectivity"),
    "territory/": Overview(("territory", "institution"), "nav-partners", "intro-territory"),
    "institution/": Overview(("institution",), "nav-institutions", "intro-institution"),
    "organisation/": Overview(("organisation",), "nav-organisations", "intro-organisation"),
    "goal/": Overview(("goal",), "nav-themes", "intro-goal", grid=True),
    "call/": Overview(("call", "session"), "nav-calls", "intro-call"),
    "source/": Overview(("source",), "nav-sources", "intro-source"),
}


def overview_page(kit: Kit, path: str, lang: Lang, params: Params) -> Page | None:
    """None for a part that the list does not reach."""
    spec, t = LISTS[path], words(lang)
    asked = " ".join(clean(" ".join(params.get("q", ()))).split())[:200]
    sort = "n" if "n" in params.get("sort", ()) else "name"
    number = next((int(p) for p in params.get("page", ()) if p.isdecimal() and 0 < len(p) < 8), 1)

    def called(name: str) -> list[Entity]:
        return [e for e in kit.index.named(name, 500) if e.kind in spec.kinds]

    near: Sequence[tuple[str, int]] = ()
    if asked:
        found = called(asked)
        near = () if found else meant(kit.index, asked, lambda q: len(called(q)), "names")
        if sort == "name":
            found.sort(key=lambda e: fold(e.label(lang)))
        total = len(found)
        entities = found[(number - 1) * PAGE:number * PAGE]
    else:
        total = kit.index.count(spec.kinds)
        entities = kit.index.of_kind(spec.kinds, start=(number - 1) * PAGE, count=PAGE,
                                     by_number=sort == "n")
    parts = pager(number, total, PAGE)
    if number < 1 or number > (parts.last if parts else 1):
        return None
    query = ([("q", asked)] if asked else []) + ([("sort", sort)] if sort == "n" else [])
    view = kit.view(lang, path, t(spec.title), number=number, query=query)
    return render(
        "list.html", view, crumbs=(Crumb(view.title),), spec=spec, description=t(spec.intro),
        entities=entities, total=total, pager=parts, asked=asked, sort=sort, meant=near,
        types=[kit.resources.type_label(e, lang, t) for e in entities],
        notes=[_note(kit, e, lang) for e in entities],
        map=world(kit, view) if spec.map and number == 1 and not asked else None,
        indexed=not asked)


def _note(kit: Kit, entity: Entity, lang: Lang) -> Entity | None:
    """The country of a partner, shown beside it."""
    if entity.kind in ("territory", "institution"):
        return kit.index.entity("country/" + entity.path.split("/")[1])
    return None


def world(kit: Kit, view: View) -> Map | None:
    """Every country by its number of projects."""
    numbers = dict(kit.index.values("country"))
    if not numbers:
        return None

    def title(code: str, n: int) -> str:
        entity = kit.index.entity(f"country/{code}")
        name = entity.label(view.lang) if entity else code
        return view.t("map-title", name=name, projects=view.t("n-projects", n=n))

    return choropleth(numbers, lambda code: view.page(f"country/{code}"), title)


def home(kit: Kit, lang: Lang) -> Page:
    t, index = words(lang), kit.index
    view = kit.view(lang, "", t("home-title"))
    charts = [made for facet, most in (("theme", 17), ("country", 12), ("region", 18))
              if (made := chart(facet, _counted(kit, facet), path_of(facet), index, lang,
                                most=most))]
    figures = [(t("n-figure-projects", n=index.projects), index.projects, "project/")]
    for key, facet, path in (("n-figure-collectivities", "lead", "collectivity/"),
                             ("n-figure-partners", "partner", "territory/"),
                             ("n-figure-countries", "country", "country/")):
        n = len(index.values(facet))
        figures.append((t(key, n=n), n, path))
    goals = len([v for v, _ in index.values("theme") if v != "none"])
    figures.append((t("n-figure-goals", n=goals), goals, "goal/"))
    return render(
        "home.html", view, description=t("home-intro"), figures=figures, charts=charts,
        map=world(kit, view), countries=index.of_kind(("country",), by_number=True),
        calls=index.of_kind(("session",)) or index.of_kind(("call",)),
        changes=_changes(kit.release, lang), goals=index.of_kind(("goal",)),
        structured=[structured.as_script({
            "@context": SCHEMA_CONTEXT, "@type": "WebSite", "name": t("site-name"),
            "url": view.absolute(view.here()), "inLanguage": lang})])


def _counted(kit: Kit, facet: str) -> Sequence[tuple[str, int]]:
    return [(v, n) for v, n in kit.index.values(facet) if v != "none"]


def _changes(release: Path | None, lang: Lang) -> list[str]:
    """The summary and first lines of ``CHANGES.md``, where a release has one: a part in
    French, then one in English, each under a heading of the first level."""
    file = release / "CHANGES.md" if release is not None else None
    if file is None or not file.is_file():
        return []
    parts: list[list[str]] = []
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in islice(lines, 5000):
            if line.startswith("# "):
                parts.append([])
            elif parts and (line.startswith("- ") or not line.startswith((" ", "#", "|", "\n"))):
                plain = line.lstrip("- ").strip().replace("**", "").replace("`", "")
                parts[-1].append(clean(plain))
    if not parts:
        return []
    return (parts[0] if lang == "fr" else parts[-1])[:6]
