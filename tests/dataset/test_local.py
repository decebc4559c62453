"""The local store: opened quickly, kept on disk when large, stopped in time, clear when wrong."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import threading
import time
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from coopdec.dataset import Dataset, kept, queries
from coopdec.dataset.kept import fingerprint, keep
from coopdec.dataset.local import LocalStore
from coopdec.dataset.worker import Worker
from coopdec.errors import (
    EndpointError,
    OutsideError,
    QuerySyntaxError,
    QueryTimeout,
    StorageError,
    UnknownName,
    UsageError,
)
from coopdec.pipeline import Summary
from coopdec.storage import replaced_folder

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.parametrize(("country", "number"), [
    ("Mali", 6), ("Burkina Faso", 5), ("Argentine", 3), ("MLI", 6), ("Q912", 6), ("Andorre", 0)])
def test_projects_by_country(data: Dataset, country: str, number: int) -> None:
    assert len(data.query("projects-by-country", country=country)) == number


@pytest.mark.parametrize(("name", "number"), [
    ("Allier", 2), ("conseil départemental de l'Allier", 2), ("03", 3), ("Grenoble", 1),
    ("SICOVAL", 1), ("Dunkerque Grand Littoral", 1), ("savoie dechets", 1), ("Bordeaux", 2),
    ("Bordeaux Métropole", 1), ("Conseil régional du Grand Est", 2), ("Lyon", 0)])
def test_projects_by_authority(data: Dataset, name: str, number: int) -> None:
    assert len(data.query("projects-by-collectivity", collectivity=name)) == number


def test_an_authority_that_nobody_knows(data: Dataset) -> None:
    with pytest.raises(UnknownName) as caught:
        data.query("projects-by-collectivity", collectivity="Grenobel")
    assert "Grenoble" in caught.value.suggestions


@pytest.mark.parametrize(("words", "number"), [
    ("eau", 2), ("EAU assainissement", 1), ("assainissement l'eau", 1), ("dechets", 2),
    ("développement durable", 6), ("zzz", 0)])
def test_projects_by_words(data: Dataset, words: str, number: int) -> None:
    assert len(data.query("projects-by-words", words=words)) == number


def test_names_come_in_the_language_asked(release: Summary) -> None:
    english = Dataset(release.output, lang="en").query("count-by-country")
    assert {"Argentina", "Cameroon"} <= set(english.column("country"))


def test_raw_queries(data: Dataset) -> None:
    rows = data.select("SELECT ?n { ?c cd:iso2 $code ; rdfs:label ?n } ORDER BY ?n", code="ML")
    assert rows.column("n") == ["Mali", "Mali"]
    assert data.ask("ASK { ?c cd:iso2 $code }", code="ML")
    assert not data.ask("ASK { ?c cd:iso2 $code }", code="ZZ")
    graph = data.construct("CONSTRUCT { ?c ?p ?o } WHERE { ?c cd:iso2 $code ; ?p ?o }", code="ML")
    assert isinstance(graph, rdflib.Graph)
    assert len(graph) >= 7
    iri = "https://w3id.org/coopdec/country/ML"
    described = data.describe(iri)
    assert (rdflib.URIRef(iri), rdflib.OWL.sameAs,
            rdflib.URIRef("http://www.wikidata.org/entity/Q912")) in described


def test_the_whole_as_an_rdflib_graph(data: Dataset, release: Summary) -> None:
    lines = (release.output / "coopdec.nt").read_text("utf-8").splitlines()
    assert len(data.graph()) == len(set(lines))


@pytest.mark.parametrize(("query", "line", "column"), [
    ("SELECT ?x {\n ?x a <http:// b> }", 2, 18),
    ("SELECT ?x { ?x a cd:Project", 1, 28),
    ("SELECT ?x { ?x a foo:Project }", 1, None),
    ("", None, None),
])
def test_a_syntax_error_has_its_place(
    data: Dataset, query: str, line: int | None, column: int | None
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        data.select(query)
    assert line is None or caught.value.line == line
    if column is not None:
        assert caught.value.column is not None
        assert abs(caught.value.column - column) <= 1, "prefixes we add must not shift it"
    assert "PREFIX cd" not in str(caught.value)


def test_a_query_of_another_form(data: Dataset) -> None:
    with pytest.raises(UsageError, match="ASK"):
        data.select("ASK { ?s ?p ?o }")
    with pytest.raises(UsageError, match="SELECT"):
        data.construct("SELECT * { ?s ?p ?o }")


def test_deep_queries_are_refused_before_they_hurt(data: Dataset) -> None:
    with pytest.raises(UsageError):
        data.select("SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }")


def test_service_is_off_unless_allowed(data: Dataset, release: Summary, wikidata: str) -> None:
    query = f"SELECT ?p {{ SERVICE <{wikidata}> {{ ?x wdt:P297 'ML' ; wdt:P1082 ?p }} }}"
    with pytest.raises(UsageError, match="another server"):
        data.select(query)
    with pytest.raises(UsageError):
        Dataset(release.output, federate=["http://other/"]).select(query)
    with pytest.raises(UsageError):
        Dataset(release.output, federate=[wikidata]).select(
            "SELECT * { BIND(<http://a/> AS ?w) SERVICE ?w { ?s ?p ?o } }")
    assert len(Dataset(release.output, federate=[wikidata]).select(query)) == 2


def test_a_service_that_is_down(release: Summary) -> None:
    from tests.servers import free_port

    data = Dataset(release.output, federate=True)
    with pytest.raises(EndpointError, match=r"127\.0\.0\.1"):
        data.query("country-facts", service=f"http://127.0.0.1:{free_port()}/sparql")


def test_a_time_limit_stops_an_endless_query_and_the_next_one_works(release: Summary) -> None:
    with Dataset(release.output, timeout=0.5) as data:
        with pytest.raises(QueryTimeout, match=r"0\.5"):
            data.select(ENDLESS)
        assert len(data.query("projects-by-country", country="Mali")) == 6
        assert len(data.construct("CONSTRUCT WHERE { ?s cd:iso2 ?o }")) > 30
        with pytest.raises(QuerySyntaxError) as caught:
            data.select("SELECT ?x { ?x a")
        assert caught.value.line == 1


def test_a_time_limit_gives_the_same_rows(data: Dataset, release: Summary) -> None:
    with Dataset(release.output, timeout=30) as limited:
        assert limited.query("links") == data.query("links")


def test_several_threads_share_a_worker(release: Summary) -> None:
    found: list[int] = []
    with Dataset(release.output, timeout=30) as data:
        def go() -> None:
            found.append(len(data.query("projects-by-country", country="Mali")))

        threads = [threading.Thread(target=go) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [6] * 6


def test_a_slow_service_is_given_up_in_time(release: Summary) -> None:
    from tests.servers import misbehaving

    with misbehaving() as talk, Dataset(release.output, federate=True, timeout=0.6) as data:
        talk.answer = lambda handler, number: time.sleep(4)
        with pytest.raises(QueryTimeout):
            data.query("country-facts", service=talk.url)
    assert Dataset(release.output, federate=True).timeout == 60, "never without a limit"


def test_a_worker_that_dies_is_an_error_and_is_replaced(release: Summary) -> None:
    worker = Worker(release.output / "coopdec.nt")
    worker.results("ASK {}")
    assert worker._process is not None
    worker._process.kill()
    worker._process.wait()
    assert b"true" in worker.results("ASK {}"), "one that died between queries is replaced"
    worker.close()


def test_memory_is_capped(release: Summary) -> None:
    worker = Worker(release.output / "coopdec.nt", memory=400 << 20)
    many = ("SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i")
    with pytest.raises(OutsideError):
        worker.results(many, timeout=30)
    assert b"true" in worker.results("ASK {}")
    worker.close()


def test_what_a_store_on_disk_caches_goes_and_it_answers_again(release: Summary) -> None:
    worker = Worker(keep(release.output / "coopdec.nt"), keeps=1)  # too much after each answer
    asked = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert worker.results(asked) == worker.results(asked)
    store = LocalStore(keep(release.output / "coopdec.nt"))
    first = store.results(asked)
    store.rest()
    assert store._store is None
    assert store.results(asked) == first
    worker.close()


def test_no_data_yet(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "output", tmp_path / "x.ttl"):
        with pytest.raises(UsageError, match="no data: "):
            Dataset(path)


def test_turtle_alone_does(release: Summary, tmp_path: Path) -> None:
    shutil.copy(release.output / "coopdec.ttl", tmp_path / "mine.ttl")
    assert len(Dataset(tmp_path / "mine.ttl").query("projects")) == 36


@pytest.mark.parametrize(("name", "text"), [
    ("a.ttl", "<http://a/> <b"), ("a.nt", "no\n"), ("a.csv", "a,b\n"), ("a", "")])
def test_data_that_is_no_rdf(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises((StorageError, UsageError)) as caught:
        Dataset(tmp_path / name).query("projects")
    assert name in str(caught.value)
    with (pytest.raises((StorageError, UsageError)),
          Dataset(tmp_path / name, timeout=10) as limited):
        limited.query("projects")


def test_a_large_dump_is_kept_on_disk_until_it_changes(
    release: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path / "cache"))
    dump = tmp_path / "big.nt"
    shutil.copy(release.output / "coopdec.nt", dump)
    query = queries()["projects"].bound()

    def ask() -> int:
        store = LocalStore(dump, keep_above=1000)
        answer = store.results(query)
        store.close()
        return answer.count(b'"project"')

    first = ask()
    (kept,) = [p for p in (tmp_path / "cache/stores").iterdir() if not p.name.startswith(".")]
    made = (kept / "coopdec-complete").stat().st_mtime_ns
    assert ask() == first
    assert (kept / "coopdec-complete").stat().st_mtime_ns == made, "opened, not made again"
    dump.write_text("\n".join(dump.read_text("utf-8").splitlines()[:100]) + "\n", "utf-8")
    assert ask() < first
    dump.write_text("\n".join(dump.read_text("utf-8").splitlines()[:50]) + "\n", "utf-8")
    ask()
    left = set((tmp_path / "cache/stores").iterdir())
    assert len(left) == 2
    assert kept not in left, "the oldest store is gone"


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_release_replaced_while_it_is_read_is_kept_under_no_wrong_name(
    when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "output"
    loaded: list[Path] = []

    def publish(n: int) -> None:
        text = "".join(f"<urn:a> <urn:b> <urn:{i}> .\n" for i in range(n))
        with replaced_folder(folder) as new:
            (new / "coopdec.nt").write_text(text)
            digest = hashlib.sha256(text.encode()).hexdigest()
            (new / "SHA256SUMS").write_text(f"{digest}  coopdec.nt\n")

    def load(store: pyoxigraph.Store, path: Path) -> None:
        if not loaded and when == "before":
            publish(2)
        really(store, path)
        if not loaded and when == "after":
            publish(2)
        loaded.append(path)

    really = kept.load
    monkeypatch.setattr(kept, "load", load)
    publish(1)
    place = keep(folder / "coopdec.nt")
    assert place.name.endswith(fingerprint(folder / "coopdec.nt"))
    assert len(pyoxigraph.Store.read_only(str(place))) == 2
    assert [p for p in place.parent.iterdir() if not p.name.startswith(".")] == [place]


def test_a_dump_that_never_holds_still_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path / "cache"))
    dump = tmp_path / "coopdec.nt"
    dump.touch()

    def load(*_: object) -> None:
        with dump.open("a") as more:
            more.write("<urn:a> <urn:b> <urn:c> .\n")

    monkeypatch.setattr(kept, "load", load)
    with pytest.raises(OSError, match="busy"):
        keep(dump)


def test_in_memory_or_on_disk_gives_the_same_rows(
    release: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path / "cache"))
    one = Dataset(release.output, in_memory=True).query("links")
    assert not (tmp_path / "cache").exists()
    assert Dataset(release.output, in_memory=False).query("links") == one
    assert (tmp_path / "cache/stores").exists()
    with Dataset(release.output, in_memory=False, timeout=30) as limited:
        assert limited.query("links") == one


def test_the_fingerprint_is_the_release_s_own(release: Summary, tmp_path: Path) -> None:
    dump = release.output / "coopdec.nt"
    lines = (release.output / "SHA256SUMS").read_text().splitlines()
    (stated,) = [line.split()[0] for line in lines if line.endswith("  coopdec.nt")]
    assert stated.startswith(fingerprint(dump))
    lone = tmp_path / "coopdec.nt"
    lone.write_text("")
    assert fingerprint(lone) != fingerprint(dump)


@pytest.mark.parametrize("wrong", [{"timeout": 0}, {"timeout": -1}, {"lang": "de"}])
def test_wrong_ways_to_open(release: Summary, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Dataset(release.output, **wrong)  # type: ignore[arg-type]


_ONE = {
    ".nt": "<urn:a> <urn:b> <urn:c> .",
    ".nq": "<urn:a> <urn:b> <urn:c> <urn:graph> .",
    ".trig": "<urn:graph> { <urn:a> <urn:b> <urn:c> }",
    ".turtle": "<urn:a> <urn:b> <urn:c> .",
    ".jsonld": '{"@id": "urn:graph", "@graph": {"@id": "urn:a", "urn:b": {"@id": "urn:c"}}}',
}


@pytest.mark.parametrize("packed", [False, True], ids=["", "gz"])
@pytest.mark.parametrize("suffix", _ONE)
def test_whatever_holds_them_statements_are_found(tmp_path: Path, suffix: str, packed: bool
                                                  ) -> None:
    """A named graph of the file's, too: a query without GRAPH found nothing there, silently."""
    data = _ONE[suffix].encode()
    file = tmp_path / f"x{suffix}{'.gz' if packed else ''}"
    file.write_bytes(gzip.compress(data) if packed else data)
    with Dataset(file) as found:
        assert [row.o for row in found.select("SELECT ?o { <urn:a> <urn:b> ?o }")] == ["urn:c"]


@pytest.mark.parametrize("data", [b"no gzip", gzip.compress(b"<urn:a> <urn:b> <urn:c> .")[:-9]],
                         ids=["other", "cut off"])
def test_a_packed_dump_that_is_broken_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.nt.gz").write_bytes(data)
    with pytest.raises(StorageError), Dataset(tmp_path / "x.nt.gz") as found:
        found.select("SELECT * { ?s ?p ?o }")


@pytest.mark.parametrize("query", ["DELETE WHERE { ?s ?p ?o }", "CLEAR ALL",
                                   "PREFIX a: <urn:a> INSERT DATA { a:b a:c a:d }"])
def test_what_would_change_data_is_told_so(data: Dataset, query: str) -> None:
    with pytest.raises(QuerySyntaxError) as wrong:
        data.select(query)
    assert wrong.value.code == "query-update"
