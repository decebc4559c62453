"""``coopdec query`` as people run it: what is printed where, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir, nullcontext, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from coopdec.cli import main
from coopdec.cli.query import FIXED
from coopdec.dataset import Dataset, queries
from coopdec.pipeline import Summary
from tests.servers import free_port, misbehaving, send, sparql_server

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, stdin: str = "", cwd: Path | None = None, width: int = 100,
        lang: str = "fr") -> Done:
    """The command in this process: what it prints where, and its exit code."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    env = {"COLUMNS": str(width), "COOPDEC_LANG": lang, "NO_COLOR": "1", "no_proxy": "127.0.0.1"}
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
    with (mock.patch.dict(os.environ, env), mock.patch("sys.stdin", given), chdir(cwd or "."),
          redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended):
        main(list(arguments))
    code = ended.value.code
    assert isinstance(code, int)
    return Done(code, *(o.buffer.getvalue().decode() for o in (out, err)))


@pytest.fixture(scope="module")
def place(release: Summary) -> Path:
    """A folder with ``output/`` in it, as a user has it."""
    return release.output.parent


@pytest.fixture(scope="module")
def opened(place: Path) -> Iterator[Dataset]:
    with Dataset(place / "output") as data:
        yield data


def test_projects_of_mali_as_a_table(place: Path) -> None:
    done = run("query", "projects-by-country", "--country", "Mali", cwd=place)
    assert done.returncode == 0
    assert "chefs de file" in done.stdout
    assert "La Talaudière" in done.stdout
    assert "6 lignes" in done.stderr
    assert "http" not in done.stdout, "IRIs are short for people"


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("name", ["projects", "links", "countries", "unresolved-partners"])
def test_tables_fit_the_terminal(opened: Dataset, monkeypatch: pytest.MonkeyPatch, name: str,
                                 width: int) -> None:
    monkeypatch.setattr("coopdec.dataset.Dataset", lambda *_, **__: nullcontext(opened))
    done = run("query", name, width=width)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= width


def test_csv_and_json_have_everything(place: Path) -> None:
    asked = ("query", "projects-by-country", "--country=ML", "--format")
    lines = list(csv.DictReader(io.StringIO(run(*asked, "csv", cwd=place).stdout)))
    assert len(lines) == 6
    assert all(line["project"].startswith("https://w3id.org/coopdec/project/") for line in lines)
    found = json.loads(run(*asked, "json", cwd=place).stdout)
    assert [b["title"]["value"] for b in found["results"]["bindings"]] == [
        line["title"] for line in lines]
    marked = run(*asked, "md", cwd=place).stdout.splitlines()
    assert len(marked) == 8
    assert set(marked[1]) <= set("| -")


def test_the_list_of_queries(tmp_path: Path) -> None:
    done = run("query", cwd=tmp_path)
    assert done.returncode == 0
    for query in queries().values():
        assert query.name in done.stdout
    assert "--country" in done.stdout
    listed = json.loads(run("query", "--format", "json", cwd=tmp_path).stdout)
    assert [q["name"] for q in listed] == list(queries())
    assert "Projects with a country" in run("query", "--lang", "en", cwd=tmp_path).stdout


def test_help_shows_the_parameters_of_a_query(tmp_path: Path) -> None:
    done = run("query", "projects-by-country", "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "--country" in done.stdout
    assert "Projets menés avec un pays" in done.stdout
    assert "--country" not in run("query", "--help").stdout
    assert "Projects with a country" in run("query", "projects-by-country", "-h", lang="en").stdout


def test_show_prints_sparql_that_runs_anywhere(place: Path, tmp_path: Path) -> None:
    shown = run("query", "projects-by-country", "--country", "Mali", "--show", cwd=tmp_path)
    assert shown.returncode == 0, "no data is needed to show"
    assert 'cd:iso2 "ML"' in shown.stdout
    assert "$" not in shown.stdout
    again = run("query", "-", "--format", "csv", stdin=shown.stdout, cwd=place)
    asked = run("query", "projects-by-country", "--country", "Mali", "--format", "csv", cwd=place)
    assert again.stdout == asked.stdout


def test_options_may_stand_anywhere(place: Path) -> None:
    usual = run("query", "projects-by-country", "--country", "Mali", "--format", "csv", cwd=place)
    for other in (["--format", "csv", "projects-by-country", "--country", "Mali"],
                  ["--country", "Mali", "--format=csv", "projects-by-country"],
                  ["-p", "country=Mali", "--format", "csv", "projects-by-country"],
                  ["-pcountry=Mali", "projects-by-country", "--format", "csv"],
                  ["--lang", "fr", "projects-by-country", "--format", "csv", "--country=Mali"]):
        assert run("query", *other, cwd=place).stdout == usual.stdout


def test_ones_own_queries(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("SELECT ?n { ?c cd:iso2 $code ; rdfs:label ?n } ORDER BY ?n", "utf-8")
    done = run("query", str(file), "-p", "code=ML", "--format", "csv", cwd=place)
    assert done.stdout.splitlines() == ["n", "Mali", "Mali"]
    assert run("query", "-", stdin="ASK { ?c cd:iso2 'ML' }", cwd=place).stdout == "oui\n"
    done = run("query", "-", "--format", "json", stdin="ASK { ?c cd:iso2 'ZZ' }", cwd=place)
    assert json.loads(done.stdout)["boolean"] is False
    done = run("query", "-", stdin="CONSTRUCT WHERE { ?c cd:iso2 'ML' }", cwd=place)
    assert done.stdout == ('<https://w3id.org/coopdec/country/ML> '
                           '<https://w3id.org/coopdec/ontology#iso2> "ML" .\n')


def test_other_data(place: Path, tmp_path: Path) -> None:
    one = run("query", "count-by-level", "--data", str(place / "output"), "--format", "csv",
              cwd=tmp_path)
    two = run("query", "count-by-level", "--data", str(place / "output/coopdec.ttl"),
              "--format", "csv", cwd=tmp_path)
    assert one.returncode == 0
    assert one.stdout == two.stdout


def test_an_endpoint(release: Summary, place: Path) -> None:
    dump = (release.output / "coopdec.nt").read_bytes()
    asked = ("query", "partners-of-country", "--country", "Mali", "--format", "csv")
    with sparql_server(dump, "application/n-triples") as url:
        done = run(*asked, "--endpoint", url)
    assert done.returncode == 0
    assert done.stdout == run(*asked, cwd=place).stdout


@pytest.mark.parametrize(("arguments", "words"), [
    (["projcts-by-country"], "projects-by-country"),
    (["projects-by-country"], "--country"),
    (["projects-by-country", "--country", "Malli"], "Mali"),
    (["projects-by-country", "--country", ""], "country"),
    (["projects-by-country", "--contry", "Mali"], "--country"),
    (["projects-by-country", "-p", "contry=Mali"], "country"),
    (["projects-by-country", "-p", "country"], "NOM=VALEUR"),
    (["projects-by-region", "--region", "Bretange"], "Bretagne"),
    (["projects-by-collectivity", "--collectivity", "Grenobel"], "Grenoble"),
    (["projects-by-theme", "--theme", "18"], "17"),
    (["shared-territories", "--minimum", "deux"], "entier"),
    (["links", "--authority", "insee"], "wikidata"),
    (["country-facts"], "--federate"),
    (["country-facts", "--federate", "--service", "x y"], "x y"),
    (["projects", "--endpoint", "nonsense"], "nonsense"),
    (["projects", "--endpoint", "http://a/", "--data", "."], "--endpoint"),
    (["projects", "--format", "xlsx"], "table"),
    (["projects", "--timeout", "0"], "--timeout"),
    (["projects", "--data", "nowhere"], "coopdec build"),
])
def test_wrong_use_says_what_to_do_and_exits_with_2(
    place: Path, arguments: list[str], words: str
) -> None:
    done = run("query", *arguments, cwd=place)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("sparql", "words"), [
    ("SELECT ?x { ?x a cd:Project", "ligne 1"),
    ("SELECT ?x {\n ?x a nothing:Here }", "préfixe"),
    ("DELETE WHERE { ?s ?p ?o }", "ne se modifient pas"),
    ("", "vide"),
    ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "--federate"),
    ("SELECT * {" + "{" * 5000 + "}" * 5001, "groupes"),
])
def test_wrong_sparql_is_placed(place: Path, sparql: str, words: str) -> None:
    done = run("query", "-", stdin=sparql, cwd=place)
    assert done.returncode == 2
    assert words in done.stderr


def test_no_data_yet_says_to_build(tmp_path: Path) -> None:
    done = run("query", "projects", cwd=tmp_path)
    assert done.returncode == 2
    assert "coopdec build" in done.stderr


def test_a_broken_dump_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/coopdec.nt").write_text("<half a tri")
    done = run("query", "projects", cwd=tmp_path)
    assert done.returncode == 3
    assert "coopdec.nt" in done.stderr


def test_a_time_limit(place: Path) -> None:
    done = run("query", "-", "--timeout", "0.5", stdin=ENDLESS, cwd=place)
    assert done.returncode == 3
    assert "0.5 s" in done.stderr


def test_control_c_stops_an_endless_query(place: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "coopdec", "query", "-"], stdin=subprocess.PIPE,
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=place)
    assert process.stdin is not None
    process.stdin.write(ENDLESS)
    process.stdin.close()
    process.stdin = None
    threads = Path(f"/proc/{process.pid}/task")  # the query runs in one of its own
    try:
        if not threads.exists():
            time.sleep(1.5)
        for _ in range(1000):
            if not threads.exists() or len(list(threads.iterdir())) > 1:
                break
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err


def test_endpoints_that_fail_exit_with_3() -> None:
    done = run("query", "projects", "--endpoint", f"http://127.0.0.1:{free_port()}/sparql")
    assert done.returncode == 3
    assert "ne répond pas" in done.stderr
    with misbehaving() as talk:
        talk.answer = lambda h, _: send(h, 200, "text/html", b"<!doctype html><p>Bonjour")
        done = run("query", "projects", "--endpoint", talk.url)
        assert done.returncode == 3
        assert "page" in done.stderr
        talk.answer = lambda h, _: time.sleep(3)
        done = run("query", "projects", "--endpoint", talk.url, "--timeout", "0.4")
        assert done.returncode == 3
        assert "0.4 s" in done.stderr


def test_markup_and_control_characters_in_data_are_text(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(
        '<http://a/> <http://www.w3.org/2000/01/rdf-schema#label> "[red]x[/] \\u001B[31my" .\n')
    done = run("query", "-", "--data", "a.nt", stdin="SELECT ?l { ?s rdfs:label ?l }",
               cwd=tmp_path)
    assert "[red]x[/]" in done.stdout
    assert "\x1b" not in done.stdout


def test_the_whole_command_loads_what_it_works_with_and_no_more(place: Path) -> None:
    """A process of its own is as quick as what it loads (benchmarks/startup.py)."""
    code = ("import atexit, sys; from coopdec.cli import main; "
            "atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr)); "
            "main(['query', 'projects-by-country', '--country', 'Mali'])")
    done = subprocess.run([sys.executable, "-c", code], cwd=place, capture_output=True, text=True,
                          check=True, timeout=60)
    assert "La Talaudière" in done.stdout
    loaded = set(done.stderr.split())
    assert {"pyoxigraph", "coopdec.dataset", "coopdec.reference"} <= loaded
    stages = {f"coopdec.{s}" for s in (
        "announcements", "catalogue", "changes", "check", "classify", "describe", "pipeline",
        "read", "resolve", "web")}
    heavy = {"asyncio", "concurrent", "jinja2", "lxml", "multiprocessing", "numpy", "pandas",
             "pdfplumber", "pyarrow", "pyshacl", "rapidfuzz", "rdflib", "requests", "shacl",
             "SPARQLWrapper", "ssl", "starlette"}
    assert not (stages | heavy) & {*loaded, *(m.partition(".")[0] for m in loaded)}


def test_fixed_options_are_the_ones_of_the_design() -> None:
    assert {"data", "endpoint", "format", "show", "federate", "timeout", "lang", "p"} <= FIXED


def test_a_code_taken_for_a_number_is_told(place: Path) -> None:
    (place / "own.rq").write_text("SELECT ?l { ?l cd:inseeCode $code }", "utf-8")
    done = run("query", "own.rq", "-p", "code=69043", cwd=place)
    assert """-p 'code="69043"'""" in done.stderr
    done = run("query", "own.rq", "-p", 'code="69043"', cwd=place)
    assert done.stderr == "1 ligne\n"


def test_a_very_long_table_is_cut_and_says_so(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coopdec.cli._answers.MOST", 5)
    done = run("query", "countries", cwd=place)
    assert len(done.stdout.splitlines()) == 7
    assert "39 lignes ; les 5 premières" in done.stderr
    assert len(run("query", "countries", "--format", "csv", cwd=place).stdout.splitlines()) == 40
