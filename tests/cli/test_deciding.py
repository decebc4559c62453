"""Decisions that are written from a folder without ``decisions/``: never into what was
installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.cli import _group
from coopdec.cli._errors import run
from coopdec.decisions import load_decisions, load_publisher

LINK = ("collectivity/commune/69043", "wd:Q1")
MOVE = ("territory/ML/old", "territory/ML/new", "--move")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as it was installed, with a decision and a publisher; work goes on elsewhere."""
    ours = tmp_path / "package" / "decisions"
    ours.mkdir(parents=True)
    (ours / "publisher.toml").write_text('name = { fr = "Nous", en = "Us" }\n', "utf-8")
    assert run(_group, ["merge", "accept", "territory/ML/a", "territory/ML/b", "--move",
                        "--decisions", str(ours)]) == 0
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("coopdec.paths.data_folder", lambda name: ours.parent / name)
    monkeypatch.setattr("coopdec.cli._deciding.data_folder", lambda name: ours.parent / name)
    return ours


@pytest.mark.parametrize("command", [
    ("links", "accept", *LINK), ("links", "refuse", *LINK), ("merge", "accept", *MOVE)])
def test_the_working_folder_keeps_them(
    installed: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str],
) -> None:
    before = {p.name: p.read_bytes() for p in installed.iterdir()}
    capsys.readouterr()
    assert run(_group, [*command, "--lang", "fr"]) == 0
    assert {p.name: p.read_bytes() for p in installed.iterdir()} == before
    said = capsys.readouterr().err
    assert "decisions/ créé" in said
    assert str(installed) not in said
    # What took part in a build before takes part in the next one, too.
    assert load_publisher(Path("decisions")).name_fr == "Nous"
    kept = load_decisions(Path("decisions"))
    assert kept.settle("territory/ML/a") == "territory/ML/b"
    assert len(kept.identities) + len(kept.links) == 2
    assert [p.name for p in Path().iterdir()] == ["decisions"]

    assert run(_group, [*command, "--lang", "fr"]) == 0
    assert "créé" not in capsys.readouterr().err


def test_a_slip_makes_no_folder(installed: Path) -> None:
    assert run(_group, ["links", "accept", "nothing", "wd:Q1"]) == 2
    assert run(_group, ["merge", "accept", "project/a/b", "--move"]) == 2
    assert not Path("decisions").exists()


def test_a_folder_that_cannot_be_made_is_told(
    installed: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    Path("decisions").write_text("a file", "utf-8")
    assert run(_group, ["links", "accept", *LINK, "--lang", "en"]) == 3
    assert "decisions" in capsys.readouterr().err
    assert Path("decisions").read_text("utf-8") == "a file"


def test_what_was_installed_is_shown_by_its_folder_and_name(
    installed: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    sources = installed.parent / "sources"
    sources.mkdir()
    (sources / "liste.csv").write_text(
        "Chef de file;Pays;Partenaire;Titre\nVille de Dax;Mali;Niafounkou;Eau\n", "utf-8")
    assert run(_group, ["links", "suggest", "--no-review", "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert "  sources/liste.csv, ligne 2, colonne « Partenaire »\n" in said
    assert str(sources) not in said


@pytest.mark.parametrize("command", ["links", "merge"])
def test_a_list_that_is_not_read_is_told(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str],
) -> None:
    """« Nothing to decide » of lists that nobody read would be silently wrong."""
    (tmp_path / "eau.csv").write_text(
        "Chef de file;Pays;Partenaire;Titre\nVille de Dax;Mali;Ségou;Eau\n", "utf-8")
    (tmp_path / "vide.csv").touch()
    for name in ("eau", "vide"):
        (tmp_path / f"{name}.toml").write_text(
            'title = "Liste"\npublisher = "Nous"\ncall = "appel"\n', "utf-8")
    (tmp_path / "sans.csv").write_text("Titre\nEau\n", "utf-8")
    assert run(_group, [command, "suggest", str(tmp_path), "--no-review", "--lang", "fr"]) == 0
    told = capsys.readouterr().err
    assert "vide.csv : le fichier est vide" in told
    assert "sans.csv : fichier sans .toml" in told
