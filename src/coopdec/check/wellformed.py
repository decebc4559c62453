"""Shapes that are themselves wrong: against SHACL's own shapes, then for what those miss."""

from __future__ import annotations

from pathlib import Path

from coopdec.check.load import ntriples
from coopdec.check.result import SH, local_name
from coopdec.errors import UsageError
from coopdec.terms import bare
from coopdec.vocab import RDF

__all__ = ["assert_well_formed", "cycle_in"]

#: Properties that lead from a shape to another that its values must meet.
_LEADS = tuple(SH + p for p in ("property", "node", "not", "and", "or", "xone",
                                "qualifiedValueShape"))


def assert_well_formed(text: bytes) -> None:
    """Raises UsageError for shapes (N-Triples) that are ill-formed or recursive.

    SHACL leaves recursive shapes undefined: engines differ, or do not end.
    """
    circle = cycle_in(text)
    if circle:
        raise UsageError("check-recursive-shapes", shapes=circle)
    _against_shacl(text)


def cycle_in(text: bytes) -> list[str]:
    """The IRIs of shapes that lead back to themselves; empty for none."""
    links: dict[str, list[str]] = {}
    rest: dict[str, list[str]] = {}
    for line in text.decode().rstrip("\n").split("\n"):
        subject, predicate, value = line[:-2].split(" ", 2)
        if bare(predicate) in _LEADS:
            links.setdefault(subject, []).append(value)
        elif bare(predicate) in (RDF + "first", RDF + "rest"):
            rest.setdefault(subject, []).append(value)
    edges = {**rest, **links}
    done: set[str] = set()
    for start in sorted(links):
        path: list[str] = []
        # (node, leaving): a node is done once all that it leads to has been left.
        stack = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                done.add(path.pop())
            elif node in path:
                circle = path[path.index(node):]
                return [bare(n) for n in circle if n.startswith("<")] or [bare(start)]
            elif node not in done:
                path.append(node)
                stack.append((node, True))
                stack += [(n, False) for n in edges.get(node, ())]
    return []


def _against_shacl(text: bytes) -> None:
    import pyshacl

    from coopdec.check.pyshacl_engine import PyshaclEngine

    path = Path(pyshacl.__file__).parent / "assets" / "shacl-shacl.ttl"
    wrong = PyshaclEngine().validate(text, ntriples(path.read_bytes(), path))
    if wrong:
        first = wrong[0]
        what = " ".join(filter(None, (local_name(first.component), first.path, first.value)))
        raise UsageError(
            "check-ill-formed-shapes", shape=bare(first.focus), why=what, n=len(wrong))
