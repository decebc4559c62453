"""Tables written with tabs in the paragraphs of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.read import read
from coopdec.read.documents._tabbed import tabbed

from .writers import parse

HEAD = "Chef de file\tPartenaire\tPays\tProjet"


@pytest.mark.parametrize(("texts", "parts"), [
    (["Liste", HEAD, "Metz\tKayes\tMali\tEau", "Lyon\tZé\t\tÉcole"],
     ["Liste", [HEAD.split("\t"), ["Metz", "Kayes", "Mali", "Eau"], ["Lyon", "Zé", "", "École"]]]),
    # Tabs to get there, as many as it takes.
    (["A\t\tB\tC", "1\t2\t\t3", "4\t5\t6"], [[["A", "B", "C"], ["1", "2", "3"], ["4", "5", "6"]]]),
    # The same, and a cell is missing: which one, no one knows.
    (["A\t\tB\tC", "1\t2\t\t3", "4\t\t\t\t6", "7\t8\t9"],
     ["A  B C", "1 2  3", "4    6", "7 8 9"]),
    (["A\tB\tC", "Mali", "1\t2\t3", "4\t5\t6", "7\t8"],
     [[["A", "B", "C"], ["Mali", "", ""], ["1", "2", "3"], ["4", "5", "6"]], "7 8"]),
    (["Chef de file :\tMetz", "Partenaire :\tKayes", "Titre :\tEau"],
     ["Chef de file : Metz", "Partenaire : Kayes", "Titre : Eau"]),
    (["\tParis, le 3 mai\t", "1.\tTitre\t3"], [" Paris, le 3 mai ", "1. Titre 3"]),
])
def test_what_tabs_part(texts: list[str], parts: list[object]) -> None:
    assert list(tabbed(texts)) == parts


def test_in_a_text(tmp_path: Path) -> None:
    import docx

    paper = docx.Document()
    for text in ("Liste", HEAD, "Metz\tKayes\tMali\tEau", "\tThiès\tSénégal\tRues"):
        paper.add_paragraph(text)
    paper.save(str(tmp_path / "liste.docx"))
    document = parse(tmp_path / "liste.docx")
    (table,) = document.tables
    assert [line.cells[:2] for line in table.lines] == [
        ["Chef de file", "Partenaire"], ["Metz", "Kayes"], ["", "Thiès"]]
    # Rows are no words beside the table; they are words again where it turns out to be no list.
    assert [p.text for p in document.paragraphs] == ["Liste"]
    assert document.prose is not None
    assert document.prose()[2].text == "Metz Kayes Mali Eau"


def test_rows_are_not_said_to_stand_beside_the_list(tmp_path: Path) -> None:
    import docx

    paper = docx.Document()
    for text in ("Chef de file\tPartenaire\tTitre du projet",
                 "Ville de Quimper\tCommune de Bougouni (Mali)\tEau potable des quartiers",
                 "Ville de Lorient\tCommune de Saint-Louis (Sénégal)\tPatrimoine portuaire",
                 "Ville d'Albi\tCommune d'Abomey (Bénin)\tPatrimoine royal et tourisme",
                 "", "Ville de Valence : projet avec Batroun (Liban)"):
        paper.add_paragraph(text)
    paper.save(str(tmp_path / "liste.docx"))
    reading = read(tmp_path / "liste.docx")
    assert len(list(reading)) == 3
    said = [f.params["words"] for f in reading.findings if f.code == "text-unread"]
    assert said == ["Ville de Valence : projet avec Batroun (Liban)"]
