"""Our RDF text against rdflib's and pyoxigraph's parsers, over every corner of Unicode."""

from __future__ import annotations

from typing import Any

import pyoxigraph
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from coopdec.formats import Entry, Heading, formats
from coopdec.model import OWN, SLOT, Description, slot
from coopdec.terms import boolean, decimal, describe, formed, integer, iri, text, typed
from coopdec.vocab import BASE, GEO, GEONAMES, PREFIXES, RDFS, WIKIDATA_ENTITY, XSD

HEADING = Heading(BASE, "1", "https://spdx.org/licenses/etalab-2.0")
TEXTS = st.text(st.characters(blacklist_categories=["Cs"]))


def written(name: str, statements: list[tuple[str, str]]) -> str:
    known = formats()[name]
    entry = Entry(BASE + "x", "project", [describe(BASE + "x", statements)])
    return known.head(HEADING) + known.block(entry, HEADING).decode() + known.foot


@given(TEXTS, st.sampled_from(["", "fr", "en"]))
def test_any_text_survives(value: str, language: str) -> None:
    statements = [(iri(RDFS + "label"), text(value, language))]
    for name, form in (("ttl", "turtle"), ("nt", "nt")):
        graph = rdflib.Graph().parse(data=written(name, statements), format=form)
        (found,) = graph.objects()
        assert str(found) == value
        assert (found.language or "") == language  # type: ignore[attr-defined]
        (quad,) = pyoxigraph.parse(
            written(name, statements).encode(),
            pyoxigraph.RdfFormat.TURTLE if name == "ttl" else pyoxigraph.RdfFormat.N_TRIPLES)
        assert quad.object.value == value


def test_lone_surrogates_become_the_replacement_character() -> None:
    assert text("a\ud800b") == '"a\\uFFFDb"'


LOCALS = st.text(st.sampled_from("aZ09_-./:#?%&é ~()"), max_size=8).filter(
    lambda s: " " not in s)


@given(st.sampled_from(sorted(PREFIXES.values())), LOCALS)
def test_any_iri_survives_in_turtle(namespace: str, local: str) -> None:
    value = namespace + local
    graph = rdflib.Graph().parse(
        data=written("ttl", [(iri(RDFS + "seeAlso"), iri(value))]), format="turtle")
    assert [str(o) for o in graph.objects()] == [value]


@given(LOCALS)
def test_any_iri_under_the_base_survives(local: str) -> None:
    path, mark, fragment = local.replace("%", "%2F").partition("#")
    value = BASE + "project/" + path + mark + fragment.replace("#", "")
    (quad,) = pyoxigraph.parse(written("ttl", [(iri(RDFS + "seeAlso"), iri(value))]).encode(),
                               pyoxigraph.RdfFormat.TURTLE)
    assert quad.object.value == value


ENDS = st.sampled_from(["", "#theme-6.1", "#row-liste", "#é", "#a/b", "#"])
SAID = st.lists(st.one_of(
    TEXTS.map(lambda t: text(t, "fr")), ENDS.map(lambda e: iri(OWN + e)),
    LOCALS.map(lambda path: iri(BASE + "country/" + path.replace("%", "%2F").replace("#", ""))),
    st.integers().map(integer)), min_size=1, max_size=3, unique=True)
#: Parts of an entry, each with a predicate of its own; some of one subject.
PARTS = st.lists(st.tuples(ENDS, SAID, st.booleans()), min_size=1, max_size=6).map(
    lambda parts: [Description(iri(OWN + end), [(iri(f"{RDFS}p{n}"), v) for v in said],
                               {} if many else None)
                   for n, (end, said, many) in enumerate(parts)])
ENTRIES = st.lists(st.builds(
    lambda start, path: start + path.replace("%", "%2F").replace("#", ""),
    st.sampled_from([BASE + "project/", BASE, BASE + "ontology#", "http://exemple.example/"]),
    LOCALS), min_size=1, max_size=3, unique=True)


@given(ENTRIES, PARTS, st.sampled_from(["nt", "ttl", "jsonld", "rdfxml"]))
@example([BASE + "ontology#0"], [Description(iri(OWN), [(iri(RDFS + "p0"), '""@fr')], None)], "ttl")
def test_what_many_entries_say_is_written_as_if_each_said_it(
    iris: list[str], parts: list[Description], name: str
) -> None:
    """The parts are remembered from one entry to the next, with the IRI of each in its place."""
    block = formats()[name].block
    for value in iris:
        entry = Entry(value, "project", parts)
        whole = Entry(value, "project", entry.descriptions)
        assert block(entry, HEADING) == block(whole, HEADING)
        assert not any(OWN in term for d in entry.descriptions for s in d.statements for term in s)
        if name == "nt":
            stated = {(d.subject, *s) for d in entry.descriptions for s in d.statements}
            lines = block(entry, HEADING).decode().split("\n")[:-1]
            assert {tuple(line[:-2].split(" ", 2)) for line in lines} == stated


@given(ENTRIES, PARTS)
def test_turtle_and_n_triples_of_parts_are_one_graph(
    iris: list[str], parts: list[Description]
) -> None:
    for value in iris:
        entry = Entry(value.replace("#", "/"), "project", parts)
        found = []
        for name, form in (("ttl", pyoxigraph.RdfFormat.TURTLE),
                           ("nt", pyoxigraph.RdfFormat.N_TRIPLES)):
            known = formats()[name]
            data = known.head(HEADING).encode() + known.block(entry, HEADING)
            found.append({str(q.triple) for q in pyoxigraph.parse(data, form)})
        assert found[0] == found[1]


@given(st.floats(0, 1), st.integers(0, 5))
def test_decimals(value: float, places: int) -> None:
    graph = rdflib.Graph().parse(
        data=written("ttl", [(iri(RDFS + "label"), decimal(value, places))]), format="turtle")
    (found,) = graph.objects()
    assert found.datatype == rdflib.XSD.decimal  # type: ignore[attr-defined]
    assert abs(float(str(found)) - value) <= 10.0**-places


def test_bare_literals() -> None:
    out = written("ttl", [(iri(RDFS + "label"), v) for v in (
        integer(-3), boolean(True), decimal(0.5), typed("2020-06-23", XSD + "date"),
        typed("abc", XSD + "integer"))])
    assert "-3 ,\n        true ,\n        0.5 ,\n" in out
    assert '"abc"^^xsd:integer' in out


def test_formats_know_themselves() -> None:
    for name, known in formats().items():
        assert known.name == name
        assert known.suffix.startswith(".")
        assert "/" in known.media_type


def test_a_spreadsheet_runs_nothing() -> None:
    entry = Entry(BASE + "x", "project", [],
                  lambda: {"title": "=HYPERLINK(1)", "lead": ["Metz"]})
    line = formats()["csv"].block(entry, HEADING)
    assert b"'=HYPERLINK(1)" in line


@given(st.sampled_from(["nt", "ttl", "jsonld", "rdfxml"]),
       st.lists(TEXTS, min_size=2, max_size=2), st.integers(0, 9**9))
def test_a_form_that_is_filled_in_is_as_if_written_out(
    name: str, words: list[str], number: int
) -> None:
    """Also where the fixed words of the form hold a percent sign, a value stands twice or in
    the name of the subject."""
    values = (*(text(w, "fr") for w in words), "%b", str(number), "Q1-a")
    form = Description(iri(f"{OWN}#link-{slot(4)}"), [
        *((iri(f"{RDFS}p{n}"), slot(1 - n)) for n in range(2)),
        (iri(RDFS + "p2"), f'"100 % {slot(2)}, {slot(4)}"@fr'),
        (iri(RDFS + "p3"), f'"{slot(3)}"^^<{XSD}integer>')], {})
    filled = form.filled(values)
    (alone,) = Entry(OWN, "project", [filled]).descriptions
    assert [v for _, v in alone.statements] == [
        values[1], values[0], f'"100 % {values[2]}, Q1-a"@fr', integer(number)]
    blocks = [formats()[name].block(Entry(BASE + "project/x", "project", [part]), HEADING)
              for part in (filled, alone, form.filled(values))]
    assert blocks[0] == blocks[1] == blocks[2]
    assert not any(SLOT in term for _, value in alone.statements
                   for term in (alone.subject, value))


BASES = st.sampled_from([BASE, "https://exemple.example/a/", "http://www.wikidata.org/entity/",
                         "https://w3id.org/"])
PATHS = st.text(st.sampled_from("aZ09_-./:?&é~()"), max_size=6)
#: By base and the IRI of the entry.
VALUES = st.one_of(
    TEXTS.map(lambda t: lambda base, own: text(t, "fr")),
    TEXTS.map(lambda t: lambda base, own: text(t)),
    st.floats(-9, 9).map(lambda n: lambda base, own: decimal(n)),
    st.integers().map(lambda n: lambda base, own: integer(n)),
    st.just(lambda base, own: typed("POINT(1.5 -2)", GEO + "wktLiteral")),
    st.just(lambda base, own: typed("2020-06-23", XSD + "date")),
    PATHS.map(lambda path: lambda base, own: iri(f"{base}country/{path}")),
    PATHS.map(lambda path: lambda base, own: iri(own + path)),
    PATHS.map(lambda path: lambda base, own: iri(f"{own}#link-wikidata-{path}")),
    st.tuples(st.sampled_from([WIKIDATA_ENTITY, GEONAMES, RDFS]), PATHS,
              st.sampled_from(["", "/", "#"])).map(
        lambda found: lambda base, own: iri("".join(found))))


@given(BASES, st.lists(st.lists(VALUES, max_size=4), min_size=1, max_size=4), ENDS,
       st.sampled_from(["nt", "ttl"]))
def test_a_form_of_what_is_said_is_written_as_that(
    base: str, entries: list[list[Any]], end: str, name: str
) -> None:
    heading, block = Heading(base, "1", HEADING.licence), formats()[name].block
    for number, made in enumerate(entries):
        own = f"{base}territory/ML/x{number}"
        said = [(iri(f"{RDFS}p{n}"), one(base, own)) for n, one in enumerate(made)]
        subjects = [own, *([own + end] if end else [])]
        plain = Entry(own, "territory", [describe(s, said) for s in subjects])
        form = Entry(own, "territory", [formed(base, iri(s), said, iri(own)) for s in subjects])
        assert form.descriptions == [Description(d.subject, [*d.statements])
                                     for d in plain.descriptions]
        assert block(form, heading) == block(plain, heading)
