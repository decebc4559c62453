"""N-Triples: one statement a line. Terms arrive encoded; this only puts them in a row."""

from __future__ import annotations

from coopdec.formats import BlockFormat, Entry, Heading
from coopdec.model import OWN, Description

__all__ = ["FORMAT", "lines"]

_OWN = OWN.encode()


def lines(entry: Entry, _: Heading | None = None) -> bytes:
    """What many entries say is written once, and each puts its IRI where it belongs."""
    return b"".join(map(_kept, entry.parts)).replace(_OWN, entry.iri.encode())


def _kept(part: Description) -> bytes:
    written = part.written
    if written is None:
        return _text(part)
    text = written.get(FORMAT.name)
    if text is None:
        text = written[FORMAT.name] = _text(part)
    return text


def _text(part: Description) -> bytes:
    subject, statements, _ = part
    return "".join([f"{subject} {p} {o} .\n" for p, o in statements]).encode()


FORMAT = BlockFormat("nt", ".nt", "application/n-triples", block=lines)
