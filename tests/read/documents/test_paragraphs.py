"""Lines of a page that stand in no table, gathered to paragraphs by what the page shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap

import pytest

from coopdec.read.documents._layout import TextLine, Word
from coopdec.read.documents._paragraphs import paragraphs

#: A letter is half as wide as high.
_HIGH, _WIDE = 10.0, 5.0
ITEMS = [
    "Ville de Brest – Saponé (Burkina Faso) : Une école ouverte à tous, et la formation de ses "
    "maîtres en langues nationales",
    "Conseil départemental du Cher – Cercle de Kita (Mali) : Maraîchage et semences pour toutes "
    "les communes rurales",
    "Ville de Metz – Ville de Djambala (Congo) : Lecture publique et formation des jeunes "
    "bibliothécaires",
    "Ville de Caen – Thiès (Sénégal) : Musiques d'ici et d'ailleurs",
]


def line(text: str, y: float, x: float = 50.0, style: str = "") -> TextLine:
    words, at = [], x
    for word in text.split():
        words.append(Word(word, at, at + _WIDE * len(word), _HIGH, y))
        at += _WIDE * (len(word) + 1)
    return TextLine(words, y, _HIGH, style)


def page(items: Sequence[str], *, gap: float = 0.0, first: int = 0, rest: int = 0,
         bullet: str = "", width: int = 46) -> list[TextLine]:
    """The items below one another, wrapped at so many letters: ``gap`` between them, ``first`` and
    ``rest``: how many letters their lines are set in by."""
    lines, y = [], 100.0
    for item in items:
        for wrapped in wrap(f"{bullet}{item}", width, initial_indent=" " * first,
                            subsequent_indent=" " * rest, break_on_hyphens=False):
            lines.append(line(wrapped, y, 50 + _WIDE * (len(wrapped) - len(wrapped.lstrip()))))
            y += 12
        y += gap
    return lines


def texts(lines: Sequence[TextLine]) -> list[str]:
    return [" ".join(line.text for line in group) for group in paragraphs(lines, 0.5)]


@pytest.mark.parametrize("marks", [{"gap": 4.0}, {"first": 3}, {"rest": 3}, {}])
def test_items_are_told_by_gaps_indents_and_room(marks: dict[str, int]) -> None:
    assert texts(page(ITEMS, **marks)) == ITEMS  # type: ignore[arg-type]


def test_bullets_open_items() -> None:
    assert texts(page(ITEMS, rest=2, bullet="• ")) == [f"• {item}" for item in ITEMS]


def test_a_wider_text_above_does_not_hide_where_lines_end() -> None:
    wide = "Le ministère de l'Europe et des affaires étrangères publie la liste des projets retenus"
    assert texts([line(wide, 70), *page(ITEMS, gap=4.0)]) == [wide, *ITEMS]


@pytest.mark.parametrize("marks", [{"gap": 4.0}, {"first": 3}, {"rest": 3}])
def test_what_is_full_ends_where_something_else_says_so(marks: dict[str, int]) -> None:
    full = "Ville de Caen – Thiès (Sénégal) : Musiques"
    items = [*ITEMS, f"{full} là", ITEMS[0], ITEMS[1]]
    assert texts(page(items, **marks)) == items  # type: ignore[arg-type]


def test_a_line_in_other_letters_is_a_heading() -> None:
    lines = page(ITEMS, rest=2, bullet="• ")
    lines[2].style = "Roman"
    heading = line("Centre-Val de Loire", lines[2].y + 12, 60, style="Bold")
    for after in lines[3:]:
        after.y += 12
    assert texts([*lines[:3], heading, *lines[3:]])[1] == heading.text


def test_a_dash_that_parts_words_is_no_bullet() -> None:
    items = ["Conseil départemental des Bouches-du-Rhône ici – Byblos (Liban) : Les incendies "
             "et la formation des secouristes", *ITEMS]
    lines = page(items, gap=4.0)
    assert lines[1].text.startswith("–")
    assert texts(lines) == items


def test_a_label_that_comes_again_opens_its_line() -> None:
    title = "Gestion intégrée des zones côtières du littoral"  # as long as the widest line
    fiches = [line for region in ("Bretagne", "Occitanie") for line in (
        title, f"Région : {region}", "Chef de file : Ville de Brest")]
    assert texts(page(fiches, width=47)) == fiches


def test_lines_that_all_end_in_one_place_end_where_one_does_not() -> None:
    """Justified: the last line of an item is as long as chance has it, be it nearly full."""
    lines = page([*ITEMS, ITEMS[0], ITEMS[1]])
    for above, below in pairwise(lines):
        if not below.text.startswith(("Ville", "Conseil")):
            last = above.words[-1]
            above.words[-1] = last._replace(x1=50 + 46 * _WIDE)
    lines[2].words[-1] = lines[2].words[-1]._replace(x1=50 + 45 * _WIDE)
    assert texts(lines) == [*ITEMS, ITEMS[0], ITEMS[1]]
