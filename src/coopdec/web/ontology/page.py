"""What the pages of the ontology and of the shapes show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from coopdec.messages import Lang
from coopdec.vocab import CD, OWL, RDF, RDFS, SKOS
from coopdec.web.ontology.diagram import Diagram, diagram
from coopdec.web.ontology.graph import anchor, curie, ontology
from coopdec.web.ontology.shapes import shape_entries

__all__ = ["Example", "Ref", "TermEntry", "page", "shapes_page"]

_KINDS = {OWL + "Class": "class", OWL + "ObjectProperty": "object",
          OWL + "DatatypeProperty": "data", OWL + "AnnotationProperty": "annotation"}
_SAME = (OWL + "equivalentClass", OWL + "equivalentProperty", SKOS + "exactMatch",
         SKOS + "closeMatch", RDFS + "seeAlso")
_ABOVE = (RDFS + "subClassOf", RDFS + "subPropertyOf")


@dataclass(frozen=True, slots=True)
class Example:
    """``subject`` and, of a property, its ``value``: what people read, and the IRI where it
    is one (None for a literal)."""

    subject: str
    subject_iri: str
    value: str = ""
    value_iri: str | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A term that another names: ``anchor`` where this page has it, else ``url``."""

    name: str
    label: str
    anchor: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A class, property or individual. ``properties``: those that a class's members have;
    ``used_by``: those that lead to it."""

    iri: str
    name: str
    anchor: str
    kind: str
    ours: bool
    label: str
    other_label: str
    definition: str
    functional: bool = False
    broader: Sequence[Ref] = ()
    narrower: Sequence[Ref] = ()
    domain: Sequence[Ref] = ()
    range: Sequence[Ref] = ()
    inverse: Sequence[Ref] = ()
    disjoint: Sequence[Ref] = ()
    same: Sequence[Ref] = ()
    properties: Sequence[Ref] = ()
    used_by: Sequence[Ref] = ()
    shapes: Sequence[tuple[str, str]] = ()
    example: Example | None = None


def page(lang: Lang, examples: Mapping[str, Example] | None = None) -> Mapping[str, Any]:
    """The context of ``ontology.html`` (path ``ontology``): ``about`` (title, description,
    version, licence, iri), ``groups`` of :class:`TermEntry` by heading code, ``diagram``.
    ``examples``: one of each term that the data use.

    Beside the page stand ``ontology.ttl``, ``.jsonld`` and ``.nt``, which
    :func:`coopdec.web.ontology.document` makes; the page of the shapes is
    :func:`shapes_page` (``shapes.html``, path ``shapes``).
    """
    entries = _entries(lang)
    if examples:
        entries = {iri: replace(e, example=examples.get(iri)) for iri, e in entries.items()}
    groups: dict[str, list[TermEntry]] = {
        "classes": [], "objects": [], "data": [], "individuals": [], "others": []}
    for entry in entries.values():
        groups[_group(entry)].append(entry)
    return {"about": _about(CD.rstrip("#"), lang), "groups": groups, "diagram": _diagram(lang)}


def shapes_page(lang: Lang) -> Mapping[str, Any]:
    """The context of ``shapes.html`` (path ``shapes``): ``about`` and ``shapes``, each a
    :class:`coopdec.web.ontology.shapes.ShapeEntry` with its rules."""
    return {"shapes": shape_entries(lang)}


def _group(entry: TermEntry) -> str:
    if not entry.ours:
        return "others"
    return {"class": "classes", "object": "objects", "data": "data", "annotation": "data"
            }.get(entry.kind, "individuals")


def _about(iri: str, lang: Lang) -> Mapping[str, str]:
    said = ontology()[iri]
    terms = "http://purl.org/dc/terms/"
    return {"iri": iri, "title": said.text(terms + "title", lang),
            "description": said.text(terms + "description", lang),
            "version": said.text(OWL + "versionInfo", lang),
            "licence": next(iter(said.all(terms + "license")), "")}


@cache
def _entries(lang: Lang) -> Mapping[str, TermEntry]:
    """Every term, ours first, in the order of the ontology."""
    known = ontology()
    terms = {iri: kind for iri, said in known.items()
             if (kind := _kind(said.all(RDF + "type"))) is not None}
    below: dict[str, list[str]] = {}
    of_class: dict[str, list[str]] = {}
    leads_to: dict[str, list[str]] = {}
    for iri in terms:
        for above in _ABOVE:
            for one in known[iri].all(above):
                below.setdefault(one, []).append(iri)
        for one in known[iri].all(RDFS + "domain"):
            of_class.setdefault(one, []).append(iri)
        for one in known[iri].all(RDFS + "range"):
            leads_to.setdefault(one, []).append(iri)
    rules = _rules(lang)

    def refs(iris: Sequence[str]) -> list[Ref]:
        return [_ref(i, i in terms, lang) for i in dict.fromkeys(iris)]

    other: Lang = "en" if lang == "fr" else "fr"
    found = {}
    for iri, kind in sorted(terms.items(), key=lambda t: not t[0].startswith(CD)):
        said = known[iri]
        found[iri] = TermEntry(
            iri, curie(iri), anchor(iri), kind, iri.startswith(CD),
            said.label(lang) or curie(iri), said.label(other), said.definition(lang),
            functional=OWL + "FunctionalProperty" in said.all(RDF + "type"),
            broader=refs([b for a in _ABOVE for b in said.all(a)]),
            narrower=refs(below.get(iri, ())), domain=refs(said.all(RDFS + "domain")),
            range=refs(said.all(RDFS + "range")), inverse=refs(said.all(OWL + "inverseOf")),
            disjoint=refs(said.all(OWL + "disjointWith")),
            same=refs([s for p in _SAME for s in said.all(p)]),
            properties=refs(of_class.get(iri, ())), used_by=refs(leads_to.get(iri, ())),
            shapes=tuple(dict.fromkeys(rules.get(iri, ()))))
    return found


def _kind(types: Sequence[str]) -> str | None:
    """None for what is no term: the ontology itself."""
    if OWL + "Ontology" in types or not types:
        return None
    return next((_KINDS[t] for t in types if t in _KINDS), "individual")


def _ref(iri: str, here: bool, lang: Lang) -> Ref:
    said = ontology().get(iri)
    label = (said.label(lang) if said else "") or curie(iri)
    return Ref(curie(iri), label, anchor(iri) if here else None, None if here else iri)


def _rules(lang: Lang) -> Mapping[str, list[tuple[str, str]]]:
    """Term → (anchor on the shapes' page, message) of what constrains it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in shape_entries(lang):
        for iri in entry.targets:
            found.setdefault(iri, []).append((entry.anchor, entry.name))
        for rule in entry.rules:
            for iri in rule.terms:
                found.setdefault(iri, []).append((rule.anchor, rule.message))
    return found


@cache
def _diagram(lang: Lang) -> Diagram:
    return diagram(lang)
