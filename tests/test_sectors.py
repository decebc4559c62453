"""The SKOS view of sectors is what its script makes of the tables."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from rdflib import RDF, RDFS, SKOS, Graph

ROOT = Path(__file__).parents[1]


def test_the_file_is_what_the_script_makes() -> None:
    code = ("import sys; sys.path.insert(0, 'scripts'); import build_sectors; "
            "sys.stdout.buffer.write(''.join(build_sectors.view()).encode())")
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert (ROOT / "ontology" / "sectors.ttl").read_bytes() == made.stdout


def test_concepts_are_close_to_goals_that_exist() -> None:
    graph = Graph().parse(ROOT / "ontology" / "sectors.ttl")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 150
    for concept in concepts:
        assert {v.language for v in graph.objects(concept, RDFS.label)} == {"fr", "en"}  # type: ignore[attr-defined]
        for goal in graph.objects(concept, SKOS.closeMatch):
            assert re.fullmatch(r"http://metadata\.un\.org/sdg/(?:[1-9]|1[0-7])", str(goal))
    assert not list(graph.subjects(SKOS.exactMatch))
