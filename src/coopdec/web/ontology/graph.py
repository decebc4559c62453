"""The ontology as statements: what each term says, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from coopdec.messages import Lang
from coopdec.paths import data_folder
from coopdec.vocab import CD, OWL, PREFIXES, RDF, RDFS, SKOS

__all__ = ["Said", "anchor", "curie", "ontology"]

_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"


@dataclass(slots=True)
class Said:
    """What the ontology says of one subject: ``words`` predicate → language → text,
    ``iris`` predicate → IRIs (of a union, its members)."""

    words: dict[str, dict[str, str]] = field(default_factory=dict)
    iris: dict[str, list[str]] = field(default_factory=dict)

    def text(self, predicate: str, lang: Lang) -> str:
        said = self.words.get(predicate, {})
        return said.get(lang) or said.get("fr") or next(iter(said.values()), "")

    def label(self, lang: Lang) -> str:
        return self.text(RDFS + "label", lang)

    def definition(self, lang: Lang) -> str:
        return self.text(SKOS + "definition", lang) or self.text(SKOS + "scopeNote", lang)

    def all(self, predicate: str) -> list[str]:
        return self.iris.get(predicate, [])


@cache
def ontology() -> Mapping[str, Said]:
    """IRI → what is said of it; groups of disjoint classes are spread over their members."""
    from pyoxigraph import BlankNode, Literal, RdfFormat, parse

    path = data_folder("ontology") / "coopdec.ttl"
    raw: dict[Any, list[tuple[str, Any]]] = {}
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        raw.setdefault(quad.subject, []).append((quad.predicate.value, quad.object))

    def members(node: Any) -> list[str]:
        """The IRIs that a list, a union or an IRI stands for."""
        if not isinstance(node, BlankNode):
            return [node.value] if node.value != _NIL else []
        said = dict(raw.get(node, ()))
        for step in (OWL + "unionOf", OWL + "members"):
            if step in said:
                return members(said[step])
        if _FIRST in said:
            return members(said[_FIRST]) + members(said[_REST])
        return []

    found: dict[str, Said] = {}
    for subject, statements in raw.items():
        if isinstance(subject, BlankNode):
            if (RDF + "type", OWL + "AllDisjointClasses") in [
                    (p, getattr(o, "value", None)) for p, o in statements]:
                group = members(subject)
                for one in group:
                    apart = found.setdefault(one, Said()).iris.setdefault(OWL + "disjointWith", [])
                    apart += [o for o in group if o != one and o not in apart]
            continue
        said = found.setdefault(subject.value, Said())
        for predicate, value in statements:
            if isinstance(value, Literal):
                said.words.setdefault(predicate, {})[value.language or ""] = value.value
            else:
                said.iris.setdefault(predicate, []).extend(members(value))
    return found


def curie(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace):]}"
    return iri


def anchor(iri: str) -> str:
    """The fragment of a term on the page: « Project » for ours, so that the term's IRI
    leads there; « dcterms-title » for a term of others."""
    return iri[len(CD):] if iri.startswith(CD) else re.sub("[:/#]", "-", curie(iri))
