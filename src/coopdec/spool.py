"""Findings that may be too many for memory: written aside, put in order, read as often as
asked.
"""

from __future__ import annotations

import heapq
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from coopdec.model import Finding, Position, Severity

__all__ = ["Ordered", "by_place", "read_findings", "write_findings"]

_FRAME = 256
#: How many are ordered in memory at a time.
_HELD = 20_000
_RANKS = {severity: n for n, severity in enumerate(Severity)}
#: Its order, then the finding.
Key = tuple[Any, ...]


def by_place(finding: Finding) -> tuple[str, str, int, int, str, str, str]:
    """List, sheet, page, line; then whatever tells two findings of one place apart."""
    where = finding.where
    place = ("", "", 0, 0) if where is None else (
        where.document, where.sheet or "", where.page or 0, where.line or 0)
    return *place, finding.code, finding.subject or "", repr(sorted(finding.params.items()))


def _packed(finding: Finding) -> tuple[Any, ...]:
    """Plain values: a tenth of the cost of an object in a pickle."""
    where = finding.where and tuple(finding.where)
    return finding.code, str(finding.severity), where, dict(finding.params), finding.subject


def _unpacked(packed: tuple[Any, ...]) -> Finding:
    code, severity, where, params, subject = packed
    return Finding(code, Severity(severity), Position(*where) if where else None, params, subject)


def write_findings(path: Path, findings: Iterable[Finding]) -> None:
    _write(path, (((), _packed(f)) for f in findings))


def read_findings(path: Path) -> Iterator[Finding]:
    """What was written; nothing where there is no file."""
    return (_unpacked(packed) for _, packed in _read(path))


def _write(path: Path, items: Iterable[tuple[Key, tuple[Any, ...]]]) -> None:
    with path.open("wb") as file:
        frame: list[tuple[Key, tuple[Any, ...]]] = []
        for item in items:
            frame.append(item)
            if len(frame) == _FRAME:
                pickle.dump(frame, file, pickle.HIGHEST_PROTOCOL)
                frame = []
        if frame:
            pickle.dump(frame, file, pickle.HIGHEST_PROTOCOL)


def _read(path: Path) -> Iterator[tuple[Key, tuple[Any, ...]]]:
    if not path.exists():
        return
    with path.open("rb") as file:
        while True:
            try:
                frame = pickle.load(file)
            except EOFError:
                return
            yield from frame


class Ordered:
    """Findings in the order of a key, gravest first; they may be read again and again.
    ``counts``: how many of each severity."""

    def __init__(self, folder: Path, key: Callable[[Finding], Key]) -> None:
        self._folder = folder
        self._key = key
        self._held: list[tuple[Key, int, tuple[Any, ...]]] = []
        self._files: list[Path] = []
        self._added = 0
        self.counts: Counter[Severity] = Counter()

    def add(self, findings: Iterable[Finding], group: tuple[int, ...] = ()) -> None:
        """``group`` comes before the key, within a severity."""
        for finding in findings:
            self.counts[finding.severity] += 1
            self._added += 1
            key = (_RANKS[finding.severity], group, *self._key(finding))
            self._held.append((key, self._added, _packed(finding)))
            if len(self._held) >= _HELD:
                self._spill()

    def _spill(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"findings-{len(self._files):05}"
        self._held.sort(key=lambda item: item[:2])
        _write(path, (((key, n), packed) for key, n, packed in self._held))
        self._files.append(path)
        self._held = []

    def __len__(self) -> int:
        return self.counts.total()

    def __iter__(self) -> Iterator[Finding]:
        self._held.sort(key=lambda item: item[:2])
        held = (((key, n), packed) for key, n, packed in self._held)
        files = (_read(path) for path in self._files)
        for _, packed in heapq.merge(*files, held, key=lambda item: item[0]):
            yield _unpacked(packed)
