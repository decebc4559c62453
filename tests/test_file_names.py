"""A list is called as its publisher calls it: its name reaches IRIs, and no name stops a build."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import rdflib
from rdflib import PROV, RDF, Namespace

from coopdec.errors import UsageError
from coopdec.model import Source
from coopdec.pipeline import Options, build
from coopdec.vocab import BASE, CD

pytestmark = pytest.mark.usefixtures("unjudged")
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
    (os.fsdecode(b"list\xe9 1.csv"), "list-1"),  # as an old archive is unpacked
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


def test_a_folder_of_lists_without_any_toml_is_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / "lists" / name).write_text(LIST, "utf-8")
    assert build([tmp_path / "lists"], tmp_path / "out", Options()).projects == 2


def test_beside_lists_with_a_toml_one_without_is_told(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / "lists" / name).write_text(LIST, "utf-8")
    facts = 'title = "A"\npublisher = "P"\ncall = "a"\n'
    (tmp_path / "lists" / "a.toml").write_text(facts, "utf-8")
    made = build([tmp_path / "lists"], tmp_path / "out", Options())
    assert (made.projects, [(f.code, f.where.document) for f in made.findings if f.where]) == (
        1, [("list-without-toml", "lists/b.csv")])
