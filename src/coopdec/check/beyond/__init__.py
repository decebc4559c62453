"""Checks that SHACL cannot say, or not at a million projects: each a small module.

A check sees the shared entities, in one piece or several, and the projects chunk by chunk,
in any order and in any process; what it saw elsewhere is taken in (:meth:`Beyond.take`), and
it speaks at the end. It keeps no more than it needs: digests, counts, the few cases that are
suspect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, Protocol

from coopdec.check.facts import Facts
from coopdec.model import Finding

__all__ = ["CHECKS", "Beyond", "beyond_checks", "take_all"]


class Beyond(Protocol):
    """``see_shared`` gets entities with those that they refer to as their context; ``see``
    projects, with the entities that they name. ``exists`` tells whether an IRI (a term) is
    one of the projects."""

    def see_shared(self, shared: Facts) -> None: ...

    def see(self, projects: Facts) -> None: ...

    def take(self, other: Any) -> None: ...

    def findings(self, exists: Callable[[str], bool]) -> Iterator[Finding]: ...


#: Modules of this package, in the order in which they speak; each has a class ``Check``.
CHECKS = ("dangling", "region", "boxes", "homonyms", "duplicates", "language", "hosts", "terms",
          "declared")


def beyond_checks(base: str) -> list[Beyond]:
    """One fresh check of each kind, for resources under ``base``."""
    checks: list[Beyond] = [
        import_module(f"coopdec.check.beyond.{name}").Check(base) for name in CHECKS]
    return checks


def take_all(checks: Iterable[Beyond], others: Iterable[Beyond]) -> None:
    """Take in what the same checks saw elsewhere."""
    for check, other in zip(checks, others, strict=True):
        check.take(other)
