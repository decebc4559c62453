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

_LITERAL = re.compile(r'("(?:[^"\\]|\\.)*")(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")
_NOT_XML = re.compile("[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def in_xml(value: str) -> str:
    """A text without what XML 1.0 has no place for."""
    return _NOT_XML.sub("\uFFFD", value)


def xml_text(value: str) -> str:
    """A text as it stands in an element or between double quotes."""
    return in_xml(value).translate(_ESCAPES)


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
    match = _LITERAL.fullmatch(encoded)
    assert match is not None, encoded
    mark = ""
    if match[2]:
        mark = f' xml:lang="{match[2]}"'
    elif match[3]:
        mark = f' rdf:datatype="{xml_text(match[3])}"'
    # The quoted part of an N-Triples literal is a JSON string as it stands.
    return f"  <{tag}{mark}>{xml_text(loads(match[1]))}</{tag.split(' ')[0]}>\n"


def _block(entry: Entry, _: Heading) -> str:
    return "".join(
        f'<rdf:Description rdf:about="{xml_text(d.subject[1:-1])}">\n'
        + "".join(_element(p, o) for p, o in d.statements) + "</rdf:Description>\n"
        for d in entry.descriptions)


def _head(heading: Heading) -> str:
    names = "".join(f'\n    xmlns:{p}="{iri}"' for p, iri in PREFIXES.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n'


FORMAT = BlockFormat("rdfxml", ".rdf", "application/rdf+xml", block=_block, head=_head,
                     foot="</rdf:RDF>\n", kept=False)
