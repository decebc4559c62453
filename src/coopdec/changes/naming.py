"""Names for people: of properties, from the ontology; of resources, from the two releases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from coopdec.changes.model import Value, Words
from coopdec.messages import render
from coopdec.paths import data_folder
from coopdec.terms import bare
from coopdec.vocab import PREFIXES, RDF, RDFS, XSD, cd

__all__ = ["TOMBSTONE", "Names", "literal", "short", "term_name"]

#: What the ontology does not name, or names for other uses than this → message.
_OWN = {RDF + "type": "changes-name-type", RDFS + "label": "changes-name-label"}
_LABEL = f"> <{RDFS}label> ".encode()
#: What the lines of a resource that was withdrawn hold.
TOMBSTONE = f"> <{RDF}type> <{cd('Tombstone')}> .".encode()
_LITERAL = re.compile(r'"(?P<text>.*)"(?:@(?P<lang>[A-Za-z0-9-]+)|\^\^<(?P<type>[^>]*)>)?', re.S)
_NUMBERS = frozenset(XSD + t for t in ("integer", "decimal", "double", "float", "gYear"))


@cache
def _ontology() -> Mapping[str, Words]:
    """The labels of every term that the ontology speaks of."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    found: dict[str, dict[str, str]] = {}
    for quad in parse(path=data_folder("ontology") / "coopdec.ttl", format=RdfFormat.TURTLE):
        if (quad.predicate.value == RDFS + "label" and isinstance(quad.subject, NamedNode)
                and isinstance(quad.object, Literal)):
            found.setdefault(quad.subject.value, {})[quad.object.language or ""] = quad.object.value
    return {iri: Words(said.get("fr", short(iri)), said.get("en", short(iri)))
            for iri, said in found.items()}


def short(iri: str) -> str:
    """An IRI under a well-known prefix.

    >>> short("http://purl.org/dc/terms/title")
    'dcterms:title'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace):]}"
    return iri


def term_name(iri: str) -> Words:
    """A class or property, as the ontology names it."""
    if code := _OWN.get(iri):
        return Words(render(code, {}, "fr"), render(code, {}, "en"))
    return _ontology().get(iri) or Words(short(iri), short(iri))


def literal(term: str) -> tuple[str, str, str]:
    """(text, language, datatype) of an N-Triples literal."""
    match = _LITERAL.fullmatch(term)
    if match is None:
        return bare(term), "", ""
    return bare(f'"{match["text"]}"'), match["lang"] or "", match["type"] or ""


class Names:
    """Labels of the resources of two releases; what the later one says goes first.
    ``shared``: resource → its lines; the last mapping is the older release."""

    def __init__(self, *shared: Mapping[bytes, bytes]) -> None:
        self._shared = shared
        self._known: dict[str, Words | None] = {}

    def label(self, iri: str) -> Words | None:
        """None for a resource that neither release names."""
        if iri not in self._known:
            self._known[iri] = self._found(iri)
        return self._known[iri]

    def _found(self, iri: str) -> Words | None:
        subject = iri.partition("#")[0].encode()
        for release in self._shared:
            lines = release.get(subject)
            if lines is None or TOMBSTONE in lines:
                continue  # the other release may know what was there
            start = b"<" + iri.encode() + _LABEL
            said: dict[str, str] = {}
            for line in lines.splitlines():
                if line.startswith(start):
                    text, lang, _ = literal(line[len(start):-2].decode())
                    said.setdefault(lang, text)
            if said:
                first = next(iter(said.values()))
                fr = said.get("fr", first)
                return Words(fr, said.get("en", fr))
        return _ontology().get(iri)

    def value(self, term: str) -> Value:
        """A term with the words that people know it by."""
        if term.startswith("<"):
            iri = term[1:-1]
            words = self.label(iri)
            return Value(term, words or Words(short(iri), short(iri)))
        text, _, datatype = literal(term)
        return Value(term, _read(text, datatype))


_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
           "octobre", "novembre", "décembre")


def _read(text: str, datatype: str) -> Words:
    """A literal as the two languages write it: « 0,95 », « 16 octobre 2020 », « 45 000 »."""
    if datatype in _NUMBERS and re.fullmatch(r"-?\d+(\.\d+)?", text) and datatype != XSD + "gYear":
        whole, _, rest = text.partition(".")
        if len(whole) > 4:
            whole = f"{int(whole):,}"
        rest = rest if rest.strip("0") else ""
        english = f"{whole}.{rest}" if rest else whole
        french = whole.replace(",", " ") + (f",{rest}" if rest else "")
        return Words(french, english)
    if datatype == XSD + "boolean":
        return Words({"true": "oui", "false": "non"}.get(text, text),
                     {"true": "yes", "false": "no"}.get(text, text))
    if datatype == XSD + "date" and (m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)):
        year, month, day = map(int, m.groups())
        if 1 <= month <= 12:
            first = "1er" if day == 1 else str(day)
            return Words(f"{first} {_MONTHS[month - 1]} {year}", text)
    return Words(text, text)
