"""Shared entities in pieces, each with what it refers to.

An engine's cost grows faster than its data, so a hundred thousand entities are checked some
thousands at a time. A shape that looks at an entity follows what it refers to, never what
refers to it: a piece with everything that it leads to gives the results that the whole would
give. What must be unique in the whole (a SIREN, a code, a Wikidata entity of a country) is
seen by pieces of their own, which hold all bearers of a value that has several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import Protocol, TypeVar

from coopdec.vocab import PREFIXES

__all__ = ["Store", "pieces", "unique_terms"]

T = TypeVar("T")
#: Entities in a piece.
SIZE = 1000


class Store(Protocol):
    """Shared entities: all in order, as (root IRI, statements), or one by its IRI (empty
    where it is not known)."""

    def entities(self) -> Iterable[tuple[bytes, bytes]]: ...

    def one(self, root: bytes) -> bytes: ...


def pieces(store: Store, shapes: bytes, size: int = SIZE) -> Iterator[tuple[bytes, bytes]]:
    """(statements, those of what they refer to). Every entity is in one piece at least."""
    several = False
    for batch in _batched(store.entities(), size):
        own = b"".join(text for _, text in batch)
        several = several or len(batch) == size
        yield own, _context(store, own, {root for root, _ in batch})
    if several:
        for roots in _batched(_bearers(store, unique_terms(shapes)), size):
            known = dict.fromkeys(roots)
            own = b"".join(store.one(root) for root in known)
            yield own, _context(store, own, set(known))


def _batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


_NAMED = re.compile(rb"> <([^>#]+)[^>]*> \.\n")


def _context(store: Store, text: bytes, known: set[bytes]) -> bytes:
    """What a text leads to, as far as it goes."""
    found = []
    while text:
        names = sorted(set(_NAMED.findall(text)) - known)
        known.update(names)
        text = b"".join(filter(None, map(store.one, names)))
        found.append(text)
    return b"".join(found)


def unique_terms(shapes: bytes) -> list[bytes]:
    """The properties of which a SPARQL constraint compares two bearers:
    « ?other cd:siren ?value »."""
    found = set(re.findall(rb"\?other (\w+):(\w+) \?", re.sub(rb"\\n|\s+", b" ", shapes)))
    return sorted(f"<{PREFIXES[p.decode()]}{name.decode()}>".encode()
                  for p, name in found if p.decode() in PREFIXES)


def _bearers(store: Store, terms: list[bytes]) -> Iterator[bytes]:
    """All bearers of each value that has several."""
    if not terms:
        return
    of_value: dict[bytes, bytes | list[bytes]] = {}
    line_of = re.compile(rb"^<[^>]*> (" + b"|".join(map(re.escape, terms)) + rb") (.*) \.$", re.M)
    for root, text in store.entities():
        for predicate, value in set(line_of.findall(text)):
            digest = blake2b(predicate + value, digest_size=12).digest()
            known = of_value.setdefault(digest, root)
            if known is root:
                continue
            if isinstance(known, bytes):
                of_value[digest] = [known, root]
            else:
                known.append(root)
    for found in of_value.values():
        if isinstance(found, list):
            yield from found
