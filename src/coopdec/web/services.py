"""What routes work with, from ``request.app.state.services``; another one on reload."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopdec.web.files import Files
    from coopdec.web.pages import Pages
    from coopdec.web.pool import Pool

__all__ = ["Services"]


@dataclass(frozen=True)
class Services:
    """``base``: of the data's IRIs; ``root``: path that the site stands under, ``/…/``;
    ``release``: the folder that is served, None before another endpoint; ``stamp``: one word
    for all that pages are made of, another with each release."""

    base: str
    root: str
    pages: Pages
    release: Path | None
    pool: Pool
    files: Files
    stamp: str

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

    async def triples(self, sparql: str) -> bytes:
        """N-Triples of a CONSTRUCT or DESCRIBE; raises like :meth:`results`."""
        return (await self.pool.ask(sparql, "nt")).data

    def close(self) -> None:
        """End the workers and let go of everything."""
        self.pool.close()
        self.pages.data.close()
        self.files.close()
