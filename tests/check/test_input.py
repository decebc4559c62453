"""What may be checked, and what bad data and bad shapes get."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Dataset, Graph

from coopdec.check import check, load_shapes, run
from coopdec.check.load import files_in
from coopdec.check.wellformed import assert_well_formed
from coopdec.errors import CoopdecError, DataError, UnknownName, UsageError
from coopdec.messages import sentence
from coopdec.pipeline import Summary

Make = Callable[[int], str]
FORMATS = ("ttl", "nt", "jsonld", "rdf", "nq", "trig")


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("zipped", [False, True])
def test_every_format(correct: Make, tmp_path: Path, suffix: str, zipped: bool) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(correct(2).encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    rdf_format = pyoxigraph.RdfFormat.from_extension(suffix)
    assert rdf_format
    raw = store.dump(format=rdf_format, from_graph=None if rdf_format.supports_datasets
                     else pyoxigraph.DefaultGraph())
    assert raw
    path = tmp_path / f"data.{suffix}{'.gz' if zipped else ''}"
    path.write_bytes(gzip.compress(raw) if zipped else raw)
    report = check(path)
    assert report.conforms
    assert report.projects == 2


@pytest.mark.parametrize("streamed", [0, 1 << 30])
def test_the_case_of_a_suffix_does_not_matter(
    correct: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, streamed: int
) -> None:
    monkeypatch.setattr(run, "_STREAMED", streamed)
    path = tmp_path / "A.NT.GZ"
    path.write_bytes(gzip.compress(correct(2).encode()))
    assert check(path).projects == 2


@pytest.mark.parametrize("suffix", [".nt.gz", ".ttl.gz"])
@pytest.mark.parametrize("streamed", [0, 1 << 30])
def test_gzip_that_is_cut_off_is_told(
    correct: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, streamed: int
) -> None:
    monkeypatch.setattr(run, "_STREAMED", streamed)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(gzip.compress(correct(2).encode())[:-9])
    with pytest.raises(DataError) as caught:
        check(path)
    (finding,) = caught.value.findings
    assert finding.params["why"] == "gzip"


def test_a_folder_a_graph_and_text(correct: Make, tmp_path: Path) -> None:
    whole = correct(2)
    lines = whole.splitlines(keepends=True)
    (tmp_path / "a.nt").write_text("".join(lines[:20]), "utf-8")
    (tmp_path / "b.nt").write_text("".join(lines[20:]), "utf-8")
    graph = Graph().parse(data=whole, format="nt")
    assert check(tmp_path).conforms
    assert check(graph).conforms
    dataset = Dataset()
    for triple in graph:
        dataset.graph("http://example.org/g").add(triple)
    assert check(dataset).conforms
    assert check(whole).conforms


def test_broken_turtle_says_where(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix cd: <http://x/> .\ncd:a cd:b\n  cd:c cd:d .\n", "utf-8")
    with pytest.raises(DataError) as caught:
        check(path)
    (finding,) = caught.value.findings
    assert finding.where
    assert finding.where.line == 3
    assert "ligne 3" in sentence(finding, "fr")
    assert "colonne" in sentence(finding, "fr")


@pytest.mark.parametrize(("name", "content"), [
    ("a.ttl", b"\xff\xfe"), ("a.jsonld", b'{"@id": 3}'), ("a.rdf", b"<rdf"),
    ("a.ttl.gz", b"not gzip"), ("a.nt", b"<a> <b>"),
])
def test_unreadable(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError):
        check(path)


def test_wrong_paths(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    with pytest.raises(UsageError):
        check(tmp_path / "a.pdf")
    for path in (tmp_path / "absent.ttl", tmp_path):
        with pytest.raises(UsageError):
            check(path)
    with pytest.raises(UsageError):
        check(3)
    with pytest.raises(UnknownName):
        check(b"", engine="rapide")  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [b"", b"<http://e/a> <http://e/b> <http://e/c> .\n"])
def test_no_resource_never_conforms(data: bytes) -> None:
    report = check(data)
    assert not report.conforms
    assert [f.code for f in report.findings] == ["check-no-resource"]


PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://e/> .\n"
WRONG_SHAPES = {
    "recursive": ("ex:S a sh:NodeShape ; sh:node ex:T . ex:T a sh:NodeShape ; sh:property ex:P ."
                  "ex:P sh:path ex:p ; sh:node ex:S .", "check-recursive-shapes"),
    "recursive through a list": ("ex:S a sh:NodeShape ; sh:or ( ex:S ex:T ) .",
                                 "check-recursive-shapes"),
    "no path": ("ex:S a sh:PropertyShape ; sh:minCount 1 .", "check-ill-formed-shapes"),
    "count that is no number": ('ex:S a sh:PropertyShape ; sh:path ex:p ; sh:minCount "a" .',
                                "check-ill-formed-shapes"),
    "no shape": ("ex:a ex:b ex:c .", "check-no-shapes"),
    "broken query": ('ex:S a sh:NodeShape ; sh:targetNode ex:a ; '
                     'sh:sparql [ sh:select "SELECT $this WHERE { broken" ] .',
                     "check-wrong-shapes"),
}


@pytest.mark.parametrize("name", WRONG_SHAPES)
@pytest.mark.parametrize("engine", ["pyshacl", "auto"])
def test_wrong_shapes(tmp_path: Path, name: str, engine: str) -> None:
    text, code = WRONG_SHAPES[name]
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIXES + text, "utf-8")
    with pytest.raises(CoopdecError) as caught:
        check("<http://e/a> <http://e/p> 1 .", path, engine=engine)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert caught.value.exit_code == 2


def test_shapes_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIXES + "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; "
                    "sh:property [ sh:path ex:q ; sh:minCount 1 ] .", "utf-8")
    report = check("<http://e/a> <http://e/p> 1 .", path)
    (result,) = report.results
    assert result.path == "<http://e/q>"
    assert result.shape  # a nested shape without IRI gets one


def test_ours_are_well_formed() -> None:
    assert_well_formed(load_shapes().text)


def test_of_a_release_the_dump_alone_is_read(release: Summary) -> None:
    """Its catalogue, its context, its report are no data of ours to hold against shapes."""
    assert [p.name for p in files_in(release.output)] == ["coopdec.nt"]
    assert check(release.output).conforms
