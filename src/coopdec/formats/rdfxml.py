"""RDF/XML, streamed: one ``rdf:Description`` a resource. rdflib's writer needs the whole
graph in memory; its and pyoxigraph's parsers hold ours in tests.

XML 1.0 has no place for control characters (§2.2): in a text they become U+FFFD here, and
here only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from json import loads

from coopdec.formats import BlockFormat, Entry, Heading
from coopdec.vocab import PREFIXES

__all__ = ["FORMAT", "in_xml", "xml_text"]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")
_NOT_XML = re.compile("[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_SPECIAL = re.compile('[&<>"\\r]')
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def in_xml(value: str) -> str:
    """A text without what XML 1.0 has no place for."""
    return value if value.isprintable() else _NOT_XML.sub("\uFFFD", value)


def xml_text(value: str) -> str:
    """A text as it stands in an element or between double quotes."""
    value = in_xml(value)
    return value.translate(_ESCAPES) if _SPECIAL.search(value) else value


@lru_cache(maxsize=1 << 10)
def _tag(predicate: str) -> str:
    """A predicate as a qualified name, with a prefix of its own where it has none."""
    iri = predicate[1:-1]
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _NAME.match(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace):]}"
    match = _NAME.search(iri)
    assert match is not None, f"RDF/XML has no name for {iri}"
    return f'_:{match[0]} xmlns:_="{xml_text(iri[:match.start()])}"'


def _element(predicate: str, encoded: str) -> str:
    tag = _tag(predicate)
    if encoded[0] == "<":
        return f'  <{tag} rdf:resource="{xml_text(encoded[1:-1])}"/>\n'
    end = encoded.rindex('"')
    value, tail, mark = encoded[1:end], encoded[end + 1 :], ""
    if "\\" in value:  # the quoted part of an N-Triples literal is a JSON string
        value = loads(encoded[: end + 1])
    if tail:
        mark = (f' xml:lang="{tail[1:]}"' if tail[0] == "@"
                else f' rdf:datatype="{xml_text(tail[3:-1])}"')
    return f"  <{tag}{mark}>{xml_text(value)}</{tag.partition(' ')[0]}>\n"


def _block(entry: Entry, _: Heading) -> bytes:
    return "".join(
        f'<rdf:Description rdf:about="{xml_text(d.subject[1:-1])}">\n'
        + "".join(_element(p, o) for p, o in d.statements) + "</rdf:Description>\n"
        for d in entry.descriptions).encode()


def _head(heading: Heading) -> str:
    names = "".join(f'\n    xmlns:{p}="{iri}"' for p, iri in PREFIXES.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'


FORMAT = BlockFormat("rdfxml", ".rdf", "application/rdf+xml", block=_block, head=_head,
                     foot="</rdf:RDF>\n", kept=False)
