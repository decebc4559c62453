"""Labels of properties and classes, from the ontology that comes with coopdec."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from coopdec.messages import Lang
from coopdec.paths import data_folder
from coopdec.text import collapse
from coopdec.vocab import CD, OWL, RDF, RDFS, SKOS
from coopdec.web.pages.triples import parse

__all__ = ["OntologyTerm", "ontology", "term_label"]


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """``kind``: Class, ObjectProperty, DatatypeProperty… ; labels by language."""

    iri: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.iri.removeprefix(CD)


@cache
def ontology() -> Mapping[str, OntologyTerm]:
    """Every term that the ontology file says something of, by IRI."""
    import pyoxigraph

    store = pyoxigraph.Store()
    store.bulk_load(path=str(data_folder("ontology") / "coopdec.ttl"),
                    format=pyoxigraph.RdfFormat.TURTLE)
    lines = pyoxigraph.serialize((q.triple for q in store), format=pyoxigraph.RdfFormat.N_TRIPLES)
    found = {}
    for iri, said in sorted(parse(lines or b"").items()):
        kinds = sorted(t.text[len(OWL):] for t in said.get(RDF + "type", ())
                       if t.text.startswith(OWL))
        if kinds and iri.partition("#")[2] + iri.rpartition("/")[2]:
            found[iri] = OntologyTerm(
                iri, next((k for k in kinds if k != "FunctionalProperty"), kinds[0]),
                {t.lang: t.text for t in said.get(RDFS + "label", ())},
                {t.lang: t.text for t in said.get(SKOS + "definition", ())})
    return found


def term_label(iri: str, lang: Lang) -> str:
    """A property's or class's name as people read it, capitalised; its local name where
    the ontology is silent."""
    term = ontology().get(iri)
    text = term.labels.get(lang) or term.labels.get("fr") if term else None
    if not text:
        text = collapse(iri.replace("#", "/").rstrip("/").rsplit("/", 1)[-1])
    return text[:1].upper() + text[1:]
