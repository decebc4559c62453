"""Names of streets, halls, bodies are no themes, and neither is what a title leaves out."""

from __future__ import annotations

import pytest

from tests.classify.test_titles import goals


@pytest.mark.parametrize(("title", "wanted"), [
    ("Travaux rue de la Fontaine", set()), ("Rendez-vous 8, avenue des Droits de l'Homme", set()),
    ("Réunion place de l'Église", set()), ("Salle de l'Eau Vive, projection", set()),
    ("Accueil quai de la Pêche", set()), ("Hôtel de la Mer, dîner", set()),
    ("Salon de l'hôtel Les Palmiers", set()), ("École La Forêt de Kaya", {4}),
    ("Rue de la Santé à Kara : dispensaire", {3}),
    # a room, a square that is laid out, a figure of speech
    ("Salle de Lecture à Kita", {4}), ("Équipement de la Salle de Soins", {3}),
    ("Aménagement d'un square à Kita", {11}), ("La place des femmes à Kita", {5}),
    ("Donner sa place à la Santé", {3}), ("Enfants de la rue à Goma", {16}),
    ("Enfants de la rue : Santé pour tous", {3, 16}),
])
def test_streets_and_halls(title: str, wanted: set[int]) -> None:
    assert goals(title) == wanted


@pytest.mark.parametrize(("title", "wanted"), [
    ("Association Eau et Vie, Dakar", set()), ("ONG Santé Pour Tous : forage de Say", {6}),
    ("Association « Terre et Forêt » et maraîchage", {2}), ("Collectif Habitat et Climat", set()),
    ("Association Culture et Paix : Puits de Dori", {6}),
    ("Association d'usagers de l'eau", {6}), ("Collectif d'agriculteurs", {2}),
    ("Fondation pour l'éducation", {4}), ("ASSOCIATION SANTE POUR TOUS", {3}),
    ("Avec l'association Santé et Vie, accès à l'eau", {6}),
    # each word begins with a capital
    ("Appui à l'Association Locale pour l'Accès à l'Eau Potable", {6}),
    ("Accès À L'Eau Potable Avec L'Association Des Femmes", {5, 6}),
])
def test_bodies(title: str, wanted: set[int]) -> None:
    assert goals(title) >= wanted
    assert goals(title) <= wanted | {16}


@pytest.mark.parametrize(("title", "wanted"), [
    ("Subvention hors eau", set()), ("Projets hors santé et hors éducation", set()),
    ("Ni eau ni électricité au programme", set()), ("Mise hors d'eau du bâtiment", set()),
    ("Villages sans eau ni électricité", {6, 7}), ("Enfants hors école", {4}),
    ("Marché sans déchets", {12}), ("Agriculture hors-sol", {2}),
    ("Villages hors réseau électrique", {7}), ("Actions hors les murs", set()),
])
def test_what_is_left_out(title: str, wanted: set[int]) -> None:
    assert goals(title) == wanted
