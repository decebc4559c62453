"""The shared entities that projects name: of each, what their shapes look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from coopdec.check.facts import TYPE, prop, term
from coopdec.vocab import RDFS, SKOS

__all__ = ["LOOKED_AT", "Named"]

#: What the shapes of projects and of their parts look at beyond a project's own statements:
#: the classes of what it names, and the last step of a path of two.
LOOKED_AT = frozenset((
    TYPE, prop(RDFS + "subClassOf"), term("country"), term("call"), prop(SKOS + "broader")))


class _Entity(NamedTuple):
    """``text`` is that of the whole which it belongs to, whose IRI is ``root``; ``stand_in`` is
    about itself, and leads to ``names``."""

    root: bytes
    text: bytes
    stand_in: bytes
    names: Sequence[bytes]


class Named:
    """``one`` gives the statements of an entity and its parts by its IRI, nothing for what is
    none. Most entities are named by many projects: what is made of them is kept. A
    ``facts.Context``; names are terms."""

    def __init__(self, one: Callable[[bytes], bytes]) -> None:
        self._one = one
        self._entities: dict[bytes, _Entity] = {}
        self._said: dict[tuple[bytes, bytes], Sequence[bytes]] = {}

    def stand_ins(self, names: Iterable[bytes]) -> bytes:
        """What shapes look at of the things named, and of what these lead to. The rest of what
        is said of them is checked with them, once, not with each who names them."""
        return b"".join(entity.stand_in for entity in self._reached(names))

    def statements(self, names: Iterable[bytes]) -> bytes:
        """All that is said of the same."""
        return b"".join({entity.root: entity.text for entity in self._reached(names)}.values())

    def _reached(self, names: Iterable[bytes]) -> list[_Entity]:
        """In the order of their names."""
        found: dict[bytes, _Entity] = {}
        ahead = set(names)
        while ahead:
            new = {name: entity for name in ahead if (entity := self._entity(name))}
            found |= new
            ahead = {name for entity in new.values() for name in entity.names} - found.keys()
        return [found[name] for name in sorted(found)]

    def _entity(self, name: bytes) -> _Entity | None:
        known = self._entities.get(name)
        if known is None:
            iri = name[1:-1]
            # A term (« ontology#completed ») stands by itself; a part with what it is a part of.
            for root in dict.fromkeys((iri, iri.partition(b"#")[0])):
                if text := self._one(root):
                    known = self._entities[name] = _Entity(root, text, *_stand_in(name, text))
                    break
        return known

    def knows(self, subject: bytes) -> bool:
        entity = self._entity(subject)
        return entity is not None and bool(entity.stand_in or _about(subject, entity.text))

    def all(self, subject: bytes, predicate: bytes) -> Sequence[bytes]:
        known = self._said.get((subject, predicate))
        if known is None:
            entity, start = self._entity(subject), b"%s %s " % (subject, predicate)
            known = self._said[subject, predicate] = [
                line[len(start):-2] for line in (entity.text.splitlines() if entity else ())
                if line.startswith(start)]
        return known


def _about(subject: bytes, text: bytes) -> list[bytes]:
    start = subject + b" "
    return [line for line in text.splitlines() if line.startswith(start)]


def _stand_in(name: bytes, text: bytes) -> tuple[bytes, list[bytes]]:
    """What is looked at of an entity, and where that leads."""
    lines, names = [], []
    for line in _about(name, text):
        _, predicate, value = line.split(b" ", 2)
        if predicate in LOOKED_AT:
            lines.append(line + b"\n")
            names.append(value[:-2])
    return b"".join(lines), names
