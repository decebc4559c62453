"""Whether a query multiplies what nothing joins, by which it is slow however fast the store:
what tests/dataset/test_parity.py asks of each named query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import BNode, Variable

from coopdec.dataset.binding import with_prefixes

Bound = frozenset[Any]


def variables(part: Any) -> Bound:
    if isinstance(part, Variable | BNode):
        return frozenset({part})
    if isinstance(part, CompValue):
        return frozenset().union(*map(variables, part.values()))
    if isinstance(part, list | tuple | set | frozenset):
        return frozenset().union(*map(variables, part))
    return frozenset()


def apart(pieces: Iterable[Bound]) -> list[Bound]:
    """What is left when pieces that share a variable are put together."""
    groups: list[Bound] = []
    for piece in filter(None, pieces):
        near = [g for g in groups if g & piece]
        groups = [g for g in groups if not g & piece] + [piece.union(*near)]
    return groups


def pieces(part: CompValue, loose: list[list[Bound]]) -> list[Bound]:
    """The variables that each pattern of a group binds together. Groups within it are looked
    at by themselves; those whose pieces do not hang together are added to ``loose``."""
    if part.name == "BGP":
        return [variables(t) for t in part.triples]
    if part.name in ("Join", "LeftJoin"):
        return pieces(part.p1, loose) + pieces(part.p2, loose)
    if part.name == "Union":
        both = [whole(p, loose) for p in (part.p1, part.p2)]
        return [both[0] | both[1]]
    if part.name == "Minus":
        whole(part.p2, loose)
        return pieces(part.p1, loose)
    if part.name == "Extend":
        return [*pieces(part.p, loose), variables(part.var) | variables(part.expr)]
    if part.name == "values":
        return [variables(part.res)]
    if part.name == "AggregateJoin":
        whole(part.p, loose)
        return [variables(part)]
    if part.name == "Project":
        whole(part.p, loose)
        return [frozenset(part.PV)]
    return pieces(part.p, loose)


def whole(part: CompValue, loose: list[list[Bound]]) -> Bound:
    found = pieces(part, loose)
    if len(left := apart(found)) > 1:
        loose.append(left)
    return frozenset().union(*found)


def unjoined(query: Query) -> list[list[Bound]]:
    """Groups of patterns that share no variable, of each place where there are several."""
    loose: list[list[Bound]] = []
    whole(query.algebra, loose)
    return loose


@pytest.mark.parametrize(("sparql", "groups"), [
    ("SELECT * { ?a a ?b . ?b a ?c . OPTIONAL { ?c a ?d } }", 0),
    ("SELECT * { ?a a ?b . ?c a ?d }", 1),
    ("SELECT * { ?a a ?b . OPTIONAL { ?c a ?d } }", 1),
    ("SELECT * { ?a a ?b { SELECT ?c { ?c a ?d . ?e a ?f } } }", 2),
    ("SELECT * { { ?a a ?b } UNION { ?a cd:lead ?c . ?d a ?e } }", 1),
    ("SELECT * { { SELECT ?a ?b { ?a cd:lead ?b } } ?a a ?c . ?b a ?d }", 0),
    ("SELECT * { ?a a ?b . BIND(STR(?a) AS ?c) VALUES ?b { cd:Project } }", 0),
])
def test_what_is_not_is_found(sparql: str, groups: int) -> None:
    assert len(unjoined(prepareQuery(with_prefixes(sparql)[0]))) == groups
