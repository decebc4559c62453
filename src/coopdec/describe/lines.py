"""A shared entity as one line of text: what a worker writes and the settling joins.

Lines sort by kind, in the order in which a release shows kinds, then by IRI; equal entities
are equal lines.
"""

from __future__ import annotations

import json

from coopdec.model import LinkEvidence, SharedEntity

__all__ = ["from_line", "kind_and_iri", "root_of_line", "to_line"]

#: Kinds in the order of a release.
KINDS = ("collectivity", "territory", "institution", "organisation", "country", "call", "session",
         "source", "goal", "status", "tombstone")
_LETTER = {kind: chr(ord("a") + n) for n, kind in enumerate(KINDS)}


def to_line(entity: SharedEntity) -> bytes:
    rest = [
        {subject: sorted(said) for subject, said in sorted(entity.about.items())},
        {link: [e.confidence, e.predicate, e.target, e.authority, e.identifier, e.justification,
                e.reason_fr, e.reason_en] for link, e in sorted(entity.links.items())},
    ]
    text = json.dumps(rest, ensure_ascii=False)
    return f"{_LETTER[entity.kind]}{entity.iri}\t{text}\n".encode("utf-8", "replace")


def root_of_line(line: bytes) -> bytes:
    """Kind and IRI: what lines of one entity have in common."""
    return line.partition(b"\t")[0]


def kind_and_iri(root: bytes) -> tuple[str, str]:
    """What :func:`root_of_line` says."""
    return KINDS[root[0] - ord("a")], root[1:].decode()


def from_line(line: bytes) -> SharedEntity:
    kind, iri = kind_and_iri(root_of_line(line))
    about, links = json.loads(line[line.index(b"\t"):])
    return SharedEntity(
        iri, kind,
        {subject: frozenset((p, v) for p, v in said) for subject, said in about.items()},
        {link: LinkEvidence(*fields) for link, fields in links.items()})
