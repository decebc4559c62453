"""What a lead that the reference lacks is published as."""

from __future__ import annotations

import pytest

from coopdec.describe.entities import Entities
from coopdec.iris import Iris
from coopdec.reference import gazetteer


@pytest.mark.parametrize(("name", "level"), [
    ("SICTOM du Val de Saône", "MixedSyndicate"), ("PETR du Pays de Langres", "MixedSyndicate"),
    ("SIVOM de la Vallée de l'Yerres", "MixedSyndicate"), ("SDE 24", "MixedSyndicate"),
    ("Pôle métropolitain Nantes Saint-Nazaire", "MixedSyndicate"),
    ("Syndicat d'énergie de l'Oise", "MixedSyndicate"),
    ("Parc naturel régional du Val Perdu", "MixedSyndicate"),
    ("Communauté de communes du Val Perdu", "Collectivity"),
    ("Comité de jumelage de Morlaix", "Collectivity"), ("SICASIL", "Collectivity"),
    ("Syndicat d'initiative de Fréjus", "Collectivity"),
    ("Syndicat agricole de l'Ain", "Collectivity"),
])
def test_a_syndicate_is_one_by_its_own_word(name: str, level: str) -> None:
    iris = Iris("https://example.org/")
    subject = iris.unidentified_collectivity(name, None)
    said = Entities(iris, gazetteer()).unidentified_collectivity(subject, name, None).about
    assert any(value.endswith(f"#{level}>") for _, value in said[subject])
