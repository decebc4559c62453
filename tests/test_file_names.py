"""A list is called as its publisher calls it: its name reaches IRIs, and no name stops a build."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib import PROV, RDF, Namespace

from coopdec.errors import UsageError
from coopdec.model import Source
from coopdec.pipeline import Options, build
from coopdec.vocab import BASE, CD

C = Namespace(CD)

LIST = ("Région;Collectivité française;Partenaire;Pays;Intitulé du projet\n"
        "Bretagne;Ville de Rennes;Commune de Bandiagara;Mali;Accès à l'eau potable\n")


def built(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).write_text(LIST, "utf-8")
    out = folder / "out"
    build([folder / name for name in names], out, Options())
    return out


@pytest.mark.parametrize(("name", "call"), [
    ("Liste des lauréats 2021.csv", "liste-des-laureats-2021"),
    ("LISTE_n°1 (v2).csv", "liste-n-1-v2"),
    ("a#b?c%20d&e.f.csv", "a-b-c-20d-e-f"),
    ("–.csv", "sans-nom"),
    ("Ünï_코드.csv", "uni"),
])
def test_any_name_gives_a_release(tmp_path: Path, name: str, call: str) -> None:
    out = built(tmp_path, name)
    data, catalogue = (rdflib.Graph().parse(out / f) for f in ("coopdec.ttl", "catalog.ttl"))
    assert set(data.subjects(RDF.type, C.Call)) == {rdflib.URIRef(f"{BASE}call/{call}")}
    dataset = rdflib.URIRef(f"{BASE}dataset")
    assert set(catalogue.objects(dataset, PROV.wasDerivedFrom)) == set(
        data.subjects(RDF.type, C.SourceDocument)) != set()


def test_what_the_toml_says_is_the_call() -> None:
    assert Source("Liste 1", "Liste 1.csv", call="generaliste-2020").call_name == "generaliste-2020"
    assert Source("Liste 1", "Liste 1.csv").call_name == "liste-1"


def test_two_names_of_one_iri_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="same source name"):
        built(tmp_path, "Liste été.csv", "liste-ete.csv")
