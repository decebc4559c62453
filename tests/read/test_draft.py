"""``coopdec new-source``: the draft of a ``.toml``, completed, settles a list."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from coopdec.cli import main
from coopdec.errors import DataError, UsageError
from coopdec.messages import sentence
from coopdec.read import read
from coopdec.read.draft import draft, write_draft

ODD = """Annonce des 2 projets lauréats de l'appel à projets « Climat 2022 »;;;
Paris, le 3 mai 2022 - Deuxième session;;;
Qui;Là;Quoi;Courriel
Brest métropole;Mali;Accès à l'eau;a@b.example
Rennes;Togo;Arbres;
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "liste.csv"
    path.write_text(text, "utf-8")
    return path


def test_odd_headers_that_only_the_toml_settles(tmp_path: Path) -> None:
    path = written(tmp_path, ODD)
    made = write_draft(path)
    assert made.projects == 0
    assert "no-header" in {f.code for f in made.findings}
    for word in ("Qui", "Là", "Quoi"):
        assert f'"{word}"' in made.text
    assert "@" not in made.text
    text = made.path.read_text("utf-8")
    assert text == made.text
    completed = (text.replace('publisher = ""', 'publisher = "Agence"')
                 .replace('# lead = "…"', 'lead = "Qui"')
                 .replace('# country = "…"', 'country = "Là"')
                 .replace('# title = "…"', 'title = "Quoi"'))
    made.path.write_text(completed, "utf-8")
    reading = read(path)
    assert [(r.lead, r.cells["country"], r.title) for r in reading] == [
        ("Brest métropole", "Mali", "Accès à l'eau"), ("Rennes", "Togo", "Arbres")]
    assert not [f for f in reading.findings if f.fatal]
    assert (reading.source.session, str(reading.source.issued)) == (2, "2022-05-03")


def test_what_is_understood_is_written(tmp_path: Path) -> None:
    made = draft(written(tmp_path, ODD.replace("Qui;Là;Quoi", "Qui donc;Pays;Titre")))
    facts = tomllib.loads(made.text)
    assert facts["call"] == "climat-2022"
    assert facts["call_title"] == "Climat 2022"
    assert (facts["session"], facts["projects"], str(facts["issued"])) == (2, 2, "2022-05-03")
    assert facts["columns"] == {"country": "Pays", "title": "Titre"}
    assert "Sans rôle / without a role: \"Qui donc\"" in made.text
    assert "Courriel" in made.text


def test_an_understood_list_needs_its_publisher_only(tmp_path: Path) -> None:
    path = written(tmp_path, "Chef;Pays;Titre\nde « file »;;\nBrest;Mali;Eau\n")
    made = write_draft(path)
    assert made.projects == 1
    with pytest.raises(DataError) as caught:
        read(path)
    assert [(f.code, f.params["key"]) for f in caught.value.findings] == [
        ("toml-bad-value", "publisher")]
    made.path.write_text(made.text.replace('publisher = ""', 'publisher = "Agence"'), "utf-8")
    assert [r.lead for r in read(path)] == ["Brest"]


def test_a_toml_is_never_replaced(tmp_path: Path) -> None:
    path = written(tmp_path, ODD)
    path.with_suffix(".toml").write_text("mine", "utf-8")
    with pytest.raises(UsageError) as caught:
        write_draft(path)
    assert caught.value.code == "toml-exists"
    assert path.with_suffix(".toml").read_text("utf-8") == "mine"


def test_no_draft_for_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "vide.csv"
    path.write_bytes(b"")
    with pytest.raises(DataError):
        write_draft(path)
    with pytest.raises(UsageError):
        write_draft(tmp_path / "none.csv")
    assert not list(tmp_path.glob("*.toml"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_command(tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, ODD)
    for code in (0, 2):
        with pytest.raises(SystemExit) as caught:
            main(["new-source", str(path), "--lang", lang])
        assert caught.value.code == code
        said = capsys.readouterr()
        assert "liste.toml" in (said.err if code else said.out)
        assert "Traceback" not in said.err


def test_the_line_above_the_table_is_the_title(tmp_path: Path) -> None:
    file = tmp_path / "l.md"
    file.write_text("# Ville de Brest – Fonds eau 2022\n\nDécision du comité.\n\n| Porteur | Pays "
                    "| Titre |\n|---|---|---|\n| Brest | Mali | Forages |\n", "utf-8")
    made = draft(file)
    assert 'title = "Ville de Brest – Fonds eau 2022"' in made.text
    assert "# call_title" in made.text


def test_the_head_of_an_e_mail_is_no_title(tmp_path: Path) -> None:
    made = draft(written(tmp_path, (
        "De : Service des appels à projets;;\nÀ : Liste des collectivités lauréates;;\n"
        "Objet : Projets retenus en 2021;;\nCollectivité;Pays;Projet\nVille de Metz;Mali;Eau\n")))
    assert 'title = "Projets retenus en 2021"' in made.text


def test_an_empty_publisher_is_said_as_such(tmp_path: Path) -> None:
    path = written(tmp_path, "Collectivité;Pays;Projet\nVille de Metz;Mali;Eau\n")
    write_draft(path)
    with pytest.raises(DataError) as caught:
        read(path)
    finding, = caught.value.findings
    assert finding.code == "toml-bad-value"
    assert "encore vides" in sentence(finding, "fr")
