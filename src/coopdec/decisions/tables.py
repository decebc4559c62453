"""Tables that people keep: read line by line, with every problem placed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from coopdec.errors import StorageError
from coopdec.model import Finding, Position, Severity

__all__ = ["PATH", "bad_value", "read_date", "read_table"]

#: A path under the base: « project/appel/identifiant ».
PATH = re.compile(r"[a-z]+(?:/[A-Za-z0-9_~%.,-]+)+")


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
