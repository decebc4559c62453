"""Links that people decide on: proposed, accepted, refused, remembered, never asked twice."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from coopdec.cli import _group
from coopdec.cli._errors import run
from coopdec.decisions import Decisions, load_decisions
from coopdec.errors import EndpointError
from coopdec.model import Entity, Kind
from coopdec.reference import gazetteer
from coopdec.review import live_suggestions, review
from coopdec.wikidata import Wikidata, identifier_of
from tests.servers import Talk, send

ROOT = Path(__file__).parent.parent
WIKIDATA = """\
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q210711 wdt:P374 "16015" ; rdfs:label "Angoulême"@fr .
wd:Q1001 wdt:P374 "69043" ; rdfs:label "Chaponost"@fr .
wd:Q1002 wdt:P374 "69043" ; rdfs:label "Chaponost, autre"@fr .
wd:Q1003 wdt:P374 "38140" ; rdfs:label "Crolles, dissoute"@fr ; wdt:P576 "1900-01-01"^^xsd:date .
wd:Q1004 wdt:P1616 "245900428" ; rdfs:label "Communauté urbaine de Dunkerque"@fr .
wd:Q1005 wdt:P1566 "8299588" ; rdfs:label "Cercle de Niafunké"@fr .
wd:Q1006 wdt:P17 wd:Q912 ; rdfs:label "Benkadi"@fr .
wd:Q1007 wdt:P17 wd:Q1008 ; rdfs:label "Benkadi"@fr .
"""


def coopdec(*arguments: str) -> int:
    return run(_group, list(arguments))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_suggest_accept_refuse_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ["--decisions", str(tmp_path)]
    ask = ["links", "suggest", str(ROOT / "sources"), *folder, "--format", "jsonl"]
    assert coopdec(*ask) == 0
    first = lines(capsys)
    asked = {str(s["subject_id"]) for s in first}
    assert "territory/MD/mairie-de-verejeni" in asked
    assert "territory/RO/commune-de-crasna" in asked
    crasna = [s for s in first if s["subject_id"] == "territory/RO/commune-de-crasna"]
    refused = str(crasna[0]["object_id"])
    assert coopdec("links", "accept", "territory/MD/mairie-de-verejeni", "gn:617137/",
                   "--comment", "zone centre Est", *folder) == 0
    assert coopdec("links", "refuse", "cdr:territory/RO/commune-de-crasna", refused, *folder) == 0
    capsys.readouterr()
    assert coopdec(*ask) == 0
    second = lines(capsys)
    assert "territory/MD/mairie-de-verejeni" not in {s["subject_id"] for s in second}
    assert refused not in {s["object_id"] for s in second}
    assert len([s for s in second if s["subject_id"] == "territory/RO/commune-de-crasna"]) == (
        len(crasna) - 1)
    assert coopdec("links", "list", *folder, "--format", "jsonl") == 0
    kept = lines(capsys)
    assert [(k["accepted"], k["comment"]) for k in kept] == [(True, "zone centre Est"), (False, "")]


def test_suggestions_and_decisions_to_read(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name once, its candidates below it with what the commands take; no empty table."""
    folder = ["--decisions", str(tmp_path), "--lang", "fr"]
    assert coopdec("links", "list", *folder) == 0
    assert capsys.readouterr().out == f"Aucune décision dans {tmp_path}.\n"
    assert coopdec("links", "suggest", str(ROOT / "sources"), *folder) == 0
    said = capsys.readouterr()
    (crasna,) = [b for b in said.out.split("\n\n") if "territory/RO/commune-de-crasna" in b]
    assert "Crasna (RO) · 1 projet\n" in crasna
    assert "  Crasna · localité · " in crasna
    assert crasna.count("skos:closeMatch gn:") > 1
    assert "  sans candidat" in said.out
    assert "coopdec links accept territory/" in said.err
    coopdec("links", "refuse", "territory/RO/commune-de-crasna", "gn:1/", *folder)
    capsys.readouterr()
    assert coopdec("links", "list", *folder) == 0
    assert "refusé" in capsys.readouterr().out


def test_a_second_decision_takes_the_place_of_the_first(tmp_path: Path) -> None:
    for verb in ("accept", "refuse"):
        coopdec("links", verb, "territory/MD/x", "wd:Q1", "--decisions", str(tmp_path))
    (only,) = load_decisions(tmp_path).links["territory/MD/x"]
    assert not only.accepted


def test_who_a_body_is_said_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Accepted after a refusal, only the move stands, and the list shows it; refused after
    that, the line that stands against it is named."""
    link = ("collectivity/unidentified/castres", "collectivity/commune/81065",
            "--decisions", str(tmp_path))
    assert coopdec("links", "refuse", *link) == coopdec("links", "accept", *link) == 0
    assert not load_decisions(tmp_path).links
    capsys.readouterr()
    assert coopdec("links", "list", "--decisions", str(tmp_path), "--format", "jsonl") == 0
    (said,) = lines(capsys)
    assert (said["subject"], said["accepted"], said["object"]) == (link[0], True, f"cdr:{link[1]}")
    assert coopdec("links", "refuse", *link) == 1
    assert "identities.tsv, ligne 3" in capsys.readouterr().err
    assert not load_decisions(tmp_path).links


@pytest.mark.parametrize(
    "arguments",
    [("foo", "wd:Q1"), ("territory/MD/x", "Q1"), ("territory/MD/x", "wd:Q1 ?p"),
     ("territory/MD/x", "wd:Q1", "--predicate", "rdfs:seeAlso")],
)
def test_what_is_no_link_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert coopdec("links", "accept", *arguments, "--decisions", str(tmp_path)) == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.filterwarnings("ignore")  # those of sssom-py's own dependencies
def test_the_tables_are_sssom(tmp_path: Path, release: object) -> None:
    """Valid for the parser of sssom-py, which others read such tables with."""
    parsers = pytest.importorskip("sssom.parsers", reason="sssom-py is not installed")
    parse = parsers.parse_sssom_table
    coopdec("links", "accept", "territory/MD/x", "wd:Q1", "--decisions", str(tmp_path))
    coopdec("links", "refuse", "territory/MD/x", "gn:1/", "--decisions", str(tmp_path))
    output = release.output  # type: ignore[attr-defined]
    for path, size in ((tmp_path / "links.sssom.tsv", 2), (output / "links.sssom.tsv", 100)):
        table = parse(str(path)).df
        assert len(table) >= size
        assert set(table["predicate_id"]) <= {"skos:exactMatch", "skos:closeMatch", "owl:sameAs"}


def test_review_at_a_terminal(tmp_path: Path) -> None:
    """A real terminal: the first candidate is taken, the next name has none, then stop."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "coopdec", "links", "suggest", "sources", "--decisions",
         str(tmp_path), "--author", "me", "--lang", "en"],
        cwd=ROOT, stdin=side, stdout=side, stderr=side, close_fds=True,
        env={**os.environ, "TERM": "dumb"})
    os.close(side)
    shown, keys = "", ["x", "1", "n"]
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([main], [], [], 0.2)[0]:
            try:
                shown += os.read(main, 4096).decode("utf-8", "replace")
            except OSError:
                break
            while keys and shown.count("1-9 accept") > 3 - len(keys):
                time.sleep(0.5)  # what is typed before the terminal is raw is thrown away
                os.write(main, keys.pop(0).encode())
        elif process.poll() is not None:
            break
    if keys:
        process.kill()
    assert process.wait(30) == 0, shown
    os.close(main)
    assert re.search(r"\[1 of 2\]", shown)
    assert "Moldavie" in shown
    assert re.search(r"\d+ km from the first", shown)
    links = load_decisions(tmp_path).links
    answers = {subject: {d.accepted for d in said} for subject, said in links.items()}
    assert sorted(answers.values(), key=str) == [{False}, {True}]


# ---- live


def test_the_most_telling_identifier_is_asked_for() -> None:
    assert identifier_of(entity("commune/69043")) == ("P374", "69043")
    assert identifier_of(entity("department/03"))[0] in {"P300", "P2586"}  # type: ignore[index]
    assert identifier_of(entity("country/ML")) == ("P297", "ML")
    assert identifier_of(entity("gn/8299588")) == ("P1566", "8299588")
    assert identifier_of(Entity("x", Kind.SYNDICATE, "syndicate", "X")) is None


def entity(key: str) -> Entity:
    found = gazetteer().entity(key)
    assert found is not None
    return found


def test_live_by_identifier(tmp_path: Path, wikidata_endpoint: str) -> None:
    live = Wikidata(wikidata_endpoint, tmp_path / "cache")
    keys = ("commune/16015", "commune/69043", "commune/38140", "intercommunality/245900428",
            "gn/8299588")
    found = list(live.by_identifier([entity(k) for k in keys]))
    assert [(m.entity.key, m.item, m.alone) for m in found] == [
        ("gn/8299588", "Q1005", True), ("intercommunality/245900428", "Q1004", True),
        ("commune/16015", "Q210711", True), ("commune/69043", "Q1001", False),
        ("commune/69043", "Q1002", False)]


def test_live_suggestions_and_decisions(tmp_path: Path, wikidata_endpoint: str) -> None:
    found = review([ROOT / "sources"], None)
    live = Wikidata(wikidata_endpoint, tmp_path / "cache")
    every = list(live_suggestions(found, Decisions(), live))
    by_subject = {s.subject: s for s in every}
    assert by_subject["collectivity/commune/16015"].score == 0.99
    assert by_subject["collectivity/commune/69043"].score == 0.5
    benkadi = by_subject["territory/ML/benkadi-cercle-et-region-de-sikasso"]
    assert benkadi.target.endswith("/Q1006")
    assert benkadi.predicate.endswith("closeMatch")
    coopdec("links", "refuse", "collectivity/commune/16015", "wd:Q210711", "--decisions",
            str(tmp_path / "d"))
    again = list(live_suggestions(found, load_decisions(tmp_path / "d"), live))
    assert len(again) == len(every) - 1


def test_live_answers_are_kept(tmp_path: Path, wikidata_endpoint: str) -> None:
    asked = [entity("commune/16015")]
    first = list(Wikidata(wikidata_endpoint, tmp_path).by_identifier(asked))
    # The same endpoint's answers, now without an endpoint: nothing is asked anew.
    silent = Wikidata(wikidata_endpoint, tmp_path, timeout=0.001)
    assert list(silent.by_identifier(asked)) == first
    for kept in tmp_path.glob("*.json"):
        kept.write_text("[[", "utf-8")
    assert list(Wikidata(wikidata_endpoint, tmp_path).by_identifier(asked)) == first


JSON = "application/sparql-results+json"
FOUND = json.dumps({"head": {"vars": ["value", "item", "label"]}, "results": {"bindings": [{
    "value": {"type": "literal", "value": "16015"},
    "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q210711"},
    "label": {"type": "literal", "value": "Angoulême"}}]}}).encode()


@pytest.mark.parametrize(
    ("status", "media", "body"),
    [
        (500, "text/plain", b"java.lang.OutOfMemoryError"),
        (200, JSON, FOUND[:60]),
        (200, JSON, b"not json"),
        (200, "text/html", b"<html>maintenance</html>"),
    ],
)
def test_live_and_a_sick_endpoint(
    talk: Talk, tmp_path: Path, status: int, media: str, body: bytes,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A warning, no traceback, nothing kept of the sick answer; the next run goes on."""
    talk.answer = lambda handler, number: send(handler, status, media, body)
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path))
    asked = ("links", "suggest", str(ROOT / "sources"), "--decisions", str(tmp_path / "d"),
             "--endpoint", talk.url, "--format", "jsonl", "--lang", "en")
    assert coopdec(*asked) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "run the command again" in said.err
    assert "Traceback" not in said.err
    assert not list((tmp_path / "wikidata").glob("*.json"))
    talk.answer = lambda handler, number: send(handler, 200, JSON, FOUND)
    assert coopdec(*asked) == 0
    assert "wd:Q210711" in capsys.readouterr().out


def test_live_goes_on_where_it_was(talk: Talk, tmp_path: Path) -> None:
    """One request at a time; what had come is not asked for again."""
    entities = [entity("commune/16015"), entity("gn/8299588")]

    def once(handler: BaseHTTPRequestHandler, number: int) -> None:
        if number == 1:
            send(handler, 200, JSON, FOUND)
        else:
            send(handler, 500, "text/plain", b"")

    talk.answer = once
    live = Wikidata(talk.url, tmp_path)
    with pytest.raises(EndpointError):
        list(live.by_identifier(entities))
    assert len(list(tmp_path.glob("*.json"))) == 1
    talk.answer = lambda handler, number: send(handler, 200, JSON, FOUND)
    before = len(talk.requests)
    list(live.by_identifier(entities))
    assert len(talk.requests) == before + 1
    agent = {k.lower(): v for k, v in talk.requests[0][2].items()}["user-agent"]
    assert agent.startswith("coopdec/")


def test_a_busy_endpoint_is_asked_again(talk: Talk, tmp_path: Path) -> None:
    def busy(handler: BaseHTTPRequestHandler, number: int) -> None:
        if number == 1:
            send(handler, 429, "text/plain", b"", Retry_After="0")
        else:
            send(handler, 200, JSON, FOUND)

    talk.answer = busy
    (found,) = Wikidata(talk.url, tmp_path).by_identifier([entity("commune/16015")])
    assert found.item == "Q210711"
    assert len(talk.requests) == 2


def test_an_outage_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path))
    code = coopdec("links", "suggest", str(ROOT / "sources"), "--decisions", str(tmp_path / "d"),
                   "--endpoint", "http://127.0.0.1:9/sparql", "--format", "jsonl", "--lang", "en")
    said = capsys.readouterr()
    assert code == 0
    assert said.out == ""
    assert "run the command again" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(("typed", "kept"), [
    ("gn:617137", "gn:617137/"), ("https://www.geonames.org/617137/verejeni.html", "gn:617137/"),
    ("https://www.wikidata.org/wiki/Q912", "wd:Q912"), ("wd:Q912", "wd:Q912"),
    ("https://example.org/wiki/Q912", "https://example.org/wiki/Q912")])
def test_the_address_of_a_page_is_the_entity_it_tells_of(
        typed: str, kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ("--decisions", str(tmp_path))
    assert coopdec("links", "accept", "territory/MD/mairie-de-verejeni", typed, *folder) == 0
    assert coopdec("links", "list", *folder, "--format", "jsonl") == 0
    assert [k["object"] for k in lines(capsys)] == [kept]
