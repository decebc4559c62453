"""What a part of the data is given of the rest is enough: the engine's stand-ins for entities,
the context of the checks beyond SHACL, what joined projects lead to."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopdec.check import led_to, load_shapes
from coopdec.check.beyond import beyond_checks
from coopdec.check.engines import fast_available, get_engine
from coopdec.check.facts import Facts, prop, term
from coopdec.check.named import LOOKED_AT, Named
from coopdec.check.result import SH, Raw
from coopdec.check.split import Splitter
from coopdec.vocab import CD, PROV, RDF, RDFS
from tests.check.test_faults import BASE, spoil

Make = Callable[[int], str]
ENGINE = get_engine("fast" if fast_available() else "pyshacl")
TERM = f"<{CD}completed> <{RDF}type> <{CD}ProjectStatus> .\n".encode()


def split(text: str) -> Splitter:
    lines = sorted(text.encode().splitlines(keepends=True))
    parts = Splitter(lambda: lines)
    parts.scan()
    return parts


def of_projects(raws: list[Raw], text: bytes) -> list[Raw]:
    own = Facts(text).subjects
    return [raw for raw in raws if raw.focus.encode() in own]


@pytest.mark.parametrize("seed", range(30))
def test_stand_ins_are_all_that_projects_need(correct: Make, seed: int) -> None:
    parts = split(spoil(correct(3), seed))
    text = b"".join(text for chunk in parts.chunks(10) for _, text in chunk)
    facts, side = Facts(text), load_shapes().project_side
    stand_ins = Named(parts.shared.one).stand_ins(facts.named - facts.subjects)
    whole = of_projects(ENGINE.validate(text + parts.shared.text(), side), text)
    assert of_projects(ENGINE.validate(text + stand_ins, side), text) == whole
    assert len(stand_ins) < len(parts.shared.text()) / 2


def test_second_steps_of_paths_are_looked_at() -> None:
    """A shape of projects that follows another property asks for it in LOOKED_AT."""
    own = {f"<{p}>" for p in (CD + "themeAssignment", CD + "grant", CD + "totalCost",
                              PROV + "wasDerivedFrom")}
    steps = {(first, second) for shape in load_shapes().by_iri.values()
             for first, second in re.findall(r"(<[^>]*>)/(<[^>]*>)", shape.path)}
    assert steps
    for first, second in steps:
        assert first in own or second.encode() in LOOKED_AT


def test_shapes_of_projects_ask_sparql_about_themselves_only() -> None:
    """Each pattern of their queries starts from the project."""
    shapes = load_shapes()
    targeted = {shape for shape, rest in re.findall(
        r"^<([^>]*)> <[^>]*#target(?:Class|SubjectsOf)> (.*) \.$", shapes.project_side.decode(),
        re.MULTILINE) if f"{CD}Project" in rest or f"{CD}startDate" in rest}
    queries = [q for shape in targeted
               for node in shapes.by_iri[shape].parameters.get(SH + "sparql", ())
               for q in shapes.by_iri[node[1:-1]].parameters[SH + "select"]]
    assert len(queries) == 3
    for query in queries:
        subjects = re.findall(r"(?:\{|\.)\\n\s*([?$]\w+) [\w:?$]+ [?$]\w+", query)
        assert set(subjects) == {"$this"}, query


IRIS = st.sampled_from([f"<{BASE}{name}>" for name in ("a", "b", "a#x", "ab", "project/c/1")])
VALUES = IRIS | st.sampled_from(['"x y"', '"a . b"@fr', '"\\n .\\n"', '"1"^^<urn:t>'])


@given(st.lists(st.tuples(IRIS, st.sampled_from(["<urn:p>", "<urn:q>", f"<{RDF}type>"]), VALUES)))
def test_facts_hold_every_statement(statements: list[tuple[str, str, str]]) -> None:
    text = "".join(" ".join(s) + " .\n" for s in statements).encode()
    facts = Facts(text)
    held = sorted((s, p, v) for p, column in facts.columns.items()
                  for s, values in column.items() for v in values)
    assert held == sorted(tuple(part.encode() for part in s) for s in statements)
    assert facts.subjects == {s.encode() for s, _, _ in statements}
    assert facts.named == {v.encode() for _, p, v in statements
                           if v.startswith("<") and not p.endswith("type>")}


@given(st.lists(st.tuples(IRIS, st.sampled_from(["<urn:p>", "<urn:q>"]), VALUES)), IRIS)
def test_named_entities_answer_as_all_statements_do(
    statements: list[tuple[str, str, str]], asked: str
) -> None:
    parts = split("".join(" ".join(s) + " .\n" for s in statements))
    named, whole = Named(parts.shared.one), Facts(parts.shared.text())
    assert named.knows(asked.encode()) == whole.knows(asked.encode())
    for predicate in (b"<urn:p>", b"<urn:q>"):
        assert sorted(named.all(asked.encode(), predicate)) == sorted(
            whole.all(asked.encode(), predicate))


def test_where_reads_the_project_s_own_statements(correct: Make) -> None:
    facts = Facts(correct(12).encode())
    for i in (0, 1, 11):
        where = facts.where(f"<{BASE}project/appel/{i:016x}>".encode(), term("lead"))
        assert where
        assert (where.line, where.column) == (10 + i, "Chef de file")


def test_what_projects_lead_to(correct: Make) -> None:
    parts = split(correct(1))
    (((_, project),),) = parts.chunks(1)
    text = project + f"<{BASE}project/x> <{CD}status> <{CD}completed> .\n".encode()

    def one(iri: bytes) -> bytes:
        return TERM if iri == f"{CD}completed".encode() else parts.shared.one(iri)

    found = led_to(one, text)
    assert found[f"{CD}completed".encode()] == TERM
    assert f"{BASE}country/ML".encode() in found
    assert all(iri not in led_to(one, text, found) for iri in found)


def test_without_a_base_nothing_dangles() -> None:
    statement = Facts(f"<urn:a> <{RDFS}seeAlso> <https://example.org/b> .\n".encode())
    for base, n in (("", 0), ("https://example.org/", 1)):
        (dangling, *_) = beyond_checks(base)
        dangling.see_shared(statement)
        assert len(list(dangling.findings(lambda iri: False))) == n
    assert statement.named == {prop("https://example.org/b")}
