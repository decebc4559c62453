"""N-Quads: what a list says of its projects stands in the graph named by that list.

The graph of a statement is the IRI of the published list (``source/NAME``), so that who
wants one list, or wants to know which list says it, asks for its graph. What is not one
list's (collectivities, partners, countries, goals, the lists themselves) stands in the
default graph. A project that two lists announce is in both graphs, in each as that list
says it.
"""

from __future__ import annotations

from coopdec.formats import BlockFormat, Entry, Heading
from coopdec.formats.ntriples import lines
from coopdec.vocab import CD, DCTERMS, RDF

__all__ = ["FORMAT", "graph_of"]

_TYPE, _ROW = f"<{RDF}type>", f"<{CD}SourceRow>"
_PART_OF = f"<{DCTERMS}isPartOf>"


def graph_of(entry: Entry) -> str | None:
    """The list that announces a project, as an encoded IRI; None for a shared entity.
    Asked before announcements are joined: an entry of one list has rows of that list."""
    if entry.kind != "project":
        return None
    for description in entry.parts:
        if (_TYPE, _ROW) in description.statements:
            return next((o for p, o in description.statements if p == _PART_OF), None)
    return None


def _block(entry: Entry, _: Heading) -> bytes:
    graph = graph_of(entry)
    if graph is None:
        return lines(entry)
    return lines(entry).replace(b" .\n", f" {graph} .\n".encode())


FORMAT = BlockFormat("nq", ".nq", "application/n-quads", block=_block, kept=False, graphs=True)
