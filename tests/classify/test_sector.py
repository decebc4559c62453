"""Sector columns, and the report of what the lexicon does not see."""

from __future__ import annotations

import pytest

from coopdec.classify import classify, classify_sector, coverage


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("14030", [(6, "sector:dac:14030")]),
        ("14030 - Eau potable", [(6, "sector:dac:14030")]),
        ("140", [(6, "sector:dac:140")]),
        ("Eau et assainissement", [(6, "sector:atlas:eau-assainissement")]),
        ("EAU ET ASSAINISSEMENT", [(6, "sector:atlas:eau-assainissement")]),
        ("Water and sanitation", [(6, "sector:atlas:eau-assainissement")]),
        ("Patrimoine ; Santé", [(3, "sector:atlas:sante"), (11, "sector:atlas:patrimoine")]),
        ("Santé/Éducation", [(3, "sector:atlas:sante"), (4, "sector:atlas:education")]),
        ("Sport", []),
        ("99999", []),
        ("", []),
    ],
)
def test_cells(cell: str, expected: list[tuple[int, str]]) -> None:
    assert [(t.goal, t.rule) for t in classify_sector(cell) if t.target is None] == expected


def test_free_words_are_read_as_a_title_but_weaker() -> None:
    (theme, *_) = classify_sector("Divers | Appui au maraîchage")
    (title, *_) = classify("Appui au maraîchage")
    assert theme.rule == "sector:" + title.rule
    assert theme.confidence < title.confidence
    assert theme.evidence == (("maraîchage", 18, 28),)


def test_coverage() -> None:
    report = coverage(["Eau potable", "Zorglub au Mali", "Le zorglub", "Santé et eau"])
    assert report.titles == 4
    assert report.goals == {3: 1, 6: 2}
    assert report.without == ("Zorglub au Mali", "Le zorglub")
    assert report.words == (("zorglub", 2),)
    assert report.share == 0.5
    assert coverage([]).share == 1
