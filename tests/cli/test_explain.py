"""``coopdec explain`` as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coopdec.pipeline import Summary

from .test_query import run


@pytest.fixture(scope="module")
def place(release: Summary) -> Path:
    return release.output.parent


def test_in_french(place: Path) -> None:
    done = run("explain", "covid", "mali", cwd=place)
    assert done.returncode == 0
    for words in ("laureats-session-2, ligne 28, colonne « chef de file »", "« Bamako (Mali) »",
                  "ODD 3", "« épidémie »", "confiance 0,99", "http://www.wikidata.org/entity/Q912"):
        assert words in done.stdout


def test_in_english(place: Path) -> None:
    done = run("explain", "COVID-19", "--lang", "en", cwd=place)
    for words in ("line 28, column “lead”", "SDG 3", "“épidémie”", "confidence 0.99"):
        assert words in done.stdout


def test_as_json(place: Path) -> None:
    done = run("explain", "150971a1c02c9794", "--format", "json", cwd=place)
    said = json.loads(done.stdout)
    assert said["project"]["title"] == "Fantastic"
    assert said["themes"] == []


def test_narrow_terminals(place: Path) -> None:
    done = run("explain", "Michelin", cwd=place, width=60)
    assert done.returncode == 0
    facts = done.stdout.partition("Liens")[0].splitlines()[3:]
    assert max(map(len, facts)) <= 60


def test_several_are_listed(place: Path) -> None:
    done = run("explain", "développement local", cwd=place)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "2 projets" in done.stderr
    assert "1a5b3730909b3435" in done.stderr


def test_none_comes_with_near_titles(place: Path) -> None:
    done = run("explain", "Fantastik", cwd=place)
    assert done.returncode == 2
    assert "Fantastic" in done.stderr


def test_no_data_yet(tmp_path: Path) -> None:
    done = run("explain", "x", cwd=tmp_path)
    assert done.returncode == 2
    assert "coopdec build" in done.stderr
