"""A release that is being written, held against the one before it.

What lies in the target folder only gives hints to the person who builds (DESIGN §3): the
bytes of a release depend on it in nothing. The release that ``--previous`` names goes into
them: ``CHANGES.md``, and the version that the catalogue calls the one before.
"""

from __future__ import annotations

import filecmp
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coopdec.changes.compare import compared, version_of
from coopdec.changes.model import Changes, Likeness
from coopdec.changes.opening import opened
from coopdec.changes.prose import markdown
from coopdec.decisions import Action, Decisions
from coopdec.errors import CoopdecError, DataError, UsageError
from coopdec.formats import Heading, WholeFormat
from coopdec.messages import LANGS
from coopdec.model import Finding, Severity
from coopdec.storage import SUMS

__all__ = ["FILE", "Comparison", "check_version", "continuity", "version_at"]

FILE = "CHANGES.md"
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")


def check_version(version: str) -> None:
    """
    Raises:
        UsageError: this cannot stand in a path or a heading as a version.
    """
    if not _VERSION.fullmatch(version) or ".." in version:
        raise UsageError("release-version", version=version)


def version_at(previous: str | Path) -> str | None:
    """The version of a release.

    Raises:
        UsageError, DataError, StorageError: it cannot be opened.
    """
    with opened(previous) as dump:
        return version_of(dump)


@dataclass(slots=True)
class Comparison:
    """Compares, once the dumps are written and before they take their place. ``release``
    and ``previous`` as the user gave them; ``output`` the folder to be replaced. Then
    ``found`` and ``findings`` are there."""

    output: Path
    decisions: Decisions
    base: str
    release: str | None = None
    previous: str | Path | None = None
    found: Changes | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def likely(self) -> Sequence[Likeness]:
        """What became of resources that went away, as far as that can be told."""
        return self.found.likely if self.found else ()

    def step(self) -> WholeFormat:
        """As a step of publishing."""
        return WholeFormat("changes", ".md", "text/markdown", make=self._make)

    def _make(self, folder: Path, heading: Heading) -> list[tuple[str, str]]:
        if self.previous is not None:
            with opened(self.previous) as old, opened(folder) as new:
                self.found = compared(old, new, self._distinct())
            self.found = _titled(self.found, heading)
            told = (markdown(self.found, lang, public=True) for lang in LANGS)
            (folder / FILE).write_text("\n---\n\n".join(told), "utf-8")
            fatal = list(continuity(self.found))
            if any(f.fatal for f in fatal):
                raise DataError(fatal)
            self.findings += fatal
        elif (self.output / SUMS).is_file():
            self._hint(folder)
        return []

    def _hint(self, folder: Path) -> None:
        """What the release that is being replaced tells, and nothing where it is broken."""
        if _same(self.output, folder):
            return
        try:
            with opened(self.output) as old, opened(folder) as new:
                self.found = compared(old, new, self._distinct(), added=False)
        except CoopdecError:
            return
        self.findings += continuity(self.found)
        if self.release is not None and self.release == self.found.old_version:
            self.findings.append(Finding("release-twice", Severity.WARNING, None,
                                         {"version": self.release, "path": str(self.output)}))

    def _distinct(self) -> set[frozenset[str]]:
        return {frozenset((self.base + i.source, self.base + i.to))
                for i in self.decisions.identities if i.action is Action.DISTINCT}


def _titled(found: Changes, heading: Heading) -> Changes:
    """With versions in place of folders: a release says nothing of the machine that made it."""
    before = found.old_version or Path(found.old).name
    return replace(found, old=before, new=heading.version, new_version=heading.version)


def _same(one: Path, other: Path) -> bool:
    """Whether two releases hold the same data."""
    a, b = one / "coopdec.nt", other / "coopdec.nt"
    return a.is_file() and b.is_file() and filecmp.cmp(a, b, shallow=False)


def continuity(found: Changes, *, vanished: bool = False) -> Iterator[Finding]:
    """What became of published IRIs that no decision settles. That a withdrawn one names
    something again is fatal; the rest is for a person to decide. ``vanished``: also those
    that went away without a tombstone, where nobody proposes a decision."""
    yield from _each("iri-reused", Severity.FATAL, found.reused)
    yield from _each("iri-trace-lost", Severity.WARNING, found.lost)
    if vanished:
        for k in found.likely:
            yield Finding("iri-vanished", Severity.WARNING, None,
                          {"iri": k.old, "title": k.old_title}, k.old)


def _each(code: str, severity: Severity, iris: Iterable[str]) -> Iterator[Finding]:
    return (Finding(code, severity, None, {"iri": iri}, iri) for iri in iris)
