"""The shapes for people: what each asks, of what, and what to do where it fails."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from coopdec.check.result import SH
from coopdec.check.shapes import Shape, load_shapes
from coopdec.messages import Lang
from coopdec.terms import bare
from coopdec.web.ontology.graph import anchor, curie, ontology

__all__ = ["Rule", "ShapeEntry", "shape_entries"]

CDS = "https://w3id.org/coopdec/shapes#"
_SEVERITIES = {SH + "Warning": "warning", SH + "Info": "info"}
#: What a shape says besides what it asks.
_NO_LIMIT = {"name", "description", "message", "severity", "group", "order", "path", "property",
             "sparql", "targetClass", "targetSubjectsOf", "targetObjectsOf", "select", "prefixes",
             "targetNode", "flags", "deactivated"}


@dataclass(frozen=True, slots=True)
class Rule:
    """``path`` and ``limits`` (parameter, value) in the shorthand of prefixes; ``terms``
    the properties of the path; ``query`` of a rule that is written in SPARQL."""

    anchor: str
    name: str
    message: str
    advice: str
    severity: str
    path: str
    terms: Sequence[str]
    limits: Sequence[tuple[str, str]]
    query: str = ""


@dataclass(frozen=True, slots=True)
class ShapeEntry:
    """A node shape. ``targets``: classes or properties whose subjects or objects it checks,
    each also as (name, label, anchor on the page of the ontology, empty for a term that
    it does not speak of)."""

    anchor: str
    iri: str
    name: str
    targets: Sequence[str]
    shown: Sequence[tuple[str, str, str]]
    rules: Sequence[Rule]


@cache
def shape_entries(lang: Lang) -> Sequence[ShapeEntry]:
    """Every shape that has a target, in the order of their names."""
    known = load_shapes().by_iri
    at = int(lang == "en")
    found = []
    for shape in known.values():
        targets = [bare(v) for p in ("targetClass", "targetSubjectsOf", "targetObjectsOf")
                   for v in shape.parameters.get(SH + p, ())]
        if not targets:
            continue
        rules = [_rule(shape, at)] if _limits(shape) or shape.message[at] else []
        for name in ("property", "sparql"):
            parts = [known[bare(v)] for v in shape.parameters.get(SH + name, ())
                     if bare(v) in known]
            rules += [_rule(p, at) for p in sorted(parts, key=_order)]
        found.append(ShapeEntry(
            _anchor(shape.iri), shape.iri, shape.name[at] or _anchor(shape.iri), targets,
            [(curie(t), _label(t, lang), anchor(t) if t in ontology() else "")
             for t in targets], rules))
    return sorted(found, key=lambda e: e.anchor)


def _order(shape: Shape) -> tuple[int, str]:
    said = shape.parameters.get(SH + "order", ('"99"',))[0]
    number = re.search(r"\d+", said)
    return int(number[0]) if number else 99, shape.iri


def _rule(shape: Shape, at: int) -> Rule:
    terms = re.findall(r"<([^>]+)>", shape.path)
    query = bare(shape.parameters.get(SH + "select", ('""',))[0])
    return Rule(
        _anchor(shape.iri), shape.name[at], shape.message[at], shape.advice[at],
        _SEVERITIES.get(shape.severity, "violation"),
        re.sub(r"<([^>]+)>", lambda m: curie(m[1]), shape.path), terms, _limits(shape),
        _dedented(query))


def _limits(shape: Shape) -> list[tuple[str, str]]:
    """What it asks, parameter by parameter; lists and expressions are left to the file."""
    return [(parameter.removeprefix(SH), ", ".join(_term(v) for v in values))
            for parameter, values in sorted(shape.parameters.items())
            if parameter.startswith(SH) and parameter.removeprefix(SH) not in _NO_LIMIT
            and not any(v.startswith("_:") for v in values)]


def _term(term: str) -> str:
    return curie(term[1:-1]) if term.startswith("<") else bare(term)


def _anchor(iri: str) -> str:
    return iri.removeprefix(CDS) if iri.startswith(CDS) else anchor(iri).replace(":", "-")


def _label(iri: str, lang: Lang) -> str:
    said = ontology().get(iri)
    return (said.label(lang) if said else "") or curie(iri)


def _dedented(query: str) -> str:
    import textwrap

    return textwrap.dedent(query).strip()


def edges() -> Mapping[tuple[str, str], list[str]]:
    """(class, property) → classes that the shapes ask its values to be of: what the
    ontology leaves open for terms of others."""
    known = load_shapes().by_iri
    found: dict[tuple[str, str], list[str]] = {}
    for shape in known.values():
        targets = [bare(v) for v in shape.parameters.get(SH + "targetClass", ())]
        for part in shape.parameters.get(SH + "property", ()):
            rule = known.get(bare(part))
            if rule is None or not re.fullmatch(r"<[^>]+>", rule.path):
                continue
            for target in targets:
                for value in rule.parameters.get(SH + "class", ()):
                    found.setdefault((target, rule.path[1:-1]), []).append(bare(value))
    return found
