"""What servers send, made one format: SPARQL JSON for results, N-Triples for graphs."""

from __future__ import annotations

from coopdec.errors import EndpointError

__all__ = ["graph_of", "results_of"]

_HTML = (b"<!doctype html", b"<html")


def results_of(data: bytes, media: str, url: str) -> bytes:
    """
    Raises:
        EndpointError: a page, half an answer, or no results at all.
    """
    kind = _kind(media)
    start = data.lstrip()[:200].lower()
    if kind == "text/html" or start.startswith(_HTML):
        raise EndpointError("endpoint-html", url=url, media=kind or "?")
    if kind.endswith("json") or start.startswith(b"{"):
        if not data.rstrip().endswith(b"}"):
            raise EndpointError("endpoint-cut", url=url, why=_end(data))
        return data
    if kind.endswith("xml") or start.startswith(b"<"):
        return _from_xml(data, url)
    raise EndpointError("endpoint-not-results", start=_start(data))


def _from_xml(data: bytes, url: str) -> bytes:
    from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

    try:
        parsed = parse_query_results(data, QueryResultsFormat.XML)
        if isinstance(parsed, QueryBoolean):
            return b'{"head":{},"boolean":%s}' % str(bool(parsed)).lower().encode()
        return parsed.serialize(format=QueryResultsFormat.JSON) or b""
    except SyntaxError as error:
        if b"<sparql" in data[:1000] and b"</sparql>" not in data[-200:]:
            raise EndpointError("endpoint-cut", url=url, why=_end(data)) from error
        raise EndpointError("endpoint-not-results", start=_start(data)) from error


def graph_of(data: bytes, media: str, url: str) -> bytes:
    """
    Raises:
        EndpointError: a page, half an answer, or no RDF at all.
    """
    from pyoxigraph import RdfFormat, parse, serialize

    kind = _kind(media)
    if kind == "text/html" or data.lstrip()[:200].lower().startswith(_HTML):
        raise EndpointError("endpoint-html", url=url, media=kind or "?")
    if kind in ("application/n-triples", "text/plain"):
        form: RdfFormat | None = RdfFormat.N_TRIPLES
    else:
        form = RdfFormat.from_media_type(kind) if kind else RdfFormat.TURTLE
    if form is None:
        raise EndpointError("endpoint-not-results", start=f"{kind}: {_start(data)}")
    try:
        triples = (quad.triple for quad in parse(data, format=form))
        return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    except SyntaxError as error:
        raise EndpointError("endpoint-cut", url=url, why=" ".join(str(error).split())[:200]
                            ) from error


def _kind(media: str) -> str:
    return media.partition(";")[0].strip().lower()


def _start(data: bytes) -> str:
    return " ".join(data[:80].decode("utf-8", "replace").split()) or "—"


def _end(data: bytes) -> str:
    return "…" + " ".join(data[-60:].decode("utf-8", "replace").split())
