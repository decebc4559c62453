"""The lines of a wrapped cell: which words were cut, which hyphens are the words' own."""

from __future__ import annotations

import pytest

from coopdec.read.documents._pages import CellText, broken_anywhere
from coopdec.read.documents._wrap import Words, is_cut, join


@pytest.mark.parametrize(("tail", "head", "alone", "cut"), [
    ("Gouve", "rnement", False, True), ("Communaut", "é", False, True),
    ("Fianarantso", "a", True, True), ("Départe", "ment", False, True),
    ("Collectivité", "chef", False, False), ("Maraîchage", "biologique", False, False),
    ("Développement", "durable", False, False), ("Programme", "triennal", False, False),
    ("accompagner", "à", False, False),
])
def test_a_word_cut_without_a_hyphen(tail: str, head: str, alone: bool, cut: bool) -> None:
    assert is_cut(tail, head, Words(), alone=alone) is cut



def test_hyphens_of_a_document_that_cuts_words() -> None:
    known = Words()
    for lines in (["coopéra-", "tion"], ["forma-", "tion"], ["ges-", "tion"], ["sanitai-", "res"]):
        known.add(lines)
    assert join(["Métropole euro-", "péenne"], known) == "Métropole européenne"
    assert join(["Échange de savoir-", "faire"], known) == "Échange de savoir-faire"
    assert join(["Seine-Saint-De-", "nis"], known) == "Seine-Saint-Denis"
    assert join(["Seine-Saint-De-", "nis"], Words()) == "Seine-Saint-De-nis"
    assert join(["Département des Côtes-", "d'Armor"], known) == "Département des Côtes-d'Armor"



def test_words_that_fill_their_line() -> None:
    """Whether the next letter had room, and what is a word by its end; a comma opens no line."""
    cell = CellText(["Appui au", "développe", "ment"], [40.0, 45.0, 25.0], 30.0, 52.0)
    assert cell.text(52.0, Words()) == "Appui au développement"
    cell = CellText(["partenariat", "engagé depuis"], [44.0, 50.0], 44.0, 46.0)
    assert cell.text(46.0, Words()) == "partenariat engagé depuis"
    assert join(["l'assainissement", ", avec l'appui"], Words()) == "l'assainissement, avec l'appui"



def test_a_line_that_is_not_at_its_end() -> None:
    """The next had room on it, and is no line of its own all the same."""
    cell = CellText(["Commune de", "Kayes", "Ville de Lyon"], [50.0, 25.0, 60.0], 40.0)
    assert cell.text(150.0, Words()) == "Commune de Kayes\nVille de Lyon"


def test_a_word_in_capitals_is_cut_as_well() -> None:
    cell = CellText(["DÉPARTEMENT", "AL DU PUY-DE-DÔME"], [100.0, 90.0], 100.0, 101.0)
    assert cell.text(100.0, Words()) == "DÉPARTEMENTAL DU PUY-DE-DÔME"



@pytest.mark.parametrize("anywhere", [True, False])
def test_a_table_that_breaks_lines_within_words(anywhere: bool) -> None:
    cells = [CellText(["Réhabilitation d", "es quais du port"] if anywhere or n % 2 else
                      ["Réhabilitation", "des quais"], [80.0 if anywhere else 60, 78.0], 60.0, 81.0)
             for n in range(8)]
    assert broken_anywhere(cells) is anywhere
    cells[0].anywhere = True
    assert cells[0].text(81.0, Words()) == (
        "Réhabilitation des quais du port" if anywhere else "Réhabilitation des quais")
