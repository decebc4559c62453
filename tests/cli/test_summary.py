"""What a person reads when a build is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.cli._summary import show_summary
from coopdec.messages import Lang
from coopdec.model import Finding, Position, Severity
from coopdec.pipeline import Summary
from coopdec.questions import open_questions

_COUNTS = {"country": 1, "collectivity": 1220, "territory": 0}


def _asked(name: str, document: str, line: int, *candidates: str) -> Finding:
    where = Position(document, line, column="Partenaire")
    code = "partner-ambiguous" if candidates else "partner-unknown"
    return Finding(code, Severity.WARNING, where, {
        "name": name, "country": "MA", "candidates": list(candidates), "about": f"Titre {line}"})


def _shown(lang: Lang, findings: list[Finding], capsys: pytest.CaptureFixture[str],
           monkeypatch: pytest.MonkeyPatch, *sources: str, projects: int = 12_345) -> list[str]:
    monkeypatch.setenv("COLUMNS", "100")
    summary = Summary(Path("o"), projects, 1, _COUNTS, {"wikidata": 1000, "eu": 2}, 1, findings,
                      ["coopdec.nt"], {"info": 1}, open_questions(findings))
    show_summary(summary, sources, "s3://far/o/", lang)
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()


def test_a_name_is_asked_once_with_its_rows_and_their_first_places(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [_asked("Khenifra", "a.tsv", n, "K (Meknès) 0.65", "Kenitra 0.51", "K 0.24", "Z 0.1")
            for n in (4, 9)]
    rows += [_asked("Khenifra", "b.tsv", n, "Khenifra 0.61") for n in (3, 8)]
    rows += [_asked("[red]Tahta[/]", "a.tsv", 5)]
    said = "\n".join(_shown("fr", rows, capsys, monkeypatch, "mes listes", "b.tsv"))
    assert "2 questions ouvertes, pour 5 lignes\n" in said
    assert said.count("Khenifra") == 1
    assert "Candidats : K (Meknès) 0.65, Kenitra 0.51, … (+2)." in said.replace("\n    ", " ")
    assert "    4 lignes : a.tsv, lignes 4, 9 ; b.tsv, ligne 3 …\n" in said
    assert "« [red]Tahta[/] »" in said
    assert "    a.tsv, ligne 5, colonne « Partenaire »\n" in said
    assert "Pour décider : coopdec links suggest 'mes listes' b.tsv\n" in said
    english = "\n".join(_shown("en", rows, capsys, monkeypatch))
    assert "2 open questions, from 5 rows\n" in english
    assert "    4 rows: a.tsv, lines 4, 9; b.tsv, line 3 …\n" in english
    assert "To decide: coopdec links suggest\n" in english


def test_numbers_have_their_words(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said = _shown("fr", [], capsys, monkeypatch)
    assert said[:6] == [
        "✓ 12\u202f345 projets de 1 liste · conforme aux formes SHACL", "      1  pays",
        "  1\u202f220  collectivités", "      1  projet avec un thème",
        "  1\u202f002  liens (EU 2, Wikidata 1\u202f000)", "Aucune question ouverte"]
    assert "  1 remarque de plus" in said
    assert not [line for line in said if line.endswith(" ")]
    assert _shown("en", [], capsys, monkeypatch, projects=1)[0] == (
        "✓ 1 project from 1 list · conforms to the SHACL shapes")


def test_of_many_questions_some_are_told_and_the_rest_is_counted(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said = _shown("fr", [_asked(f"Ville {n}", "a.tsv", n) for n in range(2000)], capsys,
                  monkeypatch, "s3://bucket/listes")
    assert "2\u202f000 questions ouvertes, pour 2\u202f000 lignes" in said
    assert sum("? partenaire" in line for line in said) == 12
    assert "  … et 1\u202f988 autres questions" in said
    assert not any("links suggest" in line for line in said), "it reads no addresses"
