"""SPARQL cut into tokens: enough to tell a variable from the same letters in a string.

The grammar is that of https://www.w3.org/TR/sparql11-query/#sparqlGrammar (terminals
only); the parser proper is the store's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coopdec.errors import UsageError

__all__ = ["MAX_DEPTH", "MAX_QUERY", "Token", "as_written", "check_size", "form_of", "graphs",
           "is_update", "prefixes", "services", "tokens", "variables"]

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]+[^<>"{}|^`\\\x00-\x20]*)*>)
  | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"
             | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
             | "(?:[^"\\\n\r]|\\.)*"
             | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<word>@?(?:[\w.:%·-]|\\.)+)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE",
                      "ADD", "WITH"})

#: Longer or deeper queries are refused before any parser sees them: parsers descend
#: recursively, and one nested deeply enough would take the whole process down.
MAX_QUERY = 1_000_000
MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: comment, iri, string, variable, word, space or other."""

    kind: str
    text: str
    start: int


def tokens(sparql: str) -> Iterator[Token]:
    """Every token in order; joined, their texts are ``sparql`` again.

    >>> [t.text for t in tokens('?x "$y" # $z') if t.kind == "variable"]
    ['?x']
    """
    for match in _TOKEN.finditer(sparql):
        yield Token(match.lastgroup or "other", match.group(), match.start())


def variables(sparql: str) -> dict[str, set[str]]:
    """Names of variables by the sign they are written with.

    >>> variables("SELECT ?x { ?x a $type }")
    {'?': {'x'}, '$': {'type'}}
    """
    found: dict[str, set[str]] = {"?": set(), "$": set()}
    for token in tokens(sparql):
        if token.kind == "variable":
            found[token.text[0]].add(token.text[1:])
    return found


def form_of(sparql: str) -> str | None:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; None for anything else."""
    for token in tokens(sparql):
        if token.kind == "word" and token.text.upper() in _FORMS:
            return token.text.upper()
    return None


def is_update(sparql: str) -> bool:
    """Whether what is no query has a word of those that change data."""
    return any(t.kind == "word" and t.text.upper() in _UPDATES for t in tokens(sparql))


def as_written(sparql: str, columns: Sequence[str]) -> list[str]:
    """The columns of a ``SELECT *`` in the order in which the query first names them, which
    SPARQL leaves open; those of any other query as they are.

    >>> as_written("SELECT * { ?z a ?m . ?z ?p ?a }", ["a", "m", "p", "z"])
    ['z', 'm', 'p', 'a']
    """
    said = [t for t in tokens(sparql) if t.kind not in ("comment", "space")]
    at = next((n for n, t in enumerate(said) if t.text.upper() in _FORMS), 0)
    words = [t.text.upper() for t in said[at:at + 3]]
    if words[:2] != ["SELECT", "*"] and words not in (["SELECT", "DISTINCT", "*"],
                                                     ["SELECT", "REDUCED", "*"]):
        return list(columns)
    names = dict.fromkeys(t.text[1:] for t in said if t.kind == "variable")
    return [n for n in names if n in columns] + [c for c in columns if c not in names]


def prefixes(sparql: str) -> tuple[set[str], set[str]]:
    """Prefixes that are declared, and prefixes that are used."""
    declared: set[str] = set()
    used: set[str] = set()
    declaring = False
    for token in tokens(sparql):
        if token.kind in ("space", "comment"):
            continue
        if token.kind == "word" and ":" in token.text and not token.text.startswith(("_:", "@")):
            (declared if declaring else used).add(token.text.partition(":")[0])
        declaring = token.kind == "word" and token.text.upper() == "PREFIX"
    return declared, used


def services(sparql: str) -> list[str]:
    """What each ``SERVICE`` names: an IRI without its brackets, a prefixed name or a
    variable. Code point escapes (``SERV\\u0049CE``) hide none.

    >>> services("SELECT * { SERVICE SILENT <http://a/> {} # SERVICE <http://b/>")
    ['http://a/']
    """
    plain = _ESCAPE.sub(_character, sparql)
    texts = [sparql] if plain == sparql else [sparql, plain]
    return list(dict.fromkeys(name for text in texts for name in _after("SERVICE", "SILENT", text)))


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group()


def _after(keyword: str, between: str, sparql: str) -> Iterator[str]:
    """The token after each ``keyword``, ``between`` left aside."""
    awaited = False
    for token in tokens(sparql):
        if token.kind in ("space", "comment"):
            continue
        word = token.text.upper() if token.kind == "word" else ""
        if awaited and word != between:
            yield token.text[1:-1] if token.kind == "iri" else token.text
            awaited = False
        elif not awaited:
            awaited = word == keyword


def graphs(sparql: str) -> list[str]:
    """What each ``FROM`` and ``FROM NAMED`` names: an IRI without its brackets, or a
    prefixed name.

    >>> graphs("SELECT * FROM <http://a/> FROM NAMED b:c { ?from ?p 'FROM <x>' }")
    ['http://a/', 'b:c']
    """
    return list(_after("FROM", "NAMED", sparql))


def check_size(sparql: str) -> None:
    """
    Raises:
        UsageError: the query is too long or nested too deeply.
    """
    if len(sparql) > MAX_QUERY:
        raise UsageError("query-too-long", limit=MAX_QUERY)
    depth = 0
    for token in tokens(sparql):
        if token.kind == "other":
            depth += (token.text in "({[") - (token.text in ")}]")
            if depth > MAX_DEPTH:
                raise UsageError("query-too-deep", limit=MAX_DEPTH)
