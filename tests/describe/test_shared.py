"""What is published of an entity that several lists spell differently."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph

from coopdec.describe import entry
from coopdec.formats import Heading, formats
from coopdec.iris import Iris
from coopdec.model import LinkEvidence, SharedEntity
from coopdec.tally import Tally
from coopdec.terms import LABEL, labels, text
from coopdec.vocab import SKOS, WIKIDATA_ENTITY

BASE = "https://example.org/"
IRI = BASE + "territory/ML/x"
OTHER = f"<{SKOS}altLabel>"


def said(*pairs: tuple[str, str]) -> set[tuple[str, str]]:
    made = entry(SharedEntity(IRI, "territory", {IRI: frozenset(pairs)}), BASE)
    return set(made.descriptions[0].statements)


def test_one_label_a_language_the_others_are_alternative() -> None:
    found = said(*labels("Bénkadi"), *labels("Benkadi"), *labels("x", "Benkadi")[1:])
    assert {v for p, v in found if p == LABEL} == {text("Benkadi", "fr"), text("Benkadi", "en")}
    assert {v for p, v in found if p == OTHER} == {text("Bénkadi", "fr")}


def test_what_is_the_label_is_no_alternative() -> None:
    kept, known = text("Ben", "fr"), text("Benkadi", "fr")
    found = said((LABEL, known), (OTHER, known), (OTHER, kept))
    assert found == {(LABEL, known), (OTHER, kept)}


def test_links_of_one_form_are_several() -> None:
    """Two of one authority, and one whose identifier is no plain word."""
    targets = {"wikidata": ["Q1", "Q22"], "example.org": ["a\"b", "é"]}
    links = {}
    for authority, identifiers in targets.items():
        for identifier in identifiers:
            place = WIKIDATA_ENTITY if authority == "wikidata" else "https://example.org/"
            links[Iris.link(IRI, authority, identifier)] = LinkEvidence(
                0.9, SKOS + "exactMatch", place + quote(identifier), authority, identifier,
                "https://w3id.org/semapv/vocab/ManualMappingCuration", "100 %", 'said "100 %"')
    made = entry(SharedEntity(IRI, "territory", {IRI: frozenset(labels("Benkadi"))}, links), BASE)
    heading, tally, read = Heading(BASE, "1", "https://example.org/l"), Tally(), Tally()
    block = formats()["nt"].block(made, heading)
    assert {d.subject[1:-1] for d in made.descriptions} == {IRI, *links}
    assert {str(q.object.value) for q in pyoxigraph.parse(block, pyoxigraph.RdfFormat.N_TRIPLES)
            if q.predicate.value.endswith("label")} >= {
        "Lien vers Wikidata Q22", 'Link to example.org a"b', "Lien vers example.org é"}
    head = formats()["ttl"].head(heading).encode()
    turtle = head + formats()["ttl"].block(made, heading)
    assert {str(q.triple) for q in pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)} == {
        str(q.triple) for q in pyoxigraph.parse(block, pyoxigraph.RdfFormat.N_TRIPLES)}
    tally.see(made)
    read.see_text(block)
    assert tally.added_up() == read
