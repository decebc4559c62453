"""What people settled is honoured; what is wrong in their tables is said, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib import DCTERMS, RDF, SKOS, Namespace, URIRef

from coopdec.decisions import Action, Decisions, contract, expand, load_decisions
from coopdec.errors import DataError
from coopdec.pipeline import Summary, build
from coopdec.vocab import BASE, CD

pytestmark = pytest.mark.usefixtures("unjudged")

ROOT = Path(__file__).parent.parent
C = Namespace(CD)
HEAD = "from\tto\taction\tdate\tauthor\tcomment\n"


def identities(folder: Path, *lines: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "identities.tsv").write_text("# note\n" + HEAD + "".join(f"{x}\n" for x in lines),
                                           "utf-8")
    return folder


def fantastic(release: Summary) -> str:
    graph = rdflib.Graph().parse(release.output / "coopdec.ttl")
    project = graph.value(None, DCTERMS.title, rdflib.Literal("Fantastic", lang="fr"))
    return str(project).removeprefix(BASE)


def test_our_own_tables_are_right() -> None:
    assert isinstance(load_decisions(ROOT / "decisions"), Decisions)


def test_no_tables_no_decisions(tmp_path: Path) -> None:
    assert load_decisions(tmp_path) == Decisions()


def test_an_iri_that_moved_keeps_its_tombstone(release: Summary, tmp_path: Path) -> None:
    old = fantastic(release)
    folder = identities(
        tmp_path / "d",
        f"{old}\tproject/generaliste-2020-2021/metz-manizales\tmove\t2026-11-22\tme\tPlus clair",
        "project/generaliste-2020-2021/dead\t\tgone\t2026-11-22\tme\tRetiré")
    build([ROOT / "sources"], tmp_path / "o", decisions=folder)
    graph = rdflib.Graph().parse(tmp_path / "o" / "coopdec.ttl")
    new = URIRef(BASE + "project/generaliste-2020-2021/metz-manizales")
    assert (new, RDF.type, C.Project) in graph
    assert (URIRef(BASE + old), RDF.type, C.Tombstone) in graph
    assert graph.value(URIRef(BASE + old), DCTERMS.isReplacedBy) == new
    dead = URIRef(BASE + "project/generaliste-2020-2021/dead")
    assert (dead, RDF.type, C.Tombstone) in graph
    assert graph.value(dead, DCTERMS.isReplacedBy) is None


def test_a_corrected_title_keeps_its_iri(release: Summary, lists: Path, tmp_path: Path) -> None:
    old = fantastic(release)
    path = lists / "laureats-session-1.txt"
    path.write_text(path.read_text("utf-8").replace("Fantastic", "Fantastique"), "utf-8")
    build([lists], tmp_path / "one")
    graph = rdflib.Graph().parse(tmp_path / "one" / "coopdec.ttl")
    minted = str(graph.value(None, DCTERMS.title, rdflib.Literal("Fantastique", lang="fr")))
    line = f"{minted.removeprefix(BASE)}\t{old}\tkeep\t2026-11-22\tme\t"
    folder = identities(tmp_path / "d", line)
    build([lists], tmp_path / "two", decisions=folder)
    graph = rdflib.Graph().parse(tmp_path / "two" / "coopdec.ttl")
    title = rdflib.Literal("Fantastique", lang="fr")
    assert graph.value(URIRef(BASE + old), DCTERMS.title) == title
    assert not list(graph.subjects(RDF.type, C.Tombstone))


LINKS = ("subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification"
         "\tconfidence\tmapping_date\tauthor_label\tcomment\n")


def test_accepted_and_refused_links(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "links.sssom.tsv").write_text(
        "#curie_map:\n" + LINKS
        + "cdr:territory/MD/mairie-de-verejeni\tskos:closeMatch\t\tgn:617137/\t"
          "semapv:ManualMappingCuration\t0.95\t2026-11-22\tme\tzone centre Est\n"
        + "cdr:territory/CM/saa\tskos:closeMatch\tNot\tgn:2222366/\t"
          "semapv:ManualMappingCuration\t1\t2026-11-22\tme\tautre lieu\n", "utf-8")
    summary = build([ROOT / "sources"], tmp_path / "o", decisions=folder)
    graph = rdflib.Graph().parse(tmp_path / "o" / "coopdec.ttl")
    verejeni = URIRef(BASE + "territory/MD/mairie-de-verejeni")
    assert graph.value(verejeni, SKOS.closeMatch) == URIRef("https://sws.geonames.org/617137/")
    saa = URIRef(BASE + "territory/CM/saa")
    assert (saa, RDF.type, C.PartnerTerritory) in graph
    assert graph.value(saa, SKOS.closeMatch) is None
    asked = {f.params.get("name") for f in summary.findings if f.severity == "warning"}
    assert "Saa" in asked
    assert "Verejeni" not in asked


def test_a_decision_whose_object_or_subject_is_gone_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    row = "\tskos:closeMatch\t\tgn:{}/\tsemapv:ManualMappingCuration\t1\t2026-11-22\tme\t\n"
    (folder / "links.sssom.tsv").write_text(
        LINKS + "cdr:territory/MD/mairie-de-verejeni" + row.format(999999999)
        + "cdr:territory/MD/nobody" + row.format(617137), "utf-8")
    summary = build([ROOT / "sources"], tmp_path / "o", decisions=folder)
    said = {f.code: f.where.line for f in summary.findings
            if f.code.startswith("decision-") and f.where}
    assert said == {"decision-object-gone": 2, "decision-idle": 3}
    graph = rdflib.Graph().parse(tmp_path / "o" / "coopdec.ttl")
    assert graph.value(URIRef(BASE + "territory/MD/mairie-de-verejeni"), SKOS.closeMatch)


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("p/a\tp/b\tmoved\t2026-11-22\tme\t", ["decision-value"]),
        ("p/a\t\tmove\t2026-11-22\tme\t", ["decision-value"]),
        ("p/a\tp/b\tgone\t2026-11-22\tme\t", ["decision-value"]),
        ("p/a\tp/b\tmove\tyesterday\tme\t", ["decision-value"]),
        ("https://x/a\tp/b\tmove\t2026-11-22\tme\t", ["decision-value"]),
        ("p/a\tp/a\tmove\t2026-11-22\tme\t", ["identity-circle"]),
        ("p/a\tp/b\tmove\t2026-11-22\tme\t\np/a\tp/c\tmove\t2026-11-22\tme\t", ["identity-twice"]),
    ],
)
def test_a_wrong_line(tmp_path: Path, line: str, codes: list[str]) -> None:
    with pytest.raises(DataError) as caught:
        load_decisions(identities(tmp_path / "d", line))
    assert [f.code for f in caught.value.findings] == codes
    assert all(f.where and f.where.line for f in caught.value.findings)


def test_chains_are_followed_to_their_end(tmp_path: Path) -> None:
    decisions = load_decisions(identities(
        tmp_path / "d", "p/a\tp/b\tmove\t2026-11-22\tme\t", "p/b\tp/c\tmerge\t2026-11-22\tme\t",
        "p/x\tp/y\tdistinct\t2026-11-22\tme\t"))
    assert decisions.settle("p/a") == "p/c"
    assert decisions.settle("p/x") == "p/x"
    assert [i.action.leaves for i in decisions.identities] == [True, True, False]
    assert Action("keep").leaves is False


def test_curies() -> None:
    for iri in ("http://www.wikidata.org/entity/Q1", "https://sws.geonames.org/1/", "urn:x"):
        assert expand(contract(iri)) == iri
