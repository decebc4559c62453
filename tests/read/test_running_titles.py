"""Running titles that a copied text holds between the lines of its projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read.documents import Paragraph
from coopdec.read.documents._running import running_titles
from coopdec.read.texts.printed_lines import without_running
from coopdec.reference import gazetteer

from .written import read_text

PLACES = (("Ville de Brest", "Commune de Saponé (Burkina Faso)", "Déchets"),
          ("Ville de Metz", "Commune de Kayes (Mali)", "Eau potable"),
          ("Ville de Nantes", "Ville de Dschang (Cameroun)", "Patrimoines"))


@pytest.mark.parametrize("form", ["{}\n{}\n{}\n", "- {} – {} : {}\n"])
@pytest.mark.parametrize("edge", ["Direction – Palmarès 2022\nPage {}\n",
                                  "Page {} sur 3\nDirection des relations\nRecueil 2022\n"])
def test_they_are_no_part_of_a_title(form: str, edge: str, tmp_path: Path) -> None:
    text = "".join(form.format(*project) + edge.format(n) + "\n"
                   for n, project in enumerate(PLACES, 1))
    rows, _ = read_text(tmp_path, "a.txt", text)
    assert [r.title for r in rows] == ["Déchets", "Eau potable", "Patrimoines"]


def test_what_may_be_of_a_project_is_kept() -> None:
    words = ["Ville de Metz et Metz Métropole", "Ville de Kayes (Mali)", "Pays de la Loire",
             "Chef de file", "Bulletin des relations"]
    lines = [Paragraph(text, n, kind="running") for n, text in enumerate(words, 1)]
    assert [(p.text, p.kind) for p in without_running(lines, gazetteer())] == [
        (text, None) for text in words[:4]]


@pytest.mark.parametrize(("lines", "found"), [
    (["Un titre", "Page 1", "Eau", "Un titre", "Eau", "Un titre", "Page 2"], []),  # once elsewhere
    (["Bilan annuel", "Eau", "Bilan annuel", "Page 1", "Art", "Bilan annuel", "Page 2"], [2, 5]),
    (["9 000 €", "Page 1", "Eau", "9 000 €", "Page 2"], []),
    (["Un titre", "Eau", "Un titre"], []),
])
def test_which_lines_they_are(lines: list[str], found: list[int]) -> None:
    assert sorted(running_titles(lines)) == found
