"""One example of each term of the ontology: the first that the documents hold."""

from __future__ import annotations

import json

from coopdec.vocab import RDF, RDFS
from coopdec.web.pages.terms import ontology
from coopdec.web.pages.triples import Block, Term, parse

__all__ = ["Examples"]

_KINDS = {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"}
_TYPE, _LABEL = RDF + "type", RDFS + "label"
_NONE = Term("")


class Examples:
    """``rows``: term, subject, its labels (JSON), value, whether that is an IRI. Of a class,
    the subject alone."""

    def __init__(self) -> None:
        self._left = {f"<{iri}>".encode() for iri, term in ontology().items()
                      if term.kind in _KINDS}
        self.rows: list[tuple[str, str, str, str, bool]] = []

    def see(self, about: Block, block: bytes | None) -> None:
        """A document: ``block`` is all of it, where it is at hand."""
        if block is None:
            self._take(about)
        elif not self._left.isdisjoint(block.split()):
            self._take(parse(block))

    def _take(self, about: Block) -> None:
        for subject, said in about.items():
            for predicate, terms in said.items():
                if predicate == _TYPE:
                    for term in terms:
                        self._add(term.text, subject, said, _NONE)
                self._add(predicate, subject, said, terms[0])

    def _add(self, term: str, subject: str, said: dict[str, list[Term]], value: Term) -> None:
        key = f"<{term}>".encode()
        if key not in self._left:
            return
        self._left.remove(key)
        labels = {label.lang: label.text for label in said.get(_LABEL, ())}
        self.rows.append((term, subject, json.dumps(labels, ensure_ascii=False), value.text,
                          value.iri))
