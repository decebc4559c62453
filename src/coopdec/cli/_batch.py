"""Batch files: a CSV with known columns, read line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path

from coopdec.errors import DataError, StorageError, UsageError
from coopdec.model import Finding, Position, Severity
from coopdec.spelling import near_names

__all__ = ["read_batch"]

#: What columns are called in French files.
_FRENCH = {"titre": "title", "nom": "name", "pays": "country", "région": "region"}


def read_batch(path: Path, needed: Sequence[str]) -> Iterator[dict[str, str]]:
    """Each line as a dictionary; missing cells are empty. The encoding is what the letters say,
    as for lists: French spreadsheets still write Windows-1252.

    Raises:
        DataError: the file is empty, or its first line does not name the ``needed`` columns.
        UsageError: there is no such file.
        StorageError: the file cannot be read.
    """
    from coopdec.read.documents._encoding import encoding_of

    if not path.exists():
        raise UsageError("no-such-file", path=str(path), near=near_names(path))
    try:
        with path.open("rb") as stream, TextIOWrapper(
                stream, encoding_of(stream).name, errors="replace", newline="") as file:
            first = file.readline()
            delimiter = max(",;\t", key=first.count)
            header = next(csv.reader([first], delimiter=delimiter), [])
            columns = [c.strip().casefold() for c in header]
            columns = [c if _FRENCH.get(c, c) in columns else _FRENCH[c] for c in columns]
            if not any(columns):
                raise DataError([Finding("batch-empty", Severity.FATAL, Position(str(path)),
                                         {"needed": list(needed)})])
            missing = [c for c in needed if c not in columns]
            if missing:
                raise DataError([Finding("batch-columns", Severity.FATAL, Position(str(path), 1),
                                         {"missing": missing, "found": columns})])
            for cells in csv.reader(file, delimiter=delimiter):
                if any(cells):
                    yield dict(zip(columns, [*cells, *[""] * len(columns)], strict=False))
    except OSError as error:
        raise StorageError("cannot-read", path=str(path), why=error.strerror or "") from error
    except csv.Error as error:
        raise DataError([Finding("batch-broken", Severity.FATAL, Position(str(path)),
                                 {"why": str(error)})]) from error
