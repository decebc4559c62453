"""Which French body a printed name is: proposed, said or refused, and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coopdec.cli import _group
from coopdec.cli._errors import run
from coopdec.decisions import load_decisions

CASTRES = "collectivity/unidentified/ville-de-castres"


def coopdec(*arguments: str) -> int:
    return run(_group, list(arguments))


def test_a_homonym_is_settled_with_a_command(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "l.csv").write_text(
        "Collectivité;Pays;Titre\nVille de Castres;Mali;Forages\n", "utf-8")
    (tmp_path / "l.toml").write_text('title = "L"\npublisher = "P"\ncall = "l"\n', "utf-8")
    kept = "--decisions", str(tmp_path / "kept")

    def proposed() -> set[str]:
        assert coopdec("links", "suggest", str(tmp_path), *kept, "--format", "jsonl") == 0
        found = map(json.loads, capsys.readouterr().out.splitlines())
        return {s["object_id"] for s in found if s["subject_id"] == CASTRES}

    aisne, tarn = "cdr:collectivity/commune/02142", "cdr:collectivity/commune/81065"
    assert proposed() == {aisne, tarn}
    assert coopdec("links", "refuse", CASTRES, aisne, *kept) == 0
    capsys.readouterr()
    assert proposed() == {tarn}
    assert coopdec("links", "accept", CASTRES, "collectivity/commune/00000", *kept) == 2
    assert coopdec("links", "accept", CASTRES, tarn.removeprefix("cdr:"), *kept) == 0
    assert load_decisions(tmp_path / "kept").settle(CASTRES) == "collectivity/commune/81065"
    capsys.readouterr()
    assert proposed() == set()
    assert coopdec("build", str(tmp_path / "l.toml"), "-o", str(tmp_path / "out"), *kept) == 0
    table = (tmp_path / "out/projects.csv").read_text("utf-8")
    assert {"81065", "Occitanie"} <= set(table.replace("\n", ",").split(","))
