"""N-Triples: one statement a line. Terms arrive encoded; this only puts them in a row."""

from __future__ import annotations

from coopdec.formats import BlockFormat, Entry, Heading

__all__ = ["FORMAT", "lines"]


def lines(entry: Entry, _: Heading | None = None) -> str:
    return "".join(
        f"{d.subject} {p} {o} .\n" for d in entry.descriptions for p, o in d.statements
    )


FORMAT = BlockFormat("nt", ".nt", "application/n-triples", block=lines)
