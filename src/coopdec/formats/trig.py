"""TriG: Turtle with the graph of each list (see :mod:`coopdec.formats.nquads`)."""

from __future__ import annotations

from coopdec.formats import BlockFormat, Entry, Heading, turtle
from coopdec.formats.nquads import graph_of

__all__ = ["FORMAT"]


def _block(entry: Entry, heading: Heading) -> bytes:
    graph, text = graph_of(entry), turtle.FORMAT.block(entry, heading)
    if graph is None:
        return text
    return b"%s {\n%s\n}\n\n" % (turtle.term(graph, heading.base).encode(), text.rstrip())


FORMAT = BlockFormat("trig", ".trig", "application/trig", block=_block, head=turtle.FORMAT.head,
                     kept=False, graphs=True)
