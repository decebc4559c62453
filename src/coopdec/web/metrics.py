"""What the server counts, in Prometheus' text format. No client, no query is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

if TYPE_CHECKING:
    from coopdec.web.pool import Pool

__all__ = ["Metrics"]

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """One server's counters; nothing is global, so that tests do not share them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "coopdec_requests", "Requests answered.", ["part", "method", "status"],
            registry=self.registry)
        self.seconds = Histogram(
            "coopdec_request_seconds", "Seconds from request to answer.", ["part"],
            buckets=_SECONDS, registry=self.registry)
        self.queries = Counter(
            "coopdec_queries", "SPARQL queries, by how they ended.", ["end"],
            registry=self.registry)
        self.query_seconds = Histogram(
            "coopdec_query_seconds", "Seconds that queries took, waiting included.",
            buckets=_SECONDS, registry=self.registry)
        self.running = Gauge(
            "coopdec_queries_running", "Queries that run now.", registry=self.registry)
        self.waiting = Gauge(
            "coopdec_queries_waiting", "Queries that wait for a worker.", registry=self.registry)
        self.reloads = Counter(
            "coopdec_reloads", "Releases put in place of another, by how it went.", ["end"],
            registry=self.registry)
        self.release = Gauge(
            "coopdec_release_info", "The release that is served.", ["stamp", "version"],
            registry=self.registry)

    def ended(self, how: str, seconds: float) -> None:
        """A query ended."""
        self.queries.labels(how).inc()
        self.query_seconds.observe(seconds)

    def serves(self, stamp: str, version: str) -> None:
        """Which release is served, and no former one."""
        self.release.clear()
        self.release.labels(stamp, version).set(1)

    def text(self, pool: Pool) -> bytes:
        self.running.set(pool.running)
        self.waiting.set(pool.waiting)
        return generate_latest(self.registry)
