"""Marks of footnotes are no part of what they stand beside."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from .written import rows


def test_marks_of_notes(tmp_path: Path) -> None:
    table = "<tr><th>Porteur<th>Partenaire<th>Titre{}".format("".join(
        f"<tr><td>Ville de {v}<td>Sokodé (Togo)<td>{t}" for v, t in (
            ("Dax", "Eau (2)"), ("Pau", "Phase (3)"), ("Lens", "Lait (1)"))))
    found, findings = rows(tmp_path, f"<html><body><p>(1) Reporté.</p><table>{table}</table>"
                           "<p>(2) Sous réserve.</p></body></html>", ".html")
    assert [r.title for r in found] == ["Eau", "Phase (3)", "Lait"]
    assert not findings


def test_a_mark_whose_note_comes_later_is_said(tmp_path: Path) -> None:
    found, findings = rows(
        tmp_path, "Porteur;Partenaire;Titre\nVille de Dax;Sokodé (Togo);Eau (2)\n"
        "Ville de Pau;Sokodé (Togo);Phase (3)\n(2) Sous réserve.;;\n")
    assert [r.title for r in found] == ["Eau (2)", "Phase (3)"]
    assert [f.where and f.where.line for f in findings if f.code == "title-mark"] == [2]


@pytest.mark.parametrize("mark", ["*", "***", "†", "³", "¹⁰", "‡‡"])
def test_signs_that_are_nothing_but_marks(tmp_path: Path, mark: str) -> None:
    (row,), findings = rows(
        tmp_path, "Porteur;Partenaire;Titre;Subvention\n"
        f"Ville de Dax{mark};Sokodé (Togo){mark};Eau potable{mark};1 200 €{mark}\n"
        f"{mark} Sous réserve\n")
    assert ([m.name for m in row.leads], row.title, [m.own_name for m in row.partners]) == (
        ["Ville de Dax"], "Eau potable", ["Sokodé"])
    assert row.facts is not None
    assert row.facts.grant is not None
    assert row.facts.grant.value == Decimal(1200)
    assert [f.code for f in findings] == ["row-no-project"]


@pytest.mark.parametrize("title", ["Eau¹⁰", "Réduire le CO²", "Phase (2)"])
def test_what_may_be_of_the_words_stays_whole(tmp_path: Path, title: str) -> None:
    (row,), _ = rows(tmp_path, f"Porteur;Pays;Titre\nVille de Dax;Togo;{title}\n")
    assert row.title == title
