"""Checks that SHACL cannot say, or not at a million projects: each a small module.

A check sees the shared entities once, then the projects chunk by chunk, and speaks at the
end. It keeps no more than it needs: digests, counts, the few cases that are suspect.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from coopdec.check.beyond.facts import Facts
from coopdec.model import Finding

__all__ = ["CHECKS", "Beyond", "Facts", "beyond_checks"]


class Beyond(Protocol):
    """Made with the shared entities' facts; ``see`` gets those of each chunk."""

    def see(self, projects: Facts) -> None: ...

    def findings(self) -> Iterator[Finding]: ...


#: Modules of this package, in the order in which they speak; each has a class ``Check``.
CHECKS = ("dangling", "region", "boxes", "homonyms", "duplicates", "language", "hosts", "terms",
          "declared")


def beyond_checks(shared: Facts) -> list[Beyond]:
    """One fresh check of each kind."""
    checks: list[Beyond] = [
        import_module(f"coopdec.check.beyond.{name}").Check(shared) for name in CHECKS]
    return checks
