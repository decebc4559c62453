"""What routes work with, from ``request.app.state.services``; another one on reload."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coopdec.web.kept import Kept

if TYPE_CHECKING:
    from coopdec.dataset.serial import Answer
    from coopdec.web.files import Files
    from coopdec.web.pages import Pages
    from coopdec.web.pool import Pool

__all__ = ["Services"]


@dataclass(frozen=True)
class Services:
    """``base``: of the data's IRIs; ``root``: path that the site stands under, ``/…/``;
    ``release``: the folder that is served, None before another endpoint; ``stamp``: one word
    for all that pages are made of, another with each release; ``kept``: tables that named
    queries gave."""

    base: str
    root: str
    pages: Pages
    release: Path | None
    pool: Pool
    files: Files
    stamp: str
    kept: Kept = field(default_factory=Kept)

    async def results(self, sparql: str, *, limit: int | None = None) -> bytes:
        """SPARQL JSON of a SELECT or ASK, within the time limit; ``limit`` rows at most,
        and never more than the server's cap.

        Raises:
            QuerySyntaxError, UsageError: the query is wrong, or asks what is not allowed.
            QueryTimeout: it was stopped at the limit.
            Overloaded: too many queries wait already (503).
            OutsideError: the store failed.
        """
        return (await self.pool.ask(sparql, "json", rows=limit)).data

    async def table(self, sparql: str, upto: int | None) -> Answer:
        """TSV of a SELECT, of which ``upto`` rows are needed. Of a release the whole answer is
        kept, so that its next part costs nothing; an endpoint's data may change meanwhile.
        Raises like :meth:`results`."""
        if self.release is None:
            return await self.pool.ask(sparql, "tsv", rows=upto)
        found = self.kept.get(sparql)
        if found is None:
            found = await self.pool.ask(sparql, "tsv")
            self.kept.put(sparql, found)
        return found

    async def triples(self, sparql: str) -> bytes:
        """N-Triples of a CONSTRUCT or DESCRIBE; raises like :meth:`results`."""
        return (await self.pool.ask(sparql, "nt")).data

    def close(self) -> None:
        """End the workers and let go of everything."""
        self.pool.close()
        self.pages.data.close()
        self.files.close()
