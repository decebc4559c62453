"""The page of one resource: what is said of it, and its projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coopdec.media import GRAPHS
from coopdec.messages import Lang
from coopdec.vocab import CD, DCTERMS, PROV, SKOS
from coopdec.web.pages import behind, structured
from coopdec.web.pages.atlas import Map, places
from coopdec.web.pages.facets import PAGE, path_of
from coopdec.web.pages.figures import Chart, chart
from coopdec.web.pages.index.build import facet_value
from coopdec.web.pages.kit import Kit
from coopdec.web.pages.listing import pager
from coopdec.web.pages.models import Entity, Page, Params, Tombstone
from coopdec.web.pages.render import View, render, words
from coopdec.web.pages.resource import Resource

__all__ = ["entity_page", "facet_of", "projects_of", "tombstone_of", "tombstone_page"]

#: The facet whose values a kind of resource is.
_FACET = {"country": "country", "goal": "theme", "target": "target", "call": "call",
          "session": "session", "source": "source", "territory": "partner",
          "institution": "partner", "collectivity": "lead", "organisation": "operator"}
#: What else points to a resource, worth a list: predicate → words of its heading.
_RELATED = (
    (CD + "country", "related-partners"), (CD + "within", "related-within"),
    (CD + "region", "related-collectivities"), (SKOS + "broader", "related-targets"),
    (CD + "session", "related-sources"), (CD + "call", "related-sessions"),
    (DCTERMS + "isReplacedBy", "related-replaces"),
)
#: Related resources shown on one page.
_MOST = 60
#: Charts of a resource's projects: none for fewer.
_LEAST = 3
#: Dots on a resource's map.
_DOTS = 80


def facet_of(entity: Entity) -> tuple[str, str] | None:
    """The facet and value whose list of projects is this resource's; None for what has
    none."""
    facet = _FACET.get(entity.kind)
    if facet is None:
        return None
    if entity.kind == "collectivity" and entity.path.startswith("collectivity/region/"):
        facet = "region"
    return facet, facet_value(facet, entity.path)


def entity_page(kit: Kit, entity: Entity, lang: Lang, params: Params) -> Page | None:
    """None for a part of its list that does not exist."""
    t = words(lang)
    resource = kit.resources.make(entity, lang, t)
    number = next((int(p) for p in params.get("page", ()) if p.isdecimal() and 0 < len(p) < 8), 1)
    bits, list_query = projects_of(kit, entity)
    total = bits.bit_count()
    parts = pager(number, total, PAGE)
    if number < 1 or number > (parts.last if parts else 1):
        return None
    view = kit.view(lang, entity.path, resource.title, number=number)
    ordinals = kit.index.order(bits, "title", (number - 1) * PAGE, PAGE) if total else []
    described = resource.subtitle or _summary(resource, view, total)
    return render(
        "project.html" if entity.kind == "project" else "resource.html", view,
        r=resource, crumbs=resource.crumbs, description=described[:300],
        alternate_data=_alternates(view, entity.path), map=_map(kit, resource, view, bits),
        cards=kit.cards(ordinals, lang), total=total, pager=parts, list_query=list_query,
        charts=_charts(kit, entity, bits, lang) if number == 1 else [],
        related=_related(kit, entity, view) if number == 1 else [],
        parts_of=list(kit.resources.parts(resource, lang, t)) if entity.kind == "document" else [],
        sparql=behind.about(entity, kit.addresses),
        structured=[structured.as_script(structured.about_resource(
            resource, kit.addresses, view.absolute(view.here()), lang))])


def _alternates(view: View, path: str) -> list[tuple[str, str]]:
    forms = GRAPHS if view.live else ("ttl", "jsonld")
    return [(GRAPHS[form], view.data(path, f".{form}")) for form in forms]


def _summary(resource: Resource, view: View, total: int) -> str:
    """A sentence for search engines, made of the facts."""
    parts = [resource.type_label]
    if total:
        parts.append(view.t("n-projects", n=total))
    for fact in resource.facts[:4]:
        parts.append(f"{fact.label}: " + ", ".join(v.text for v in fact.values[:3]))
    return ". ".join(p for p in parts if p)


def projects_of(kit: Kit, entity: Entity) -> tuple[int, list[tuple[str, str]]]:
    """The projects that concern a resource; a region's are those of its territory and
    those that it leads itself."""
    found = facet_of(entity)
    if found is None or entity.kind == "project":
        return 0, []
    facet, value = found
    bits = kit.index.bits(facet, value)
    if facet == "region":
        bits |= kit.index.bits("lead", facet_value("lead", entity.path))
    elif facet == "lead":  # a single authority is a region as well
        bits |= kit.index.bits("region", facet_value("region", entity.path))
    elif facet == "operator":
        bits |= kit.index.bits("cofunder", value)
    return bits, [(facet, value)]


def _charts(kit: Kit, entity: Entity, bits: int, lang: Lang) -> list[Chart]:
    if bits.bit_count() < _LEAST:
        return []
    found = []
    for facet in ("theme", "country", "region"):
        if facet == _FACET.get(entity.kind) and facet != "theme":
            continue
        counted = [(v, (bits & kit.index.bits(facet, v)).bit_count())
                   for v, _ in kit.index.values(facet) if v != "none"]
        counted = sorted(((v, n) for v, n in counted if n), key=lambda pair: (-pair[1], pair[0]))
        made = chart(facet, counted, path_of(facet), kit.index, lang, most=8)
        if made is not None:
            found.append(made)
    return found


def _related(kit: Kit, entity: Entity,
             view: View) -> list[tuple[str, Sequence[Entity], int]]:
    found: list[tuple[str, Sequence[Entity], int]] = []
    for predicate, key in _RELATED:
        others = kit.index.pointing(entity.path, predicate, count=_MOST + 1)
        if entity.kind != "country" and predicate == CD + "country":
            continue
        for kind_key, some in _by_heading(key, others):
            if some:
                found.append((view.t(kind_key), some[:_MOST], len(some)))
    return found


def _by_heading(key: str, others: Sequence[Entity]) -> list[tuple[str, list[Entity]]]:
    """A call has sessions and documents, both by the same property."""
    if key != "related-sessions":
        return [(key, [e for e in others if e.kind != "project"])]
    return [("related-sessions", [e for e in others if e.kind == "session"]),
            ("related-sources", [e for e in others if e.kind == "source"])]


# -- the map

def _map(kit: Kit, resource: Resource, view: View, bits: int) -> Map | None:
    dots: list[tuple[float, float, str, str, str]] = []
    countries: list[str] = []

    def put(entity: Entity | None, kind: str) -> None:
        if entity is not None and entity.at is not None and len(dots) < _DOTS:
            dots.append((*entity.at, view.page(entity.path), entity.label(view.lang), kind))

    entity = resource.entity
    if entity.kind == "project":
        if entity.at is not None:
            dots.append((*entity.at, view.page(entity.path), entity.label(view.lang), "partner"))
        for predicate, kind in ((CD + "lead", "lead"), (CD + "partner", "partner")):
            for term in resource.said.get(predicate, ()):
                path = kit.addresses.path_of(term.text)
                put(kit.index.entity(path) if path else None, kind)
        countries = [p.rpartition("/")[2] for term in resource.said.get(CD + "partnerCountry", ())
                     if (p := kit.addresses.path_of(term.text))]
    elif entity.kind == "country":
        countries = [entity.path.rpartition("/")[2]]
        for partner in kit.index.pointing(entity.path, CD + "country", count=_DOTS):
            put(partner, "partner")
    elif entity.kind in ("territory", "institution"):
        put(entity, "partner")
        countries = [entity.path.split("/")[1]]
    elif entity.kind == "collectivity":
        put(entity, "lead")
        for card in kit.index.cards(kit.index.order(bits, "title", 0, 60)) if bits else []:
            for path in card.get("partner", ()):
                put(kit.index.entity(path), "partner")
        if not dots:
            return None
    else:
        return None
    return places(
        list(dict.fromkeys(dots)), countries, lambda c: view.page(f"country/{c}"),
        lambda c: e.label(view.lang) if (e := kit.index.entity(f"country/{c}")) else c)


# -- what went away

def tombstone_of(kit: Kit, entity: Entity) -> Tombstone:
    said: Mapping[str, Sequence[object]] = {}
    iri = kit.addresses.iri_of(entity.path)
    said = kit.resources.block(entity.path).get(iri, {})

    def texts(predicate: str) -> list[str]:
        return [getattr(t, "text", "") for t in said.get(predicate, ())]

    comment = texts("http://www.w3.org/2000/01/rdf-schema#comment") or texts(
        DCTERMS + "description")
    return Tombstone(entity.path, entity.label("fr"), tuple(texts(DCTERMS + "isReplacedBy")),
                     (texts(PROV + "invalidatedAtTime") or [""])[0][:10],
                     comment[0] if comment else "")


def tombstone_page(kit: Kit, entity: Entity, lang: Lang) -> Page:
    t = words(lang)
    gone = tombstone_of(kit, entity)
    followers = [(iri, kit.index.entity(path) if (path := kit.addresses.path_of(iri)) else None)
                 for iri in gone.replaced_by]
    view = kit.view(lang, entity.path, t("gone-title"))
    return render("gone.html", view, status=410, gone=gone, followers=followers,
                  alternate_data=_alternates(view, entity.path), indexed=False)
