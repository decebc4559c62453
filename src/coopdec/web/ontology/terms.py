"""The classes and properties of our ontology as the served pages need them: for
autocompletion in the editor, and as the types of the reconciliation service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from coopdec.messages import Lang
from coopdec.paths import data_folder
from coopdec.vocab import CD, OWL, RDF, RDFS, SKOS

__all__ = ["Term", "terms"]


@dataclass(frozen=True, slots=True)
class Term:
    """``name`` is the local part (``Commune``); ``broader`` the names of our classes or
    properties right above it; ``label`` and ``definition`` by language."""

    name: str
    kind: str  # "class" | "property"
    label: Mapping[str, str]
    definition: Mapping[str, str]
    broader: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        return CD + self.name

    def said(self, lang: Lang) -> str:
        return self.label.get(lang) or self.label.get("fr") or self.name


_KINDS = {OWL + "Class": "class", OWL + "ObjectProperty": "property",
          OWL + "DatatypeProperty": "property"}


@cache
def terms() -> Mapping[str, Term]:
    """Every term of the ontology by its local name, in order."""
    from pyoxigraph import BlankNode, Literal, RdfFormat, parse

    kinds: dict[str, str] = {}
    words: dict[tuple[str, str], dict[str, str]] = {}
    above: dict[str, set[str]] = {}
    for quad in parse(path=data_folder("ontology") / "coopdec.ttl", format=RdfFormat.TURTLE):
        if isinstance(quad.subject, BlankNode) or not str(quad.subject.value).startswith(CD):
            continue
        name, predicate = quad.subject.value.removeprefix(CD), quad.predicate.value
        if isinstance(quad.object, Literal):
            words.setdefault((name, predicate), {})[quad.object.language or ""] = quad.object.value
        elif predicate == RDF + "type":
            kinds |= {name: _KINDS[quad.object.value]} if quad.object.value in _KINDS else {}
        elif predicate in (RDFS + "subClassOf", RDFS + "subPropertyOf") and (
                not isinstance(quad.object, BlankNode) and quad.object.value.startswith(CD)):
            above.setdefault(name, set()).add(quad.object.value.removeprefix(CD))
    return {
        name: Term(name, kinds[name], words.get((name, RDFS + "label"), {}),
                   words.get((name, SKOS + "definition"), {}),
                   tuple(sorted(above.get(name, ()))))
        for name in sorted(kinds)}
