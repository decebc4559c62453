"""Tables that people keep: read line by line, with every problem placed."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from coopdec.errors import StorageError
from coopdec.model import Finding, Position, Severity

__all__ = ["PATH", "bad_value", "change", "path_of", "read_date", "read_table"]

#: A path under the base: « project/appel/identifiant ».
PATH = re.compile(r"[a-z]+(?:/[A-Za-z0-9_~%.,-]+)+")


def path_of(typed: str, folders: Iterable[str]) -> str | None:
    """What a person typed for a resource of ours (its IRI under any base, ``cdr:…`` or its
    path) as a path under the base; None where it is none of these folders'."""
    path = typed.strip().removeprefix("cdr:")
    if path.startswith(("http://", "https://")):
        found = [path.index(f"/{folder}/") for folder in folders if f"/{folder}/" in path]
        path = path[min(found) + 1:] if found else path
    ours = PATH.fullmatch(path) and path.partition("/")[0] in folders
    return path if ours else None


def change(path: Path, edit: Callable[[str], str]) -> None:
    """Replace the text of a table by what ``edit`` makes of it ("" for a new file): all at
    once, and one process after the other.

    Raises:
        StorageError: the file cannot be written.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            before = path.read_text("utf-8-sig") if path.exists() else ""
            after = edit(before)
            if after != before:
                aside.write_text(after, "utf-8")
                aside.replace(path)
        finally:
            os.close(handle)
    except OSError as error:
        raise StorageError("cannot-write", path=str(path), why=error.strerror or "") from error


def read_table(path: Path, needed: Iterable[str], findings: list[Finding]) -> Iterable[
    tuple[int, dict[str, str]]
]:
    try:
        content = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError("cannot-read", path=str(path), why=error.strerror or "") from error
    except UnicodeDecodeError:
        findings.append(Finding("not-utf8-table", Severity.FATAL, Position(str(path))))
        return
    lines = [(n, t) for n, t in enumerate(content.splitlines(), 1) if t and not t.startswith("#")]
    if not lines:
        return
    header = lines[0][1].split("\t")
    missing = [c for c in needed if c not in header]
    if missing:
        where = Position(str(path), lines[0][0])
        findings.append(Finding("decision-columns", Severity.FATAL, where, {"missing": missing}))
        return
    reader = csv.reader(io.StringIO("\n".join(t for _, t in lines[1:])), delimiter="\t")
    for (number, _), cells in zip(lines[1:], reader, strict=False):
        yield number, dict(zip(header, [c.strip() for c in cells], strict=False))


def bad_value(findings: list[Finding], path: Path, line: int, column: str, value: str,
         expected: Mapping[str, str]) -> None:
    where = Position(str(path), line, column=column)
    findings.append(Finding("decision-value", Severity.FATAL, where,
                            {"value": value, "expected": expected}))


def read_date(cells: Mapping[str, str], column: str, path: Path, line: int,
          findings: list[Finding]) -> date:
    try:
        return date.fromisoformat(cells.get(column, ""))
    except ValueError:
        bad_value(findings, path, line, column, cells.get(column, ""),
             {"fr": "une date, 2026-11-22", "en": "a date, 2026-11-22"})
        return date.min
