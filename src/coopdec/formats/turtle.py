"""Turtle that a person can read: resources relative to ``@base``, terms under prefixes,
one predicate a line, grouped by entity. Streams; rdflib's and pyoxigraph's parsers hold
it in tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from coopdec.formats import BlockFormat, Entry, Heading, text_of
from coopdec.model import OWN, SLOT, Description
from coopdec.vocab import PREFIXES, RDF, XSD

__all__ = ["FORMAT", "term"]

# Local names that need no escape in Turtle 1.1; anything else stays a full IRI. Here and below,
# what fills a slot is as harmless as the digits that mark it.
_LOCAL = re.compile(rf"[A-Za-z0-9_{SLOT}](?:[A-Za-z0-9_.{SLOT}-]*[A-Za-z0-9_{SLOT}-])?")
# Paths that resolve to themselves against the base: no dot segments, no stray delimiters.
_RELATIVE = re.compile(
    rf"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/(?!\.)[A-Za-z0-9_~%.,{SLOT}-]+)*"
    rf"(?:#[A-Za-z0-9_~%.{SLOT}-]+)?"
)
_FRAGMENT = re.compile(rf"#[A-Za-z0-9_~%.{SLOT}-]+")
_NAMESPACE = re.compile("|".join(map(re.escape, sorted(PREFIXES.values(), key=len, reverse=True))))
_PREFIX = {iri: prefix for prefix, iri in PREFIXES.items()}
#: The entry's IRI relative to the base, where it can be; OWN is the whole of it.
_SHORT = "\1"
_VALUE = rf"{SLOT}\d+{SLOT}"
# Literals that Turtle writes bare, by datatype.
_BARE = {
    f"^^<{XSD}integer>": re.compile(rf"[+-]?\d+|{_VALUE}"),
    f"^^<{XSD}decimal>": re.compile(rf"[+-]?\d*\.\d+|{_VALUE}"),
    f"^^<{XSD}boolean>": re.compile(r"true|false"),
}


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


@lru_cache(maxsize=1 << 12)
def _iri(encoded: str, base: str) -> str:
    iri = encoded[1:-1]
    if iri.startswith(OWN):
        fragment = iri.removeprefix(OWN)
        return f"<{_SHORT}{fragment}>" if not fragment or _FRAGMENT.fullmatch(fragment) else encoded
    return _shortened(iri, base) or encoded


def _shortened(iri: str, base: str) -> str | None:
    if namespace := _NAMESPACE.match(iri):
        local = iri[namespace.end() :]
        return f"{_PREFIX[namespace[0]]}:{local}" if _LOCAL.fullmatch(local) else None
    path = iri[len(base) :]
    return f"<{path}>" if iri.startswith(base) and _RELATIVE.fullmatch(path) else None


def _block(entry: Entry, heading: Heading) -> bytes:
    """What many entries say is written once, and each puts its IRI where it belongs."""
    base, subject = heading.base, ""
    (begun, begin), (continued, go_on) = _writers(base)
    texts = []
    # An IRI under a prefix is not written alike with a fragment and without.
    for part in entry.descriptions if _NAMESPACE.match(entry.iri) else entry.parts:
        if part.subject == subject and SLOT not in subject:
            texts.append(text_of(part, continued, go_on))
        else:
            subject = part.subject
            texts.append(text_of(part, begun, begin))
    text = b"".join(texts)
    # Relative with a fragment or without: the same path.
    short = (_shortened(f"{entry.iri}#x", base) or f"<{entry.iri}#x>")[1:-3]
    text = text.replace(_MARK, short.encode())
    if _OWN in text:
        text = text.replace(_OWN, entry.iri.encode())
    return text[len(_END):] + _END


@lru_cache(maxsize=1 << 4)
def _writers(base: str) -> tuple[tuple[str, Callable[[Description], str]], ...]:
    """What writes a part that begins a subject, and one that says more of it: each with the name
    that its text is kept under."""
    return ((base, lambda part: f" .\n\n{_iri(part.subject, base)}\n    {_said(part, base)}"),
            (base + " ;", lambda part: f" ;\n    {_said(part, base)}"))


def _said(part: Description, base: str) -> str:
    """Predicates and values, a line each."""
    lines: list[str] = []
    last = ""
    for predicate, value in part.statements:
        # Titles and cells pass as they are.
        shown = value if value[0] == '"' and value[-1] != ">" else term(value, base)
        if predicate == last:
            lines[-1] += f" ,\n        {shown}"
        else:
            lines.append(f"{'a' if predicate == _A else _iri(predicate, base)} {shown}")
            last = predicate
    return " ;\n    ".join(lines)


_A = f"<{RDF}type>"
_END = b" .\n\n"
_MARK, _OWN = _SHORT.encode(), OWN.encode()


def _head(heading: Heading) -> str:
    prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    before = f"# Version précédente : {heading.previous}\n" if heading.previous else ""
    return (
        f"# coopdec {heading.version}: coopération décentralisée, données liées\n{before}"
        f"# Licence: {heading.licence}\n\n@base <{heading.base}> .\n{prefixes}\n"
    )


FORMAT = BlockFormat("ttl", ".ttl", "text/turtle", block=_block, head=_head)
