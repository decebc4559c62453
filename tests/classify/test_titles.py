"""What titles state: our own lists, the convention, names that are no themes."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.classify import builtin, classify
from coopdec.classify.lexicon import Masks
from coopdec.model import Theme

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "benchmarks" / "data"
ALWAYS_ACCEPTABLE = 17


def labelled(path: Path) -> list[tuple[str, set[int], set[int]]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    cells = [(line + "\t\t").split("\t")[:3] for line in lines[1:]]
    return [
        (title, {int(g) for g in expected.split()}, {int(g) for g in acceptable.split()})
        for title, expected, acceptable in cells
    ]


def goals(title: str, *masks: str) -> set[int]:
    return {theme.goal for theme in classify(title, masks)}


SEEDS = labelled(HERE / "seeds.tsv")


@pytest.mark.parametrize(("title", "expected", "acceptable"), SEEDS)
def test_our_lists(title: str, expected: set[int], acceptable: set[int]) -> None:
    found = goals(title)
    assert expected <= found
    assert found <= expected | acceptable | {ALWAYS_ACCEPTABLE}


def test_all_of_our_titles_ran() -> None:
    assert len(SEEDS) == 36


@pytest.mark.parametrize(("file", "wrongs", "misses"), [
    ("titles.tsv", 0, 0.02), ("titles_traps.tsv", 0, 0.01), ("titles_wide.tsv", 0.02, 0.03),
    ("titles_unseen.tsv", 0.01, 0.04), ("titles_senses.tsv", 0.2, 0)])
def test_made_up_titles(file: str, wrongs: float, misses: float) -> None:
    """A few in a hundred may still miss a word that the lexicon does not know."""
    given = labelled(DATA / file)
    assert len(given) > 200
    wrong = {title for title, expected, acceptable in given
             if goals(title) - expected - acceptable - {ALWAYS_ACCEPTABLE}}
    missed = {title for title, expected, _ in given if expected - goals(title)}
    assert len(wrong) <= len(given) * wrongs, wrong
    assert len(missed) <= len(given) * misses, missed


@pytest.mark.parametrize(
    "title",
    [
        "Coopération entre Eaux-Vives et Kigali",
        "Échanges entre Rivière-Salée et Roseau",
        "Programme mené à Port-au-Prince",
        "Échanges entre Villeneuve-d'Ascq et Ouidah",
        "Échanges entre Bois-Colombes et Mitte",
        "Amitiés entre La Forêt-Fouesnant et Gorée",
        "Échanges entre la Région des Pays de la Loire et Sfax",
        "Échanges avec l'Université de Kara",
        "Soutien de l'Agence française de développement",
        "Financement de la Banque mondiale",
        "Coffret d'eaux-de-vie",
        "Un apport et un transfert",
        "Mise en œuvre du programme triennal",
        "État des lieux des échanges",
        "Échanges entre Boulogne-sur-Mer et Zanzibar",
        "Programme avec Terre des Hommes",
        "Échanges avec la Côte d'Ivoire",
        "Rencontre de Madame Rivière et de Jean Forêt",
        "ÉCHANGES DE SAVOIRS ET DE SAVOIR-FAIRE",
        "Développement local et renforcement des capacités",
        "Atteindre les ODD",
        "XMAD PLUS 2024",
    ],
)
def test_names_and_generic_words_are_no_themes(title: str) -> None:
    assert goals(title) <= {ALWAYS_ACCEPTABLE}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Amélioration du climat des affaires", {8}),
        ("Amélioration de l'environnement des affaires", {8}),
        ("Pomme de terre des Andes", {2}),
        ("Culture de la pomme de terre", {2}),
        ("Arts, culture et jeunesse", {11}),
        ("Appui à l'état civil", {16}),
        ("Développement durable des territoires", {11}),
        ("Alimentation en eau", {6}),
        ("Formation des sages-femmes", {3, 4}),
        ("Connectivité écologique", {15}),
        ("Agro-écologie", {2}),
        ("Agroécologie", {2}),
        ("Éco-tourisme", {8}),
        ("Protection de l'enfance", {16}),
        ("Petite enfance", {4}),
        ("LES TIC AU VILLAGE", {9}),
        ("les tics du langage", set()),
        ("Culture du maïs", {2}),
        ("mai 2020, mais encore", set()),
        ("Femmes défenseur.e.s des droits", {5, 16}),
    ],
)
def test_context_decides(title: str, expected: set[int]) -> None:
    assert goals(title) == expected


@pytest.mark.parametrize(
    "title",
    ["Accès à l'eau potable", "ACCES A L'EAU POTABLE", "accès à l’eau  potable", "d¿eau potable",
     "AccÃ¨s Ã  lâ€™eau potable", "Acce\u0300s a\u0300 l'eau potable", "eau\u00a0potable",
     "eaux pota\u00adbles", "drinking water"],
)
def test_spellings_and_broken_encodings(title: str) -> None:
    assert {(t.goal, t.target) for t in classify(title)} == {(6, None), (6, "6.1")}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Women's empowerment and girls' education", {4, 5}),
        ("Sustainable tourism and jobs", {8}),
        ("Fisheries and marine protection", {14}),
        ("Good governance and civil society", {16}),
        ("Water and Sanitation : accès à l'eau", {6}),
    ],
)
def test_english(title: str, expected: set[int]) -> None:
    assert goals(title) == expected


def test_evidence_are_the_words_in_their_place() -> None:
    title = "Œuvrer pour l'accès à l'eau potable et l'agro-écologie, l'eau potable toujours"
    for theme in classify(title):
        assert theme.evidence
        for words, start, end in theme.evidence:
            assert title[start:end] == words
    water = next(t for t in classify(title) if t.goal == 6)
    assert (water.goal, water.rule) == (6, "lexicon:06-eau:acces-a-l-eau-potable")
    assert [words for words, _, _ in water.evidence] == ["accès à l'eau potable", "eau potable"]


def test_evidence_in_a_mended_title() -> None:
    title = "AccÃ¨s Ã  lâ€™eau potable"
    assert classify(title)[0].evidence[0] == (title, 0, len(title))


def test_entities_of_html_are_letters() -> None:
    title = "Eau &amp; &Eacute;DUCATION, l&#39;&#xe9;nergie"
    assert [(t.goal, t.evidence[0][0]) for t in classify(title) if t.target is None] == [
        (4, "&Eacute;DUCATION"), (6, "Eau"), (7, "&#xe9;nergie")]
    assert [t.evidence[0][0] for t in classify("&eau; et R&D;") if t.goal == 6] == ["eau"]


def test_sorted_and_targets_beside_their_goal() -> None:
    themes = classify("Eau potable, santé maternelle, état civil et microfinance")
    codes = [(t.goal, t.target) for t in themes]
    assert codes == [(3, None), (3, "3.1"), (6, None), (6, "6.1"), (8, None), (8, "8.10"),
                     (16, None), (16, "16.9")]
    assert all(0.5 < theme.confidence < 1 for theme in themes)


def test_masks_hide_names_and_names_only() -> None:
    title = "Savoie Déchets : vers une gestion des déchets ménagers"
    themes = classify(title, ["Savoie Déchets"])
    assert [t.goal for t in themes if not t.target] == [12]
    assert themes[0].evidence == (("déchets ménagers", 38, 54),)
    assert goals("Échanges entre Savoie Déchets et Verejeni", "Savoie Déchets") == set()
    assert goals("Réhabilitation du port", "Port") == {9}
    assert goals("Jardins du Port", "Port") == set()


def test_names_that_could_hide_nothing_are_left_alone() -> None:
    """Only a name with a word of the lexicon, in any spelling, can hide one."""
    masks = builtin().masks
    assert masks["Ouahigouya"] == masks["Fianarantsoa de la"] == masks[""] == ()
    assert masks["Port de Bouc"] == ("port", "bouc")
    assert all(masks[name] for name in ("REFUGIES", "Université", "Agroécologie-Kara"))
    assert goals("Accueil des REFUGIES", "Refugies") == set()


def test_a_full_memory_of_names_starts_anew() -> None:
    small = Masks(builtin().keys)
    small.LIMIT = 2
    assert [small[name] for name in ("Port", "Ouahigouya", "Lac", "Port")] == [
        ("port",), (), ("lac",), ("port",)]
    assert len(small) == 2


def test_a_description_adds_at_lower_confidence() -> None:
    themes = classify("Fantastic", description="Accès à l'eau potable")
    assert [t.goal for t in themes] == [6, 6]
    assert all(t.rule.startswith("description:lexicon:") for t in themes)
    (alone, *_) = classify("Accès à l'eau potable")
    assert themes[0].confidence < alone.confidence
    both = classify("Accès à l'eau potable", description="Accès à l'eau potable")
    assert both == classify("Accès à l'eau potable")


def test_two_witnesses_are_surer_than_one() -> None:
    def sure(title: str) -> float:
        (theme,) = (t for t in classify(title) if t.goal == 2 and not t.target)
        assert isinstance(theme, Theme)
        return theme.confidence

    assert sure("maraîchage et élevage") > sure("maraîchage")
    assert sure("maraîchage et maraîchage") == sure("maraîchage")
