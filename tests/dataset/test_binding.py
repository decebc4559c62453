"""Nothing that a user types can leave its term: the property that keeps queries safe."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coopdec.dataset import Dataset, queries
from coopdec.dataset.binding import bind, encode, encode_iri, encode_written, with_prefixes
from coopdec.dataset.named import parse
from coopdec.dataset.results import Rows
from coopdec.errors import CoopdecError, UsageError
from coopdec.messages import render

STORE = pyoxigraph.Store()
STORE.add(pyoxigraph.Quad(pyoxigraph.NamedNode("urn:s"), pyoxigraph.NamedNode("urn:secret"),
                          pyoxigraph.Literal("hidden")))
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NASTY = st.lists(st.sampled_from(
    ['"', "'", '"""', "'''", "\\", "\\u0022", "\\u005C", "\\U00000022", "\n", "\r", "\t", "}",
     "{", ">", "<", "#", "?x", "$x", " . ", "} UNION { ?s ?p ?o }", "\x00", "\x7f", "\u2028",
     "@fr", "^^", "SERVICE <http://a/>", "é", "a"]), max_size=8).map("".join)


def echo(query: str) -> list[str]:
    """The values of ``?v`` that Oxigraph's parser and evaluator see."""
    answer = STORE.query(query)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    found = Rows.from_json(answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
    return [str(t["v"]["value"]) for t in found.terms]


@settings(deadline=None, max_examples=80)
@given(ANY | NASTY)
@example('" } SELECT * { ?s <urn:secret> ?v } #')
@example('\\" } UNION { ?s ?p ?v } #')
@example("\\u0022 } UNION { ?s ?p ?v } #")
@example("$v ?v")
def test_text_comes_back_as_it_went_in(value: str) -> None:
    query = bind("SELECT ?v { BIND($x AS ?v) }", {"x": encode(value)})
    assert echo(query) == [value]


@settings(deadline=None, max_examples=80)
@given(NASTY | ANY)
def test_text_comes_back_from_rdflib_too(value: str) -> None:
    if "\x00" in value:
        return  # rdflib's reader of strings drops it
    query = bind("SELECT ?v { BIND($x AS ?v) }", {"x": encode(value)})
    found = [str(row[0]) for row in rdflib.Graph().query(query)]  # type: ignore[index]
    assert found == [value]


@settings(deadline=None, max_examples=80)
@given(NASTY | ANY)
def test_an_iri_is_refused_or_comes_back(value: str) -> None:
    try:
        term = encode_iri("http://example.org/" + value)
    except UsageError:
        return
    assert term.count("<") == term.count(">") == 1
    try:
        found = echo(bind("SELECT ?v { BIND(STR($x) AS ?v) }", {"x": term}))
    except SyntaxError:  # characters that Oxigraph refuses in an IRI: refused is safe
        return
    assert found == ["http://example.org/" + value]


@settings(deadline=None, max_examples=80)
@given(NASTY | ANY)
def test_a_written_term_is_one_term(value: str) -> None:
    try:
        term = encode_written(value)
    except UsageError:
        return
    try:
        assert len(echo(bind("SELECT ?v { BIND(STR($x) AS ?v) }", {"x": term}))) == 1
    except SyntaxError:
        assert term.startswith("<") or "^^<" in term


@settings(deadline=None, max_examples=80)
@given(NASTY | ANY, st.sampled_from(sorted(queries())))
def test_no_value_changes_what_a_named_query_asks(value: str, name: str) -> None:
    """Bound with anything, a named query is refused with a message, or stays the same
    query but for literals and IRIs."""
    query = queries()[name]
    if not query.parameters:
        return
    values = {p.name: p.example for p in query.parameters if p.required}
    values[query.parameters[0].name] = value
    try:
        bound = query.bound(values)
    except CoopdecError as refused:
        render(refused.code, refused.params, "fr")  # it has words: no KeyError
        return
    usual = query.bound({**values, query.parameters[0].name: query.parameters[0].example})
    assert _skeleton(bound) == _skeleton(usual)


def _skeleton(sparql: str) -> list[str]:
    from coopdec.dataset.tokens import tokens

    shown = []
    for token in tokens(sparql):
        if token.kind in ("string", "iri"):
            shown.append(token.kind)
        elif token.text in ("UNDEF",):
            shown.append("string")
        elif token.kind != "space":
            shown.append(token.text)
    return shown


@pytest.mark.parametrize(("value", "term"), [
    (6, '"6"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    (True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
    (0.5, '"0.5"^^<http://www.w3.org/2001/XMLSchema#double>'),
    (Decimal("0.95"), '"0.95"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    (date(2020, 6, 23), '"2020-06-23"^^<http://www.w3.org/2001/XMLSchema#date>'),
    (datetime(2020, 6, 23, tzinfo=UTC),
     '"2020-06-23T00:00:00+00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>'),
    (rdflib.URIRef("http://a/"), "<http://a/>"),
    (rdflib.Literal("eau", lang="fr"), '"eau"@fr'),
    (rdflib.Literal(3), '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    (pyoxigraph.NamedNode("http://a/"), "<http://a/>"),
    (pyoxigraph.Literal("eau", language="fr"), '"eau"@fr'),
])
def test_python_values_and_terms(value: object, term: str) -> None:
    assert encode(value) == term


@pytest.mark.parametrize("value", [object(), None, [1], rdflib.URIRef("http://a/ b>")])
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises(UsageError):
        encode(value)


def test_a_binding_that_is_not_in_the_query(data: Dataset) -> None:
    with pytest.raises(UsageError, match="country"):
        data.select("SELECT * { ?s ?p ?o } LIMIT 1", country="Mali")


def test_free_variables_of_ones_own_query_stay_free() -> None:
    query = parse("SELECT * { ?s cd:iso2 $code }", "-", strict=False)
    assert query.bound({}) == query.sparql
    assert '"ML"' in query.bound({"code": "ML"})


def test_well_known_prefixes_are_added_once() -> None:
    assert with_prefixes("ASK { ?s a cd:Project }")[0].startswith(
        "PREFIX cd: <https://w3id.org/coopdec/ontology#> ASK")
    several = with_prefixes("ASK { ?s skos:a ?a ; rdfs:b ?b ; owl:c ?c ; cd:e ?e ; prov:f ?f }")
    assert [p.partition(":")[0] for p in several[0].split("PREFIX ")[1:]] == [
        "cd", "owl", "prov", "rdfs", "skos"], "in one order, whoever asks"
    declared = "PREFIX cd: <http://other/> ASK { ?s a cd:x }"
    assert with_prefixes(declared) == (declared, 0)
