"""Answers of queries for people (tables that fit the terminal) and for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coopdec.cli._console import console
from coopdec.messages import Lang

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from coopdec.dataset import NamedQuery, Rows

__all__ = ["print_list", "print_rows"]

#: A table longer than this helps nobody and takes long to lay out.
MOST = 1000


def print_rows(rows: Rows, form: str, lang: Lang) -> None:
    """CSV, SPARQL JSON and Markdown as they are; a table as wide as the terminal."""
    if form == "csv":
        sys.stdout.write(rows.to_csv())
    elif form == "json":
        sys.stdout.write(rows.to_json())
    elif form == "md":
        sys.stdout.write(rows.to_markdown())
    else:
        _print_table(rows, lang)


def _print_table(rows: Rows, lang: Lang) -> None:
    out = console()
    if rows:
        every, rows = rows, rows[:MOST]
        shown = [c for c in rows.columns if any(c in t for t in rows.terms)]
        layout = _Layout(rows, shown, lang)
        widths = layout.widths(out.width)
        if widths is None and "iri" in shown:  # machine formats have it in full
            layout = _Layout(rows, [c for c in shown if c != "iri"], lang)
            widths = layout.widths(out.width)
        if widths is None:
            _print_records(out, layout)
        else:
            _print_grid(out, layout, widths)
        rows = every
    n = len(rows)
    words = {"fr": "aucune ligne" if n == 0 else "1 ligne" if n == 1 else f"{n} lignes",
             "en": "no rows" if n == 0 else "1 row" if n == 1 else f"{n} rows"}[lang]
    if n > MOST:
        words += {"fr": f" ; les {MOST} premières sont montrées, --format csv les donne toutes",
                  "en": f"; the first {MOST} are shown, --format csv gives all"}[lang]
    console(stderr=True).print(words, style="dim")


class _Layout:
    """What a table shows, and how wide each column may be."""

    def __init__(self, rows: Rows, columns: Sequence[str], lang: Lang) -> None:
        from coopdec.dataset.shown import heading

        self.heads = [heading(c, lang) for c in columns]
        self.cells = [[_cell(c, t.get(c), lang) for c in columns] for t in rows.terms]
        self.numbers = [all("datatype" in t[c] for t in rows.terms if c in t) for c in columns]
        self._rigid = [all(t[c]["type"] == "uri" or "datatype" in t[c]
                           for t in rows.terms if c in t) for c in columns]

    def widths(self, width: int) -> list[int] | None:
        """Rigid and short columns as they are, the rest of the line shared by how much the
        others say; None where that leaves no room to read."""
        columns = list(zip(*self.cells, strict=True))
        full = [max(*(c.cell_len for c in column), min(len(head), 13))
                for head, column in zip(self.heads, columns, strict=True)]
        loose = [i for i, wide in enumerate(full) if wide > 13 and not self._rigid[i]]
        left = width - 2 * len(full) - sum(w for i, w in enumerate(full) if i not in loose)
        if not loose:
            return full if left >= 0 else None
        least = {i: min(16, max(12, *(len(w) for cell in columns[i] for w in cell.plain.split())))
                 for i in loose}
        spare = left - sum(least.values())
        if spare < 0:
            return None
        said = {i: sum(cell.cell_len for cell in columns[i]) ** 0.6 for i in loose}
        total = sum(said.values())
        return [min(wide, least[i] + int(spare * said[i] / total)) if i in said else wide
                for i, wide in enumerate(full)]


def _print_grid(out: Console, layout: _Layout, widths: Sequence[int]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", show_edge=False, padding=(0, 1, 0, 0),
                  pad_edge=False)
    for head, wide, number in zip(layout.heads, widths, layout.numbers, strict=True):
        table.add_column(head, overflow="fold", width=wide, justify="right" if number else "left")
    for line in layout.cells:
        table.add_row(*line)
    out.print(table)


def _print_records(out: Console, layout: _Layout) -> None:
    """One block a row, for terminals too narrow for a table."""
    from rich.table import Table
    from rich.text import Text

    for line in layout.cells:
        block = Table.grid(padding=(0, 2, 0, 0))
        for head, cell in zip(layout.heads, line, strict=True):
            if cell.plain:
                block.add_row(Text(head, style="bold"), cell)
        out.print(block)
        out.print()


def _cell(column: str, term: Any, lang: Lang) -> Text:
    """Text, never markup; an IRI short, and a link where the terminal has links."""
    from rich.text import Text

    from coopdec.dataset.shown import readable

    if term is None:
        return Text()
    value, said = str(term["value"]), readable(column, term, lang)
    if term["type"] == "uri":
        link = value if value.startswith(("http://", "https://")) and "]" not in value else ""
        return Text(said, style=f"link {link}" if link else "")
    return Text("".join(c if c.isprintable() else " " for c in said))


def print_list(form: str, lang: Lang) -> None:
    """The named queries with their titles and parameters."""
    from coopdec.dataset import queries
    from coopdec.dataset.shown import as_json

    known = queries()
    if form == "json":
        sys.stdout.write(json.dumps([as_json(q) for q in known.values()], ensure_ascii=False,
                                    indent=1) + "\n")
        return
    if form in ("csv", "md"):
        from coopdec.dataset import Rows

        terms = [{k: {"type": "literal", "value": v} for k, v in (
            ("name", q.name), ("title", q.title[lang]), ("parameters", _parameters(q)))}
            for q in known.values()]
        print_rows(Rows(["name", "title", "parameters"], terms), form, lang)
        return
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    for q in known.values():
        grid.add_row(Text(q.name, style="bold"), Text(q.title[lang]),
                     Text(_parameters(q), style="cyan"))
    out = console()
    out.print(grid)
    last = {"fr": "Par exemple : coopdec query projects-by-country --country Mali ; "
                  "chaque question s'explique avec --help.",
            "en": "For example: coopdec query projects-by-country --country Mali; "
                  "each query explains itself with --help."}[lang]
    console(stderr=True).print(last, style="dim")


def _parameters(query: NamedQuery) -> str:
    shown = (f"--{p.name.replace('_', '-')}" if p.required else f"[--{p.name.replace('_', '-')}]"
             for p in query.parameters)
    return " ".join([*shown, *(["--federate"] if query.federated else [])])
