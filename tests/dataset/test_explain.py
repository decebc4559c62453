"""Explain: each fact with its place and printed cell, each link and theme with its reason."""

from __future__ import annotations

import json

import pytest

from coopdec.dataset import Dataset
from coopdec.errors import UnknownName
from coopdec.explain import Explanation, explain, matches


def facts(found: Explanation, name: str) -> list[str]:
    return [f.value for f in found.facts if f.name == name]


def test_a_project_by_words_of_its_title(data: Dataset) -> None:
    found = explain(data, "covid mali")
    assert found.project.title == "Lutte contre l'épidémie de COVID-19 au Mali"
    assert facts(found, "lead") == ["Bordeaux"]
    assert facts(found, "country") == ["Mali"]
    (lead,) = [f for f in found.facts if f.name == "lead"]
    assert "33063" in lead.codes
    (evidence,) = lead.evidence
    assert (evidence.document, evidence.line, evidence.column, evidence.cell) == (
        "laureats-session-2", 28, "lead", "Bordeaux")


def test_the_printed_cell_is_kept_beside_what_was_understood(data: Dataset) -> None:
    found = explain(data, "Promouvoir et diffuser des techniques")
    (region,) = [f for f in found.facts if f.name == "region"]
    assert (region.value, region.evidence[0].cell) == ("Grand Est", "Grand-Est")
    assert region.evidence[0].line == 21, "the region is printed a line above"
    (country,) = [f for f in found.facts if f.name == "country"]
    assert country.evidence[0].cell == "Saa (Cameroun)"
    assert country.evidence[0].column == "partner"


def test_links_have_a_confidence_and_a_reason(data: Dataset) -> None:
    found = explain(data, "Echange de patrimoines")
    jujuy = {ln.target: ln for ln in found.links if ln.label == "Jujuy"}
    assert set(jujuy) == {"http://www.wikidata.org/entity/Q44764",
                          "https://sws.geonames.org/3853404/"}
    for link in jujuy.values():
        assert 0.9 <= link.confidence <= 1
        assert "Province" in link.reason
        assert link.predicate.endswith("exactMatch")
    assert any(ln.label == "Argentine" and ln.predicate.endswith("sameAs") for ln in found.links)


def test_themes_have_their_words_and_rule(data: Dataset) -> None:
    found = explain(data, "Uvrukhangai")
    by_code = {t.code: t for t in found.themes}
    assert {"2", "3", "10"} <= set(by_code)
    assert by_code["3"].words == ("santé",)
    assert by_code["3"].rule
    assert [t.code for t in found.themes] == sorted(
        by_code, key=lambda c: [int(p) if p.isdecimal() else 99 for p in c.split(".")])


def test_a_project_with_no_theme_has_none(data: Dataset) -> None:
    assert explain(data, "Fantastic").themes == ()


def test_every_project_can_be_explained_by_title_identifier_and_iri(data: Dataset) -> None:
    rows = data.select("SELECT ?p ?t ?i { ?p a cd:Project ; dcterms:title ?t ;"
                       " dcterms:identifier ?i }")
    assert len(rows) == 36
    for row in rows:
        assert explain(data, row.t).project.title == row.t
        assert matches(data, row.i)[0].iri == row.p
    last = rows[0]
    for way in (last.p, last.i, last.i.rsplit("/", 1)[-1], f"project/{last.i}"):
        found = explain(data, way)
        assert found.project.iri == last.p
        assert {f.name for f in found.facts} >= {"title", "lead", "region", "country", "call"}
        assert all(f.evidence for f in found.facts)


def test_the_reasons_come_in_both_languages(data: Dataset) -> None:
    fr, en = (explain(data, "Echange de patrimoines", lang) for lang in ("fr", "en"))
    assert facts(en, "country") == ["Argentina"]
    assert {ln.reason for ln in fr.links}.isdisjoint({ln.reason for ln in en.links})
    assert {t.label for t in fr.themes}.isdisjoint({t.label for t in en.themes})


def test_it_works_on_an_endpoint_too(data: Dataset, endpoint: str) -> None:
    assert explain(Dataset(endpoint), "covid") == explain(data, "covid")


def test_it_is_json(data: Dataset) -> None:
    said = json.loads(json.dumps(explain(data, "covid").as_dict()))
    assert set(said) == {"project", "facts", "links", "themes"}


def test_several_and_none(data: Dataset) -> None:
    with pytest.raises(UnknownName) as caught:
        explain(data, "développement")
    assert caught.value.code == "explain-several"
    assert len(caught.value.suggestions) > 1
    with pytest.raises(UnknownName) as caught:
        explain(data, "Lutte contre l'épidémi de COVD-19 au Mali")
    assert caught.value.suggestions == ("Lutte contre l'épidémie de COVID-19 au Mali",)
    with pytest.raises(UnknownName):
        explain(data, "https://w3id.org/coopdec/project/none")
