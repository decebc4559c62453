"""Shared entities in pieces, each with what it refers to.

An engine's cost grows faster than its data, so a hundred thousand entities are checked some
thousands at a time. A shape that looks at an entity follows what it refers to, never what
refers to it: a piece with everything that it leads to gives the results that the whole would
give. What must be unique in the whole (a SIREN, a code, a Wikidata entity of a country) is
compared in pieces of its own, which hold all bearers of a value that has several, and only
there: to compare the entities of a piece two by two would be most of its cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from coopdec.batches import batched
from coopdec.check.shapes import unique_terms

__all__ = ["Part", "Store", "led_to", "pieces"]

#: Entities in a piece.
SIZE = 1000


class Store(Protocol):
    """Shared entities: all in order, as (root IRI, statements), or one by its IRI (empty
    where it is not known)."""

    def entities(self) -> Iterable[tuple[bytes, bytes]]: ...

    def one(self, root: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Part:
    """``own`` statements, and those of what they refer to; ``rivals`` says that the entities
    bear the same values, and are here to be compared."""

    own: bytes
    context: bytes
    rivals: bool = False


def pieces(store: Store, shapes: bytes, size: int = SIZE) -> Iterator[Part]:
    """Every entity is in one piece, and in another one if it has rivals."""
    for batch in batched(store.entities(), size):
        own = b"".join(text for _, text in batch)
        yield Part(own, _context(store, own, (root for root, _ in batch)))
    for roots in _grouped(_rivals(store, unique_terms(shapes)), size):
        own = b"".join(map(store.one, roots))
        yield Part(own, _context(store, own, roots), rivals=True)


def _grouped(groups: Iterable[list[bytes]], size: int) -> Iterator[list[bytes]]:
    """Groups put together, none of them cut."""
    together: dict[bytes, None] = {}
    for group in groups:
        together |= dict.fromkeys(group)
        if len(together) >= size:
            yield list(together)
            together = {}
    if together:
        yield list(together)


_NAMED = re.compile(rb"> <([^>]+)> \.\n")


def led_to(
    one: Callable[[bytes], bytes], text: bytes, known: Iterable[bytes] = ()
) -> dict[bytes, bytes]:
    """What a text leads to beside what is ``known``, as far as it goes: IRI → statements."""
    found: dict[bytes, bytes] = {}
    seen = set(known)
    while text:
        names = set(_NAMED.findall(text))
        # A part stands with what it is a part of; a term (« ontology#completed ») by itself.
        names |= {name.partition(b"#")[0] for name in names}
        new = {name: statements for name in sorted(names - seen) if (statements := one(name))}
        found |= new
        seen |= names
        text = b"".join(new.values())
    return found


def _context(store: Store, own: bytes, roots: Iterable[bytes]) -> bytes:
    return b"".join(led_to(store.one, own, roots).values())


def _rivals(store: Store, terms: list[bytes]) -> Iterator[list[bytes]]:
    """All bearers of each value that has several."""
    if not terms:
        return
    of_value: dict[bytes, bytes | list[bytes]] = {}
    line_of = re.compile(rb"> (" + b"|".join(map(re.escape, terms)) + rb") (.*) \.\n")
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
    yield from (found for found in of_value.values() if isinstance(found, list))
