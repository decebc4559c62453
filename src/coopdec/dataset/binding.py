"""Binding: a parameter becomes terms, put where its variable stands; nothing is pasted.

A parameter is written ``$name`` in a query, an ordinary variable ``?name``. Its values
are encoded as N-Triples terms, in which no character can end a literal or an IRI, and
take the place of the *token* ``$name``: what looks like one inside a string, an IRI or
a comment is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from coopdec.dataset.tokens import prefixes, tokens
from coopdec.errors import QuerySyntaxError, UsageError
from coopdec.terms import text, typed
from coopdec.vocab import PREFIXES, XSD

__all__ = ["UNDEF", "bind", "encode", "encode_iri", "encode_written", "literal",
           "parameters_of", "placed", "with_prefixes"]

#: What an optional parameter becomes inside ``VALUES`` when it is not given.
UNDEF = "UNDEF"

# https://www.w3.org/TR/sparql11-query/#rIRIREF: what may not stand between < and >.
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\\x7f]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")
_WRITTEN = re.compile(
    r"""(?:<(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>
       |"(?P<text>(?:[^"\\\n\r]|\\["\\nrt])*)"
         (?:@(?P<lang>[A-Za-z]+(?:-[A-Za-z0-9]+)*)
           |\^\^<(?P<type>[^<>"{}|^`\\\x00-\x20]*)>)?
       |(?P<number>[+-]?(?:\d+(?P<fraction>\.\d+)?)))""",
    re.VERBOSE,
)
#: The letter that makes a backslash before it look like a code point escape.
_ESCAPE_LIKE = re.compile(r"(?<=\\)([uU])")
_UNESCAPE = {"\\n": "\n", "\\r": "\r", "\\t": "\t"}
#: Wikidata's direct properties, beside the prefixes that we publish with.
_KNOWN = {**PREFIXES, "wdt": "http://www.wikidata.org/prop/direct/"}


def bind(sparql: str, values: Mapping[str, str]) -> str:
    """``sparql`` with each ``$name`` in ``values`` replaced by its encoded term.

    >>> bind("SELECT ?p { ?p cd:iso2 $c } # $c", {"c": text('M"L')})
    'SELECT ?p { ?p cd:iso2 "M\\\\"L" } # $c'

    Raises:
        UsageError: a value for a parameter that the query has not.
    """
    known = parameters_of(sparql)
    for name in values:
        if name not in known:
            raise UsageError("query-no-such-parameter", name=name,
                             known=sorted(known) or ["—"])
    return "".join([values.get(part, f"${part}") if n % 2 else part
                    for n, part in enumerate(_cut(sparql))])


def parameters_of(sparql: str) -> frozenset[str]:
    """The names that :func:`bind` takes."""
    return frozenset(_cut(sparql)[1::2])


@lru_cache(maxsize=1 << 6)
def _cut(sparql: str) -> tuple[str, ...]:
    """Text and names of parameters by turns: queries are asked again and again."""
    parts = [""]
    for token in tokens(sparql):
        if token.kind == "variable" and token.text[0] == "$":
            parts += [token.text[1:], ""]
        else:
            parts[-1] += token.text
    return tuple(parts)


def encode(value: Any) -> str:
    """A Python value as one term: text, numbers, dates, booleans; terms of rdflib and
    pyoxigraph as they are.

    >>> encode(6), encode("l'eau")
    ('"6"^^<http://www.w3.org/2001/XMLSchema#integer>', '"l\\'eau"')
    """
    if isinstance(value, bool):
        return typed(str(value).lower(), XSD + "boolean")
    if isinstance(value, int):
        return typed(str(value), XSD + "integer")
    if isinstance(value, float):
        return typed(repr(value), XSD + "double")
    if isinstance(value, Decimal):
        return typed(f"{value:f}", XSD + "decimal")
    if isinstance(value, datetime):
        return typed(value.isoformat(), XSD + "dateTime")
    if isinstance(value, date):
        return typed(value.isoformat(), XSD + "date")
    kind = type(value).__name__
    if kind == "URIRef":
        return encode_iri(str(value))
    if kind == "NamedNode":
        return encode_iri(value.value)
    if kind == "Literal":  # rdflib's is a str, pyoxigraph's has .value
        bare = str(value) if isinstance(value, str) else value.value
        datatype = getattr(value.datatype, "value", value.datatype)
        if value.language:
            return literal(bare, value.language)
        if datatype:
            encode_iri(str(datatype))
        return literal(bare, datatype=str(datatype or ""))
    if isinstance(value, str):
        return literal(value)
    raise UsageError("query-value", value=repr(value)[:200])


def literal(value: str, language: str = "", datatype: str = "") -> str:
    """Text as a literal that means the same to every engine: some take ``\\\\u0022``,
    a backslash followed by letters, for the sign it would be as an escape."""
    parts = _ESCAPE_LIKE.split(value)
    quoted = '"' + "".join(
        f"\\U{ord(part):08X}" if at % 2 else text(part)[1:-1] for at, part in enumerate(parts)
    ) + '"'
    if datatype:
        return f"{quoted}^^<{datatype}>"
    return f"{quoted}@{language}" if language else quoted


def encode_iri(value: str) -> str:
    """
    Raises:
        UsageError: not an absolute IRI, or a character that no IRI may hold.
    """
    if _NOT_IN_IRI.search(value) or not _SCHEME.match(value):
        raise UsageError("query-bad-iri", value=value[:200])
    return f"<{value}>"


def encode_written(value: str) -> str:
    """A term as a person writes it for a query of their own: ``<http://…>``,
    ``"texte"@fr``, ``"2020-06-23"^^<…>``, a number; anything else is plain text.

    >>> encode_written("12.5")
    '"12.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    match = _WRITTEN.fullmatch(value)
    if match is None:
        return literal(value)
    if match["iri"] is not None:
        return encode_iri(match["iri"])
    if match["number"]:
        return typed(value, XSD + ("decimal" if match["fraction"] else "integer"))
    bare = re.sub(r"\\(.)", lambda m: _UNESCAPE.get(m.group(), m.group(1)), match["text"])
    if match["type"] is not None:
        encode_iri(match["type"])
        return literal(bare, datatype=match["type"])
    return literal(bare, match["lang"] or "")


def with_prefixes(sparql: str) -> tuple[str, int]:
    """``sparql`` with the declarations of well-known prefixes that it uses and does not
    declare, put before its first line, and how many characters that added there."""
    declared, used = prefixes(sparql)
    missing = sorted(p for p in used - declared if p in _KNOWN)
    head = "".join(f"PREFIX {p}: <{_KNOWN[p]}> " for p in missing)
    return head + sparql, len(head)


@contextmanager
def placed(added: int) -> Iterator[None]:
    """Puts the column of a syntax error back where the user wrote it: :func:`with_prefixes`
    put ``added`` characters before it."""
    try:
        yield
    except QuerySyntaxError as error:
        if error.line == 1 and error.column and added:
            error.column = max(1, error.column - added)
            error.params["column"] = error.column
        raise
