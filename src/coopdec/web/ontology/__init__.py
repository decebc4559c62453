"""The ontology and the shapes for people: terms, pages, diagram, files."""

from coopdec.web.ontology.files import document
from coopdec.web.ontology.page import Example, page, shapes_page
from coopdec.web.ontology.terms import Term, terms

__all__ = ["Example", "Term", "document", "page", "shapes_page", "terms"]
