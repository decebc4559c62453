"""What is published of an entity that several lists spell differently."""

from __future__ import annotations

from coopdec.describe import entry
from coopdec.model import SharedEntity
from coopdec.terms import LABEL, labels, text
from coopdec.vocab import SKOS

IRI = "https://example.org/territory/ML/x"
OTHER = f"<{SKOS}altLabel>"


def said(*pairs: tuple[str, str]) -> set[tuple[str, str]]:
    made = entry(SharedEntity(IRI, "territory", {IRI: frozenset(pairs)}), "https://example.org/")
    return set(made.descriptions[0].statements)


def test_one_label_a_language_the_others_are_alternative() -> None:
    found = said(*labels("Bénkadi"), *labels("Benkadi"), *labels("x", "Benkadi")[1:])
    assert {v for p, v in found if p == LABEL} == {text("Benkadi", "fr"), text("Benkadi", "en")}
    assert {v for p, v in found if p == OTHER} == {text("Bénkadi", "fr")}


def test_what_is_the_label_is_no_alternative() -> None:
    kept, known = text("Ben", "fr"), text("Benkadi", "fr")
    found = said((LABEL, known), (OTHER, known), (OTHER, kept))
    assert found == {(LABEL, known), (OTHER, kept)}
