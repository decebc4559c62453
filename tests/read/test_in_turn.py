"""Names and their countries in turn, in one cell without brackets."""

from __future__ import annotations

import pytest

from coopdec.read.cells.partners import parse_partner_cell
from coopdec.reference import gazetteer


@pytest.mark.parametrize(("cell", "expected"), [
    ("Carthage, Tunisie et Bath, Royaume-Uni", [("Carthage", "TN"), ("Bath", "GB")]),
    ("Kairouan - Tunisie, Saly - Sénégal", [("Kairouan", "TN"), ("Saly", "SN")]),
    ("Kairouan – Tunisie et Sousse – Tunisie", [("Kairouan", "TN"), ("Sousse", "TN")]),
    ("Kairouan, Sousse - Tunisie, Saly - Sénégal",
     [("Kairouan", "TN"), ("Sousse", "TN"), ("Saly", "SN")]),
    ("Tunisie : Kairouan, Tunisie : Sousse", [("Kairouan", "TN"), ("Sousse", "TN")]),
    ("Tunisie : Kairouan, Sousse, Sénégal : Saly",
     [("Kairouan", "TN"), ("Sousse", "TN"), ("Saly", "SN")]),
    ("Jacmel, Haïti - Kayes, Mali", [("Jacmel", "HT"), ("Kayes", "ML")]),
    # One country, and names that hold a hyphen, as before.
    ("Tunisie : Kairouan, Sousse", [("Kairouan", "TN"), ("Sousse", "TN")]),
    ("Kairouan - Tunisie", [("Kairouan", "TN")]),
])
def test_each_name_has_its_country(cell: str, expected: list[tuple[str, str]]) -> None:
    found = parse_partner_cell(cell, gazetteer(), "")
    assert [(m.name, m.country) for m in found.mentions] == expected
    assert not found.problems
