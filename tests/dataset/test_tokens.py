"""The token reader: loses nothing, and tells a variable from the same letters elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopdec.dataset.tokens import (
    MAX_DEPTH,
    as_written,
    check_size,
    form_of,
    prefixes,
    services,
    tokens,
    variables,
)
from coopdec.errors import UsageError


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_no_character_is_lost(text: str) -> None:
    assert "".join(t.text for t in tokens(text)) == text


@pytest.mark.parametrize("text", [
    'SELECT ?x { ?x ?p "$a" }',
    "SELECT ?x { ?x ?p '$a' }",
    'SELECT ?x { ?x ?p """ " $a "" $a""" }',
    "SELECT ?x { ?x ?p '''it's $a''' }",
    r'SELECT ?x { ?x ?p "\" $a" }',
    "SELECT ?x { ?x <http://a/$a> ?y } # $a",
    r"SELECT ?x { ?x ex:it\'s ?y , ex:b\$a }",
])
def test_parameters_are_seen_only_where_they_are_variables(text: str) -> None:
    assert variables(text)["$"] == set()


def test_a_comparison_is_no_iri() -> None:
    assert variables("FILTER(?a < $b && $c > ?d)")["$"] == {"b", "c"}


@pytest.mark.parametrize(("text", "form"), [
    ("# ASK\nPREFIX select: <http://a/> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT"),
    ("ask {}", "ASK"),
    ("BASE <http://a/> describe <b>", "DESCRIBE"),
    ('INSERT DATA { <a:a> <a:b> "SELECT" }', None),
    ("", None),
])
def test_the_form_of_a_query(text: str, form: str | None) -> None:
    assert form_of(text) == form


@pytest.mark.parametrize(("text", "found"), [
    ("SELECT * { SERVICE <http://a/> {} }", ["http://a/"]),
    ("SELECT * { service silent ?where {} }", ["?where"]),
    ("SELECT * { SERVICE # no\n wd:q {} }", ["wd:q"]),
    ("SELECT * { SERV\\u0049CE <http://a/> {} }", ["http://a/"]),
    ('SELECT ?service { ?service service:x "SERVICE <http://a/>" } # SERVICE <b>', []),
])
def test_no_service_hides(text: str, found: list[str]) -> None:
    assert services(text) == found


def test_prefixes_declared_and_used() -> None:
    declared, used = prefixes('PREFIX a: <http://a/>\nSELECT * { ?s a:b c:d , _:x , "e:f"@fr }')
    assert (declared, used) == ({"a"}, {"a", "c"})


def test_depth_and_length_are_bounded() -> None:
    check_size("{" * MAX_DEPTH + "}" * MAX_DEPTH)
    for wrong in ("(" * (MAX_DEPTH + 1), "x" * 1_000_001):
        with pytest.raises(UsageError):
            check_size(wrong)
    check_size('"' + "(" * 1000 + '"')


@pytest.mark.parametrize(("sparql", "found"), [
    ("SELECT * { ?z a ?m . ?m ?a ?z }", ["z", "m", "a"]),
    ("# ?a first?\nPREFIX x: <http://e.org/?a>\nselect distinct * { ?z x:y \"?m\", ?m . ?m ?p ?a }",
     ["z", "m", "a"]),
    ("SELECT ?a ?m ?z { ?z a ?m . ?m ?a ?z }", ["a", "m", "z"]),
    ("SELECT (COUNT(*) AS ?m) ?a ?z { ?z ?m ?a }", ["a", "m", "z"]),
])
def test_columns_of_a_star_stand_as_written(sparql: str, found: list[str]) -> None:
    assert as_written(sparql, ["a", "m", "z"]) == found
