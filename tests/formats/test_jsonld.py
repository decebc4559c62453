from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import to_canonical_graph

from coopdec.formats import Entry, Heading, formats
from coopdec.pipeline import Summary
from coopdec.terms import describe, iri, text
from coopdec.vocab import BASE, RDFS


def quads(path: Path) -> set[str]:
    return {str(q.triple) for q in pyoxigraph.parse(path=str(path))}


def test_the_same_graph_in_both_parsers(release: Summary) -> None:
    wanted = quads(release.output / "coopdec.nt")
    assert quads(release.output / "coopdec.jsonld") == wanted
    graph = rdflib.Graph().parse(release.output / "coopdec.jsonld", format="json-ld")
    turtle = rdflib.Graph().parse(release.output / "coopdec.nt")
    assert set(to_canonical_graph(graph)) == set(to_canonical_graph(turtle))


def test_it_is_framed_by_project(release: Summary) -> None:
    data = json.loads((release.output / "coopdec.jsonld").read_text("utf-8"))
    projects = [n for n in data["@graph"] if n.get("type") == "Project"]
    assert len(projects) == 36
    for project in projects:
        assert project["wasDerivedFrom"]["titleCell"]
        assert project["title"]
        assert project["label"]["fr"] == project["title"]


@given(st.text(st.characters(blacklist_categories=["Cs"])), st.sampled_from(["", "fr", "en", "de"]))
def test_any_text_survives(value: str, language: str) -> None:
    known = formats()["jsonld"]
    heading = Heading(BASE, "1", "https://spdx.org/licenses/etalab-2.0")
    entry = Entry(BASE + "x", "project", [
        describe(BASE + "x", [(iri(RDFS + "label"), text(value, language))])])
    written = known.head(heading) + known.block(entry, heading).decode() + known.foot
    (quad,) = pyoxigraph.parse(written.encode(), pyoxigraph.RdfFormat.JSON_LD)
    assert isinstance(quad.object, pyoxigraph.Literal)
    assert quad.object.value == value
    assert (quad.object.language or "") == language
