"""Causes found on titles that nobody had shown to the lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.classify import classify, load
from tests.classify.test_titles import goals


@pytest.mark.parametrize(("title", "wanted"), [
    ("Réduire les inégalités entre les hommes et les femmes", {5, 10}),
    ("Réduction du risque sismique", {13}),
    ("Maisons en terre crue", set()), ("Prévention des crues de la Save", {13}),
    ("La culture du résultat", set()), ("Gestión integral de residuos sólidos", {12}),
    ("Agua y saneamiento rural", {6}), ("Saúde das mulheres", {3, 5}),
    ("Turismo comunitario en la sierra", {8}), ("Mejora de la movilidad urbana", {11}),
    ("Deux ambulances neuves", {3}), ("Une cantine à Cluj", {2}),
    ("Route des vins", {8}), ("Quartier de la gare", {11}), ("Révision du PCAET", {13}),
    ("Élaboration du PLUi", {11}),
])
def test_what_the_words_state(title: str, wanted: set[int]) -> None:
    assert goals(title) == wanted


def test_a_star_reads_the_word_itself(tmp_path: Path) -> None:
    """A stem loses its final e; « ambulance* » has kept it."""
    header = "term\tgoals\tweight\tcontext\tnote\n"
    (tmp_path / "own.tsv").write_text(
        f"{header}ambulance*\t3\t\t\t\nroute*\t9\t\t\t\nroute de la soie\t11\t\t\t\n", "utf-8")
    own = load(tmp_path)
    for title, wanted in [("ambulance", {3}), ("Ambulances", {3}), ("ambulancier", set()),
                          ("la route", {9}), ("routes", {9}), ("la route de la soie", {11})]:
        assert {t.goal for t in classify(title, lexicon=own)} == wanted
