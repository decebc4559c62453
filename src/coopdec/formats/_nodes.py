"""What the whole formats read of a finished release: ``coopdec.jsonld``, which has one
resource a line and so streams with no RDF parser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coopdec.vocab import PREFIXES

__all__ = ["Node", "expand", "identifier", "label", "listed", "nodes", "projects", "shared"]

Node = dict[str, Any]
_START = '{"id": '


def nodes(folder: Path) -> Iterator[Node]:
    """Every resource with its parts inside it, projects first. IRIs stand as the context
    has them: relative to the base, or under a prefix."""
    with (folder / "coopdec.jsonld").open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.startswith(_START):
                yield json.loads(line.rstrip(",\n"))


def projects(folder: Path) -> Iterator[Node]:
    for node in nodes(folder):
        if node["id"].startswith("project/") and "Project" in listed(node.get("type")):
            yield node


def shared(folder: Path) -> dict[str, Node]:
    """Everything but projects and links, by its path under the base. As large as the
    number of places and bodies, not as that of projects."""
    return {n["id"]: n for n in nodes(folder)
            if not n["id"].startswith("project/") and "#" not in n["id"]}


def listed(value: Any) -> list[Any]:
    """What a key holds, one or several or none, as a list.

    >>> listed(None), listed("a"), listed(["a", "b"])
    ([], ['a'], ['a', 'b'])
    """
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def expand(compact: str, base: str) -> str:
    """The whole IRI.

    >>> expand("wd:Q912", "https://example.org/"), expand("country/ML", "https://example.org/")
    ('http://www.wikidata.org/entity/Q912', 'https://example.org/country/ML')
    """
    prefix, colon, local = compact.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return compact if colon and "/" not in prefix else base + compact


def identifier(node: Node, namespace: str, base: str) -> str | None:
    """By what an authority, whose IRIs begin with ``namespace``, knows a resource that is linked
    to it: the first of several, None without a link."""
    same = [expand(i, base) for key in ("sameAs", "exactMatch", "closeMatch")
            for i in listed(node.get(key)) if isinstance(i, str)]
    return min((i[len(namespace):].rstrip("/") for i in same if i.startswith(namespace)),
               default=None)


def label(node: Node | None, lang: str) -> str:
    """The label in this language, else in the other; "" for nothing."""
    found = node.get("label", {}) if node else {}
    if not isinstance(found, dict):
        return str(found)
    value = found.get(lang) or next(iter(found.values()), "")
    return str(listed(value)[0]) if value else ""
