"""What routes work with, from ``request.app.state.services``; another one on reload."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from coopdec.dataset import Rows
from coopdec.dataset.named import find
from coopdec.dataset.serial import results_as
from coopdec.errors import CoopdecError
from coopdec.messages import Lang
from coopdec.web.kept import Kept
from coopdec.web.pages import SHOWN, Example
from coopdec.web.turns import Overloaded

if TYPE_CHECKING:
    from coopdec.dataset.serial import Answer
    from coopdec.web.files import Files
    from coopdec.web.pages import Pages
    from coopdec.web.pool import Pool

__all__ = ["Services", "part"]


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

    async def table(self, sparql: str, upto: int | None, begin: str | None = None) -> Answer:
        """TSV of a SELECT, of which ``upto`` rows are needed; ``begin``: a query that gives
        those and costs less. Of a release the answer is kept, so that its next part costs
        nothing; an endpoint's data may change meanwhile. Raises like :meth:`results`."""
        if self.release is None:
            return await self.pool.ask(begin or sparql, "tsv", rows=upto)
        found = self.kept.get(sparql)
        if found is None:
            asked = begin or sparql
            found = self.kept.get(asked) or await self.pool.ask(asked, "tsv")
            self.kept.put(asked, found)
        return found

    async def example(self, name: str, lang: Lang) -> bool:
        """Ask what the page of a named query shows, where it can be stopped, unless the pages
        know it already. Whether there is an answer: otherwise it is asked again next time.

        Raises:
            Overloaded: too many queries wait already (503).
        """
        sparql = self.pages.asks(name, lang)
        if sparql is None:
            return True
        try:
            found = await self.table(sparql, None)
            rows, total = await run_in_threadpool(part, found.data, 0, SHOWN)
            told = Example(rows, None if find(name).in_parts and total > SHOWN else total)
        except Overloaded:
            raise
        except CoopdecError as error:
            told = Example(trouble=error)
        self.pages.tell(name, lang, told)
        return told.trouble is None

    async def triples(self, sparql: str) -> bytes:
        """N-Triples of a CONSTRUCT or DESCRIBE; raises like :meth:`results`."""
        return (await self.pool.ask(sparql, "nt")).data

    def close(self) -> None:
        """End the workers and let go of everything."""
        self.pool.close()
        self.pages.close()
        self.files.close()


def part(tsv: bytes, start: int, end: int | None) -> tuple[Rows, int]:
    """Rows ``start`` to ``end`` of a table, and how many it has. A row is a line."""
    heading, *lines = tsv.split(b"\n")[:-1]
    some = b"\n".join((heading, *lines[start:end], b""))
    return Rows.from_json(results_as(some, "json")), len(lines)
