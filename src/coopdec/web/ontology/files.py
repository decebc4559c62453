"""The ontology and the shapes as files beside their pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from coopdec.paths import data_folder
from coopdec.vocab import PREFIXES

__all__ = ["SUFFIXES", "document"]

SUFFIXES = ("ttl", "jsonld", "nt")


def document(path: str, form: str) -> bytes | None:
    """``ontology`` or ``shapes`` as ``ttl``, ``jsonld`` or ``nt``; None for any
    other. The same bytes every time: lists and unions are numbered as they stand."""
    if path not in ("ontology", "shapes") or form not in SUFFIXES:
        return None
    return _made(path, form)


@cache  # of what there is: not of every path that somebody tries
def _made(path: str, form: str) -> bytes:
    folder = data_folder(path)
    files = [folder / "coopdec.ttl"] if path == "ontology" else sorted(folder.glob("*.ttl"))
    if form == "ttl" and len(files) == 1:
        return files[0].read_bytes()
    from pyoxigraph import RdfFormat, serialize

    forms = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}
    prefixes = {**PREFIXES, "sh": "http://www.w3.org/ns/shacl#",
                "cds": "https://w3id.org/coopdec/shapes#"}
    text = serialize(_triples(files), format=forms[form], prefixes=prefixes) or b""
    return b"".join(sorted(text.splitlines(keepends=True))) if form == "nt" else text


def _triples(files: list[Path]) -> Iterator[Any]:
    from pyoxigraph import BlankNode, RdfFormat, Triple, parse

    names: dict[Any, Any] = {}

    def named(term: Any) -> Any:
        if isinstance(term, BlankNode):
            return names.setdefault(term, BlankNode(f"b{len(names) + 1}"))
        return term

    for file in files:
        for quad in parse(path=file, format=RdfFormat.TURTLE, rename_blank_nodes=True):
            yield Triple(named(quad.subject), quad.predicate, named(quad.object))
