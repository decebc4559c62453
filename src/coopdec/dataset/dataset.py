"""One query interface over a release on this machine or any SPARQL 1.1 endpoint."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from coopdec.dataset.binding import bind, encode, placed, with_prefixes
from coopdec.dataset.local import KEEP_ABOVE, find_dump
from coopdec.dataset.named import LEADS, NamedQuery, find
from coopdec.dataset.results import Rows, truth
from coopdec.dataset.tokens import as_written, check_size, form_of, services
from coopdec.errors import UsageError
from coopdec.messages import Lang

if TYPE_CHECKING:
    import rdflib

__all__ = ["DEFAULT_TIMEOUT", "Dataset", "Store"]

#: Seconds that a query of other servers may take unless told otherwise.
DEFAULT_TIMEOUT = 60.0


class Store(Protocol):
    """What answers: SPARQL JSON for SELECT and ASK, N-Triples for CONSTRUCT and DESCRIBE."""

    def results(self, sparql: str, timeout: float | None = None) -> bytes: ...
    def triples(self, sparql: str, timeout: float | None = None) -> bytes: ...
    def close(self) -> None: ...


class Dataset:
    """A release of ours, wherever it is.

    ``source``: a folder that ``build`` made (``output``), an RDF file, or the address of
    a SPARQL endpoint (``https://…``). Nothing is read or asked before the first query.
    ``timeout``: seconds that a query may take; None: no limit for a local release, a
    minute where other servers are asked. ``federate``: whether a query may ask other endpoints
    (``SERVICE``): all of them, or those listed. ``lang``: language of the names in the
    results of named queries. ``in_memory``: whether a local dump is held in memory, where
    queries are four times as fast as on disk, but a large dump takes seconds to open; None:
    small ones are, large ones are kept in a store on disk that opens at once.

    >>> with Dataset("output") as data:                            # doctest: +SKIP
    ...     for row in data.query("projects-by-country", country="Mali"):
    ...         print(row.title, row.leads)
    """

    def __init__(
        self,
        source: str | Path = "output",
        *,
        timeout: float | None = None,
        federate: bool | Collection[str] = False,
        lang: Lang = "fr",
        in_memory: bool | None = None,
    ) -> None:
        if timeout is not None and not timeout > 0:
            raise UsageError("query-bad-timeout", value=timeout)
        if lang not in ("fr", "en"):
            raise UsageError("query-bad-lang", value=lang)
        self.source = source
        # Without a limit, a service that never answers would hold a local query for ever.
        self.timeout = DEFAULT_TIMEOUT if timeout is None and federate else timeout
        self.lang = lang
        self._federate = federate
        self._keep_above = {None: KEEP_ABOVE, True: sys.maxsize, False: 0}[in_memory]
        self._store = self._open()

    def _open(self) -> Store:
        if isinstance(self.source, str) and "://" in self.source:
            from coopdec.dataset.remote import Endpoint

            return Endpoint(self.source)
        from coopdec.dataset.local import LocalStore

        path = find_dump(Path(self.source))
        if self.timeout is not None:
            from coopdec.dataset.worker import Worker

            return Worker(path, keep_above=self._keep_above)
        return LocalStore(path, keep_above=self._keep_above)

    # -- asking

    def query(self, name: str, /, **parameters: object) -> Rows:
        """A named query (see :func:`coopdec.queries`), with its parameters as people
        write them: ``query("projects-by-country", country="Mali")``.

        Raises:
            UnknownName: no such query, parameter, country, region…
            UsageError: a parameter is missing or not of its type.
            QueryTimeout, EndpointError, StorageError: see :mod:`coopdec.errors`.
        """
        return self.run(find(name), parameters)

    def run(self, query: NamedQuery, parameters: Mapping[str, object]) -> Rows:
        """Like :meth:`query`, for a query at hand. An authority that neither the
        reference nor the data know is an :class:`UnknownName`."""
        rows = self.select(query.bound(parameters, self.lang))
        if not rows:
            self._suggest(query, parameters)
        return rows

    def select(self, sparql: str, /, **bindings: object) -> Rows:
        """The rows of a SELECT. A ``$name`` in the query is bound to the Python value (or
        rdflib or pyoxigraph term) given for it, never pasted. Well-known prefixes need
        no declaration.

        Raises:
            QuerySyntaxError: with line and column.
            UsageError: not a SELECT, a ``SERVICE`` that is not allowed, a wrong binding.
        """
        rows = Rows.from_json(self._results(self._ready(sparql, bindings, {"SELECT"})))
        return Rows(as_written(sparql, rows.columns), rows.terms)

    def ask(self, sparql: str, /, **bindings: object) -> bool:
        """The answer to an ASK."""
        return truth(self._results(self._ready(sparql, bindings, {"ASK"})))

    def construct(self, sparql: str, /, **bindings: object) -> rdflib.Graph:
        """The graph that a CONSTRUCT makes."""
        return _graph(self.triples(sparql, **bindings))

    def describe(self, iri: str) -> rdflib.Graph:
        """What the data set says of a resource, also as the object of other statements."""
        return self.construct(
            "CONSTRUCT { ?s ?p ?o } WHERE { { BIND($iri AS ?s) ?s ?p ?o }"
            " UNION { BIND($iri AS ?o) ?s ?p ?o } }", iri=_iri(iri))

    def graph(self) -> rdflib.Graph:
        """All of it as an rdflib graph."""
        return self.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")

    def triples(self, sparql: str, /, **bindings: object) -> bytes:
        """The statements of a CONSTRUCT or DESCRIBE as sorted N-Triples."""
        ready, added = self._ready(sparql, bindings, {"CONSTRUCT", "DESCRIBE"})
        with placed(added):
            lines = self._store.triples(ready, self.timeout).splitlines(keepends=True)
        return b"".join(sorted(set(lines)))

    # -- closing

    def close(self) -> None:
        """Let go of the store, and of the process that a time limit needs."""
        self._store.close()

    def __enter__(self) -> Dataset:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    # -- inside

    def _ready(self, sparql: str, bindings: Mapping[str, object],
               forms: Collection[str]) -> tuple[str, int]:
        """The query as it is sent, and by how much its first line grew."""
        check_size(sparql)
        form = form_of(sparql)
        if form is not None and form not in forms:
            raise UsageError("query-wrong-form", form=form, expected=sorted(forms))
        self._check_services(sparql)
        encoded = {n: v.encoded if isinstance(v, _Encoded) else encode(v)
                   for n, v in bindings.items()}
        return with_prefixes(bind(sparql, encoded) if encoded else sparql)

    def _check_services(self, sparql: str) -> None:
        if self._federate is True:
            return
        allowed = self._federate or ()
        for name in services(sparql):
            if name not in allowed:
                raise UsageError("query-service-off", url=name)

    def _results(self, ready: tuple[str, int]) -> bytes:
        with placed(ready[1]):
            return self._store.results(ready[0], self.timeout)

    def _suggest(self, query: NamedQuery, parameters: Mapping[str, object]) -> None:
        if query.asks_for(parameters, "collectivity"):
            query.refuse_unknown(parameters, self.select(LEADS).column("n"))


class _Encoded:
    def __init__(self, encoded: str) -> None:
        self.encoded = encoded


def _iri(iri: str) -> _Encoded:
    from coopdec.dataset.binding import encode_iri

    return _Encoded(encode_iri(iri))


def _graph(ntriples: bytes) -> rdflib.Graph:
    import rdflib

    from coopdec.vocab import PREFIXES

    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph.parse(data=ntriples, format="nt")
