"""The same rows from the local dump, from a real endpoint, and from rdflib."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from coopdec.dataset import Dataset, queries
from coopdec.pipeline import Summary
from tests.dataset.test_plans import unjoined

NAMES = sorted(queries())
#: Asked with these, every query has rows (its examples may find nothing in this release).
MORE: dict[str, list[dict[str, str]]] = {
    "projects-by-country": [{"country": "Argentine"}, {"country": "États-Unis"}],
    "projects-by-collectivity": [{"collectivity": "savoie dechets"}, {"collectivity": "03"}],
    "projects-by-theme": [{"theme": "3"}, {"theme": "11.4"}],
    "projects-by-words": [{"words": "œuvre strategie"}, {"words": "COVID-19"}],
    "shared-territories": [{"minimum": "1"}],
    "links": [{"authority": "eu"}, {"below": "0.98", "above": "0.97"}],
    "territory-facts": [{"code": "2451478"}],
}


def cases(name: str) -> list[dict[str, str]]:
    query = queries()[name]
    usual = {p.name: p.example for p in query.parameters if p.required}
    return [usual, *({**usual, **m} for m in MORE.get(name, []))]


def test_local_and_endpoint_agree_on_every_named_query(
    release: Summary, endpoint: str, wikidata: str
) -> None:
    ran = []
    with (Dataset(release.output, federate=[wikidata]) as local,
          Dataset(endpoint, federate=[wikidata]) as remote):
        for name, query in queries().items():
            some = 0
            for values in cases(name):
                asked = {**values, **({"service": wikidata} if query.federated else {})}
                here, there = local.run(query, asked), remote.run(query, asked)
                assert here == there, name
                some += len(here)
            assert some, f"{name}: a comparison of nothing proves nothing"
            ran.append(name)
    assert ran == NAMES
    assert len(ran) == 26


@pytest.fixture(scope="module")
def graph(data: Dataset) -> rdflib.Graph:
    return data.graph()


@pytest.mark.parametrize("name", [n for n in NAMES if not queries()[n].federated])
def test_rdflib_agrees_and_all_is_joined(name: str, data: Dataset, graph: rdflib.Graph) -> None:
    """What --show prints works where people paste it, rdflib included; by rdflib's plan, no
    query multiplies rows (how long each takes: benchmarks/query.py)."""
    query = queries()[name]
    values = cases(name)[-1]
    rows = data.run(query, values)
    ours = [[t[c]["value"] if c in t else None for c in rows.columns] for t in rows.terms]
    prepared = prepareQuery(query.bound(values))
    theirs = [[None if v is None else str(v) for v in row]  # type: ignore[union-attr]
              for row in graph.query(prepared)]
    assert ours == theirs
    assert not unjoined(prepared)


@pytest.mark.parametrize("name", [n for n in NAMES if queries()[n].in_parts])
def test_the_first_rows_alone_are_those_of_the_whole(name: str, data: Dataset) -> None:
    query = queries()[name]
    some = 0
    for values in cases(name):
        whole = data.select(query.bound(values))
        for most in (1, 3, 1000):
            part = data.select(query.bound(values, most=most))
            assert part[:most] == whole[:most]
            some += len(part)
    assert some


def test_federation_joins_our_countries_with_their_facts(release: Summary, wikidata: str) -> None:
    with Dataset(release.output, federate=True) as data:
        rows = {r.iso2: r for r in data.query("country-facts", service=wikidata)}
    assert set(rows) == {"ML", "AM"}, "Denmark has facts and no project"
    assert rows["ML"].population == 22395489
    assert rows["ML"].capital == "Bamako"
    assert rows["AM"].flag in (None, "")
    assert rows["ML"].projects == 6
    with Dataset(release.output, federate=True, lang="en") as data:
        english = {r.iso2: r.capital for r in data.query("country-facts", service=wikidata)}
    assert english["AM"] == "Yerevan"


def test_federation_by_identifier(release: Summary, wikidata: str) -> None:
    with Dataset(release.output, federate=True) as data:
        (grenoble,) = data.query("collectivity-facts", code="38185", service=wikidata)
        (tucuman,) = data.query("territory-facts", code="AR-T", service=wikidata)
        (segou,) = data.query("territory-facts", code="2451478", service=wikidata)
    assert (grenoble.collectivity, grenoble.population) == ("Grenoble", 158240)
    assert grenoble.website == "https://www.grenoble.fr/"
    assert tucuman.item.endswith("Q44829")
    assert segou.population == 130690
