"""The description of the SPARQL service (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from coopdec.dataset.binding import encode_iri
from coopdec.terms import text
from coopdec.vocab import DCTERMS, RDF, RDFS

__all__ = ["service_description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV",
            "SPARQL_Results_TSV", "Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def service_description(endpoint: str, base: str, *, federated: bool) -> bytes:
    """N-Triples about the service at the address ``endpoint``."""
    service, data = encode_iri(endpoint), encode_iri(f"{endpoint}#dataset")
    graph = encode_iri(f"{endpoint}#graph")
    said = [
        (service, RDF + "type", f"<{_SD}Service>"),
        (service, RDFS + "label", text("coopdec: SPARQL 1.1") + "@en"),
        (service, _SD + "endpoint", service),
        (service, _SD + "supportedLanguage", f"<{_SD}SPARQL11Query>"),
        *((service, _SD + "resultFormat", f"<{_FORMATS}{name}>") for name in _RESULTS),
        (service, _SD + "defaultDataset", data),
        (data, RDF + "type", f"<{_SD}Dataset>"),
        (data, _SD + "defaultGraph", graph),
        (graph, RDF + "type", f"<{_SD}Graph>"),
        (graph, DCTERMS + "isPartOf", encode_iri(f"{base}dataset")),
    ]
    if federated:
        said.append((service, _SD + "feature", f"<{_SD}BasicFederatedQuery>"))
    return "".join(f"{s} <{p}> {o} .\n" for s, p, o in said).encode()
