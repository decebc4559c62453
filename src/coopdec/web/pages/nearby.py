"""Finding what a path means: exactly, under another spelling, or nearly."""

from __future__ import annotations

from urllib.parse import quote, unquote

from coopdec.web.pages.index import Index
from coopdec.web.pages.models import Entity

__all__ = ["entity", "suggestions"]


def entity(index: Index, path: str) -> Entity | None:
    """The resource at a path, whether a server decoded its address or not."""
    found = index.entity(path)
    if found is None and "/" in path:
        head, _, last = path.rpartition("/")
        found = index.entity(f"{head}/{quote(last, safe='')}")
        if found is None and path.startswith("project/") and path.count("/") > 2:
            # A project's own identifier may hold a slash, that servers decode.
            kind, scheme, own = path.split("/", 2)
            found = index.entity(f"{kind}/{scheme}/{quote(own, safe='')}")
    return found


def suggestions(index: Index, path: str, count: int = 6) -> list[Entity]:
    """Resources whose path or name is near to a path that leads nowhere."""
    path = unquote(path)[:300].strip("/")
    for suffix in (".html", ".ttl", ".jsonld", ".nt", ".rdf"):
        path = path.removesuffix(suffix)
    path = path.removeprefix("en/")
    found: dict[str, Entity] = {}
    for near in (path.upper(), path.lower(), _upper_code(path)):
        if hit := index.entity(near):
            found[hit.path] = hit
    last = path.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ")
    kind = path.partition("/")[0]
    some = index.named(last, count * 3) or index.named(last.split(" ")[0], count * 3)
    for hit in sorted(some, key=lambda e: e.kind != kind):
        found.setdefault(hit.path, hit)
    for hit in index.nearest(path, count):
        found.setdefault(hit.path, hit)
    return list(found.values())[:count]


def _upper_code(path: str) -> str:
    head, slash, last = path.rpartition("/")
    return head.lower() + slash + last.upper()
