"""Statements of one resource and its parts, asked of an endpoint: where the index was made
without a local dump."""

from __future__ import annotations

from coopdec.dataset import Dataset

__all__ = ["statements_of"]

#: A resource, the parts that it points to, and the links that speak of it. A part is what
#: shares the resource's address up to « # ».
_QUERY = """CONSTRUCT { ?s ?p ?o } WHERE {
  { BIND($iri AS ?s) ?s ?p ?o }
  UNION { $iri ?to ?s . FILTER(STRSTARTS(STR(?s), $hash)) ?s ?p ?o }
  UNION { ?s sssom:subject_id $iri ; ?p ?o }
}"""


def statements_of(data: Dataset, iri: str) -> bytes | None:
    """N-Triples; None where nothing is stated.

    Raises:
        EndpointError, QueryTimeout: the endpoint does not answer.
    """
    if set(' <>"{}|\\^`') & set(iri):
        return None
    query = _QUERY.replace("$iri", f"<{iri}>")
    return data.triples(query, hash=f"{iri}#") or None
