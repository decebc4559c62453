"""Every code in use has words, none is idle, and both languages say the same things."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from coopdec.messages import messages, place, places, render, sentence
from coopdec.model import Finding, Position, Severity

SRC = Path(__file__).parent.parent / "src" / "coopdec"
CODE = re.compile(r"[\"']([a-z][a-z0-9]*(?:-[a-z0-9]+)+)[\"']")


def words() -> str:
    files = sorted([*SRC.rglob("*.py"), *SRC.rglob("*.html")])
    return "\n".join(p.read_text("utf-8") for p in files)


def fields(template: str) -> set[str]:
    return {name.split("!")[0].split(".")[0] for _, name, _, _ in Formatter().parse(template)
            if name}


@pytest.mark.parametrize("code", sorted(messages()))
def test_languages_agree(code: str) -> None:
    message = messages()[code]
    assert set(message) <= {f"{part}{lang}" for part in ("", "do_", "name_", "near_")
                            for lang in ("fr", "en")}
    assert fields(message.get("near_fr", "")) == fields(message.get("near_en", "")) <= {"near"}
    assert message["fr"]
    assert message["en"]
    assert fields(message["fr"]) == fields(message["en"])
    assert bool(message.get("name_fr")) == bool(message.get("name_en"))
    assert bool(message.get("do_fr")) == bool(message.get("do_en"))
    assert fields(message.get("do_fr", "")) == fields(message.get("do_en", ""))


@pytest.mark.parametrize("code", sorted(messages()))
def test_what_is_to_be_written_into_a_toml_can_be_pasted(code: str) -> None:
    for lang in ("fr", "en"):
        said = messages()[code].get(f"do_{lang}", "")
        assert ".toml" not in said or not re.search("= [«“]", said)


def test_no_code_is_idle() -> None:
    text = words()
    used = set(CODE.findall(text))
    idle = {c for c in messages() if c not in used}
    assert not idle


def test_every_code_has_words() -> None:
    """Codes given to findings and errors directly; a misspelt one is found here."""
    given = re.findall(
        r"(?:Finding|Unclear|Error|UnknownName|QueryTimeout|_say|_bad)\(\s*\n?\s*\"([a-z0-9-]+)\"",
        words())
    assert len(given) > 40
    assert {g for g in given if "-" in g} <= set(messages())


def test_a_number_takes_its_word() -> None:
    for n, said in ((1, "1 problème est à"), (2, "2 problèmes sont à")):
        assert render("fatal-findings", {"n": n}, "fr").startswith(said)


def test_a_sentence_says_where_what_and_what_to_do() -> None:
    where = Position("liste.txt", 14, 16, column="Partenaire")
    finding = Finding("unknown-country", Severity.FATAL, where,
                      {"country": "Brézil", "near": ["Brésil"]})
    assert sentence(finding, "fr") == (
        "liste.txt, lignes 14 à 16, colonne « Partenaire » : pays inconnu : « Brézil ». "
        "Le plus proche : Brésil. Corrigez le nom dans la liste (nom français ou anglais, "
        "ou code ISO).")
    assert place(Position("a.xlsx", 3, sheet="Feuil1"), "en") == "a.xlsx, sheet “Feuil1”, line 3"
    assert "Brézil" in render("unknown-country", finding.params, "en")


def test_near_names_are_said_where_some_are() -> None:
    said = [render("no-such-file", {"path": "liste.csv", "near": near}, "fr")
            for near in ([], ["listes.csv", "liste.tsv"])]
    assert said == ["aucun fichier « liste.csv ».",
                    "aucun fichier « liste.csv ». Noms proches : listes.csv, liste.tsv."]
    assert render("no-such-file", {"path": "s3://a/b.csv"}, "en") == "no file “s3://a/b.csv”."


def test_of_a_cell_that_is_far_too_long_its_beginning_is_said() -> None:
    said = render("unknown-country", {"country": "Mali " * 10_000, "near": []}, "fr")
    assert said.startswith("pays inconnu : « Mali Mali ")
    assert said.endswith("… ».")
    assert len(said) < 2_000


def test_several_places_of_one_document() -> None:
    """Whatever the document is called."""
    name = "Rapport, ligne 4.txt"
    found = [Position(name, 4, column="A"), Position(name, 9, column="A"), Position("b", 1)]
    assert places(found, "fr") == f"{name}, lignes 4, 9, colonne « A » ; b, ligne 1"
    assert places(found, "en") == f"{name}, lines 4, 9, column “A”; b, line 1"
