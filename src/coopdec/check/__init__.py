"""Checking: chunk triples + shared entities + shapes → a report; a module for each engine.

::

    report = check(Path("output/coopdec.ttl"))
    report.conforms, report.counts
    print(write(report, "text", lang="fr"))

``check`` takes a path, Turtle, N-Triples or an rdflib graph; ``write`` knows the formats in
``WRITERS``. See ``docs/checking.md``.
"""

from __future__ import annotations

from coopdec.check.beyond.declared import miscounted
from coopdec.check.beyond.duplicates import Near, Sighting, sighting
from coopdec.check.engines import ENGINES, EngineName, fast_available
from coopdec.check.named import Named
from coopdec.check.part import (
    Checked,
    check_projects,
    check_shared,
    compared,
    placed,
    with_all,
)
from coopdec.check.pieces import Part, led_to, pieces
from coopdec.check.report import Report, finding_of
from coopdec.check.result import Level, Result
from coopdec.check.run import check, choose_engine
from coopdec.check.shapes import Shapes, load_shapes
from coopdec.check.split import stand_ins
from coopdec.check.writers import WRITERS, Writer, get_writer, write

__all__ = [
    "ENGINES", "WRITERS", "Checked", "EngineName", "Level", "Named", "Near", "Part", "Report",
    "Result", "Shapes", "Sighting", "Writer", "check", "check_projects", "check_shared",
    "choose_engine", "compared", "fast_available", "finding_of", "get_writer", "led_to",
    "load_shapes", "miscounted", "pieces", "placed", "sighting", "stand_ins", "with_all", "write",
]
