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
    # words whose sense the context tells
    ("Récolte de pêches et d'abricots", {2}), ("Vergers de pêchers en Drôme", {2}),
    ("La pêche au lamparo", {14}), ("Traite des vaches", {2}), ("Un trait commun", set()),
    ("Lutter contre la traite d'enfants", {16}), ("Puits de science", set()),
    ("Un puits de carbone", {13}), ("Jeter des ponts entre nos rives", set()),
    ("Construction de deux ponts", {9}), ("Un chef cuisinier à Gdańsk", set()),
    ("Cuisinières améliorées", {7}), ("Éoliennes participatives en mer", {7, 14}),
    ("Conflits homme-faune", {15}), ("Terre de légendes", set()), ("Terres salées", {15}),
    ("Coopérants à Wodzisław Śląski", set()), ("Les saumons du Śląski", {14}),
    # a term inside a term is read where it goes beyond it
    ("Gestion de l'eau potable", {6}), ("Un centre de formation agricole", {2, 4}),
    ("Accueil des victimes de violences conjugales", {5, 16}),
    ("Un hôtel de ville durable", set()), ("Une ville durable", {11}),
    # names of places
    ("Deux écoles de la commune rurale de Fontaine", {4}), ("Concert avec Rivière", {11}),
    ("Aide aux villages du district de Forêt", set()), ("La ville de Port", set()),
    ("Les universités de Kara et Lomé", {4}), ("L'université de Kara", set()),
    ("Échanges avec Grande-Rivière", set()), ("Des poubelles neuves", {12}),
    ("Fête au quartier Soleil", set()), ("Fête de quartier", {11}),
    # compounds
    ("Éco-collégiens en Alsace", {4}), ("La sous-préfecture", set()), ("Inter-quartiers", {11}),
])
def test_what_the_words_state(title: str, wanted: set[int]) -> None:
    assert goals(title) == wanted


def test_words_that_two_terms_share_are_one_witness() -> None:
    sure = [theme.confidence for title in ("qualité de l'eau", "qualité de l'eau potable")
            for theme in classify(title) if theme.goal == 6 and not theme.target]
    assert sure[0] == sure[1]


def test_a_star_reads_the_word_itself(tmp_path: Path) -> None:
    """A stem loses its final e; « ambulance* » has kept it."""
    header = "term\tgoals\tweight\tcontext\tnote\n"
    (tmp_path / "own.tsv").write_text(
        f"{header}ambulance*\t3\t\t\t\nroute*\t9\t\t\t\nroute de la soie\t11\t\t\t\n", "utf-8")
    own = load(tmp_path)
    for title, wanted in [("ambulance", {3}), ("Ambulances", {3}), ("ambulancier", set()),
                          ("la route", {9}), ("routes", {9}), ("la route de la soie", {11})]:
        assert {t.goal for t in classify(title, lexicon=own)} == wanted
