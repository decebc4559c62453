"""Paragraphs of a PDF whose cells tabs parted, set as a word processor sets them."""

from __future__ import annotations

from coopdec.read.documents._flowing import flowing
from coopdec.read.documents._layout import TextLine, Word

LETTER, SPACE, RIGHT = 5.0, 2.5, 480.0
STOPS = (110.0, 260.0, 340.0, 420.0)
HEAD = ["Chef de file", "Partenaire", "Titre"]
ROWS = [
    ["Ville de Metz", "Kayes (Mali)", "Une école ouverte à tous"],
    ["Conseil départemental du Gers", "Kampong Thom (Cambodge)", "Riz durable"],
    ["Ville de Brest", "Commune de Saponé (Burkina Faso)", "Eau, assainissement et déchets"],
    ["Ville de Paris", "Ville d'Erevan (Arménie)", "Îlots de fraîcheur pour toutes les écoles"],
]


def set_with_tabs(paragraphs: list[list[str]], set_in: float = 0.0) -> list[TextLine]:
    """The lines of paragraphs, their cells parted by tabs; lines below the first are ``set_in``."""
    lines: list[list[Word]] = []
    for cells in paragraphs:
        x, words = 0.0, list[Word]()
        for n, cell in enumerate(cells):
            if n:
                x = next((stop for stop in STOPS if stop > x), RIGHT)
            for k, text in enumerate(cell.split()):
                wide = LETTER * len(text)
                x += SPACE if k else 0.0
                if x + wide > RIGHT:
                    lines.append(words)
                    x, words = set_in, []
                words.append(Word(text, x, x + wide))
                x += wide
        lines.append(words)
    return [TextLine(words, 12.0 * n, 10.0) for n, words in enumerate(lines, 1)]


def cells(paragraphs: list[list[str]], set_in: float = 0.0) -> list[list[str]] | None:
    found = flowing(set_with_tabs(paragraphs, set_in))
    return None if found is None else [said for _, said in found.rows]


def test_cells_that_run_over_their_stops() -> None:
    assert cells([HEAD, *ROWS]) == [HEAD, *ROWS]
    assert cells([HEAD, *ROWS], set_in=260.0) == [HEAD, *ROWS]


def test_words_above_and_headings_between() -> None:
    paragraphs = [["Projets retenus en 2022"], HEAD, ROWS[0], ["Bretagne"], *ROWS[1:]]
    found = flowing(set_with_tabs(paragraphs, set_in=260.0))
    assert found is not None
    assert found.start == 1
    assert [said for _, said in found.rows] == paragraphs[1:]


def test_a_paragraph_with_another_number_of_cells_is_said() -> None:
    odd = ["Ville de Lyon Thiès (Sénégal)", "Puits et forages pour les villages"]
    found = flowing(set_with_tabs([HEAD, *ROWS, odd, *ROWS], set_in=260.0))
    assert found is not None
    assert [said for _, said in found.rows] == [HEAD, *ROWS, *ROWS]
    assert [[line.text for line in group] for group in found.unread] == [
        ["Ville de Lyon Thiès (Sénégal) Puits et forages pour les villages"]]


def test_columns_are_left_to_those_who_read_columns() -> None:
    assert cells([HEAD, *([["Ville de Metz", "Kayes (Mali)", "École"]] * 4)]) is None
