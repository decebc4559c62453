"""A shared entity as bytes: what a worker writes of it and the settling joins.

Names sort by kind, in the order in which a release shows kinds, then by IRI.
"""

from __future__ import annotations

import pickle

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
    """All of it, as plain values: a fraction of the cost of objects in a pickle."""
    return pickle.dumps((
        entity.iri, entity.kind, {subject: list(said) for subject, said in entity.about.items()},
        {link: (e.confidence, e.predicate, e.target, e.authority, e.identifier, e.justification,
                e.reason_fr, e.reason_en) for link, e in entity.links.items()}), 5)


def unpacked(data: bytes) -> SharedEntity:
    iri, kind, about, links = pickle.loads(data)
    return SharedEntity(iri, kind, {subject: frozenset(said) for subject, said in about.items()},
                        {link: LinkEvidence(*fields) for link, fields in links.items()})
