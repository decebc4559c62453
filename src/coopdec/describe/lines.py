"""A shared entity as bytes: what a worker writes of it and the settling joins.

Names sort by kind, in the order in which a release shows kinds, then by IRI.
"""

from __future__ import annotations

import marshal

from coopdec.model import LinkEvidence, SharedEntity

__all__ = ["kind_and_iri", "name_of", "packed", "unpacked"]

#: Kinds in the order of a release.
KINDS = ("collectivity", "territory", "institution", "organisation", "country", "call", "session",
         "source", "goal", "status", "tombstone")
_LETTER = {kind: chr(ord("a") + n) for n, kind in enumerate(KINDS)}


def name_of(entity: SharedEntity) -> bytes:
    """Kind and IRI."""
    return f"{_LETTER[entity.kind]}{entity.iri}".encode("utf-8", "replace")


def kind_and_iri(name: bytes) -> tuple[str, str]:
    return KINDS[name[0] - ord("a")], name[1:].decode()


def packed(entity: SharedEntity) -> bytes:
    """All of it, as plain values in order: equal entities are equal bytes. (Of the forms of
    ``marshal``, the second is the last that does not tell one object from two equal ones.)"""
    return marshal.dumps((
        entity.iri, entity.kind,
        [(subject, sorted(said)) for subject, said in sorted(entity.about.items())],
        [(link, *evidence) for link, evidence in sorted(entity.links.items())],
        sorted(entity.found)), 2)


def unpacked(data: bytes) -> SharedEntity:
    iri, kind, about, links, found = marshal.loads(data)
    return SharedEntity(iri, kind, {subject: frozenset(said) for subject, said in about},
                        {link: LinkEvidence(*fields) for link, *fields in links},
                        frozenset(found))
