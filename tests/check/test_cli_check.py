"""``coopdec check`` as people call it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coopdec.cli import main

Correct = Callable[[int], str]


def coopdec(*words: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(words))
    return int(stop.value.code or 0)


def test_exit_codes(
    correct: Correct, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "data.nt"
    path.write_text(correct(2), "utf-8")
    assert coopdec("check", str(path)) == 0
    path.write_text(correct(2).replace('"0.97"', '"1.97"'), "utf-8")
    assert coopdec("check", str(path), "--format", "jsonl") == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()[-2:]]
    assert [r["where"]["line"] for r in records] == [10, 11]


def test_fail_on(correct: Correct, tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_text(correct(2).replace('<http://purl.org/dc/terms/publisher> "Ministère"@fr',
                                       '<http://purl.org/dc/terms/type> "x"'), "utf-8")
    assert coopdec("check", str(path)) == 0
    assert coopdec("check", str(path), "--fail-on", "warning") == 1


def test_files_are_checked_as_one(correct: Correct, tmp_path: Path) -> None:
    lines = correct(2).splitlines(keepends=True)
    for name, part in (("a.nt", lines[:25]), ("b.nt", lines[25:])):
        (tmp_path / name).write_text("".join(part), "utf-8")
    assert coopdec("check", str(tmp_path / "a.nt"), str(tmp_path / "b.nt")) == 0
    assert coopdec("check", str(tmp_path / "a.nt")) == 1


def test_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coopdec("check", str(tmp_path / "absent.ttl")) == 2
    assert coopdec("check", "x.ttl", "--format", "pdf") == 2
    assert "Traceback" not in capsys.readouterr().err
    broken = tmp_path / "broken.ttl"
    broken.write_text("a b", "utf-8")
    assert coopdec("check", str(broken), "--lang", "fr") == 1
    assert "ligne 1" in capsys.readouterr().err


def test_how_complete_since_the_former_release(
    correct: Correct, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old").mkdir()
    theme = "<https://w3id.org/coopdec/ontology#theme>"
    old = "".join(line for line in correct(4).splitlines(keepends=True) if theme not in line)
    (tmp_path / "old" / "coopdec.nt").write_text(old, "utf-8")
    (tmp_path / "new.nt").write_text(correct(4), "utf-8")
    assert coopdec("check", str(tmp_path / "new.nt"), "--previous", str(tmp_path / "old"),
                   "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "projects whose words state a theme: 4 / 4  ▲ 100.0 %" in said
    assert "countries linked to Wikidata: 2 / 2  =" in said
    assert coopdec("check", str(tmp_path / "new.nt"), "--previous", str(tmp_path / "old"),
                   "--format", "html") == 0
    assert "▲ 100.0 %" in capsys.readouterr().out


def test_what_an_endpoint_holds(
    correct: Correct, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.servers import sparql_server

    with sparql_server(correct(3).encode(), "application/n-triples") as url:
        assert coopdec("check", "--endpoint", url, "--lang", "en") == 0
    assert "3 project" in capsys.readouterr().out
