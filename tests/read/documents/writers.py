"""The published lists, written in other formats with small writers."""

from __future__ import annotations

import csv
import html
import io
import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from coopdec.read.documents import Document, Table, format_of

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Published:
    """A list as printed: the letterhead's lines, the header and the rows of four cells."""

    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def merged(self) -> list[tuple[int, int]]:
        """First and last row (from 0) under each region that covers several."""
        starts = [i for i, row in enumerate(self.rows) if row[0]] + [len(self.rows)]
        return [(a, b - 1) for a, b in pairwise(starts[1:]) if b - a > 1]


def parse(path: Path) -> Document:
    """The document in a file, its tables consumed and kept."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
        stream.seek(0)
        found = format_of(path.suffix, head)
        assert found is not None, path
        document = found.read(stream, path.name)
        document.tables = [
            Table(list(table.lines), table.name) for table in document.tables
        ]
    return document


def published(session: int) -> Published:
    """One of the two lists; the title that is broken over a page stays broken."""
    document = parse(ROOT / "sources" / f"laureats-session-{session}.txt")
    rows = [tuple((line.cells + [""] * 4)[:4]) for t in document.tables for line in t.lines]
    return Published(tuple(p.text for p in document.paragraphs), tuple(rows))


def mended(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows, a broken title put together."""
    whole: list[tuple[str, ...]] = []
    for row in rows:
        if not any(row[:3]):
            whole[-1] = (*whole[-1][:3], f"{whole[-1][3]} {row[3]}")
        else:
            whole.append(row)
    return whole


def as_csv(data: Published, delimiter: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([p] for p in data.paragraphs)
    writer.writerows(mended(data.rows))
    return text.getvalue()


def as_markdown(data: Published) -> str:
    lines = [f"{p}\n" for p in data.paragraphs]
    header, *rows = [[cell.replace("|", "\\|") for cell in row] for row in mended(data.rows)]
    lines += [f"| {' | '.join(header)} |", "|" + "---|" * len(header)]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def as_aligned(data: Published, widths: Sequence[int] = ()) -> str:
    """Columns as wide as their cells, or ``widths`` with the cells wrapped."""
    rows = mended(data.rows)
    columns = list(widths) or [max(len(row[c]) for row in rows) for c in range(4)]
    lines = [*data.paragraphs, ""]
    for row in rows:
        cells = [textwrap.wrap(cell, w) for cell, w in zip(row, columns, strict=True)]
        for i in range(max(map(len, cells))):
            parts = [cell[i] if i < len(cell) else "" for cell in cells]
            padded = (p.ljust(w) for p, w in zip(parts, columns, strict=True))
            lines.append("   ".join(padded).rstrip())
    return "\n".join(lines) + "\n"


def as_html(data: Published) -> str:
    """Regions span their rows; markup stands inside the cells."""
    spans = {a: b - a + 1 for a, b in data.merged}
    covered = {i for a, b in data.merged for i in range(a + 1, b + 1)}
    body = []
    for i, row in enumerate(data.rows):
        cells = [html.escape(cell) for cell in row]
        first = f"<td rowspan={spans.get(i, 1)}>{cells[0]}</td>" if i not in covered else ""
        body.append(f"<tr>{first}<td><b>{cells[1]}</b><td>{cells[2]}</td><td>{cells[3]}</td></tr>")
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in data.paragraphs)
    return ("<!DOCTYPE html><html><head><meta charset=utf-8><title>Liste</title></head><body>"
            f"{paragraphs}<table>{''.join(body)}</table></body></html>")


def as_json(data: Published) -> str:
    header, *rows = mended(data.rows)
    region = ""
    objects = []
    for row in rows:
        region = row[0] or region
        objects.append(dict(zip(header, (region, *row[1:]), strict=True)))
    return json.dumps(objects, ensure_ascii=False, indent=1)


def write_xlsx(data: Published, path: Path) -> None:
    """Title rows above the header, regions as merged cells."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Lauréats"
    for n, paragraph in enumerate(data.paragraphs, 1):
        sheet.cell(n, 1, paragraph)
        sheet.merge_cells(start_row=n, end_row=n, start_column=1, end_column=4)
    top = len(data.paragraphs) + 1
    for r, row in enumerate(data.rows):
        for c, cell in enumerate(row):
            sheet.cell(top + r, c + 1, cell or None)
    for a, b in data.merged:
        sheet.merge_cells(start_row=top + a, end_row=top + b, start_column=1, end_column=1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(
        fitToPage=True
    )
    for column, width in zip("ABCD", (22, 34, 34, 60), strict=True):
        sheet.column_dimensions[column].width = width
    for r, row in enumerate(data.rows):
        # Rows as high as their wrapped text: LibreOffice does not make them so by itself.
        lines = 1 + max(len(row[c]) // width for c, width in ((1, 24), (2, 24), (3, 45)))
        sheet.row_dimensions[top + r].height = 15 * lines
    for cells in sheet.iter_rows(min_row=top):
        for cell in cells:
            cell.alignment = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
    book.save(path)


def write_docx(
    data: Published,
    path: Path,
    *,
    ruled: bool = True,
    merged: bool = False,
    landscape: bool = False,
) -> None:
    """A header that is repeated on each page, a page number in the footer."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    text = docx.Document()
    section = text.sections[0]
    if landscape:
        section.page_width, section.page_height = section.page_height, section.page_width
    for paragraph in data.paragraphs:
        text.add_paragraph(paragraph)
    table = text.add_table(rows=0, cols=4)
    if ruled:
        table.style = "Table Grid"
    rows = [table.add_row().cells for _ in data.rows]
    for cells, row in zip(rows, data.rows, strict=True):
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    for a, b in data.merged if merged else ():
        rows[a][0].merge(rows[b][0]).text = data.rows[a][0]
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    footer = section.footer.paragraphs[0]
    for kind in ("begin", "PAGE", "end"):
        field = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            field.text = kind
        else:
            field.set(qn("w:fldCharType"), kind)
        footer.add_run()._r.append(field)
    footer.add_run("/3")
    text.save(str(path))
