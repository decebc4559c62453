"""What happens to a list over the years, and what its IRIs then answer.

Each scenario edits a list that was published, lets ``merge accept`` write the decision that
was proposed, builds again, and asks the dump: the old IRI always has an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import RDF, Graph, Namespace, URIRef

from coopdec.changes import changes
from coopdec.cli.merge import command as merge
from coopdec.errors import DataError, UsageError
from coopdec.pipeline import Summary
from coopdec.vocab import BASE, CD, DCTERMS, PROV
from tests.changes.conftest import ROWS, Made

C, D, P = Namespace(CD), Namespace(DCTERMS), Namespace(PROV)


def graph(made: Summary) -> Graph:
    return Graph().parse(made.output / "coopdec.nt")


def project(data: Graph, title: str) -> URIRef:
    (found,) = {s for s, o in data.subject_objects(D.title)
                if str(o) == title and (s, RDF.type, C.Project) in data}
    assert isinstance(found, URIRef)
    return found


def withdrawn(data: Graph, iri: URIRef) -> URIRef | None:
    """What the tombstone at an IRI leads to; it says by which decision and when."""
    assert (iri, RDF.type, C.Tombstone) in data
    decision = data.value(iri, P.wasInvalidatedBy)
    assert (decision, RDF.type, P.Activity) in data
    assert data.value(iri, P.invalidatedAtTime) == data.value(decision, P.endedAtTime)
    assert set(data.objects(iri, RDF.type)) == {C.Tombstone}
    to = data.value(iri, D.isReplacedBy)
    assert to is None or isinstance(to, URIRef)
    return to


@pytest.fixture
def decide(tmp_path: Path) -> Callable[..., None]:
    """``coopdec merge accept …`` into the test's own decisions."""

    def run(*arguments: str | Path) -> None:
        done = CliRunner().invoke(merge, [
            "accept", *map(str, arguments), "--decisions", str(tmp_path / "decisions")])
        assert done.exception is None, done.output

    return run


def edited(old: str, new: str) -> list[str]:
    rows = [row.replace(old, new) for row in ROWS]
    assert rows != ROWS
    return rows


@pytest.mark.parametrize(("old", "new", "title"), [
    ("à leau potable", "à l'eau potable", "Accès à l'eau potable dans les écoles"),  # a typo
    ("\tAngoulême\t", "\tCognac\t", "Renforcement des capacités locales"),  # the lead
    ("Ségou (Mali)", "Cercle de Ségou (Mali)", "Renforcement des capacités locales"),
], ids=["title", "lead", "partner"])
def test_a_corrected_row_keeps_its_iri(made: Made, decide: Callable[..., None], old: str,
                                       new: str, title: str) -> None:
    first = made("old", ROWS)
    was = project(graph(first), title.replace("l'eau", "leau"))
    second = made("new", edited(old, new))
    moved = project(graph(second), title)
    assert moved != was
    (keep,) = [k for k in changes(first.output, second.output).likely if k.action == "keep"]
    assert (keep.old, keep.new) == (str(was), str(moved))

    decide(keep.old, keep.new, "--keep")
    third = made("kept", edited(old, new))
    data = graph(third)
    assert project(data, title) == was
    assert (moved, None, None) not in data  # never published: no tombstone either
    found = changes(first.output, third.output)
    assert not [k for k in found.likely if k.kind == "project"]
    assert not found.added
    assert [c.project.iri for c in found.changed] == [str(was)]


def test_what_build_proposes_is_printed_and_not_published(made: Made) -> None:
    made("same", ROWS)
    rows = edited("à leau potable", "à l'eau potable")
    over, fresh = made("same", rows), made("fresh", rows)
    assert [k.action for k in over.proposals] == ["keep"]
    assert not fresh.proposals
    files = [{p.name: p.read_bytes() for p in s.output.iterdir()} for s in (over, fresh)]
    assert files[0] == files[1]


def test_a_row_that_is_gone_leaves_a_tombstone(made: Made, decide: Callable[..., None],
                                               tmp_path: Path) -> None:
    first = made("old", ROWS)
    was = project(graph(first), "Patrimoines")
    second = made("new", ROWS[:-1])
    decide("--previous", first.output, "--new", second.output, "--gone")
    told = made("told", ROWS[:-1])
    data = graph(told)
    assert withdrawn(data, was) is None
    # Whom no project names any more answers too, and is itself again once one names it.
    region = URIRef(BASE + "collectivity/region/76")
    assert withdrawn(data, region) is None
    found = {e.iri: e for e in changes(first.output, told.output).entities}
    assert (found[str(region)].how, found[str(region)].retired) == ("removed", True)
    assert str(was) not in found, "told with the projects"
    decisions = tmp_path / "decisions" / "identities.tsv"
    with pytest.raises(DataError) as error:
        made("back", ROWS)
    assert [f.code for f in error.value.findings if f.fatal] == ["identity-back"]
    lines = decisions.read_text("utf-8").splitlines(keepends=True)
    decisions.write_text("".join(x for x in lines if not x.startswith("project/")), "utf-8")
    back = graph(made("back", ROWS))
    assert project(back, "Patrimoines") == was
    assert (region, RDF.type, C.Region) in back
    assert (region, RDF.type, C.Tombstone) not in back


def test_a_row_split_in_two(made: Made, decide: Callable[..., None]) -> None:
    rows = [*ROWS, "Bretagne\tRennes\tSibiu (Roumanie)\tÉcoles de musique et fouilles du vieux "
                   "port"]
    apart = [*ROWS, "Bretagne\tRennes\tSibiu (Roumanie)\tÉcoles de musique et leurs élèves",
             "Bretagne\tRennes\tSibiu (Roumanie)\tFouilles du vieux port"]
    first = made("old", rows)
    was = project(graph(first), "Écoles de musique et fouilles du vieux port")
    second = made("new", apart)
    decide("--previous", first.output, "--new", second.output, "--min", "0.7")
    data = graph(made("told", apart))
    both = {project(data, "Écoles de musique et leurs élèves"),
            project(data, "Fouilles du vieux port")}
    assert was in both
    assert len(both) == 2


def test_two_rows_joined(made: Made, decide: Callable[..., None]) -> None:
    apart = [*ROWS, "Bretagne\tRennes\tSibiu (Roumanie)\tÉcoles de musique du centre",
             "Bretagne\tRennes\tSibiu (Roumanie)\tÉcoles de musique de la périphérie"]
    rows = [*ROWS, "Bretagne\tRennes\tSibiu (Roumanie)\tÉcoles de musique du centre et de la "
                   "périphérie"]
    first = made("old", apart)
    were = {project(graph(first), "Écoles de musique du centre"),
            project(graph(first), "Écoles de musique de la périphérie")}
    second = made("new", rows)
    assert {k.action for k in changes(first.output, second.output).likely} == {"keep", "merge"}
    decide("--previous", first.output, "--new", second.output, "--min", "0.5")
    data = graph(made("told", rows))
    now = project(data, "Écoles de musique du centre et de la périphérie")
    assert now in were
    (other,) = were - {now}
    assert withdrawn(data, other) == now


def test_a_place_identified_later(made: Made, decide: Callable[..., None]) -> None:
    rows = [*ROWS, "Bretagne\tRennes\tMairie de Verejeni (Moldavie)\tGestion des déchets"]
    first = made("old", rows)
    data = graph(first)
    was = URIRef(BASE + "territory/MD/mairie-de-verejeni")
    assert data.value(project(data, "Gestion des déchets"), C.partner) == was
    decide(was, "territory/MD/gn-617137", "--move", "--comment", "Confirmé par la mairie")
    data = graph(made("new", rows))
    now = data.value(project(data, "Gestion des déchets"), C.partner)
    assert now == URIRef(BASE + "territory/MD/gn-617137")
    assert (now, None, URIRef("https://sws.geonames.org/617137/")) in data
    assert withdrawn(data, was) == now
    assert str(data.value(was, D.description)) == "Confirmé par la mairie"


def test_a_place_taken_for_its_namesake(made: Made, decide: Callable[..., None]) -> None:
    rows = [*ROWS, "Bretagne\tRennes\tSaa (Cameroun)\tGestion des déchets"]
    data = graph(made("old", rows))
    was, right = (URIRef(f"{BASE}territory/CM/gn-{n}") for n in (2222366, 2222367))
    assert data.value(project(data, "Gestion des déchets"), C.partner) == was
    decide(was, right, "--move", "--comment", "L'autre Saa")
    data = graph(made("new", rows))
    assert data.value(project(data, "Gestion des déchets"), C.partner) == right
    assert (right, None, URIRef("https://sws.geonames.org/2222367/")) in data
    assert withdrawn(data, was) == right


def test_a_call_renamed(made: Made, decide: Callable[..., None]) -> None:
    first = made("old", ROWS)
    was = {project(graph(first), row.split("\t")[3]) for row in ROWS}
    second = made("new", ROWS, call="appel-2020-2021")
    decide("--previous", first.output, "--new", second.output)
    third = made("told", ROWS, call="appel-2020-2021")
    data = graph(third)
    assert {project(data, row.split("\t")[3]) for row in ROWS} == was
    call = URIRef(BASE + "call/appel-2020")
    assert withdrawn(data, call) == URIRef(BASE + "call/appel-2020-2021")
    assert not changes(first.output, third.output).likely


def test_corrected_twice(made: Made, decide: Callable[..., None]) -> None:
    first = made("old", ROWS)
    was = project(graph(first), "Patrimoines")
    for number, title in enumerate(("Patrimoines vivants", "Patrimoines vivants et bâtis")):
        rows = edited("Patrimoines", title)
        after = made(f"new-{number}", rows)
        decide(was, project(graph(after), title), "--keep")
        assert project(graph(made(f"told-{number}", rows)), title) == was


def test_a_refused_pair_is_not_proposed_again(made: Made, tmp_path: Path) -> None:
    first = made("same", ROWS)
    was = project(graph(first), "Patrimoines")
    now = project(graph(made("other", edited("Patrimoines", "Patrimoines bâtis"))),
                  "Patrimoines bâtis")
    (tmp_path / "decisions" / "identities.tsv").write_text(
        "from\tto\taction\tdate\tauthor\tcomment\n"
        f"{was.removeprefix(BASE)}\t{now.removeprefix(BASE)}\tdistinct\t2026-11-22\t\t\n", "utf-8")
    over = made("same", edited("Patrimoines", "Patrimoines bâtis"))
    assert [(k.action, k.old) for k in over.proposals if k.kind == "project"] == [
        ("gone", str(was))]


# -- versions

def test_changes_go_with_a_release(made: Made) -> None:
    first = made("old", ROWS, release="2026.10")
    second = made("new", edited("à leau potable", "à l'eau potable"), release="2026.11",
                  previous=first.output)
    told = (second.output / "CHANGES.md").read_text("utf-8")
    assert told.startswith("# Ce qui change de 2026.10 à 2026.11")
    assert "# What changes from 2026.10 to 2026.11" in told
    assert "coopdec merge" not in told
    assert str(first.output.parent) not in told
    assert "CHANGES.md" in (second.output / "SHA256SUMS").read_text("utf-8")
    data = Graph().parse(second.output / "catalog.ttl")
    dcat = Namespace("http://www.w3.org/ns/dcat#")
    dataset = URIRef(BASE + "dataset")
    assert str(data.value(dataset, dcat.version)) == "2026.11"
    before = data.value(dataset, dcat.previousVersion)
    assert before == data.value(dataset, dcat.prev)
    assert str(data.value(before, dcat.version)) == "2026.10"
    assert "2026.10" in (second.output / "coopdec.ttl").read_text("utf-8")[:200]
    assert "CHANGES.md" not in made("plain", ROWS).files


@pytest.mark.parametrize("version", ["", " ", "a b", "../x", "2026/11", "é", "x" * 65, "-1", "1\n"])
def test_a_version_that_cannot_be(made: Made, version: str) -> None:
    with pytest.raises(UsageError) as error:
        made("x", ROWS, release=version)
    assert error.value.code == "release-version"


def test_the_same_version_twice(made: Made) -> None:
    first = made("same", ROWS, release="1")
    assert all(f.code != "release-twice" for f in first.findings)
    assert all(f.code != "release-twice" for f in made("same", ROWS, release="1").findings)
    again = made("same", ROWS[1:], release="1")
    assert "release-twice" in {f.code for f in again.findings}
    with pytest.raises(UsageError) as error:
        made("other", ROWS, release="1", previous=again.output)
    assert error.value.code == "release-same"


def test_a_retired_iri_that_serves_again(made: Made, decide: Callable[..., None],
                                         tmp_path: Path) -> None:
    first = made("old", ROWS)
    was = project(graph(first), "Patrimoines")
    decide(was, "--gone")
    second = made("new", ROWS[:-1], release="2")
    (tmp_path / "decisions" / "identities.tsv").unlink()
    with pytest.raises(DataError) as error:
        made("third", ROWS, release="3", previous=second.output)
    assert [f.code for f in error.value.findings] == ["iri-reused"]
    assert not (tmp_path / "third").exists()
    # Without --previous it is only said; the trace that was lost as well.
    assert "iri-reused" in {f.code for f in made("new", ROWS).findings}
    made("new", ROWS[:-1])
    decide(was, "--gone")
    made("new", ROWS[:-1])
    (tmp_path / "decisions" / "identities.tsv").unlink()
    assert "iri-trace-lost" in {f.code for f in made("new", ROWS[:-1]).findings}


def test_a_former_release_that_is_broken_stops_no_build(made: Made) -> None:
    first = made("same", ROWS)
    (first.output / "coopdec.nt").write_bytes(b"<a> <b .\n\xff")
    assert not made("same", ROWS).proposals
