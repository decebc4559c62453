"""Causes found on titles that nobody had shown to the lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.classify import classify, load
from tests.classify.test_titles import DATA, goals, labelled


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
    ("Amis de La Chapelle-Hareng", set()), ("Toiture de la vieille chapelle", {11}),
    ("Fête au quartier Soleil", set()), ("Fête de quartier", {11}),
    # senses and forms, November 2026
    ("AMENAGEMENT DU MUSEE", {11}), ("Un niveau élevé", set()), ("Extension de la mini-AEP", {6}),
    ("Le port de Sète", set()), ("Deux ports secs", {9}), ("Recul du trait de côte", {13, 14}),
    ("L'AMP du Cap Roux", {14}), ("Un centre d'AMP à l'hôpital", {3}),
    ("Routes du patrimoine", {11}), ("Coraux de Moorea", {14}), ("Semences de basilic", {2}),
    ("Familles nécessiteuses", {1}), ("ZAE de Nouaceur", {8}), ("Santé des sols", {15}),
    ("Un pont sur le marigot", {9}), ("Curage du marigot", {6}), ("Santé financière", set()),
    ("Bourse du travail", set()), ("Déchets d'équipements électriques", {12}),
    ("Mujeres emprendedoras", {5, 8}),
    # compounds
    ("Éco-collégiens en Alsace", {4}), ("La sous-préfecture", set()), ("Inter-quartiers", {11}),
])
def test_what_the_words_state(title: str, wanted: set[int]) -> None:
    assert goals(title) == wanted


@pytest.mark.parametrize(("title", "never"), [
    # a rare word has another sense in titles more often than its own
    ("Rennes Métropole et Jiaxing", 2), ("Stage de batteurs et percussionnistes", 2),
    ("Amendements à la charte", 2), ("Autosuffisance énergétique de l'île", 2),
    ("La chaîne du froid des vaccins", 2), ("Child labour", 2),
    ("Accueil d'une quarantaine de musiciens", 3), ("Consultation des habitants", 3),
    ("Plateau technique du lycée professionnel", 3), ("Appui aux PME-PMI", 3),
    ("Couveuse d'entreprises", 3), ("Déshydratation de mangues", 3),
    ("Guide bilingue", 4), ("Le cours moyen du fleuve", 4), ("L'amphithéâtre antique", 4),
    ("Station de traitement des déchets", 6), ("Festival des lanternes", 7),
    ("Appel à microprojets", 8), ("Produits saisonniers", 8), ("Community health workers", 8),
    ("Tournoi de bridge", 9), ("Partenariat reconduit", 10), ("Films muets", 10),
    ("Jeux olympiques et paralympiques", 10), ("Programme biennal de coopération", 11),
    ("Lycée Lansana Conté", 11), ("Reboisement des forêts-galeries", 11),
    ("Requalification des agents", 11), ("Conservatoire des espaces naturels", 11),
    ("Recyclage des enseignants", 12), ("Le CDN et le théâtre de Lomé", 13),
    ("Parc des Volcans d'Auvergne", 13), ("Acidification des sols", 14),
    ("Maladies endémiques", 15), ("Terres d'accueil", 15), ("Chasse aux déchets", 15),
    ("La Ravine des Cabris", 15), ("Festival du roman policier", 16), ("Juges de touche", 16),
    ("Lycéens en familles d'accueil", 16), ("Mobilisation des ressources en eau", 17),
    ("Participation aux frais", 2), ("Réunion d'information", 9), ("Envoi d'un conteneur", 9),
    ("Relations diplomatiques", 4), ("Le matériel livré", 4), ("Une bouée géante", 6),
    ("Récolte de jouets", 2), ("Les fruits du partenariat", 2), ("Moules à parpaings", 14),
    ("Visite du gouverneur", 16), ("Recherche de partenaires", 9), ("Le café des langues", 2),
    ("Migration des données", 10), ("Réutilisation des eaux usées", 12),
    ("Coexistence avec le loup", 16), ("Des farines fortifiées", 11),
])
def test_what_the_words_do_not_state(title: str, never: int) -> None:
    assert never not in goals(title)


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


def test_an_exact_word_wins_over_a_star_that_spells_as_many_letters(tmp_path: Path) -> None:
    """Both would be the proof twice: « mangrove* » spells no letter less than « mangrov »."""
    (tmp_path / "own.tsv").write_text(
        "term\tgoals\tweight\tcontext\tnote\nmangrove*\t14\t0.7\t\t\nmangrove\t14 15\t0.9\t\t\n",
        "utf-8")
    found = classify("Les mangroves", lexicon=load(tmp_path))
    assert [(t.goal, t.evidence) for t in found] == [
        (goal, (("mangroves", 4, 13),)) for goal in (14, 15)]


def test_no_place_of_a_title_is_proof_twice() -> None:
    for title, _, _ in labelled(DATA / "titles_unseen.tsv"):
        for theme in classify(title):
            places = [proof[1:] for proof in theme.evidence]
            assert len(places) == len(set(places)), (title, theme)
            assert all(title[start:end] == words for words, start, end in theme.evidence)


@pytest.mark.parametrize(("title", "wanted"), [
    # a monument that is restored, not the meals or the school of a place of its name
    ("Restauration scolaire du Manoir", {2, 4}), ("Rénovation de l'école du Manoir", {4}),
    ("Restauration du manoir", {11}), ("Restauration de l'école de Moulins", {4}),
    ("Rénovation des réseaux d'eau de Palais", {6}), ("Rénovation du palais des sports", set()),
    ("Restauration du palais", {11}), ("Réhabilitation d'un moulin à mil", {2}),
    ("Restauration d'un moulin à eau", {11}), ("Rénovation de la madrasa", set()),
    ("Patrimoine de la madrasa", {11}),
    # what leaks, and what is connected, is not always water
    ("Lutte contre les fuites", {6}), ("Lutte contre les fuites de méthane", set()),
    ("Recherche de fuites de données", set()), ("Branchements particuliers", {6}),
    ("Branchements à domicile d'électricité", {7}), ("Rendement du réseau de chaleur", {7}),
    # « nouvelles » that are stories, and new ones
    ("Concours de nouvelles", {11}), ("Concours de nouvelles entreprises", {8}),
    ("Recueil de nouvelles données sur l'eau", {6}),
    ("Réseau 4G", {9}), ("Réseau G5 Sahel", set()), ("Usine de tri", {12}),
    ("Usine de tri de noix de cajou", {2}), ("Cuenca: gestión municipal", {16}),
    ("Gestión de la cuenca del río Paute", {6}),
])
def test_terms_keep_to_their_sense(title: str, wanted: set[int]) -> None:
    assert goals(title) == wanted
