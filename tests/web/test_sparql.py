"""The SPARQL Protocol over a real socket."""

from __future__ import annotations

from tests.web.conftest import Server


def test_a_query_by_get(server: Server) -> None:
    found = server.get("sparql", params={"query": "SELECT ?c { ?c cd:iso2 'ML' }"})
    assert found.status_code == 200
    assert found.headers["content-type"] == "application/sparql-results+json"
    assert found.json()["results"]["bindings"] == [
        {"c": {"type": "uri", "value": "https://w3id.org/coopdec/country/ML"}}]
