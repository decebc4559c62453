"""``coopdec.xlsx``: the tables as a workbook for people. Constant memory in the number of
projects; nothing in it is a formula, whatever a title looks like."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from coopdec.formats import Heading, WholeFormat
from coopdec.formats._columns import BY_NAME, COLUMNS, Column, records
from coopdec.formats._entities import COLLECTIVITIES, PARTNERS, collectivities, partners
from coopdec.messages import LANGS, begun, render

__all__ = ["FORMAT"]

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Limits of the file format: rows of a sheet, links of a sheet, characters of a cell.
_ROWS, _LINKS, _CHARACTERS = 1_048_576, 65_530, 32_767
#: Properties of the file need a date; a clock would change its bytes.
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001
#: What a person looks for stands first.
_FIRST = ("title", "lead", "region", "partner", "country", "sdg")
_PROJECTS = (*(BY_NAME[name] for name in _FIRST), *(c for c in COLUMNS if c.name not in _FIRST))
_LINK_COLUMNS = tuple(
    Column(name, "iri" if name in ("subject", "object") else "string", fr, en, width=width)
    for name, fr, en, width in (
        ("subject", "ressource", "resource", 40), ("label", "nom", "name", 30),
        ("predicate", "lien", "link", 18), ("object", "autre autorité", "other authority", 44),
        ("confidence", "confiance", "confidence", 10), ("comment", "raison", "reason", 60)))


def _links(folder: Path, base: str) -> Iterator[dict[str, Any]]:
    """The rows of ``links.sssom.tsv``, prefixes written out."""
    with (folder / "links.sssom.tsv").open(encoding="utf-8", newline="") as file:
        prefixes, lines = {}, iter(file)
        for line in lines:
            if not line.startswith("#"):
                break
            name, _, namespace = line[1:].strip().partition(": ")
            prefixes[name] = namespace
        header = line.rstrip("\n").split("\t")
        for cells in csv.reader(lines, delimiter="\t"):
            row = dict(zip(header, cells, strict=False))

            def whole(curie: str) -> str:
                prefix, _, local = curie.partition(":")
                return prefixes.get(prefix, prefix + ":") + local

            yield {"subject": whole(row["subject_id"]), "label": row["subject_label"],
                   "predicate": row["predicate_id"], "object": whole(row["object_id"]),
                   "confidence": Decimal(row["confidence"]), "comment": row["comment"]}


def _make(folder: Path, heading: Heading) -> Sequence[tuple[str, str]]:
    import xlsxwriter

    base = heading.base
    book = xlsxwriter.Workbook(folder / "coopdec.xlsx", {
        "constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False,
        "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": "Coopération décentralisée", "author": "coopdec",
                         "comments": heading.licence, "created": _CREATED})
    try:
        styles = _styles(book)
        _readme(book.add_worksheet("lisez-moi"), heading, styles)
        for name, columns, rows in (
            ("projets", _PROJECTS, records(folder)),
            ("partenaires", PARTNERS, partners(folder, base)),
            ("collectivités", COLLECTIVITIES, collectivities(folder, base)),
            ("liens", _LINK_COLUMNS, _links(folder, base)),
        ):
            _sheet(book, name, columns, rows, styles)
    finally:
        book.close()
    return [("coopdec.xlsx", _MEDIA_TYPE)]


def _styles(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top",
                                 "bg_color": "#E3E9F5", "bottom": 1}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "decimal": book.add_format({"num_format": "#,##0.00###"}),
        "link": book.add_format({"font_color": "#1F4E9E", "underline": 1}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _sheet(book: Any, name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]],
           styles: Mapping[str, Any]) -> None:
    """A table with its header frozen, filters and widths. What does not fit into a sheet
    goes on in « name (2) »; a column without any value is hidden."""
    part, sheet, at, links = 1, book.add_worksheet(name), 0, 0
    empty = set(range(len(columns)))
    _header(sheet, columns, styles)
    for row in rows:
        if at + 1 == _ROWS:
            sheet.autofilter(0, 0, at, len(columns) - 1)
            part, at, links = part + 1, 0, 0
            sheet = book.add_worksheet(f"{name} ({part})")
            _header(sheet, columns, styles)
        at += 1
        for place, column in enumerate(columns):
            value = row.get(column.name)
            if value is None or value == []:
                continue
            empty.discard(place)
            links += _cell(sheet, at, place, column, value, styles, links < _LINKS)
    sheet.autofilter(0, 0, at, len(columns) - 1)
    for place in sorted(empty) if part == 1 else ():
        sheet.set_column(place, place, columns[place].width, None, {"hidden": True})


def _header(sheet: Any, columns: Sequence[Column], styles: Mapping[str, Any]) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.fr, styles["head"])


def _cell(sheet: Any, at: int, place: int, column: Column, value: Any,
          styles: Mapping[str, Any], may_link: bool) -> bool:
    """Writes one cell; tells whether it took a link."""
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else " | ".join("" if v is None else str(v)
                                                            for v in value)
    if isinstance(value, Decimal):
        sheet.write_number(at, place, float(value), styles["decimal"])
    elif isinstance(value, int):
        sheet.write_number(at, place, value)
    elif (column.kind == "iri" and may_link and value.startswith(("http://", "https://"))
            and " | " not in value and len(value) < 2000):
        sheet.write_url(at, place, value, styles["link"])
        return True
    else:
        sheet.write_string(at, place, begun(value, _CHARACTERS))
    return False


def _readme(sheet: Any, heading: Heading, styles: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, 60)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "Coopération décentralisée", styles["title"])
    said = {"version": heading.version, "licence": heading.licence, "base": heading.base}
    for at, code in enumerate(("xlsx-about", "xlsx-version", "xlsx-licence", "xlsx-lists"), 2):
        # No spreadsheet makes a row higher by itself when it opens a file.
        sheet.set_row(at, 64 if code == "xlsx-about" else 32)
        for place, lang in enumerate(LANGS, 1):
            sheet.write_string(at, place, render(code, said, lang), styles["wrap"])
    for place, text in enumerate(("colonne / column", "français", "English")):
        sheet.write_string(7, place, text, styles["head"])
    for at, column in enumerate(_PROJECTS, 8):
        for place, text in enumerate((column.name, column.fr, column.en)):
            sheet.write_string(at, place, text)


FORMAT = WholeFormat("xlsx", ".xlsx", _MEDIA_TYPE, make=_make,
                     needs="xlsxwriter", of=("csv", "jsonld"))
