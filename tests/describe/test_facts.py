"""Optional facts as published: addressable amounts, dates at their precision, cells as printed;
two lists that say otherwise of one project."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from rdflib import XSD, Graph, Literal, URIRef
from rdflib.namespace import RDF

from coopdec import vocab
from coopdec.check import check
from coopdec.model import Finding
from coopdec.pipeline import Options, build

pytestmark = pytest.mark.usefixtures("unjudged")
HEAD = "Chef de file;Partenaire;Pays;Titre;"
FULL = HEAD + (
    "Montant accordé;Coût total;Date de début;Date de fin;Durée;Année;Statut;Cofinanceurs;"
    "Opérateur;Description;Coordonnées GPS;Thème\n"
    "Brest;Ségou;Mali;Lecture;12 500 €;15 000 000 FCFA;01/03/2021;mars 2022;12 mois;2021-2022;"
    "En cours;AFD, UE;Gret;Une bibliothèque.;13.43, -6.26;Culture\n")


def built(folder: Path, **lists: str) -> tuple[Graph, list[dict[str, str]], list[Finding]]:
    sources = folder / "sources"
    sources.mkdir()
    for name, text in lists.items():
        (sources / f"{name}.csv").write_text(text, "utf-8")
        (sources / f"{name}.toml").write_text(
            'title = "L"\npublisher = "M"\ncall = "essai"\n', "utf-8")
    summary = build([sources], folder / "out", Options())
    graph = Graph().parse(folder / "out" / "coopdec.nt")
    with (folder / "out" / "projects.csv").open(encoding="utf-8", newline="") as file:
        return graph, list(csv.DictReader(file)), list(summary.findings)


def cd(name: str) -> URIRef:
    return URIRef(vocab.cd(name))


def test_all_facts_are_published(tmp_path: Path) -> None:
    graph, (flat,), _ = built(tmp_path, liste=FULL)
    project = graph.value(None, RDF.type, cd("Project"))
    grant = graph.value(project, cd("grant"))
    assert grant == URIRef(f"{project}#grant")
    assert graph.value(grant, cd("value")) == Literal("12500.0", datatype=XSD.decimal)
    assert graph.value(grant, cd("currency")) == Literal("EUR")
    cost = graph.value(project, cd("totalCost"))
    assert graph.value(cost, cd("currency")) == Literal("XOF")
    assert graph.value(project, cd("startDate")) == Literal("2021-03-01", datatype=XSD.date)
    end = graph.value(project, cd("endDate"))
    assert (str(end), end.datatype) == ("2022-03", XSD.gYearMonth)  # type: ignore[union-attr]
    assert {str(y) for y in graph.objects(project, cd("year"))} == {"2021", "2022"}
    assert graph.value(project, cd("status")) == cd("ongoing")
    assert len(set(graph.objects(project, cd("coFunder")))) == 2
    row = graph.value(None, RDF.type, cd("SourceRow"))
    cells = {str(p).removeprefix(vocab.CD): str(o) for p, o in graph.predicate_objects(row)
             if str(p).endswith("Cell")}
    assert cells == {
        "leadCell": "Brest", "partnerCell": "Ségou", "countryCell": "Mali",
        "titleCell": "Lecture", "themeCell": "Culture", "descriptionCell": "Une bibliothèque.",
        "grantCell": "12 500 €", "costCell": "15 000 000 FCFA", "cofundersCell": "AFD, UE",
        "operatorCell": "Gret", "startCell": "01/03/2021", "endCell": "mars 2022",
        "durationCell": "12 mois", "yearCell": "2021-2022", "statusCell": "En cours",
        "coordinatesCell": "13.43, -6.26"}
    wanted = {"grant": "12500", "currency": "EUR", "total_cost": "15000000",
              "cost_currency": "XOF", "start": "2021-03-01", "end": "2022-03",
              "duration": "P12M", "years": "2021|2022", "status": "ongoing",
              "co_funders": "AFD|UE", "operator": "Gret", "lat": "13.43", "long": "-6.26",
              "description": "Une bibliothèque."}
    assert {name: flat[name] for name in wanted} == wanted


def test_a_projects_amounts_stand_inside_it(tmp_path: Path) -> None:
    built(tmp_path, liste=FULL)
    nodes = json.loads((tmp_path / "out" / "coopdec.jsonld").read_text("utf-8"))["@graph"]
    project = next(n for n in nodes if n.get("type") == "Project")
    assert (project["grant"]["value"], project["grant"]["currency"]) == ("12500.0", "EUR")
    assert project["startDate"] == "2021-03-01"
    assert project["endDate"]["@value"] == "2022-03"


def test_a_project_without_facts_has_no_word_of_them(tmp_path: Path) -> None:
    graph, (flat,), _ = built(tmp_path, liste=HEAD + "Montant\nBrest;Ségou;Mali;Lecture;\n")
    assert not list(graph.subjects(RDF.type, cd("Amount")))
    assert flat["grant"] == flat["start"] == ""


def test_two_lists_that_say_otherwise(tmp_path: Path) -> None:
    head = HEAD + "Montant (€);Début;Fin;Coordonnées GPS"
    graph, (flat,), findings = built(
        tmp_path,
        a=head + "\nBrest;Ségou;Mali;Lecture;12 500;2021;;13.43, -6.26\n",
        b=head + ";Durée\nBrest;Ségou;Mali;Lecture;13 000;2022;2023;13.4, -6.2;24 mois\n")
    project = graph.value(None, RDF.type, cd("Project"))
    assert [str(v) for v in graph.objects(None, cd("value"))] == ["12500.0"]
    assert graph.value(project, cd("endDate")) is None  # dates stay together
    assert graph.value(project, cd("duration")) == Literal("P24M", datatype=XSD.duration)
    differ = [f for f in findings if f.code == "facts-differ"]
    assert {(f.params["what"]["en"], f.params["one"], f.params["other"]) for f in differ} == {
        ("grant", "12500 EUR", "13000 EUR"), ("dates", "2021", "2022 – 2023"),
        ("coordinates", "13.43 – -6.26", "13.4 – -6.2")}
    assert {f.where.line for f in differ if f.where} == {2}
    assert {str(c) for c in graph.objects(None, cd("grantCell"))} == {"12 500", "13 000"}
    assert (flat["grant"], flat["end"], flat["duration"]) == ("12500", "", "P24M")


@pytest.mark.parametrize("more", ["2021-03", "2021"])
def test_a_coarser_date_does_not_contradict(tmp_path: Path, more: str) -> None:
    head = HEAD + "Début\nBrest;Ségou;Mali;Lecture;"
    _, _, findings = built(tmp_path, a=head + "2021-03\n", b=head + more + "\n")
    assert not [f for f in findings if f.code == "facts-differ"]


@pytest.mark.parametrize(
    ("said", "instead", "shape"),
    [
        ('"12500.0"^^', '"-5.0"^^', "Amount-value"),
        ('"XOF"', '"F CFA"', "Amount-currency"),
        ('"2022-03"^^', '"2020-03"^^', "Dated-order"),
        ('"POINT(-6.26 13.43)"', '"POINT(ici)"', "Geometry-asWKT"),
        ("/ontology#ongoing> .", "/ontology#perdu> .", "WithStatus-status"),
    ],
)
def test_a_fault_in_a_fact_is_found(tmp_path: Path, said: str, instead: str, shape: str) -> None:
    built(tmp_path, liste=FULL)
    data = (tmp_path / "out" / "coopdec.nt").read_text("utf-8")
    assert said in data
    report = check(data.replace(said, instead).encode())
    assert shape in {r.shape.rpartition("#")[2] for r in report.results} | {
        r.constraint.rpartition("#")[2] for r in report.results}
