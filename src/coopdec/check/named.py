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


#: What is said of a subject: predicates and values.
Said = Sequence[tuple[bytes, bytes]]


class _Entity(NamedTuple):
    """What is looked at of a thing, as statements, and where that leads."""

    stand_in: bytes
    names: Sequence[bytes]


class Named:
    """``one`` gives the statements of an entity and its parts by its IRI, nothing for what is
    none; ``said`` what they say of one subject, where that is known without taking them apart.
    Most entities are named by many projects: what is made of them is kept. A
    ``facts.Context``; names are terms."""

    def __init__(self, one: Callable[[bytes], bytes],
                 said: Callable[[bytes], Said] | None = None) -> None:
        self._one = one
        self._read = said or self._taken_apart
        self._said: dict[bytes, Said] = {}
        self._entities: dict[bytes, _Entity] = {}

    def stand_ins(self, names: Iterable[bytes]) -> bytes:
        """What shapes look at of the things named, and of what these lead to. The rest of what
        is said of them is checked with them, once, not with each who names them."""
        reached = self._reached(names)
        return b"".join([reached[name].stand_in for name in sorted(reached)])

    def statements(self, names: Iterable[bytes]) -> bytes:
        """All that is said of the same."""
        return b"".join({root: text for name in sorted(self._reached(names))
                         for root, text in [self._whole(name)]}.values())

    def _reached(self, names: Iterable[bytes]) -> dict[bytes, _Entity]:
        found: dict[bytes, _Entity] = {}
        ahead = set(names)
        while ahead:
            new = {name: self._entity(name) for name in ahead}
            found |= new
            ahead = {name for entity in new.values() for name in entity.names} - found.keys()
        return found

    def _entity(self, name: bytes) -> _Entity:
        known = self._entities.get(name)
        if known is None:
            looked_at = [(p, value) for p, value in self._of(name) if p in LOOKED_AT]
            known = self._entities[name] = _Entity(
                b"".join([b"%s %s %s .\n" % (name, *said) for said in looked_at]),
                [value for _, value in looked_at])
        return known

    def _of(self, name: bytes) -> Said:
        said = self._said.get(name)
        if said is None:
            said = self._said[name] = self._read(name)
        return said

    def _taken_apart(self, name: bytes) -> Said:
        start = name + b" "
        return [(p, value[:-2]) for line in self._whole(name)[1].splitlines()
                if line.startswith(start) for _, p, value in [line.split(b" ", 2)]]

    def _whole(self, name: bytes) -> tuple[bytes, bytes]:
        """The entity that something is or belongs to: its IRI, and all its statements."""
        iri = name[1:-1]
        # A term (« ontology#completed ») stands by itself; a part with what it is a part of.
        for root in dict.fromkeys((iri, iri.partition(b"#")[0])):
            if text := self._one(root):
                return root, text
        return iri, b""

    def knows(self, subject: bytes) -> bool:
        return bool(self._of(subject))

    def all(self, subject: bytes, predicate: bytes) -> Sequence[bytes]:
        return [value for p, value in self._of(subject) if p == predicate]
