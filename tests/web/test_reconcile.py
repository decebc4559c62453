"""The reconciliation service, asked over a socket as OpenRefine asks it."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopdec.web.reconcile.queries import Refused, batch, extension
from tests.web import reconcile_shapes as shapes
from tests.web.conftest import Server

conforms = shapes.conforms


def ask(server: Server, *queries: Any, path: str = "reconcile") -> list[list[dict[str, Any]]]:
    """The candidates of each query, in order; the answer has the specification's shape."""
    said = {f"q{n}": {"query": q} if isinstance(q, str) else q for n, q in enumerate(queries)}
    answer = server.post(path, data={"queries": json.dumps(said)})
    assert answer.status_code == 200, answer.text
    conforms(answer.json(), shapes.RESULTS)
    assert list(answer.json()) == list(said)
    return [answer.json()[key]["result"] for key in said]


def extend(server: Server, ids: list[str], *properties: Any) -> dict[str, Any]:
    asked = {"ids": ids, "properties": [{"id": p} if isinstance(p, str) else p
                                        for p in properties]}
    answer = server.post("reconcile", data={"extend": json.dumps(asked)})
    assert answer.status_code == 200, answer.text
    conforms(answer.json(), shapes.EXTENSION)
    said: dict[str, Any] = answer.json()
    return said


def matched(candidates: list[dict[str, Any]]) -> str | None:
    chosen = [c["id"] for c in candidates if c["match"]]
    assert len(chosen) < 2
    assert not chosen or chosen[0] == candidates[0]["id"]
    return chosen[0] if chosen else None


# -- the manifest and what it names

@pytest.mark.parametrize("path", ["reconcile", "en/reconcile"])
def test_the_manifest_names_services_that_answer(server: Server, path: str) -> None:
    answer = server.get(path)
    manifest = answer.json()
    conforms(manifest, shapes.MANIFEST)
    assert manifest["identifierSpace"] + "country/ML" == "https://w3id.org/coopdec/country/ML"
    for what, shape, prefix, flown in (
            ("entity", shapes.ENTITIES, "Mal", "country/ML"),
            ("type", shapes.TYPES, "Comm", "Commune"),
            ("property", shapes.PROPERTIES, "Code", "siren")):
        service = manifest["suggest"][what]
        found = httpx.get(service["service_url"] + service["service_path"],
                          params={"prefix": prefix})
        conforms(found.json(), shape)
        assert found.json()["result"]
        line = httpx.get((service["flyout_service_url"] + service["flyout_service_path"])
                         .replace("${id}", httpx.QueryParams({"id": flown})["id"]))
        conforms(line.json(), shapes.FLYOUT)
    proposed = manifest["extend"]["propose_properties"]
    found = httpx.get(proposed["service_url"] + proposed["service_path"],
                      params={"type": "Commune", "limit": 2})
    conforms(found.json(), shapes.PROPOSAL)
    assert len(found.json()["properties"]) == 2


def test_every_answer_is_for_every_origin(server: Server) -> None:
    origin = {"Origin": "https://refine.example"}
    for answer in (server.get("reconcile", headers=origin),
                   server.get("reconcile/suggest/entity?prefix=x", headers=origin),
                   server.post("reconcile", data={"queries": "{"}, headers=origin)):
        assert answer.headers["access-control-allow-origin"] == "*"


def test_an_old_client_gets_a_call_of_its_function_and_no_other_script(server: Server) -> None:
    answer = server.get("reconcile?callback=jQuery17_1")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert json.loads(answer.text.removeprefix("/**/jQuery17_1(").removesuffix(");"))["versions"]
    assert server.get("reconcile?callback=alert(1)//").status_code == 400


# -- candidates

def test_names_find_what_they_name_and_say_why(server: Server) -> None:
    lyon, allier, mali, sikasso = ask(
        server, {"query": "LYON", "type": "Commune"}, "Conseil départemental de l’Allier",
        {"query": "Mali", "type": "Country"},
        {"query": "région de Sikasso", "type": "PartnerTerritory",
         "properties": [{"pid": "country", "v": {"id": "country/ML", "name": "Mali"}}]})
    assert matched(lyon) == "collectivity/commune/69123"
    assert matched(allier) == "collectivity/department/03"
    assert matched(mali) == "country/ML"
    assert matched(sikasso) == "territory/ML/iso-ML-3"
    features = {f["id"]: f["value"] for f in lyon[0]["features"]}
    assert features["name_identical"] is True
    assert features["in_data"] is False
    assert {t["id"] for t in lyon[0]["type"]} == {"Commune", "Collectivity"}
    assert "INSEE 69123" in lyon[0]["description"]
    assert {f["id"]: f["value"] for f in allier[0]["features"]}["projects"] > 0


def test_a_name_of_several_things_is_no_match(server: Server) -> None:
    """« Saint-Denis » is a commune of the Paris region and of La Réunion, and more."""
    bare, known = ask(server, {"query": "Saint-Denis", "type": "Commune"},
                      {"query": "Saint-Denis", "type": "Commune",
                       "properties": [{"pid": "region", "v": "La Réunion"}]})
    assert matched(bare) is None
    assert len(bare) > 1
    assert matched(known) == "collectivity/commune/97411"


def test_a_ministry_matches_in_its_country_only(server: Server) -> None:
    name = "ministère des affaires sociales"
    bare, here, elsewhere = ask(
        server, {"query": name, "type": "PartnerInstitution"},
        *({"query": name, "type": "PartnerInstitution",
           "properties": [{"pid": "country", "v": c}]} for c in ("Suriname", "Ghana")))
    assert matched(bare) is None
    assert matched(here) == "institution/SR/ministere-des-affaires-sociales"
    assert not elsewhere


@pytest.mark.parametrize(("query", "found"), [
    ("69043", "collectivity/commune/69043"),
    ("https://w3id.org/coopdec/collectivity/department/03", "collectivity/department/03"),
    ("country/ML", "country/ML"),
    ("http://www.wikidata.org/entity/Q912", "country/ML"),
    ("ML-3", "territory/ML/iso-ML-3"),
])
def test_an_identifier_finds_its_entity(server: Server, query: str, found: str) -> None:
    candidates, = ask(server, query)
    assert matched(candidates) == found
    assert candidates[0]["score"] == 100


def test_a_country_is_identified_by_each_of_its_codes(server: Server) -> None:
    found = ask(server, *({"query": "?", "type": "Country", "properties": [{"pid": pid, "v": code}]}
                          for pid, code in (("iso2", "ML"), ("iso3", "MLI"), ("wikidata", "Q912"))))
    assert [*map(matched, found)] == ["country/ML"] * 3


def test_an_official_code_decides_between_namesakes(server: Server) -> None:
    right, wrong = ask(server, *(
        {"query": "Saint-Denis", "type": "Commune",
         "properties": [{"pid": "inseeCode", "v": code}]} for code in ("97411", "69123")))
    assert matched(right) == "collectivity/commune/97411"
    assert "Saint-Denis" not in {c["name"] for c in wrong if c["match"]}


def test_a_siret_and_a_postcode_decide_too(server: Server) -> None:
    siret, postcode, bare = ask(server, *(
        {"query": "Montreuil", "type": "Commune", "properties": said} for said in (
            [{"pid": "siren", "v": "219 300 480 00017"}], [{"pid": "postcode", "v": "93100"}], [])))
    assert matched(siret) == matched(postcode) == "collectivity/commune/93048"
    assert matched(bare) is None


def test_a_project_is_found_by_its_title_almost_right(server: Server) -> None:
    exact, near = ask(
        server, {"query": "Lutte contre l'épidémie de COVID-19 au Mali", "type": "Project"},
        {"query": "lutte contre épidemie de covid 19 au mali", "type": ["Project"]})
    assert matched(exact) == near[0]["id"] == exact[0]["id"]
    assert matched(near) is None
    assert near[0]["score"] > 80


def test_types_limit_as_strictly_as_asked(server: Server) -> None:
    every, should, sides = ask(
        server, {"query": "Lyon", "type": ["Collectivity", "Commune"], "type_strict": "all"},
        {"query": "Lyon", "type": "Department", "type_strict": "should"},
        {"query": "Lyon", "type": "Country"})
    assert {t["id"] for c in every for t in c["type"]} == {"Collectivity", "Commune"}
    assert should[0]["id"] == "collectivity/commune/69123"
    assert matched(should) is None
    assert sides == []


@pytest.mark.parametrize("said", [
    {"type": "Q515"}, {"type": ["Commune", "Q515"]}, {"type": [{"id": "Q515"}]},
    {"type": "Q515", "type_strict": "all"}, {"type": "Q515", "type_strict": "should"}])
def test_an_unknown_type_is_told_and_not_answered_with_nothing(
    server: Server, said: dict[str, object],
) -> None:
    asked = {f"q{n}": {"query": "Lyon", **said} for n in range(3)}
    answer = server.post("reconcile", data={"queries": json.dumps(asked)})
    assert answer.status_code == 400
    assert [("Q515" in p, "Commune" in p) for p in answer.json()["problems"]] == [(True, True)]
    blank, = ask(server, {"query": "Lyon", "type": ""})
    assert blank[0]["id"] == "collectivity/commune/69123"


def test_limits_and_languages(server: Server) -> None:
    one, = ask(server, {"query": "Saint-Denis", "limit": 1})
    assert len(one) == 1
    french, = ask(server, "Allemagne")
    english, = ask(server, "Allemagne", path="en/reconcile")
    assert (french[0]["name"], english[0]["name"]) == ("Allemagne", "Germany")


def test_get_post_json_and_single_queries_say_the_same(server: Server) -> None:
    said = {"a": {"query": "Lyon", "type": "Commune"}}
    answers = [
        server.get("reconcile", params={"queries": json.dumps(said)}).json()["a"],
        server.post("reconcile", data={"queries": json.dumps(said)}).json()["a"],
        server.post("reconcile", json={"queries": said}).json()["a"],
        server.get("reconcile", params={"query": json.dumps(said["a"])}).json()]
    assert all(a == answers[0] for a in answers)


def test_a_thousand_names_in_one_batch_and_no_more(server: Server) -> None:
    many = {f"q{n}": {"query": f"Commune {n}"} for n in range(1001)}
    assert server.post("reconcile", data={"queries": json.dumps(many)}).status_code == 413
    del many["q1000"]
    assert len(server.post("reconcile", data={"queries": json.dumps(many)}).json()) == 1000


@pytest.mark.parametrize("wrong", [
    "{", "[]", "3", '{"q": 1}', '{"q": {}}', '{"q": {"query": 5}}', '{"q": {"query": "a", "x": 1}}',
    '{"q": {"query": "a", "limit": -1}}', '{"q": {"query": "a", "type_strict": "maybe"}}',
    '{"q": {"query": "a", "properties": [{"pid": "x"}]}}',
])
def test_what_is_not_of_the_specification_is_refused(server: Server, wrong: str) -> None:
    answer = server.post("reconcile", data={"queries": wrong})
    assert answer.status_code == 400
    assert answer.json()["problems"]


def test_a_blank_cell_has_no_candidates_and_spoils_no_batch(server: Server) -> None:
    answer = server.post("reconcile", data={
        "queries": '{"a": {"query": "  "}, "b": {"query": "Mali"}}'}).json()
    assert answer["a"] == {"result": []}
    assert answer["b"]["result"][0]["id"] == "country/ML"


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Refused) as refused:
        batch('{"a": {"query": 1, "limit": "x"}, "b": {}, "c": {"query": "Lyon"}}')
    assert [p.params["key"] for p in refused.value.problems] == ["a", "a", "b"]


@settings(max_examples=60)
@given(st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["query", "type", "limit", "properties", "pid", "v", "ids", "id", "q"]),
        inner, max_size=4), max_leaves=12))
def test_any_json_is_read_or_refused(said: Any) -> None:
    for read in (batch, extension):
        with suppress(Refused):
            read(json.dumps(said))


# -- suggestions, previews, pages

def test_suggestions_begin_as_typed_whatever_accents_and_case(server: Server) -> None:
    def ids(prefix: str, **more: str) -> list[str]:
        answer = server.get("reconcile/suggest/entity", params={"prefix": prefix, **more})
        conforms(answer.json(), shapes.ENTITIES)
        return [r["id"] for r in answer.json()["result"]]

    assert ids("chapon")[0] == "collectivity/commune/69043"
    assert "country/CI" in ids("COTE D")
    assert ids("69043") == ["collectivity/commune/69043"]
    assert all(i.startswith("country/") for i in ids("ma", type="Country"))
    first, second = ids("saint"), ids("saint", cursor="10")
    assert first
    assert second
    assert not set(first) & set(second)
    assert server.get("reconcile/suggest/entity?prefix=a&type=Nix").status_code == 400


def test_an_identifier_leads_to_a_page_or_a_preview(server: Server) -> None:
    known = server.get("reconcile/view", params={"id": "country/ML"})
    assert known.headers["location"] == "/country/ML.html"
    only = server.get("reconcile/view", params={"id": "collectivity/commune/69123"})
    page = server.get(only.headers["location"])
    assert "Lyon" in page.text
    assert "frame-ancestors *" in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers
    assert "<script" not in page.text
    for path in ("preview", "view", "flyout/entity"):
        assert server.get(f"reconcile/{path}", params={"id": "<b>x"}).status_code == 404


def test_previews_are_escaped_and_in_both_languages(server: Server) -> None:
    project = "project/generaliste-2020-2021/0d5330e7a891fc7d"
    french = server.get("reconcile/preview", params={"id": project}).text
    english = server.get("en/reconcile/preview", params={"id": project}).text
    assert "&#34;santé-nutrition-handicap&#34;" in french
    assert "Chef de file" in french
    assert "<dt>Lead</dt>" in english


# -- data extension

def test_a_table_is_extended_from_data_and_reference(server: Server) -> None:
    town, project = "collectivity/commune/69043", "project/generaliste-2020-2021/0d5330e7a891fc7d"
    said = extend(server, [town, "collectivity/commune/69123", "country/ML", project, "nope"],
                  "inseeCode", "projects", "country", "lead", "coordinates", "unknown",
                  {"id": "region", "settings": {"content": "iri"}},
                  {"id": "theme", "settings": {"limit": "1", "content": "id"}})
    rows = said["rows"]
    assert rows[town]["inseeCode"] == [{"str": "69043"}]
    assert rows[town]["projects"] == [{"int": 1}]
    assert rows["collectivity/commune/69123"]["projects"] == [{"int": 0}]
    assert rows[town]["region"] == [{"str": "https://w3id.org/coopdec/collectivity/region/84"}]
    assert rows[project]["country"][0]["id"] == "country/MN"
    assert rows[project]["lead"] == [{"id": "collectivity/department/03", "name": "Allier"}]
    assert rows[project]["theme"] == [{"str": "10"}]
    assert rows["country/ML"]["inseeCode"] == rows["nope"]["projects"] == [{}]
    assert {m["id"]: m for m in said["meta"]}["lead"]["type"]["id"] == "Collectivity"


def test_every_property_that_is_proposed_can_be_fetched(server: Server) -> None:
    ids = ["collectivity/commune/69043", "country/ML", "territory/ML/iso-ML-3",
           "institution/SR/ministere-des-affaires-sociales",
           "project/generaliste-2020-2021/0d5330e7a891fc7d"]
    proposed = [p["id"] for p in server.get("reconcile/properties").json()["properties"]]
    rows = extend(server, ids, *proposed)["rows"]
    filled = {p for row in rows.values() for p, cells in row.items() if cells != [{}]}
    assert set(proposed) - filled <= {"replacedBy"}
