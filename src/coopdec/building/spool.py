"""Findings and results that may be too many for memory: written aside, put in order, read as
often as asked.
"""

from __future__ import annotations

import heapq
import pickle
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Generic, TypeVar

from coopdec.check import Result
from coopdec.model import Finding, Position, Severity

__all__ = ["Ordered", "Results", "by_place", "read_findings", "read_results", "write_findings",
           "write_results"]

_FRAME = 256
#: How many are ordered in memory at a time.
_HELD = 20_000
_RANKS = {severity: n for n, severity in enumerate(Severity)}
T = TypeVar("T")
#: Its order, then what was put aside.
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
    """In the order in which they come; :func:`read_findings` gives them back."""
    _write(path, map(_packed, findings))


def read_findings(path: Path) -> Iterator[Finding]:
    """What was written; nothing where there is no file."""
    return map(_unpacked, _read(path))


def write_results(path: Path, results: Iterable[Result]) -> None:
    """The same of results."""
    _write(path, results)


def read_results(path: Path) -> Iterator[Result]:
    """What was written; nothing where there is no file."""
    return _read(path)


def _write(path: Path, items: Iterable[Any]) -> None:
    with path.open("wb") as file:
        frame: list[Any] = []
        for item in items:
            frame.append(item)
            if len(frame) == _FRAME:
                pickle.dump(frame, file, pickle.HIGHEST_PROTOCOL)
                frame = []
        if frame:
            pickle.dump(frame, file, pickle.HIGHEST_PROTOCOL)


def _read(path: Path) -> Iterator[Any]:
    if not path.exists():
        return
    with path.open("rb") as file:
        while True:
            try:
                frame = pickle.load(file)
            except EOFError:
                return
            yield from frame


class _Sorted(Generic[T]):
    """Items in the order of their keys, then in that of their coming."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: list[tuple[Key, int, T]] = []
        self._files: list[Path] = []
        self._added = 0

    def put(self, key: Key, item: T) -> None:
        self._added += 1
        self._held.append((key, self._added, item))
        if len(self._held) >= _HELD:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{len(self._files):05}"
            _write(path, self._in_order())
            self._files.append(path)
            self._held = []

    def _in_order(self) -> list[tuple[Key, int, T]]:
        self._held.sort(key=_order)
        return self._held

    def __iter__(self) -> Iterator[tuple[Key, int, T]]:
        return heapq.merge(*map(_read, self._files), self._in_order(), key=_order)


def _order(item: tuple[Key, int, Any]) -> tuple[Key, int]:
    return item[0], item[1]


class Ordered:
    """Findings in the order of a key, gravest first; they may be read again and again.
    ``counts``: how many of each severity."""

    def __init__(self, folder: Path, key: Callable[[Finding], Key]) -> None:
        self._sorted: _Sorted[tuple[Any, ...]] = _Sorted(folder)
        self._key = key
        self.counts: Counter[Severity] = Counter()

    def add(self, findings: Iterable[Finding], group: tuple[int, ...] = ()) -> None:
        """``group`` comes before the key, within a severity."""
        for finding in findings:
            self.counts[finding.severity] += 1
            key = (_RANKS[finding.severity], group, *self._key(finding))
            self._sorted.put(key, _packed(finding))

    def __len__(self) -> int:
        return self.counts.total()

    def __iter__(self) -> Iterator[Finding]:
        return (_unpacked(packed) for _, _, packed in self._sorted)


class Results(Collection[Result]):
    """Results in the order of every report, each once; they may be read again and again."""

    def __init__(self, folder: Path) -> None:
        self._sorted: _Sorted[Result] = _Sorted(folder)

    def add(self, results: Iterable[Result]) -> None:
        for result in results:
            self._sorted.put(result.key, result)

    def __iter__(self) -> Iterator[Result]:
        for _, same in groupby(self._sorted, key=lambda item: item[0]):
            *_, (_, _, result) = same
            yield result

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, result: object) -> bool:
        return any(result == other for other in self)
