"""The release as a local data set and behind a real server; Wikidata beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coopdec.dataset import Dataset
from coopdec.pipeline import Summary
from tests.servers import WIKIDATA, sparql_server


@pytest.fixture(scope="session")
def data(release: Summary) -> Dataset:
    return Dataset(release.output)


@pytest.fixture(scope="session")
def endpoint(release: Summary) -> Iterator[str]:
    dump = (release.output / "coopdec.nt").read_bytes()
    with sparql_server(dump, "application/n-triples") as url:
        yield url


@pytest.fixture(scope="session")
def wikidata() -> Iterator[str]:
    with sparql_server(WIKIDATA.encode(), "text/turtle") as url:
        yield url
