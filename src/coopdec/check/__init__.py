"""Checking: chunk triples + shared entities + shapes → a report; a module for each engine.

::

    report = check(Path("output/coopdec.ttl"))
    report.conforms, report.counts
    print(write(report, "text", lang="fr"))

``check`` takes a path, Turtle, N-Triples or an rdflib graph; ``write`` knows the formats in
``WRITERS``. See ``docs/checking.md``.
"""

from __future__ import annotations

from coopdec.check.engines import ENGINES, EngineName, fast_available
from coopdec.check.report import Report, finding_of, merge
from coopdec.check.result import Level, Result
from coopdec.check.run import check, check_chunk, check_graph
from coopdec.check.shapes import Shapes, load_shapes
from coopdec.check.writers import WRITERS, Writer, get_writer, write

__all__ = [
    "ENGINES", "WRITERS", "EngineName", "Level", "Report", "Result", "Shapes", "Writer", "check",
    "check_chunk", "check_graph", "fast_available", "finding_of", "get_writer", "load_shapes",
    "merge", "write",
]
