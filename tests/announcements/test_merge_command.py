"""``coopdec merge``: from the proposal to the build that has one project."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import DCTERMS, PROV, RDF, SKOS, Namespace, URIRef

from coopdec.cli import _group
from coopdec.cli._errors import run
from coopdec.decisions import load_decisions
from coopdec.pipeline import build
from coopdec.vocab import BASE, CD
from tests.announcements.test_pairs import rows_of, write

pytestmark = pytest.mark.usefixtures("unjudged")

C = Namespace(CD)
ROWS = rows_of(
    ("s1", "Angers", "Bamako (Mali)", "Formation des agents municipaux"),
    ("reg", "Ville d'Angers", "Bamako (Mali)", "Formation des agents municipaux de l'eau"),
    ("s2", "Angers", "Bamako (Mali)", "Tourisme durable"))


def coopdec(*arguments: object) -> int:
    return run(_group, list(map(str, arguments)))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_from_the_proposal_to_one_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists, decided = write(tmp_path / "l", ROWS), tmp_path / "d"
    where = ("--source", lists, "--decisions", decided)
    assert coopdec("merge", "suggest", lists, "--decisions", decided, "--format", "jsonl") == 0
    (proposed,) = lines(capsys)
    source, to = proposed["from"]["path"], proposed["to"]["path"]
    assert (proposed["from"]["source"], proposed["to"]["source"]) == ("reg", "s1")
    assert proposed["reasons"]

    assert coopdec("merge", "accept", BASE + source, to, *where, "--author", "me") == 0
    assert coopdec("merge", "accept", source, to, *where, "--lang", "en") == 0
    assert "decided already" in capsys.readouterr().err
    assert coopdec("merge", "suggest", lists, "--decisions", decided, "--format", "jsonl") == 0
    assert lines(capsys) == []
    assert coopdec("merge", "list", "--decisions", decided, "--format", "jsonl") == 0
    assert [(x["from"], x["action"]) for x in lines(capsys)] == [(source, "merge")]

    build([lists], tmp_path / "o", decisions=decided)
    graph = rdflib.Graph().parse(tmp_path / "o" / "coopdec.ttl")
    one, gone = URIRef(BASE + to), URIRef(BASE + source)
    assert len(list(graph.subjects(RDF.type, C.Project))) == 2
    assert len(list(graph.objects(one, PROV.wasDerivedFrom))) == 2
    assert str(graph.value(one, DCTERMS.title)) == "Formation des agents municipaux"
    assert str(graph.value(one, SKOS.altLabel)) == "Formation des agents municipaux de l'eau"
    assert len(list(graph.objects(one, C.call))) == len(list(graph.objects(one, C.session))) == 1
    assert (one, C.noThemeStated, None) not in graph  # the other title states water
    assert (one, C.theme, None) in graph
    assert (gone, RDF.type, C.Tombstone) in graph
    assert graph.value(gone, DCTERMS.isReplacedBy) == one


@pytest.mark.parametrize(("pair", "code", "said"), [
    (("project/x/1", "project/x/2"), 2, "no list announces"),
    (("country/ML", "project/x/2"), 2, "not a project"),
])
def test_what_is_no_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pair: tuple[str, str], code: int, said: str
) -> None:
    lists, decided = write(tmp_path / "l", ROWS), tmp_path / "d"
    assert coopdec("merge", "accept", *pair, "--source", lists, "--decisions", decided,
                   "--lang", "en") == code
    assert said in capsys.readouterr().err
    assert not decided.exists()


def test_a_refusal_stands_until_its_line_is_taken_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists, decided = write(tmp_path / "l", ROWS), tmp_path / "d"
    where = ("--source", lists, "--decisions", decided, "--lang", "fr")
    assert coopdec("merge", "suggest", lists, "--decisions", decided, "--format", "jsonl") == 0
    (proposed,) = lines(capsys)
    pair = proposed["from"]["path"], proposed["to"]["path"]
    assert coopdec("merge", "refuse", *pair, *where) == 0
    assert coopdec("merge", "accept", *pair, *where) == 1
    assert "sont dits distincts" in capsys.readouterr().err
    assert [i.action for i in load_decisions(decided).identities] == ["distinct"]


def test_review_at_a_terminal(tmp_path: Path) -> None:
    lists, decided = write(tmp_path / "l", ROWS), tmp_path / "d"
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "coopdec", "merge", "suggest", str(lists), "--decisions",
         str(decided), "--lang", "en"],
        stdin=side, stdout=side, stderr=side, close_fds=True, env={**os.environ, "TERM": "dumb"})
    os.close(side)
    shown, typed, until = "", False, time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([main], [], [], 0.2)[0]:
            try:
                shown += os.read(main, 4096).decode("utf-8", "replace")
            except OSError:
                break
            if not typed and "y one project" in shown:
                time.sleep(0.5)  # what is typed before the terminal is raw is thrown away
                os.write(main, b"y")
                typed = True
        elif process.poll() is not None:
            break
    if process.poll() is None and not typed:
        process.kill()
    assert process.wait(30) == 0, shown
    os.close(main)
    assert "[1 of 1]" in shown
    assert "1 decision in" in shown
    assert [i.action for i in load_decisions(decided).identities] == ["merge"]
