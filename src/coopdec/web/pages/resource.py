"""A resource's page as values: facts, themes, links, provenance, parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from coopdec.iris import Iris
from coopdec.messages import Lang
from coopdec.vocab import CD, DCAT, DCTERMS, FOAF, GEO, OWL, PROV, RDF, RDFS, SKOS, VCARD, WGS84
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.index import Index
from coopdec.web.pages.models import Crumb, Entity, Fact, Value
from coopdec.web.pages.provenance import Link, Printed, Theme, links, printed, themes
from coopdec.web.pages.render import Site
from coopdec.web.pages.terms import ontology, term_label
from coopdec.web.pages.triples import Block, Term
from coopdec.web.pages.values import entity_value, value
from coopdec.web.pages.words import Words

__all__ = ["Resource", "Resources"]

#: Shown elsewhere on the page than among the facts.
_ELSEWHERE = frozenset({
    RDF + "type", RDFS + "label", CD + "themeAssignment", CD + "theme", CD + "noThemeStated",
    PROV + "wasDerivedFrom", GEO + "hasGeometry", WGS84 + "lat", WGS84 + "long",
    OWL + "sameAs", SKOS + "exactMatch", SKOS + "closeMatch", SKOS + "prefLabel"})
#: The order of a project's facts; what is not named follows in the order of the dump.
_FIRST = tuple(CD + p for p in ("lead", "partner", "partnerCountry", "region", "call", "session"))
#: Lists that hold a kind: the step above it on the way down.
LISTS = {"project": "project/", "country": "country/", "collectivity": "collectivity/",
         "territory": "territory/", "institution": "institution/", "goal": "goal/",
         "target": "goal/", "call": "call/", "session": "call/", "source": "source/",
         "organisation": "organisation/"}
_LIST_WORDS = {"project/": "nav-projects", "country/": "nav-countries",
               "collectivity/": "nav-collectivities", "territory/": "nav-partners",
               "institution/": "nav-institutions", "goal/": "nav-themes", "call/": "nav-calls",
               "source/": "nav-sources", "query/": "nav-queries",
               "organisation/": "nav-organisations"}


@dataclass(frozen=True, slots=True)
class Resource:
    """All that a page says of one resource."""

    entity: Entity
    iri: str
    title: str
    title_lang: str | None
    type_label: str
    subtitle: str
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    goals: tuple[Entity, ...]
    themes: tuple[Theme, ...]
    printed: tuple[Printed, ...]
    links: tuple[Link, ...]
    others: tuple[tuple[Entity, tuple[Link, ...]], ...]
    said: Mapping[str, list[Term]]
    block: Block


class Resources:
    """Makes :class:`Resource` from the index and the statements of a resource."""

    def __init__(self, index: Index, addresses: Addresses, describe: object) -> None:
        self.index = index
        self.addresses = addresses
        self._describe = describe
        self.block = lru_cache(maxsize=1 << 12)(self._block)
        self.links = lru_cache(maxsize=1 << 13)(self._links)
        # A project's two pages are written one after the other.
        self._recent = lru_cache(maxsize=4)(self._block)

    def _block(self, path: str) -> Block:
        from coopdec.web.pages.triples import parse

        assert callable(self._describe)
        return parse(self._describe(path) or b"")

    def _links(self, path: str, lang: Lang) -> tuple[Link, ...]:
        return tuple(links(self.block(path), lang))

    def published(self, site: Site) -> Site:
        """With what the data set states of itself: version, publisher, whom to write to."""
        block, own = self.block("dataset"), self.addresses.base + "dataset"
        version = (x.text for x in block.get(own, {}).get(DCAT + "version", ()))
        names = block.get(own + "#publisher", {}).get(FOAF + "name", ())
        reached = (x.text for p in ("hasEmail", "hasURL")
                   for x in block.get(own + "#contact", {}).get(VCARD + p, ())
                   if x.text != self.addresses.base)
        return replace(site, version=next(version, ""), publisher={x.lang: x.text for x in names},
                       contact=site.contact or next(reached, ""))

    def make(self, entity: Entity, lang: Lang, t: Words) -> Resource:
        iri = self.addresses.iri_of(entity.path)
        project = entity.kind == "project"
        block = self._recent(entity.path) if project else self.block(entity.path)
        said = block.get(iri, {})
        title = entity.label(lang)
        linked = tuple(links(block, lang)) if project else self.links(entity.path, lang)
        below = t("not-identified") if not linked and _unidentified(entity.path) else (
            _subtitle(said, lang))
        named = themes(block, entity.label("fr"), self.addresses, self.index) if project else []
        return Resource(
            entity, iri, title, entity.label_lang(lang), self.type_label(entity, lang, t),
            below, tuple(self._crumbs(entity, said, lang, t)),
            tuple(self._facts(entity, block, said, lang, t)), tuple(self._goals(said)),
            tuple(named), tuple(printed(block, self.addresses, self.index)),
            linked, tuple(self._others(said, lang)) if project else (), said, block)

    def type_label(self, entity: Entity, lang: Lang, t: Words) -> str:
        key = f"type-{entity.kind}"
        if entity.type and CD + entity.type in ontology() and entity.kind == "collectivity":
            return term_label(CD + entity.type, lang)
        return t(key) if key in t else term_label(CD + entity.type, lang) if entity.type else ""

    def _crumbs(self, entity: Entity, said: Mapping[str, list[Term]], lang: Lang,
                t: Words) -> Iterator[Crumb]:
        above = LISTS.get(entity.kind)
        if above:
            yield Crumb(t(_LIST_WORDS[above]), above)
        for predicate in (CD + "country", SKOS + "broader", CD + "call"):
            for term in said.get(predicate, ())[:1]:
                path = self.addresses.path_of(term.text)
                over = self.index.entity(path) if path and entity.kind != "source" else None
                if over is not None and over.kind != "project":
                    yield Crumb(over.label(lang), over.path, over.label_lang(lang))
        yield Crumb(entity.label(lang), None, entity.label_lang(lang))

    def _goals(self, said: Mapping[str, list[Term]]) -> Iterator[Entity]:
        paths = [p for t in said.get(CD + "theme", ()) if (p := self.addresses.path_of(t.text))]
        for path in sorted(paths, key=lambda p: (len(p), p)):
            entity = self.index.entity(path)
            if entity is not None:
                yield entity

    def _others(self, said: Mapping[str, list[Term]],
                lang: Lang) -> Iterator[tuple[Entity, tuple[Link, ...]]]:
        """Links of what a project names: its leads, partners and countries."""
        for predicate in (CD + "lead", CD + "partner", CD + "partnerCountry"):
            for term in said.get(predicate, ()):
                path = self.addresses.path_of(term.text)
                entity = self.index.entity(path) if path else None
                if entity is not None and (found := self.links(entity.path, lang)):
                    yield entity, found

    # -- facts

    def _facts(self, entity: Entity, block: Block, said: Mapping[str, list[Term]], lang: Lang,
               t: Words) -> Iterator[Fact]:
        skipped = _ELSEWHERE | ({DCTERMS + "title"} if entity.labels else frozenset())
        own = self.addresses.iri_of(entity.path)  # a region is in itself: nothing to say
        yield from self._stated({p: others for p, terms in said.items() if p not in skipped
                                 and (others := [x for x in terms if x.text != own])},
                                block, lang, t)
        if entity.at is not None:
            lat, long = entity.at
            yield Fact(t("coordinates"), (Value(f"{lat:.4f}, {long:.4f}", code=True),))

    def parts(self, resource: Resource, lang: Lang,
              t: Words) -> Iterator[tuple[str, tuple[Fact, ...]]]:
        """(fragment, facts) of each part of a document that has no template of its own."""
        for subject, said in resource.block.items():
            if fragment := subject.partition("#")[2]:
                yield fragment, tuple(self._stated(said, resource.block, lang, t))

    def _stated(self, said: Mapping[str, list[Term]], block: Block, lang: Lang,
                t: Words) -> Iterator[Fact]:
        for predicate in [p for p in _FIRST if p in said] + [p for p in said if p not in _FIRST]:
            values = tuple(self._value(term, predicate, block, lang, t)
                           for term in said[predicate])
            term = ontology().get(predicate)
            key = f"fact-{predicate.removeprefix(CD)}"
            if len(values) > 1 and f"{key}-several" in t:
                key += "-several"
            label = t(key) if key in t else term_label(predicate, lang)
            help_ = (term.definitions.get(lang, "") if term else "")
            yield Fact(label, tuple(self._apart(values, lang)), help_)

    def _apart(self, values: tuple[Value, ...], lang: Lang) -> list[Value]:
        """One of each text: a label in the page's language hides its translations."""
        own = [v for v in values if v.path or v.url or v.lang is None or v.lang == ""]
        return own or list(values)

    def _value(self, term: Term, predicate: str, block: Block, lang: Lang, t: Words) -> Value:
        if term.iri and term.text in block and "#" in term.text:
            return self._part(block[term.text], predicate, lang, t)
        found = value(term, predicate, lang, self.addresses, self.index, t)
        if found.path and predicate in (CD + "partner", CD + "lead"):
            return self._placed(found, lang)
        return found

    def _part(self, said: Mapping[str, list[Term]], predicate: str, lang: Lang,
              t: Words) -> Value:
        """A part of the resource that a fact points to, such as an amount."""
        amount = said.get(CD + "value")
        if amount:
            shown = value(amount[0], CD + "value", lang, self.addresses, self.index, t).text
            unit = said.get(CD + "currency")
            name = unit[0].text.rstrip("/").rsplit("/", 1)[-1] if unit else ""
            return Value(f"{shown}\u00a0{'€' if name == 'EUR' else name}".strip())
        labels = {x.lang: x.text for x in said.get(RDFS + "label", ())}
        return Value(labels.get(lang) or labels.get("fr") or next(iter(labels.values()), "…"))

    def _placed(self, found: Value, lang: Lang) -> Value:
        """A partner with its country, a lead with its kind, behind the name."""
        assert found.path is not None
        entity = self.index.entity(found.path)
        if entity is None:
            return found
        if entity.kind == "collectivity":
            note = term_label(CD + entity.type, lang) if entity.type else ""
        else:
            country = self.index.entity("country/" + entity.path.split("/")[1])
            note = country.label(lang) if country else ""
        return entity_value(entity, lang, note)


def _unidentified(path: str) -> bool:
    """Whether a French body or a territory is published as the list prints it."""
    return path.startswith(("collectivity/", "territory/")) and Iris.reference_key(path) is None


def _subtitle(said: Mapping[str, list[Term]], lang: Lang) -> str:
    """The official wording of a goal."""
    found = {t.lang: t.text for t in said.get(SKOS + "prefLabel", ())}
    return found.get(lang) or found.get("fr") or ""
