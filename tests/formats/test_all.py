"""Every form of one release says the same, of titles that break things too."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from coopdec.errors import MissingExtra, UnknownName
from coopdec.formats import (
    Entry,
    Heading,
    _columns,
    by_name,
    formats,
    further_formats,
    whole_formats,
)
from coopdec.pipeline import Options, Summary, build
from coopdec.terms import describe, iri, text
from coopdec.vocab import BASE, DCTERMS, RDF, RDFS, cd
from tests.formats.conftest import NASTY, ROOT

HEADING = Heading(BASE, "1", "https://spdx.org/licenses/etalab-2.0")
RDF_FILES = {"coopdec.ttl": "turtle", "coopdec.jsonld": "json-ld", "coopdec.nq": "nquads",
             "coopdec.trig": "trig", "coopdec.rdf": "xml"}
#: What XML 1.0 cannot hold, and so RDF/XML says otherwise: as such, or as N-Triples write it.
UNSAYABLE = "[\x01\x0b\x1f\ufffe\uffff]|\\\\u00(?:01|0B|1F)|\\\\uFFF[EF]"


@pytest.fixture(scope="module")
def out(everything: Summary) -> Path:
    return everything.output


@pytest.fixture(scope="module")
def triples(out: Path) -> set[str]:
    return {str(q.triple) for q in pyoxigraph.parse(path=str(out / "coopdec.nt"))}


@pytest.mark.parametrize("name", RDF_FILES)
def test_pyoxigraph_reads_the_same_graph(out: Path, triples: set[str], name: str) -> None:
    found = {str(q.triple) for q in pyoxigraph.parse(path=str(out / name))}
    if name == "coopdec.rdf":
        assert found == {re.sub(UNSAYABLE, "\ufffd", t) for t in triples}
    else:
        assert found == triples


@pytest.mark.parametrize("name", [n for n, f in whole_formats().items() if not f.kept])
def test_made_from_what_only_writes_beside_it(out: Path, tmp_path: Path, name: str) -> None:
    """``--only --format iati``: nothing else is there than N-Triples, the links and the dumps
    that the format says it is made from."""
    asked = Options(formats=(name,), only=True)
    for known in asked.chosen():
        shutil.copy(out / known.file, tmp_path)
    shutil.copy(out / "links.sssom.tsv", tmp_path)
    (whole,) = asked.whole()
    made = whole.make(tmp_path, asked.heading())
    assert made
    assert {file: (tmp_path / file).read_bytes() for file, _ in made} == {
        file: (out / file).read_bytes() for file, _ in made}


def test_what_columns_mean_is_written_with_the_table() -> None:
    assert "csv" in {f.name for f in Options(formats=("csvw",), only=True).chosen()}


# Turtle and JSON-LD: tests/test_build.py, test_jsonld.py.
@pytest.mark.parametrize("name", ["coopdec.nq", "coopdec.trig", "coopdec.rdf"])
@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
def test_rdflib_reads_the_same_graph(out: Path, name: str) -> None:
    wanted = {tuple(map(_term, t)) for t in rdflib.Graph().parse(out / "coopdec.nt")}
    graph: rdflib.Graph = rdflib.Graph()
    if name in ("coopdec.nq", "coopdec.trig"):
        graph = rdflib.Dataset(default_union=True)
    graph.parse((out / name).read_bytes(), format=RDF_FILES[name], publicID=BASE)
    assert {tuple(map(_term, t)) for t in graph.triples((None, None, None))} == wanted


def _term(node: Any) -> tuple[str, ...]:
    if isinstance(node, rdflib.Literal):
        return re.sub(UNSAYABLE, "\ufffd", node), str(node.language), str(node.datatype)
    return (str(node),)


@pytest.mark.parametrize("name", ["coopdec.nq", "coopdec.trig"])
def test_each_list_has_its_graph(out: Path, name: str) -> None:
    projects: dict[str, set[str]] = {}
    project = pyoxigraph.NamedNode(cd("Project"))
    kinds = set()
    for quad in pyoxigraph.parse(path=str(out / name)):
        graph = quad.graph_name
        where = graph.value if isinstance(graph, pyoxigraph.NamedNode) else ""
        if quad.predicate.value == RDF + "type":
            kinds.add((where == "", str(quad.object)))
            if quad.object == project:
                projects.setdefault(where, set()).add(str(quad.subject))
    counts = {g.removeprefix(BASE): len(p) for g, p in projects.items()}
    assert counts == {"source/laureats-session-2": 20, "source/nasty": len(NASTY),
                      "source/nasty-again": 2, "source/facts": 2}
    # Announced twice: in both graphs, under one IRI.
    assert projects[BASE + "source/nasty-again"] < projects[BASE + "source/nasty"]
    assert (True, f"<{cd('Country')}>") in kinds
    assert (False, f"<{cd('Country')}>") not in kinds


def test_a_list_says_in_its_graph_what_it_alone_says(out: Path) -> None:
    rows = {}
    for quad in pyoxigraph.parse(path=str(out / "coopdec.nq")):
        if quad.predicate.value == DCTERMS + "isPartOf":
            rows[str(quad.subject)] = (quad.graph_name, quad.object)
    assert len(rows) == 20 + len(NASTY) + 2 + 2
    assert all(graph == source for graph, source in rows.values())


def test_titles_come_back_whole(out: Path) -> None:
    titles = {r["title"] for r in _columns.records(out)}
    for title in NASTY:
        assert " ".join(title.split()) in {" ".join(t.split()) for t in titles} or (
            any(c in title for c in "\x0b\x1f\u0301\u200f\u200e"))
    assert NASTY[2] in titles
    assert NASTY[1] in titles


def test_no_cell_of_the_table_is_a_formula(out: Path) -> None:
    with (out / "projects.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row)


def test_the_workbook(out: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(out / "coopdec.xlsx")
    assert book.sheetnames == ["lisez-moi", "projets", "partenaires", "collectivités", "liens"]
    sheet = book["projets"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref
    header = [c.value for c in sheet[1]]
    assert sorted(header) == sorted(c.fr for c in _columns.COLUMNS)
    assert header[:2] == ["intitulé du projet", "collectivité chef de file"]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 20 + len(NASTY) + 2
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert NASTY[1] in {row[0].value for row in rows}
    address = rows[0][header.index("adresse du projet")]
    assert address.hyperlink.target == address.value
    letters = {c.value: c.column_letter for c in sheet[1]}
    assert sheet.column_dimensions[letters["durée (ISO 8601)"]].hidden  # no list prints one
    assert not sheet.column_dimensions[letters["montant accordé"]].hidden
    assert book["liens"]["D2"].value.startswith("http")


def test_the_parquet_files(out: Path) -> None:
    from pyarrow import parquet

    table = parquet.read_table(out / "projects.parquet")
    assert table.column_names == [c.name for c in _columns.COLUMNS]
    assert table.to_pylist() == list(_columns.records(out))
    assert str(table.schema.field("sdg").type) == "list<element: int64>"
    partners = parquet.read_table(out / "partners.parquet").to_pylist()
    assert {p["label"]: p["iso2"] for p in partners}["Bizerte"] == "TN"


def test_the_maps(out: Path) -> None:
    for name in ("projects", "partners", "collectivities"):
        data = json.loads((out / f"{name}.geojson").read_text("utf-8"))
        assert data["type"] == "FeatureCollection"
        ids = [f["id"] for f in data["features"]]
        assert len(ids) == len(set(ids)) > 20
        for feature in data["features"]:
            assert feature["type"] == "Feature"
            if feature["geometry"] is not None:
                assert feature["geometry"]["type"] == "Point"
                east, north = feature["geometry"]["coordinates"]
                assert -180 <= east <= 180
                assert -90 <= north <= 90
    features = json.loads((out / "projects.geojson").read_text("utf-8"))["features"]
    assert {f["properties"]["iri"] for f in features} == {
        r["iri"] for r in _columns.records(out)}
    by_precision = Counter(f["properties"]["precision"] for f in features)
    assert by_precision["partner"] > 20
    assert by_precision["country"] > 18  # a network of 18 countries without towns
    michelin = [f for f in features if f["properties"]["title"].endswith("Villes Michelin")]
    assert len(michelin) == 18
    poland = next(f for f in michelin if f["properties"]["place"] == "Pologne")
    assert poland["geometry"]["coordinates"] == [20.0, 52.0]


def test_the_compressed_dumps(out: Path) -> None:
    packed = sorted(p.name for p in out.glob("*.gz"))
    assert {"coopdec.nt.gz", "coopdec.trig.gz", "projects.csv.gz"} <= set(packed)
    for name in packed:
        plain = (out / name.removesuffix(".gz")).read_bytes()
        assert gzip.decompress((out / name).read_bytes()) == plain
        zst = (out / name.replace(".gz", ".zst")).read_bytes()
        assert zstandard.ZstdDecompressor().decompress(zst) == plain
        assert (out / name).read_bytes()[4:8] == bytes(4)  # no time


def test_the_context_stands_alone(out: Path) -> None:
    """The dump under the published context is the same graph."""
    data = json.loads((out / "coopdec.jsonld").read_text("utf-8"))
    published = json.loads((out / "context.jsonld").read_text("utf-8"))["@context"]
    assert {k: v for k, v in data["@context"].items() if k != "@base"} == published


def test_the_frame_gathers_each_project(out: Path) -> None:
    from pyld import jsonld  # pyld stands for every JSON-LD 1.1 processor

    data = json.loads((out / "coopdec.jsonld").read_text("utf-8"))
    keep = [n for n in data["@graph"] if n["id"].startswith("project/")][:3]
    rest = [n for n in data["@graph"] if not n["id"].startswith("project/")]
    frame = json.loads((out / "frame.jsonld").read_text("utf-8"))
    framed = jsonld.frame({"@context": data["@context"], "@graph": [*keep, *rest]}, frame)
    assert len(framed["@graph"]) == 3
    for project in framed["@graph"]:
        assert project["wasDerivedFrom"]["isPartOf"]["title"]
        assert project["partnerCountry"]["label"]["fr"]
        assert project["lead"]["inseeCode"]
    again = jsonld.to_rdf(framed, {"format": "application/n-quads"})
    known = {str(q.triple) for q in pyoxigraph.parse(path=str(out / "coopdec.nt"))}
    found = {str(q.triple) for q in pyoxigraph.parse(again.encode(),
                                                     pyoxigraph.RdfFormat.N_QUADS)}
    assert found <= known


def test_the_table_is_described(out: Path) -> None:
    from csvw import CSVW

    described = CSVW(str(out / "projects.csv-metadata.json"), validate=True)
    assert described.is_valid
    rows = list(described.tables[0].iterdicts())
    assert [_columns.unguarded(r["title"]) for r in rows] == [
        r["title"] for r in _columns.records(out)]
    assert isinstance(rows[0]["sdg"], list)


def test_the_same_bytes_again(everything: Summary, tmp_path: Path) -> None:
    """Whatever the chunks, and in whatever order formats are asked for."""
    sources = everything.output.parent / "sources"
    names = tuple(reversed(further_formats()))
    again = build([sources], tmp_path / "o", Options(formats=names, chunk_size=7),
                  decisions=ROOT / "decisions")
    for path in again.output.iterdir():
        assert path.read_bytes() == (everything.output / path.name).read_bytes(), path.name


TEXTS = st.text(st.characters(blacklist_categories=["Cs"]))


@given(TEXTS, st.sampled_from(["", "fr", "ar"]))
def test_any_text_survives(value: str, language: str) -> None:
    entry = Entry(BASE + "x", "project", [
        describe(BASE + "x", [(iri(RDFS + "label"), text(value, language))]),
        describe(BASE + "x#row", [(iri(RDF + "type"), iri(cd("SourceRow"))),
                                  (iri(DCTERMS + "isPartOf"), iri(BASE + "source/a"))])])
    for name, form in (("nq", pyoxigraph.RdfFormat.N_QUADS), ("trig", pyoxigraph.RdfFormat.TRIG),
                       ("rdfxml", pyoxigraph.RdfFormat.RDF_XML)):
        known = formats()[name]
        data = known.head(HEADING) + known.block(entry, HEADING).decode() + known.foot
        found = [q for q in pyoxigraph.parse(data.encode(), form)
                 if q.predicate.value == RDFS + "label"]
        assert len(found) == 1
        wanted = value
        if name == "rdfxml":
            wanted = "".join(c if _in_xml(c) else "\ufffd" for c in value)
        assert found[0].object.value == wanted
        assert (found[0].object.language or "") == language
        if name != "rdfxml":
            assert str(found[0].graph_name) == f"<{BASE}source/a>"


def _in_xml(c: str) -> bool:
    """Char of XML 1.0, §2.2."""
    return c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"


@given(TEXTS)
def test_a_guarded_cell_comes_back(value: str) -> None:
    cell = _columns.guarded(value)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert _columns.unguarded(cell) == value
    entry = Entry(BASE + "x", "project", [], lambda: {"iri": BASE + "x", "title": value})
    written = formats()["csv"].head(HEADING) + formats()["csv"].block(
        entry, HEADING).decode()
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert row["title"] == cell


def test_an_unknown_format_is_said_before_any_work() -> None:
    with pytest.raises(UnknownName) as error:
        Options(formats=("geojsn",))
    assert error.value.suggestions[0] == "geojson"
    assert "parquet" in str(error.value)


def test_a_missing_library_is_said_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coopdec.formats.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"coopdec\[tables\]|parquet"):
        by_name("parquet")
