"""A check whose findings are told one by one, as it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Self

from coopdec.check.facts import Facts
from coopdec.model import Finding

__all__ = ["Collected"]


class Collected:
    """``found``: what is told so far; whoever takes it away may keep it elsewhere."""

    def __init__(self, base: str) -> None:
        self.found: list[Finding] = []

    def see_shared(self, shared: Facts) -> None:
        """Nothing, for a check of projects."""

    def see(self, projects: Facts) -> None:
        """Nothing, for a check of shared entities."""

    def take(self, other: Self) -> None:
        self.found += other.found

    def findings(self, exists: Callable[[str], bool]) -> Iterator[Finding]:
        yield from self.found
