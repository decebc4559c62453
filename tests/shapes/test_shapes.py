"""Each shape has examples that pass, and each constraint one that only it rejects.

The examples are Turtle; a failing one names in its heading the constraint that rejects it
(``# fails: cds:Project-title sh:minCount``). It alone rejects it; taken away, it lets the
example pass, so nothing else would have caught the fault. The constraints of a twentieth of
the examples are taken away together: what one of them hides of another of them is not seen.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from coopdec.check.engines import fast_available, get_engine
from coopdec.check.load import ntriples
from coopdec.check.result import SH, Raw
from coopdec.check.shapes import load_shapes
from coopdec.vocab import RDF

HERE = Path(__file__).parent
CDS = "https://w3id.org/coopdec/shapes#"
PASSING = sorted(HERE.glob("*/pass-*.ttl"))
FAILING = sorted(HERE.glob("*/fail-*.ttl"))
SHAPE_FILES = {p.stem for p in (HERE.parents[1] / "shapes").glob("*.ttl")} - {"shapes"}
HEADING = re.compile(r"^# fails: cds:(\S+) sh:(\w+)$", re.MULTILINE)

# How many examples there are: a filter or a lost folder cannot silence them.
EXPECTED_FAILING = 305
EXPECTED_PASSING = 19

#: Parameters of a shape that are constraints; the others only describe it.
NOT_CONSTRAINTS = {
    "name", "description", "message", "severity", "group", "order", "path", "property", "sparql",
    "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "select", "prefixes",
    "declare", "prefix", "namespace", "qualifiedValueShape", "deactivated", "flags",
}
ENGINES = ["pyshacl", "fast"] if fast_available() else ["pyshacl"]


def ident(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def case(path: Path) -> tuple[str, str]:
    """The shape's or constraint's local name and the parameter that rejects."""
    heading = HEADING.search(path.read_text("utf-8"))
    assert heading, f"{path} does not say what it fails"
    return heading[1], heading[2]


@cache
def context() -> dict[str, list[str]]:
    """Subject → the lines that the examples have in common."""
    path = HERE / "context.ttl"
    found: dict[str, list[str]] = {}
    for line in ntriples(path.read_bytes(), path).decode().splitlines(keepends=True):
        found.setdefault(line.split(" ")[0], []).append(line)
    return found


def data(path: Path) -> bytes:
    """An example, with all that it leads to and all that has something in common with it:
    the engines take long for the rest."""
    lines = ntriples(path.read_bytes(), path).decode().splitlines(keepends=True)
    said = {line.partition(" ")[2] for line in lines if f" <{RDF}type> " not in line}
    named = {subject for subject, about in context().items()
             if any(line.partition(" ")[2] in said for line in about)}
    lines += [line for subject in named for line in context()[subject]]
    for line in lines:  # grows meanwhile
        for iri in re.findall("<[^>]*>", line):
            if iri not in named:
                named.add(iri)
                lines += context().get(iri, [])
    return "".join(lines).encode()


def rejected_by(raw: Raw) -> tuple[str, str]:
    """(shape or SPARQL constraint, parameter) of a result."""
    if raw.constraint:
        return raw.constraint.removeprefix(CDS), "sparql"
    component = raw.component.removeprefix(SH).removesuffix("ConstraintComponent")
    return raw.shape.removeprefix(CDS), component[0].lower() + component[1:]


def without(lines: list[str], name: str, parameter: str) -> list[str]:
    """The statements of the shapes, one constraint less."""
    node = f"<{CDS}{name}>"
    if parameter == "sparql":
        kept = [s for s in lines if not s.endswith(f"<{SH}sparql> {node} .")]
    else:
        drop = [parameter, "qualifiedValueShape"] if "ualified" in parameter else [parameter]
        kept = [s for s in lines if not any(s.startswith(f"{node} <{SH}{p}> ") for p in drop)]
    assert len(kept) < len(lines), f"no sh:{parameter} on {name}"
    return kept


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", PASSING, ids=ident)
def test_passes(path: Path, engine: str) -> None:
    assert get_engine(engine).validate(data(path), load_shapes().text) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", FAILING, ids=ident)
def test_only_this_constraint_rejects(path: Path, engine: str) -> None:
    raws = get_engine(engine).validate(data(path), load_shapes().text)
    assert {rejected_by(raw) for raw in raws} == {case(path)}


@pytest.mark.parametrize("some", [FAILING[n::20] for n in range(20)],
                         ids=[str(n) for n in range(20)])
def test_passes_without_the_constraint(some: list[Path]) -> None:
    """A few constraints at a time: to read the shapes takes longer than all the rest."""
    lines = load_shapes().text.decode().splitlines()
    for name, parameter in {case(path) for path in some}:
        lines = without(lines, name, parameter)
    lesser = "".join(f"{line}\n" for line in lines).encode()
    for path in some:
        assert get_engine(ENGINES[-1]).validate(data(path), lesser) == [], path


def test_every_constraint_has_an_example() -> None:
    assert {case(path) for path in FAILING} == constraints()


def constraints() -> set[tuple[str, str]]:
    """Every constraint of a shape that has a target, or that such a shape names."""
    found: set[tuple[str, str]] = set()
    by_iri = load_shapes().by_iri
    for shape in by_iri.values():
        targeted = any(p.startswith(SH + "target") for p in shape.parameters)
        if not targeted:
            continue
        own = [shape.iri, *(v[1:-1] for v in shape.parameters.get(SH + "property", ()))]
        for iri in own:
            name = iri.removeprefix(CDS)
            for parameter, values in by_iri[iri].parameters.items():
                if parameter == SH + "sparql":
                    found |= {(v[1:-1].removeprefix(CDS), "sparql") for v in values}
                elif parameter.removeprefix(SH) not in NOT_CONSTRAINTS:
                    found.add((name, parameter.removeprefix(SH)))
    return found


def test_how_many_ran() -> None:
    assert len(FAILING) == EXPECTED_FAILING
    assert len(PASSING) == EXPECTED_PASSING
    assert {p.parent.name for p in FAILING} == {p.parent.name for p in PASSING} == SHAPE_FILES
