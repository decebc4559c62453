"""Turtle that a person can read: resources relative to ``@base``, terms under prefixes,
one predicate a line, grouped by entity. Streams; rdflib's and pyoxigraph's parsers hold
it in tests."""

from __future__ import annotations

import re
from functools import lru_cache

from coopdec.formats import BlockFormat, Entry, Heading
from coopdec.vocab import PREFIXES, RDF, XSD

__all__ = ["FORMAT", "term"]

# Local names that need no escape in Turtle 1.1; anything else stays a full IRI.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
# Paths that resolve to themselves against the base: no dot segments, no stray delimiters.
_RELATIVE = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/(?!\.)[A-Za-z0-9_~%.,-]+)*(?:#[A-Za-z0-9_~%.-]+)?"
)
_BY_NAMESPACE = sorted(
    ((iri, prefix) for prefix, iri in PREFIXES.items()), key=lambda pair: -len(pair[0])
)
# Literals that Turtle writes bare, by datatype.
_BARE = {
    f"^^<{XSD}integer>": re.compile(r"[+-]?\d+"),
    f"^^<{XSD}decimal>": re.compile(r"[+-]?\d*\.\d+"),
    f"^^<{XSD}boolean>": re.compile(r"true|false"),
}


@lru_cache(maxsize=1 << 15)
def term(encoded: str, base: str) -> str:
    """An N-Triples term in its shortest safe Turtle form.

    >>> term("<http://www.wikidata.org/entity/Q912>", "https://example.org/")
    'wd:Q912'
    >>> term("<https://example.org/country/ML>", "https://example.org/")
    '<country/ML>'
    >>> term('"0.95"^^<http://www.w3.org/2001/XMLSchema#decimal>', "https://example.org/")
    '0.95'
    """
    if encoded[0] == "<":
        return _iri(encoded, base)
    if encoded[-1] != ">":
        return encoded  # plain, or with a language
    text, _, datatype = encoded.rpartition("^^")
    bare = _BARE.get("^^" + datatype)
    if bare is not None and bare.fullmatch(text[1:-1]):
        return text[1:-1]
    return f"{text}^^{_iri(datatype, base)}"


def _iri(encoded: str, base: str) -> str:
    iri = encoded[1:-1]
    for namespace, prefix in _BY_NAMESPACE:
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else encoded
    path = iri[len(base) :]
    return f"<{path}>" if iri.startswith(base) and _RELATIVE.fullmatch(path) else encoded


def _block(entry: Entry, heading: Heading) -> str:
    base = heading.base
    out = []
    for description in entry.descriptions:
        lines: list[str] = []
        last = ""
        for predicate, value in description.statements:
            # Terms that repeat are remembered; titles and cells pass as they are.
            shown = value if value[0] == '"' and value[-1] != ">" else term(value, base)
            if predicate == last:
                lines[-1] += f" ,\n        {shown}"
            elif predicate == _A:
                lines.append(f"a {shown}")
            else:
                lines.append(f"{term(predicate, base)} {shown}")
            last = predicate
        body = " ;\n    ".join(lines)
        out.append(f"{term(description.subject, base)}\n    {body} .\n")
    return "\n".join(out) + "\n"


_A = f"<{RDF}type>"


def _head(heading: Heading) -> str:
    prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    before = f"# Version précédente : {heading.previous}\n" if heading.previous else ""
    return (
        f"# coopdec {heading.version}: coopération décentralisée, données liées\n{before}"
        f"# Licence: {heading.licence}\n\n@base <{heading.base}> .\n{prefixes}\n"
    )


FORMAT = BlockFormat("ttl", ".ttl", "text/turtle", block=_block, head=_head)
