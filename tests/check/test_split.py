"""Splitting hides nothing: the same report whatever the chunk size, the order, the workers."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from coopdec.check import EngineName, Report, check, chunked, fast_available, run
from coopdec.check.chunked import check_parts, text_source
from coopdec.check.places import Places
from coopdec.check.result import local_name
from coopdec.check.shapes import load_shapes
from coopdec.check.split import OutOfOrder, Splitter, brought_together
from coopdec.vocab import CD, DCTERMS, OWL, PROV, RDF, RDFS

BASE = "https://example.org/jeu/"
ENGINE: EngineName = "fast" if fast_available() else "pyshacl"
Make = Callable[[int], str]


def codes(report: Report) -> list[str]:
    return sorted({local_name(r.constraint or r.shape) for r in report.results}
                  | {f.code for f in report.findings})


def at_size(text: str, size: int, workers: int = 1) -> Report:
    raw = text.encode()
    return check_parts(text_source(raw), len(raw), load_shapes(), ENGINE, chunk_size=size,
                       workers=workers)


#: Faults that no project shows by itself: (statements to add, what must be reported).
GLOBAL: dict[str, tuple[str, str]] = {
    "two collectivities with one SIREN": (
        "".join(
            f"<{BASE}collectivity/syndicate/{n}> <{RDF}type> <{CD}MixedSyndicate> .\n"
            f'<{BASE}collectivity/syndicate/{n}> <{RDFS}label> "{n}"@fr .\n'
            f'<{BASE}collectivity/syndicate/{n}> <{CD}siren> "732829320" .\n' for n in "ab"),
        "Siren-unique"),
    "two communes with one INSEE code": (
        f"<{BASE}collectivity/old-commune/69043> <{RDF}type> <{CD}Commune> .\n"
        f'<{BASE}collectivity/old-commune/69043> <{RDFS}label> "Chaponost"@fr .\n'
        f'<{BASE}collectivity/old-commune/69043> <{CD}inseeCode> "69043" .\n',
        "InseeCode-unique"),
    "two countries for a partner": (
        f"<{BASE}territory/ML/iso-ML-3> <{CD}country> <{BASE}country/BF> .\n",
        "Partner-country"),
    "a partner country that the projects do not state": (
        f"<{BASE}territory/ML/iso-ML-3> <{CD}country> <{BASE}country/BF> .\n",
        "Project-partner-country"),
    "two Wikidata entities for a country": (
        f"<{BASE}country/ML> <{OWL}sameAs> <http://www.wikidata.org/entity/Q1> .\n",
        "Country-sameAs"),
    "two countries for a Wikidata entity": (
        f"<{BASE}country/BF> <{OWL}sameAs> <http://www.wikidata.org/entity/Q912> .\n",
        "Country-sameAs-unique"),
    "two territories for an ISO 3166-2 code": (
        f"<{BASE}territory/ML/autre> <{RDF}type> <{CD}PartnerTerritory> .\n"
        f'<{BASE}territory/ML/autre> <{RDFS}label> "Autre"@fr .\n'
        f"<{BASE}territory/ML/autre> <{CD}country> <{BASE}country/ML> .\n"
        f'<{BASE}territory/ML/autre> <{CD}iso3166_2> "ML-3" .\n',
        "Iso3166-2-unique"),
    "a project described twice": (
        f'<{BASE}project/appel/{7:016x}> <{DCTERMS}title> "Un autre"@fr .\n', "Project-title"),
    "a tombstone that points nowhere": (
        f"<{BASE}project/appel/dead> <{RDF}type> <{CD}Tombstone> .\n"
        f"<{BASE}project/appel/dead> <{DCTERMS}isReplacedBy> <{BASE}project/appel/ffff> .\n",
        "Tombstone-described"),
    "a theme assignment of another project": (
        f"<{BASE}project/appel/{0:016x}> <{CD}themeAssignment> "
        f"<{BASE}project/appel/{9:016x}#theme-6> .\n",
        "Project-own-parts"),
    "a number of projects that is not the one declared": (
        f'<{BASE}source/liste> <{CD}declaredProjects> "9"^^'
        "<http://www.w3.org/2001/XMLSchema#integer> .\n",
        "check-declared-projects"),
}


@pytest.mark.parametrize("name", GLOBAL)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_splitting_hides_no_global_fault(correct: Make, name: str, size: int) -> None:
    added, expected = GLOBAL[name]
    assert expected in codes(at_size(correct(10) + added, size))


def test_a_tombstone_may_point_to_a_project_of_any_chunk(correct: Make) -> None:
    dead = (f"<{BASE}project/appel/dead> <{RDF}type> <{CD}Tombstone> .\n"
            f"<{BASE}project/appel/dead> <{DCTERMS}isReplacedBy> "
            f"<{BASE}project/appel/{5:016x}> .\n"
            f"<{BASE}project/appel/dead> <{PROV}wasInvalidatedBy> "
            f"<{BASE}project/appel/dead#withdrawal> .\n"
            f"<{BASE}project/appel/dead#withdrawal> <{RDF}type> <{PROV}Activity> .\n")
    for size in (1, 4, 100):
        assert at_size(correct(10) + dead, size).conforms


@pytest.mark.parametrize("name", GLOBAL)
def test_the_report_does_not_depend_on_the_chunks(correct: Make, name: str) -> None:
    if name == "a theme assignment of another project":
        pytest.skip("reported by one more constraint where both are in one chunk")
    text = correct(10) + GLOBAL[name][0]
    whole = at_size(text, 1000)
    assert at_size(text, 1) == whole
    assert at_size(text, 3) == whole


def test_the_report_does_not_depend_on_the_order(correct: Make) -> None:
    text = correct(12) + GLOBAL["two countries for a partner"][0]
    lines = text.splitlines(keepends=True)
    random.Random(1).shuffle(lines)
    assert at_size("".join(lines), 5) == at_size(text, 5)


def test_the_report_does_not_depend_on_the_workers(correct: Make) -> None:
    text = correct(12) + GLOBAL["two countries for a partner"][0]
    assert at_size(text, 2, workers=2) == at_size(text, 2)


def test_statements_apart_are_brought_together(correct: Make) -> None:
    lines = correct(6).encode().splitlines(keepends=True)
    random.Random(2).shuffle(lines)
    with pytest.raises(OutOfOrder):
        Splitter(lambda: lines).scan()
    report = check_parts(lambda: lines, 1 << 20, load_shapes(), ENGINE, chunk_size=2)
    assert report.conforms
    assert report.projects == 6


def test_what_brings_them_together_keeps_every_statement(correct: Make) -> None:
    lines = correct(6).encode().splitlines(keepends=True)
    random.Random(3).shuffle(lines)
    assert sorted(brought_together(lines, 200 << 20)) == sorted(lines)


@pytest.mark.parametrize("suffix", [".nt", ".nt.gz"])
def test_large_files_are_streamed(
    correct: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(run, "_STREAMED", 0)
    path = tmp_path / f"data{suffix}"
    raw = correct(8).encode()
    path.write_bytes(gzip.compress(raw) if suffix.endswith("gz") else raw)
    streamed = check(path, engine=ENGINE, chunk_size=3)
    assert streamed == check(raw, engine=ENGINE)
    assert streamed.projects == 8


def test_unusual_ntriples_are_read(correct: Make) -> None:
    plain = correct(3)
    unusual = "# comment\n\n" + plain.replace("> <", ">\t<").replace(" .\n", ".\n")
    lines = unusual.encode().splitlines(keepends=True)
    report = check_parts(lambda: lines, len(unusual), load_shapes(), ENGINE)
    assert report == check(plain.encode(), engine=ENGINE)


def test_so_many_projects_are_looked_at_for_places_whatever_the_chunk_size(
    correct: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bytes] = []
    monkeypatch.setattr(chunked, "PLACED", 5)
    monkeypatch.setattr(Places, "read_naming", lambda _, __, projects: looked.extend(projects))
    first, second = correct(12), GLOBAL["two countries for a partner"][0]
    for size in (2, 3, 12):
        looked.clear()
        at_size(first + second, size)
        assert len(looked) == 5, size
