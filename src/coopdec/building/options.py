"""How a release is to be built: what a user asks for, beside the lists and the place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coopdec import __version__
from coopdec.formats import (
    BlockFormat,
    Heading,
    WholeFormat,
    by_name,
    formats,
    whole_formats,
)
from coopdec.model import NOBODY_TOLD, Publisher
from coopdec.vocab import BASE

__all__ = ["LICENCE", "Options"]

#: Licence of what we publish: Licence Ouverte 2.0 (Etalab), by its SPDX IRI.
LICENCE = "https://spdx.org/licenses/etalab-2.0"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. ``formats`` names what to write beside what is kept in git, ``only``
    says that it is all that is written (and N-Triples, which the check reads, and the dumps
    that others are made from);
    ``partitions`` also gives the N-Triples in parts."""

    base: str = BASE
    formats: tuple[str, ...] = ()
    release: str | None = None
    #: Ten thousand rows keep two workers busy; smaller chunks cost more each.
    chunk_size: int = 2_500
    only: bool = False
    partitions: bool = False
    #: The release before: where it is, and its version once that is known.
    previous: str | Path | None = None
    previous_version: str | None = None
    publisher: Publisher = NOBODY_TOLD

    def __post_init__(self) -> None:
        for name in self.formats:
            by_name(name)  # before any work: is it known, and what it needs installed?

    def chosen(self) -> list[BlockFormat]:
        """What is written entry by entry: the kept formats and those asked for."""
        named = [by_name(n) for n in self.formats]
        made_from = {n for f in named if isinstance(f, WholeFormat) for n in f.of}
        wanted = [f for f in named if isinstance(f, BlockFormat)]
        kept = [f for f in formats().values()
                if (f.name == "nt" or f.name in made_from if self.only else f.kept)]
        return sorted({*kept, *wanted}, key=lambda f: f.name)

    def whole(self) -> list[WholeFormat]:
        """What is made from the finished dumps: what is kept, then what was asked for."""
        wanted = [f for n in self.formats if isinstance(f := by_name(n), WholeFormat)]
        kept = [f for f in whole_formats().values() if f.kept and not self.only]
        return sorted({*kept, *wanted}, key=lambda f: f.name)

    def heading(self) -> Heading:
        """What stands at the head of each file."""
        return Heading(self.base, self.release or __version__, LICENCE, self.publisher,
                       self.previous_version)
