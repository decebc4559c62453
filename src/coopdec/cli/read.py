"""``coopdec read``: what the reader understood, a project a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopdec.cli._options import LocalPath, lang, table_format
from coopdec.messages import Lang

if TYPE_CHECKING:
    from coopdec.model import Amount, Facts, Finding, Row

_COLUMNS = ("source", "line", "session", "region", "lead", "partner", "country", "title")
#: A terminal is narrower than a spreadsheet.
_NARROW = ("line", "lead", "partner", "country", "title")
_NOTHING = {"fr": "Aucun projet n'a été lu.", "en": "No project was read."}


@click.command("read")
@click.argument("source", type=LocalPath(path_type=Path))
@table_format("jsonl", "csv", "table", default="jsonl")
@lang
def command(source: Path, form: str, lang: Lang) -> int:
    """Show what is understood of a list (or of every list of a folder), a project a line.

    Findings go to standard error; nothing is written. In a folder without any .toml every
    file is read; one that cannot be read stops no other.
    """
    from coopdec.cli._errors import show_findings
    from coopdec.cli._tables import print_rows
    from coopdec.read import find_lists

    lists, findings = find_lists(source)
    records = (record(row) for path in lists for row in _rows(path, findings))
    if form == "table":
        from coopdec.dataset.shown import heading

        wanted = [_COLUMNS.index(c) for c in _NARROW]
        heads = [heading(c, lang) for c in _NARROW]
        print_rows(records, form, heads, lambda r: [_flat(r)[i] for i in wanted], one_line=True,
                   nothing=_NOTHING[lang])
    else:
        print_rows(records, form, _COLUMNS, _flat)
    if source.is_dir():
        findings.append(_of_folder(source, lists, findings))
    show_findings(findings, lang)
    return int(any(f.fatal for f in findings))


def _rows(path: Path, findings: list[Finding]) -> Iterator[Row]:
    """The rows of one list; a list that cannot be read is a finding and stops no other."""
    from coopdec.errors import DataError, StorageError
    from coopdec.model import Finding, Position, Severity
    from coopdec.read import profile_used, read

    reading = None
    try:
        reading = read(path)
        yield from reading
        if (layout := profile_used(reading)) is not None:
            findings.append(layout)
        findings += reading.findings
    except DataError as error:
        findings += [*(reading.findings if reading else ()), *error.findings]
    except StorageError as error:
        where = Position(str(path))
        findings.append(Finding(error.code, Severity.FATAL, where, error.params))


def _of_folder(folder: Path, lists: Sequence[Path], findings: Sequence[Finding]) -> Finding:
    """How many of a folder's lists are understood."""
    from coopdec.model import Finding, Position, Severity

    wrong = {f.where.document for f in findings if f.fatal and f.where}
    broken = sum(bool({str(p), str(p.with_suffix(".toml"))} & wrong) for p in lists)
    return Finding("folder-read", Severity.INFO, Position(str(folder)),
                   {"n": len(lists), "good": len(lists) - broken, "broken": broken})


def record(row: Row) -> dict[str, Any]:
    """A row as JSON (DESIGN §4); ``within`` only where parents are printed."""
    at = row.position
    position = {"file": at.document, "page": at.page, "sheet": at.sheet, "line": at.line,
                "last_line": at.last_line}
    return {
        "source": row.source,
        "position": {k: v for k, v in position.items() if v is not None},
        "session": row.session,
        "region": row.region,
        "lead": row.lead,
        "partner_cell": row.cells.get("partner", row.cells.get("country", "")),
        "partners": [
            {"name": m.name, "kind": m.kind, "type": m.type, "country": m.country,
             **({"within": [{"name": p.name, "kind": p.kind, "type": p.type}
                            for p in m.within]} if m.within else {})}
            for m in row.partners
        ],
        "title": row.title,
        **({"published": False} if row.outside else {}),
        **({"facts": facts(row.facts)} if row.facts else {}),
    }


def facts(said: Facts) -> dict[str, Any]:
    """The optional facts of a row as JSON: those it has, amounts as numbers."""
    found = {
        "description": said.description,
        "grant": _amount(said.grant),
        "total_cost": _amount(said.cost),
        "start": said.start and said.start.iso,
        "end": said.end and said.end.iso,
        "duration": said.duration,
        "years": list(said.years),
        "status": said.status,
        "co_funders": list(said.cofunders),
        "operators": list(said.operators),
        "location": said.point and {"lat": said.point.lat, "long": said.point.lon},
    }
    return {name: value for name, value in found.items() if value}


def _amount(amount: Amount | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    value = amount.value
    whole = value == value.to_integral_value()
    return {"value": int(value) if whole else float(value), "currency": amount.currency}


def _flat(record: Mapping[str, Any]) -> list[str]:
    partners = record["partners"]
    return [
        record["source"], str(record["position"].get("line", "")), str(record["session"] or ""),
        record["region"] or "", record["lead"],
        " | ".join(p["name"] for p in partners if p["name"]),
        " | ".join(dict.fromkeys(p["country"] for p in partners if p["country"])),
        record["title"],
    ]
