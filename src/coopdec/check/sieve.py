"""SPARQL constraints asked of all nodes at once.

An engine prepares and runs the query of a constraint for each node that it is about, which is
most of the cost of a shared entity; hardly ever has a query an answer. A *sieve* is shapes in
which such constraints are one question each, for all their nodes: where none has an answer, no
constraint is violated, and the report on the other constraints is the whole report. Where one
has, the shapes as they stand must tell.

Why that is so: a query gives the answers about a node that it gives with ``$this`` bound to it
beforehand (https://www.w3.org/TR/shacl/#pre-binding). If the group of its WHERE begins with
statements about ``$this``, and nests nothing but FILTER (NOT) EXISTS, ``$this`` is bound wherever
it is looked at. So the query without that binding has all answers about all nodes, and may have
some about nodes that the constraint is not for: that costs time, never a result. Any other query
stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from coopdec.check.result import SH
from coopdec.check.shapes import index_of
from coopdec.terms import bare, text
from coopdec.vocab import RDF, RDFS

__all__ = ["ASKED", "asked", "sieve"]

#: The node of which everything is asked.
ASKED = "<urn:coopdec:asked-of-all>"
_SPARQL, _SELECT, _PREFIXES, _CLASS, _SUBJECTS = (
    SH + n for n in ("sparql", "select", "prefixes", "targetClass", "targetSubjectsOf"))
_TARGETS = {SH + n for n in (
    "target", "targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")}
#: A shape of these types is for the instances of itself.
_CLASSES = {f"<{RDFS}Class>", f"<{SH}ShapeClass>"}
#: By these the data itself says for whom a shape is; an escape might hide them.
_ELSEWHERE = (b"subClassOf", b"shacl#shape>")
_ESCAPE = re.compile(rb"\\[uU]")
#: IRIs, texts and comments are not looked into.
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n\r]*|[$?]\w+|[\w:-]+|\s+|.""", re.DOTALL)
_THIS = {"$this", "?this"}
_NODE = "?asked"
#: What makes an answer depend on more than the statements about one node, or on what was bound.
_OTHERWISE = frozenset((
    "union", "optional", "minus", "values", "service", "graph", "select", "from",
    "count", "sum", "min", "max", "avg", "sample", "group_concat",
    "?shapesgraph", "$shapesgraph", "?currentshape", "$currentshape"))


def sieve(shapes: bytes, data: bytes) -> bytes | None:
    """The shapes for a first look at the data; None where the shapes must do themselves."""
    elsewhere = any(mark in data for mark in _ELSEWHERE) or _ESCAPE.search(data)
    return None if elsewhere else _sieve(shapes)


@lru_cache(maxsize=8)
def _sieve(shapes: bytes) -> bytes | None:
    lines = shapes.decode().rstrip("\n").split("\n")
    said = index_of(lines)
    named = {value for about in said.values() for predicate, values in about.items()
             if predicate not in _TARGETS for value in values}
    taken: set[str] = set()
    added = [f"{ASKED} <{RDF}type> <{SH}NodeShape> .", f"{ASKED} <{SH}targetNode> {ASKED} ."]
    for shape, about in said.items():
        whose = _whose(about) if shape not in named else []
        for constraint in about.get(_SPARQL, ()) if whose else ():
            of = said.get(constraint, {})
            queries = of.get(_SELECT, ())
            body = asked(bare(queries[0])) if len(queries) == 1 else None
            if body is None or f"{SH}deactivated" in of:
                continue
            taken.add(f"{shape} <{_SPARQL}> {constraint} .")
            for start in whose:
                node = f"<urn:coopdec:asked:{len(added)}>"
                query = text(f"SELECT $this WHERE {{ {start}{body} }} LIMIT 1")
                added += [f"{ASKED} <{_SPARQL}> {node} .", f"{node} <{_SELECT}> {query} .",
                          *(f"{node} <{_PREFIXES}> {p} ." for p in of.get(_PREFIXES, ()))]
    if not taken:
        return None
    return "".join(f"{line}\n" for line in [*lines, *added] if line not in taken).encode()


def _whose(about: Mapping[str, Sequence[str]]) -> list[str]:
    """The beginnings of patterns for the nodes that a shape is for; none where it has other
    targets, or none."""
    if any(p.startswith(f"{SH}target") and p not in (_CLASS, _SUBJECTS) for p in about) or (
            not _CLASSES.isdisjoint(about.get(f"{RDF}type", ()))):
        return []
    return [*(f"{_NODE} a {cls} . " for cls in about.get(_CLASS, ())),
            *(f"{_NODE} {p} ?asked_{n} . " for n, p in enumerate(about.get(_SUBJECTS, ())))]


def asked(query: str) -> str | None:
    """The pattern of a query, for all nodes; None where that may be another question."""
    tokens = [token for token in _TOKEN.findall(query) if token[0] != "#"]
    plain = [token for token in tokens if not token.isspace()]
    if not plain or plain[0].lower() != "select" or "{" not in plain:
        return None
    if plain[-1] != "}":  # LIMIT, GROUP BY…
        return None
    at = plain.index("{")
    if plain[at + 1] not in _THIS or not _nests_exists_only(plain[at + 1:-1]):
        return None
    if any(_otherwise(token) for token in plain[1:]):
        return None
    last = len(tokens) - tokens[::-1].index("}") - 1
    return "".join(_NODE if token in _THIS else token
                   for token in tokens[tokens.index("{") + 1:last])


def _otherwise(token: str) -> bool:
    return (token.lower() in _OTHERWISE or token in ("$PATH", "?PATH", "\\")
            # What looks like an IRI may be « less than » and what comes after.
            or (token[0] == "<" and not set("$?(").isdisjoint(token))
            or token.startswith((_NODE, "$" + _NODE[1:])))


def _nests_exists_only(body: Iterable[str]) -> bool:
    depth, before = 0, ""
    for token in body:
        if token == "{" and before.lower() != "exists":
            return False
        depth += (token == "{") - (token == "}")
        before = token
        if depth < 0:
            return False
    return depth == 0
