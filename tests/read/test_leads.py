"""Lead cells: one collectivity or several."""

from __future__ import annotations

import tracemalloc

import pytest

from coopdec.read.cells.leads import leads_of, parse_lead_cell
from coopdec.reference import gazetteer
from coopdec.reference.store import connect, index_path


@pytest.mark.parametrize(("cell", "names"), [
    ("Ville de Metz et Département de la Moselle", ["Ville de Metz", "Département de la Moselle"]),
    ("Ville de Metz - Département de la Moselle", ["Ville de Metz", "Département de la Moselle"]),
    ("Metz – Communauté urbaine d'Arras", ["Metz", "Communauté urbaine d'Arras"]),
    ("- Metz\n- Ville d'Arras", ["Metz", "Ville d'Arras"]),
    ("Metz\u00a0; Arras", ["Metz", "Arras"]),
    ("• Brest  métropole", ["Brest métropole"]),
    ("Rennes + Ville de Brest", ["Rennes", "Ville de Brest"]),
    ("CC Sud+Nord", ["CC Sud+Nord"]),
    ("Ville de Metz (France)", ["Ville de Metz"]),
    ("Ville de Metz (France) et Ville de Brest (France)", ["Ville de Metz", "Ville de Brest"]),
    (" \u200b", []),
])
def test_leads_of_a_cell(cell: str, names: list[str]) -> None:
    assert [m.name for m in parse_lead_cell(cell)] == names


def test_every_collectivity_is_one_lead() -> None:
    """Those with a slash aside, which parts two names."""
    labels = [name for name, in connect(index_path()).execute(
        "SELECT DISTINCT label_fr FROM entity WHERE country = 'FR'") if " / " not in name]
    assert len(labels) > 30_000
    assert [name for name in labels if len(parse_lead_cell(name)) != 1] == []


@pytest.mark.parametrize(("cell", "names"), [
    ("Ville de Dunkerque Ville de Calais", ["Ville de Dunkerque", "Ville de Calais"]),
    ("Région Bretagne Commune de Brest", ["Région Bretagne", "Commune de Brest"]),
    ("Communauté d'agglomération Ville de Calais", ["Communauté d'agglomération Ville de Calais"]),
    ("Ville de Dunkerque Ville de Nulle-Part", ["Ville de Dunkerque Ville de Nulle-Part"]),
])
def test_leads_that_nothing_parts(cell: str, names: list[str]) -> None:
    assert [m.name for m in leads_of(cell, gazetteer())] == names


def test_a_cell_of_a_whole_book_takes_memory_for_itself_only() -> None:
    cell = "eau et formation avec les jeunes, " * 5_000
    tracemalloc.start()
    try:
        assert parse_lead_cell(cell)
        assert tracemalloc.get_traced_memory()[1] < 100 * len(cell)
    finally:
        tracemalloc.stop()
