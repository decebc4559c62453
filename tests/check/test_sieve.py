"""A constraint asked of all nodes at once says what it says of each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopdec.check.engines import fast_available
from coopdec.check.result import SH, settled
from coopdec.check.shapes import load_shapes
from coopdec.check.sieve import ASKED, asked, sieve
from coopdec.errors import UsageError
from coopdec.vocab import RDF, RDFS

EX = "http://x/"
TYPE = f"<{RDF}type>"
needs_fast = pytest.mark.skipif(not fast_available(), reason="needs coopdec[fast]")


def test_all_constraints_of_ours_are_asked_at_once() -> None:
    first = sieve(load_shapes().text, b"")
    assert first is not None
    assert not [line for line in first.decode().splitlines()
                if f"<{SH}sparql>" in line and not line.startswith(ASKED)]


@pytest.mark.parametrize("query", [
    "SELECT $this WHERE { { $this <p> ?v } UNION { $this <q> ?v } }",
    "SELECT $this WHERE { $this <p> ?v . OPTIONAL { $this <q> ?w } }",
    "SELECT $this WHERE { $this <p> ?v . MINUS { $this <q> ?v } }",
    "SELECT $this WHERE { ?v <p> $this }",
    "SELECT $this WHERE { $this <p> ?v . { SELECT $this WHERE { $this <p> ?w } } }",
    "SELECT $this (COUNT(?v) AS ?value) WHERE { $this <p> ?v }",
    "SELECT $this WHERE { $this <p> ?v } GROUP BY $this HAVING (COUNT(?v) > 1)",
    "SELECT $this WHERE { $this <p> ?v } LIMIT 1",
    "SELECT $this WHERE { $this $PATH ?v }",
    "SELECT $this WHERE { $this <p> ?v FILTER (?v != $currentShape) }",
    "SELECT $this WHERE { $this <p> ?asked }",
    "SELECT $this WHERE { $this <p> ?v FILTER NOT EXISTS { $this <q> ?v . { ?v <p> ?w } } }",
    "PREFIX p: <http://x/> SELECT $this WHERE { $this p:p ?v }",
    "SELECT $this WHERE { }",
    "ASK { $this <p> ?v }",
    "SELECT $this",
    "",
    "# SELECT $this WHERE { $this <p> ?v }",
    "SELECT $this WHERE { $this <p> ?v, ?k FILTER (?k<?v&&STRSTARTS(STR($this),'x')&&?v>?k) }",
    "SELECT $this WHERE { $this <p> ?v FILTER (1<COUNT(?v)&&2>1) }",
    "SELECT $this WHERE { $this ex:a\\#b ?v FILTER (?v = 1) }",
])
def test_other_questions_stay(query: str) -> None:
    assert asked(query) is None


def test_texts_and_comments_are_no_part_of_the_question() -> None:
    found = asked("""select $this where { $this <p#a> ?v . # OPTIONAL {
        FILTER (?v != "} $this UNION") FILTER EXISTS { ?v <p> ?this } }""")
    assert found is not None
    assert " ".join(found.split()) == (
        '?asked <p#a> ?v . FILTER (?v != "} $this UNION") FILTER EXISTS { ?v <p> ?asked }')


def test_subclasses_and_unusual_targets_are_left_to_the_shapes() -> None:
    shapes = shape("SELECT $this WHERE { $this <http://x/p> ?value }")
    assert sieve(shapes, b"") is not None
    assert sieve(shapes, f"<{EX}D> <{RDFS}subClassOf> <{EX}C> .\n".encode()) is None
    for more in (f"<{EX}S> <{SH}targetNode> <{EX}n> .\n", f"<{EX}O> <{SH}node> <{EX}S> .\n",
                 f"<{EX}S> {TYPE} <{RDFS}Class> .\n", f"<{EX}S> {TYPE} <{SH}ShapeClass> .\n",
                 f"<{EX}S> <{SH}targetWhere> <{EX}O> .\n"):
        assert sieve(shapes + more.encode(), b"") is None
    for said in (f"<{EX}a> <{SH}shape> <{EX}S> .\n",
                 f"<{EX}D> <{RDFS.replace('s', chr(92) + 'u0073', 1)}subClassOf> <{EX}C> .\n"):
        assert sieve(shapes, said.encode()) is None


def test_a_comment_ends_where_its_line_does() -> None:
    found = asked("SELECT $this WHERE { $this <p> ?v FILTER (?v = 1 # one\r || ?v = 5 ) }")
    assert found is not None
    assert "?v = 5" in found


@needs_fast
def test_wrong_shapes_are_still_said() -> None:
    from coopdec.check.fast_engine import FastEngine

    wrong = shape("SELECT $this (nope:x AS ?path) WHERE { $this <http://x/p> ?value }")
    with pytest.raises(UsageError):
        FastEngine().validate(f"<{EX}a> {TYPE} <{EX}C> .\n".encode(), wrong)


def shape(query: str) -> bytes:
    return (f"<{EX}S> {TYPE} <{SH}NodeShape> .\n<{EX}S> <{SH}targetClass> <{EX}C> .\n"
            f"<{EX}S> <{SH}targetSubjectsOf> <{EX}q> .\n<{EX}S> <{SH}sparql> <{EX}Q> .\n"
            f'<{EX}Q> <{SH}select> "{query}" .\n').encode()


QUERIES = [shape(f"SELECT $this ?value WHERE {{ {body} }}".replace("p:", EX)) for body in (
    "$this <p:p> ?value",
    "$this <p:p> ?value ; <p:q> ?value",
    "$this <p:p> ?value . ?other <p:p> ?value FILTER (?other != $this)",
    "$this ?path ?value FILTER (?path IN ( <p:q> ) && ?value != $this)",
    "$this <p:p> ?value FILTER NOT EXISTS { ?value <p:q> $this }",
    "$this <p:p> ?value BIND (STR($this) AS ?own) FILTER (STR(?value) > ?own)",
    "$this <p:p> ?value FILTER EXISTS { ?value <p:q> ?w BIND (?w AS ?x) FILTER (?x = $this) }",
    "$this <p:q> ?value . ?value <p:q>* $this",
)]
NODES = st.sampled_from([f"<{EX}{n}>" for n in "abC"])
PREDICATES = st.sampled_from([TYPE, f"<{EX}p>", f"<{EX}q>"])
LINES = st.sets(st.tuples(NODES, PREDICATES, NODES), max_size=9)


@needs_fast
@settings(max_examples=150, deadline=None)
@given(lines=LINES, shapes=st.sampled_from(QUERIES))
def test_at_once_finds_what_one_by_one_finds(
    lines: set[tuple[str, str, str]], shapes: bytes
) -> None:
    from coopdec.check.fast_engine import FastEngine, _validated

    assert sieve(shapes, b"") is not None
    data = "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(lines)).encode()
    assert FastEngine().validate(data, shapes) == settled(_validated(data, shapes))
