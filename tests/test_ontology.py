"""Data, shapes, ontology and ``vocab.py`` use the same terms; nothing is undefined or unused."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from coopdec import vocab
from coopdec.dataset.shown import readable
from coopdec.messages import Lang

ROOT = Path(__file__).parents[1]
SH = Namespace("http://www.w3.org/ns/shacl#")
ONTOLOGY = URIRef("https://w3id.org/coopdec/ontology")
DATA = ROOT / "output" / "coopdec.ttl"
#: Vocabularies that RDF tools know by themselves.
BUILT_IN = (str(RDF), str(RDFS), str(OWL), str(SH), "http://www.w3.org/2001/XMLSchema#")
TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "coopdec.ttl")


@cache
def shapes() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


def ours(graph: Graph) -> set[str]:
    """Local names of our terms anywhere in a graph, SPARQL included."""
    found = {str(t)[len(vocab.CD):] for triple in graph for t in triple
             if isinstance(t, URIRef) and str(t).startswith(vocab.CD)}
    for _, _, query in graph.triples((None, SH.select, None)):
        found |= set(re.findall(r"\bcd:(\w+)", str(query)))
    return found - {""}


def defined(kind: Node) -> set[str]:
    return {str(t)[len(vocab.CD):] for t in ontology().subjects(RDF.type, kind)
            if str(t).startswith(vocab.CD)}


def test_vocab_and_ontology_define_the_same_terms() -> None:
    assert defined(OWL.Class) == vocab.CLASSES
    properties = set().union(*(defined(k) for k in TERM_KINDS[1:]))
    assert properties == vocab.PROPERTIES
    statuses = ontology().subjects(RDF.type, URIRef(vocab.cd("ProjectStatus")))
    assert {str(s)[len(vocab.CD):] for s in statuses} == vocab.STATUSES


@pytest.mark.parametrize("kind", TERM_KINDS)
def test_terms_are_labelled_and_defined_in_both_languages(kind: Node) -> None:
    terms = [t for t in ontology().subjects(RDF.type, kind) if isinstance(t, URIRef)]
    assert terms
    for term in terms:
        words = SKOS.definition if str(term).startswith(vocab.CD) else SKOS.scopeNote
        for predicate in (RDFS.label, words):
            languages = [v.language for v in ontology().objects(term, predicate)
                         if isinstance(v, Literal)]
            assert sorted(map(str, languages)) == ["en", "fr"], (term, predicate)
        assert ontology().value(term, RDFS.isDefinedBy), term


def test_header() -> None:
    version = ontology().value(ONTOLOGY, OWL.versionIRI)
    assert str(version) == f"{ONTOLOGY}/{ontology().value(ONTOLOGY, OWL.versionInfo)}"
    for name in ("title", "description", "license", "creator"):
        assert ontology().value(ONTOLOGY, URIRef(vocab.DCTERMS + name)), name


def test_shapes_use_defined_terms_and_check_every_one() -> None:
    known = vocab.CLASSES | vocab.PROPERTIES | vocab.STATUSES
    used = ours(shapes())
    assert used <= known
    # Superclasses are never types in the data, so nothing targets them.
    assert known - used == {"Partner"}


def test_reused_terms_are_documented_and_none_needlessly() -> None:
    documented = {t for kind in TERM_KINDS for t in ontology().subjects(RDF.type, kind)
                  if isinstance(t, URIRef) and not str(t).startswith(vocab.CD)}
    used = external_terms(shapes())
    above = {t for p in (RDFS.subClassOf, RDFS.subPropertyOf) for t in ontology().objects(None, p)}
    known_to_data = external_terms(Graph().parse(DATA)) if DATA.exists() else set()
    assert used <= documented
    assert known_to_data <= documented
    examples = Graph()
    for example in (ROOT / "tests" / "shapes").glob("*/pass-*.ttl"):
        examples.parse(example)
    allowed = used | above | known_to_data | external_terms(examples) | in_sdg()
    assert documented <= allowed


def external_terms(graph: Graph) -> set[Node]:
    """Properties, classes and paths of other vocabularies in a graph."""
    found: set[Node] = set()
    for subject, predicate, value in graph:
        if (subject, RDF.type, OWL.Ontology) in graph:
            continue
        found.add(predicate)
        if predicate in (RDF.type, SH.path, SH["class"], SH.targetClass, SH.targetSubjectsOf,
                         SH.equals, SH.inversePath, RDF.first):
            found.add(value)
    for _, _, query in graph.triples((None, SH.select, None)):
        for prefix, name in re.findall(r"\b(\w+):(\w+)\b", str(query)):
            if prefix in vocab.PREFIXES:
                found.add(URIRef(vocab.PREFIXES[prefix] + name))
    return {t for t in found if isinstance(t, URIRef)
            and not str(t).startswith((*BUILT_IN, vocab.CD))
            and (t, RDF.type, SH.SPARQLConstraint) not in graph
            and not str(t).startswith("https://w3id.org/coopdec/shapes#")
            and t not in MATCHES}


#: Values that sh:in allows without our ever stating them.
MATCHES = {SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}


def in_sdg() -> set[Node]:
    return external_terms(Graph().parse(ROOT / "ontology" / "sdg.ttl"))


@pytest.mark.skipif(not DATA.exists(), reason="nothing built yet")
def test_data_uses_defined_terms() -> None:
    graph = Graph().parse(DATA)
    assert ours(graph) <= vocab.CLASSES | vocab.PROPERTIES | vocab.STATUSES


@pytest.mark.skipif(not DATA.exists(), reason="nothing built yet")
def test_data_has_no_blank_node() -> None:
    assert not re.search(r"\[|_:", re.sub(r'"[^"\n]*"', "", DATA.read_text("utf-8")))


def test_nested_shapes_have_iris() -> None:
    for predicate in (SH.property, SH.sparql):
        assert all(isinstance(o, URIRef) for o in shapes().objects(None, predicate))


@pytest.mark.parametrize("predicate", [SH.name, SH.message])
def test_shapes_speak_both_languages(predicate: URIRef) -> None:
    constrained = set(shapes().objects(None, SH.property))
    if predicate == SH.message:
        constrained |= set(shapes().objects(None, SH.sparql))
    for shape in constrained:
        languages = {v.language for v in shapes().objects(shape, predicate)
                     if isinstance(v, Literal)}
        assert languages == {"fr", "en"}, (shape, predicate)


def test_remedies_are_in_both_languages() -> None:
    remedy = URIRef(vocab.cd("remedy"))
    for shape in set(shapes().subjects(remedy)):
        languages = sorted(str(v.language) for v in shapes().objects(shape, remedy)
                           if isinstance(v, Literal))
        assert languages == ["en", "fr"], shape


def test_sdg_view_is_what_the_script_writes() -> None:
    script = ROOT / "scripts" / "build_sdg.py"
    code = (f"import runpy; m = runpy.run_path({str(script)!r}); "
            "import sys; sys.stdout.buffer.write(m['view']().encode())")
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert made == (ROOT / "ontology" / "sdg.ttl").read_bytes()


def test_sdg_view_is_whole() -> None:
    graph = Graph().parse(ROOT / "ontology" / "sdg.ttl")
    kinds = {name: set(graph.subjects(RDF.type, URIRef(vocab.SDGO + name)))
             for name in ("Goal", "Target")}
    assert len(kinds["Goal"]) == 17
    assert len(kinds["Target"]) == 169
    for target in kinds["Target"]:
        assert graph.value(target, SKOS.broader) in kinds["Goal"]
    wikidata = {o for g in kinds["Goal"] for o in graph.objects(g, SKOS.exactMatch)}
    assert len(wikidata) == 17
    assert all(str(o).startswith(vocab.WIKIDATA_ENTITY) for o in wikidata)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_levels_in_answers_are_the_labels_of_the_classes(lang: Lang) -> None:
    above = URIRef(vocab.cd("Collectivity"))
    levels = set(ontology().subjects(RDFS.subClassOf, above))
    assert {str(label) for level in levels for label in ontology().objects(level, RDFS.label)
            if isinstance(label, Literal) and label.language == lang} == {
        readable("level", {"type": "literal", "value": str(level)[len(vocab.CD):]}, lang)
        for level in levels}
