"""N-Triples: one statement a line. Terms arrive encoded; this only puts them in a row."""

from __future__ import annotations

from coopdec.formats import BlockFormat, Entry, Heading, text_of
from coopdec.model import OWN, Description

__all__ = ["FORMAT", "lines"]

_OWN = OWN.encode()


def lines(entry: Entry, _: Heading | None = None) -> bytes:
    """What many entries say is written once, and each puts its IRI where it belongs."""
    parts = [text_of(part, "nt", _text) for part in entry.parts]
    return b"".join(parts).replace(_OWN, entry.iri.encode())


def _text(part: Description) -> str:
    subject = part.subject
    return "".join([f"{subject} {p} {o} .\n" for p, o in part.statements])


FORMAT = BlockFormat("nt", ".nt", "application/n-triples", block=lines)
