"""pySHACL: the reference engine."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from coopdec.check.result import SH, Raw, settled
from coopdec.errors import UsageError

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["PyshaclEngine"]


class PyshaclEngine:
    name = "pyshacl"

    def validate(self, data: bytes, shapes: bytes) -> list[Raw]:
        import pyshacl
        from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

        _quick()
        with _quiet():
            try:
                _conforms, report, text = pyshacl.validate(
                    _filled(_prepared_graph(), data), shacl_graph=_shapes_graph(shapes),
                    inference="none", allow_warnings=True, allow_infos=True, meta_shacl=False,
                    advanced=False)
            except (ShapeLoadError, ReportableRuntimeError) as error:
                raise UsageError("check-wrong-shapes", why=str(error)) from error
            except Exception as error:
                # pySHACL lets SPARQL's and its own errors through in many types.
                raise UsageError("check-wrong-shapes", why=str(error)) from error
            if not hasattr(report, "triples"):
                raise UsageError("check-wrong-shapes", why=str(text).strip())
            return settled(_results(report))


def _filled(graph: Graph, text: bytes) -> Graph:
    """With statements whose literals are exactly as written: its own parser would rewrite
    « 01 » into « 1 », and the two engines would report different values."""
    import pyoxigraph
    from rdflib import BNode, Literal, URIRef

    def term(node: Any) -> URIRef | BNode | Literal:
        if isinstance(node, pyoxigraph.NamedNode):
            return URIRef(node.value)
        if isinstance(node, pyoxigraph.BlankNode):
            return BNode(node.value)
        if node.language:
            return Literal(node.value, lang=node.language)
        kind = node.datatype.value
        if kind.endswith("XMLSchema#string"):
            return Literal(node.value)
        return Literal(node.value, datatype=URIRef(kind), normalize=False)

    for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_TRIPLES):
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _prepared_graph() -> Graph:
    """A graph that parses each SPARQL constraint once. pySHACL asks the same query anew for
    every focus node, and rdflib's parser takes most of the time (36 projects: 50 s to 8)."""
    from rdflib import Graph

    class Prepared(Graph):
        def query(self, query_object: Any, processor: Any = "sparql", result: Any = "sparql",
                  initNs: Any = None, *rest: Any, **options: Any) -> Any:  # noqa: N803
            if isinstance(query_object, str):
                names = tuple(sorted((k, str(v)) for k, v in (initNs or {}).items()))
                query_object = _prepare(query_object, names)
            return super().query(query_object, processor, result, initNs, *rest, **options)

    return Prepared("Memory", bind_namespaces="none")


@lru_cache(maxsize=512)
def _prepare(text: str, namespaces: tuple[tuple[str, str], ...]) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    return prepareQuery(text, initNs=dict(namespaces))


@lru_cache(maxsize=4)
def _shapes_graph(text: bytes) -> Graph:
    """Of shapes pySHACL asks the same for each focus node of each run, and they never change:
    answers are remembered (a third less time on a few projects)."""
    from pyshacl.shapes_graph import ShapesGraph
    from rdflib import Graph

    said: dict[Any, list[Any]] = {}

    class Remembering(Graph):
        def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False
                    ) -> Generator[Any, None, None]:
            key = subject, predicate
            if key not in said:
                said[key] = list(super().objects(subject, predicate))
            yield from said[key]

        def predicate_objects(self, subject: Any = None, unique: bool = False
                              ) -> Generator[Any, None, None]:
            if subject not in said:
                said[subject] = list(super().predicate_objects(subject))
            yield from said[subject]

    # Without contexts, which pySHACL wants of data only: looked up in a fifth less time.
    graph = _filled(Remembering("SimpleMemory", bind_namespaces="none"), text)
    for statement in ShapesGraph.system_triples:  # which it would add itself
        graph.add(statement)
    return graph


@cache
def _quick() -> None:
    """It looks each term of each shape up in a list of its fifty parameters: in a set here."""
    import pyshacl.shape
    from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP

    known = frozenset(ALL_CONSTRAINT_PARAMETERS), CONSTRAINT_PARAMETERS_MAP
    setattr(pyshacl.shape, "CONSTRAINT_PARAMS", known)  # noqa: B010  (it has none at first)


def _results(report: Any) -> Iterator[Raw]:
    from rdflib import BNode, URIRef

    def one(node: Any, name: str) -> str:
        value = report.value(node, URIRef(SH + name))
        # A path that is not a single property is a blank node; the shape says it.
        if value is None or (name == "resultPath" and isinstance(value, BNode)):
            return ""
        return _term(value)

    for node in report.subjects(URIRef(SH + "focusNode")):
        if (None, URIRef(SH + "detail"), node) in report:
            continue
        yield Raw(
            focus=one(node, "focusNode"), path=one(node, "resultPath"), value=one(node, "value"),
            component=one(node, "sourceConstraintComponent")[1:-1],
            constraint=one(node, "sourceConstraint").strip("<>"),
            shape=one(node, "sourceShape").strip("<>"),
            severity=one(node, "resultSeverity")[1:-1])


def _term(node: Any) -> str:
    from rdflib import Literal
    from rdflib.plugins.serializers.nt import _quoteLiteral

    if isinstance(node, Literal):
        return str(_quoteLiteral(node))
    return str(node.n3())


@contextmanager
def _quiet() -> Iterator[None]:
    """rdflib logs every literal that is not of its datatype; that is what we report."""
    loggers = [logging.getLogger(n) for n in ("rdflib.term", "rdflib", "pyshacl")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
