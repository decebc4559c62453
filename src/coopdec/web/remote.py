"""Another endpoint as what answers the pool's queries."""

from __future__ import annotations

from coopdec.dataset.remote import Endpoint
from coopdec.dataset.serial import Answer, Wanted, cut_graph, cut_results
from coopdec.media import GRAPHS

__all__ = ["Afar"]


class Afar:
    """Asks ``endpoint`` one query at a time. Its own limits hold over there; here the wait
    ends at the time limit, and the answer is cut at the caps."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def answer(self, sparql: str, wanted: Wanted, timeout: float | None = None) -> Answer:
        if wanted.form in GRAPHS:
            return cut_graph(self._endpoint.triples(sparql, timeout), wanted)
        return cut_results(self._endpoint.results(sparql, timeout), wanted)

    def start(self) -> None:
        """There is nothing to start."""

    def kill(self) -> None:
        """Nothing of ours runs; the wait ends at its limit."""

    def close(self) -> None:
        self._endpoint.close()
