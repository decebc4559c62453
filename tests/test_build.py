"""The whole way: what must come out of the two lists, and that nothing else shows in it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, Namespace

from coopdec.pipeline import Options, Summary, build
from coopdec.vocab import CD

ROOT = Path(__file__).parent.parent
C = Namespace(CD)


@pytest.fixture(scope="module")
def graph(release: Summary) -> rdflib.Graph:
    return rdflib.Graph().parse(release.output / "coopdec.ttl")


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_36_projects_in_39_countries(graph: rdflib.Graph) -> None:
    assert len(set(graph.subjects(RDF.type, C.Project))) == 36
    countries = set(graph.subjects(RDF.type, C.Country))
    assert len(countries) == 39
    for country in countries:
        same = list(graph.objects(country, OWL.sameAs))
        assert len(same) == 1
        assert str(same[0]).startswith("http://www.wikidata.org/entity/Q")
    count = {str(c).rsplit("/", 1)[1]: len(list(graph.subjects(C.partnerCountry, c)))
             for c in countries}
    assert (count["ML"], count["BF"], count["AR"]) == (6, 5, 3)


def test_every_lead_but_one_has_a_code(graph: rdflib.Graph) -> None:
    leads = set(graph.objects(None, C.lead))
    without = {lead for lead in leads
               if not list(graph.objects(lead, C.inseeCode)) + list(graph.objects(lead, C.siren))}
    assert len(leads) == 34
    assert [str(graph.value(w, RDFS.label)) for w in without] == ["Savoie Déchets"]


# Printed partner → the identifier that researchers found for it (one authority is enough).
PARTNERS = {
    "Niafunké": "gn-8299588", "Uvrukhangai": "iso-MN-055", "Centre": "iso-BF-03",
    "Centrale": "iso-TG-C", "Borgou": "iso-BJ-BO", "Yanfolila": "gn-8631446",
    "Manizales, Caldas": "gn-3675443", "Yen Bai": "iso-VN-06", "Douala": "gn-2232593",
    "Hyderabad": "gn-1269843", "Jujuy": "iso-AR-Y", "Bobo Dioulasso": "gn-2362344",
    "Ségou": "gn-2451478", "Battambang": "iso-KH-2", "Gon Boussougou": "gn-2361778",
    "Hauts-Bassins": "iso-BF-09", "Zapatoca": "gn-3665587", "Sevan": "gn-616250",
    "Sio": "gn-6687397", "Ouéléni": "gn-2356965", "Dankassari": "gn-7003106",
    "Sacaba": "gn-3906194", "Bondoukou": "gn-2291136", "Saa": "gn-2222366",
    "Bizerte": "gn-2472706", "Hué": "gn-1580240", "Bamako": "gn-2460596", "Cachi": "gn-3863557",
    "Huyé": "gn-7690219", "Labé": "gn-2418362", "Tucuman": "iso-AR-T",
    "Verejeni": "mairie-de-verejeni", "Crasna": "commune-de-crasna",
    "Benkadi": "benkadi-cercle-et-region-de-sikasso", "El Tuma La Dalia": "el-tuma-la-dalia",
}


def test_partner_territories(graph: rdflib.Graph) -> None:
    found = {}
    for partner in set(graph.objects(None, C.partner)):
        if (partner, RDF.type, C.PartnerTerritory) not in graph:
            continue
        names = {str(n) for p in (RDFS.label, SKOS.altLabel) for n in graph.objects(partner, p)}
        name = next(n for n in PARTNERS if n in names)
        found[name] = str(partner).rsplit("/", 1)[1]
    assert found == PARTNERS
    identified = [i for i in found.values() if i.startswith(("gn-", "iso-"))]
    assert len(identified) == 31


def test_open_questions_have_their_candidates(release: Summary) -> None:
    asked = {f.params["name"]: f for f in release.findings if f.severity == "warning"}
    assert set(asked) == {"Verejeni", "Crasna", "Benkadi", "El Tuma La Dalia"}
    assert len(asked["Verejeni"].params["candidates"]) >= 2
    assert len(asked["Crasna"].params["candidates"]) >= 2


def test_both_parsers_read_the_same_graph(release: Summary, graph: rdflib.Graph) -> None:
    triples = rdflib.Graph().parse(release.output / "coopdec.nt", format="nt")
    assert set(graph) == set(triples)
    turtle, ntriples = (
        {str(q) for q in pyoxigraph.parse(path=str(release.output / name))}
        for name in ("coopdec.ttl", "coopdec.nt"))
    assert turtle == ntriples
    assert len(turtle) == len(triples)


def test_nothing_dangles_and_nothing_is_blank(graph: rdflib.Graph) -> None:
    described = set(graph.subjects())
    base = "https://w3id.org/coopdec/"
    ours = {o for o in graph.objects() if str(o).startswith(base)
            and not str(o).startswith(CD) and isinstance(o, rdflib.URIRef)}
    assert not ours - described
    assert not [t for t in graph if any(isinstance(n, rdflib.BNode) for n in t)]
    assert all((s, RDFS.label, None) in graph for s in described)


def test_checksums(release: Summary) -> None:
    lines = (release.output / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == len(list(release.output.iterdir())) - 1
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((release.output / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("size", [1, 10])
def test_the_chunk_size_does_not_show(release: Summary, tmp_path: Path, size: int) -> None:
    build([ROOT / "sources"], tmp_path / "o", Options(chunk_size=size),
          decisions=ROOT / "decisions")
    assert files(tmp_path / "o") == files(release.output)


def test_seed_time_zone_and_locale_do_not_show(release: Summary, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland",
                   "LC_ALL": "C", "COOPDEC_LANG": "en"}
    subprocess.run(
        [sys.executable, "-m", "coopdec", "build", "sources", "-o", str(tmp_path / "o"),
         "--decisions", "decisions"],
        cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120)
    assert files(tmp_path / "o") == files(release.output)


def test_a_new_row_changes_no_other_project(release: Summary, lists: Path, tmp_path: Path) -> None:
    path = lists / "laureats-session-1.txt"
    head, _, rest = path.read_text("utf-8").partition("Bretagne\t")
    row = "\tLyon\tOuagadougou (Burkina Faso)\tMarchés alimentaires\n"
    path.write_text(f"{head}{row}Bretagne\t{rest}", "utf-8")
    toml = lists / "laureats-session-1.toml"
    toml.write_text(toml.read_text("utf-8").replace("projects = 16", "projects = 17"), "utf-8")
    build([lists], tmp_path / "o")
    before, after = (
        {str(s) for s in rdflib.Graph().parse(f / "coopdec.ttl").subjects(RDF.type, C.Project)}
        for f in (release.output, tmp_path / "o"))
    assert before < after
    assert len(after - before) == 1


def test_a_corrected_word_changes_only_its_project(release: Summary, lists: Path,
                                                   tmp_path: Path) -> None:
    path = lists / "laureats-session-1.txt"
    path.write_text(path.read_text("utf-8").replace("Fantastic", "Fantastique"), "utf-8")
    build([lists], tmp_path / "o")
    before, after = (set((f / "coopdec.nt").read_text("utf-8").splitlines())
                     for f in (release.output, tmp_path / "o"))
    subjects = {line.split("#row")[0].split(" ")[0].split("#theme")[0].strip("<>")
                for line in before ^ after}
    assert len(subjects) == 3  # the project under its old and new IRI; the list's checksum
    assert "https://w3id.org/coopdec/source/laureats-session-1" in subjects


def test_another_base(tmp_path: Path) -> None:
    build([ROOT / "sources"], tmp_path / "o", Options(base="https://data.example.fr/cd/"))
    text = (tmp_path / "o" / "coopdec.nt").read_text("utf-8")
    assert "<https://data.example.fr/cd/country/ML>" in text
    assert "w3id.org/coopdec/country" not in text
