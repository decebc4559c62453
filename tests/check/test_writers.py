"""What people and programs read of a report."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Namespace

from coopdec.check import WRITERS, Report, check, write
from coopdec.messages import LANGS, Lang
from coopdec.model import Finding, Position, Severity

SH = Namespace("http://www.w3.org/ns/shacl#")
EVIL = "<script>alert(\"x\")</script> & 'y'"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def report(correct: Callable[[int], str]) -> Report:
    escaped = EVIL.replace('"', '\\"')
    text = correct(4).replace('"Projet 1 : eau potable"@fr', f'"{escaped}"@en')
    return check(text.replace('"0.97"', '"1.97"').encode(), engine="pyshacl")


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return [Finding("no-such-file", Severity.WARNING, Position(f"{EVIL}.txt", 3, column="Titre"),
                    {"path": "=cmd()"})]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", WRITERS)
def test_every_form_is_written_the_same_twice(
    report: Report, findings: list[Finding], form: str, lang: Lang
) -> None:
    once = write(report, form, findings=findings, lang=lang)
    assert once == write(report, form, findings=findings, lang=lang)
    assert once.endswith("\n")


def test_text(report: Report) -> None:
    french = write(report, "text", lang="fr")
    assert "erreur : « Projet 0 : eau potable » (session 1, liste, ligne 10, colonne « Titre »)" \
        in french
    assert "« 1.97 » (decimal) est supérieur à 1." in french
    assert "Non conforme : 6 erreurs" in french
    english = write(report, "text", lang="en")
    assert "error: « Projet 0 : eau potable » (session 1, liste, line 10, column" in english


def test_json_lines(report: Report, findings: list[Finding]) -> None:
    records = [json.loads(x) for x in write(report, "jsonl", findings=findings).splitlines()]
    assert len(records) == len(report.results) + 1
    assert len({tuple(sorted(r)) for r in records}) == 1
    assert records[0]["where"]["line"] in range(10, 14)
    assert records[-1]["code"] == "no-such-file"
    assert "\\u00e9" not in write(report, "jsonl")


def test_csv_is_safe_in_a_spreadsheet(report: Report) -> None:
    finding = Finding("no-such-file", Severity.INFO, None, {"path": "x"}, "=cmd()")
    rows = list(csv.reader(io.StringIO(write(report, "csv", findings=[finding]))))
    assert len({len(r) for r in rows}) == 1
    assert rows[-1][-1] == "'=cmd()"


def test_turtle_is_the_w3c_report(report: Report) -> None:
    graph = Graph().parse(data=write(report, "turtle"), format="turtle")
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == len(report.results)
    assert not any(isinstance(t, BNode) for triple in graph for t in triple)
    (head,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert str(graph.value(head, SH.conforms)) == "false"


def test_sarif(report: Report, findings: list[Finding]) -> None:
    run = json.loads(write(report, "sarif", findings=findings))["runs"][0]
    rules = [r["id"] for r in run["tool"]["driver"]["rules"]]
    assert all(rules[r["ruleIndex"]] == r["ruleId"] for r in run["results"])
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "liste"
    assert place["region"]["startLine"] in range(10, 14)
    assert {r["level"] for r in run["results"]} == {"error", "warning"}


def test_junit(report: Report, findings: list[Finding]) -> None:
    root = ET.fromstring(write(report, "junit", findings=findings))
    assert int(root.get("failures", 0)) == len(root.findall(".//failure")) == len(report.results)
    assert int(root.get("tests", 0)) == len(root.findall(".//testcase"))


def test_nothing_to_check_is_a_failure_in_every_form() -> None:
    empty = check(b"<http://e/a> <http://e/b> <http://e/c> .\n")
    assert not empty.conforms
    assert "Aucune ressource" in write(empty, "text")
    assert "sh:conforms false" in write(empty, "turtle")
    assert "<failure" in write(empty, "junit")
    assert "verdict bad" in write(empty, "html")
    assert json.loads(write(empty, "jsonl"))["code"] == "check-no-resource"


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outside: list[str] = []
        self.languages: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        named = dict(attrs)
        self.outside += [str(named[a]) for a in ("src", "href", "action") if named.get(a)]
        self.languages.add(str(named.get("lang")))


def test_page_stands_alone_and_is_escaped(report: Report, findings: list[Finding]) -> None:
    html = write(report, "html", findings=findings)
    page = Page()
    page.feed(html)
    assert page.outside == []
    assert page.tags.count("script") == 1
    assert "alert(" in html
    assert "<script>alert" not in html
    assert {"fr", "en"} <= page.languages
    assert 'name="viewport"' in html


def chromium(page: Path, *options: str) -> str:
    assert CHROMIUM
    quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", *quiet,
               f"--user-data-dir={page.parent / 'browser'}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
@pytest.mark.parametrize("lang", LANGS)
def test_page_in_a_browser(
    report: Report, findings: list[Finding], tmp_path: Path, lang: Lang
) -> None:
    page = tmp_path / "report.html"
    page.write_text(write(report, "html", findings=findings, lang=lang), "utf-8")
    seen = chromium(page, "--dump-dom")
    count = len(report.results) + 1
    assert f"{count} / {count}" in seen  # the script ran: it counts what is shown
    title = {"fr": "Contrôle des données", "en": "Check of the"}[lang]
    assert f"<title>{title}" in seen


def test_the_same_bytes_under_any_hash_seed(
    correct: Callable[[int], str], tmp_path: Path
) -> None:
    data = tmp_path / "data.nt"
    data.write_text(correct(3).replace('"0.97"', '"1.97"'), "utf-8")
    code = ("import sys; from pathlib import Path; from coopdec.check import check, write, WRITERS;"
            "r = check(Path(sys.argv[1]), engine='pyshacl');"
            "sys.stdout.buffer.write(''.join(write(r, f) for f in WRITERS).encode())")
    there = subprocess.run(
        [sys.executable, "-c", code, str(data)], capture_output=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": "src"}).stdout.decode()
    here = check(data, engine="pyshacl")
    assert there == "".join(write(here, form) for form in WRITERS)
