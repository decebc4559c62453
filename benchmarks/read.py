"""How fast documents are read: ``python benchmarks/read.py [ROWS] [KIND…]``.

Each line of the table is one kind of list: its rows a second of CPU time in the format's own
layer and in the whole reader (header, rows, partner cells, facts), the best of three processes
that do nothing else, and their highest memory. Where a format streams, the memory at ten times
the rows stands beside it.

``csv`` has few places, each title another; ``facts.csv`` five more columns of amounts, dates
and names; ``list.tsv`` and ``distinct.tsv`` are those of ``generate.py``: as announcements
repeat their leads and partners, and the worst case, in which no cell occurs twice.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path

#: Columns of facts that are parsed: each row's are others.
MORE = ["Coût total (€)", "Date de début", "Date de fin", "Statut", "Opérateur"]
HEADER = ["Région", "Collectivité chef de file", "Partenaire", "Titre du projet", "Montant"]
ROWS = [
    ["Bretagne", "Brest métropole", "Sacaba (Bolivie)", "Gestion de l'eau", "12 500 €"],
    ["Grand Est", "Metz", "Manizales, Caldas (Colombie)", "Fantastic, « été »", "8000"],
    ["Occitanie", "Castres", "District de Huyé (Rwanda)", "Aide au développement", ""],
    ["Guyane", "Cayenne", "Ministère des Affaires Sociales (Suriname)", "Liens", "1,2 M€"],
]


def row(n: int) -> list[str]:
    """The n-th row: few places, each title another."""
    cells = list(ROWS[n % len(ROWS)])
    cells[3] += f" {n}"
    return cells


def write_csv(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        writer.writerows(map(row, range(rows)))


def write_facts(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER + MORE)
        for n in range(rows):
            day, month = 1 + n % 28, 1 + n // 28 % 12
            writer.writerow([*row(n), f"{1000 + n * 7 % 90_000} €", f"{day:02}/{month:02}/2021",
                             f"{day} mars 2023", "En cours", f"Association {n % 500}"])


def write_json(path: Path, rows: int) -> None:
    import json

    with path.open("w", encoding="utf-8") as file:
        for n in range(rows):
            record = dict(zip(HEADER, row(n), strict=True))
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_html(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("<!doctype html><html><body><h1>Liste</h1><table>")
        for cells in (HEADER, *map(row, range(rows))):
            file.write(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n")
        file.write("</table></body></html>")


def write_tsv(path: Path, rows: int, *, distinct: bool = False) -> None:
    import generate

    stream = generate.rows(rows, 1)
    with path.open("w", encoding="utf-8") as file:
        for cells in chain([generate.HEADER], generate.apart(stream) if distinct else stream):
            file.write("\t".join(cells) + "\n")


def write_xlsx(path: Path, rows: int) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    sheet.append(HEADER)
    for n in range(rows):
        sheet.append(row(n))
    book.save(path)


def write_pdf(path: Path, rows: int) -> None:
    """Ruled pages of 25 rows; the cells of one line."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=landscape(A4))
    starts = (30, 130, 280, 520, 740, 810)
    for page in range(max(1, rows // 25)):
        canvas.setFont("Helvetica", 9)
        for line in range(26):
            y = 540 - 19 * line
            cells = HEADER if line == 0 else [*ROWS[line % 4][:3], f"Projet {page}-{line}", "12"]
            for x, end, text in zip(starts, starts[1:], cells, strict=False):
                canvas.rect(x, y - 5, end - x, 19)
                canvas.drawString(x + 3, y, text)
        canvas.drawString(400, 20, f"{page + 1}")
        canvas.showPage()
    canvas.save()


#: Kind → how it is written, its share of the rows, whether it is read as a stream.
WRITERS: dict[str, tuple[Callable[[Path, int], None], float, bool]] = {
    "csv": (write_csv, 1.0, True),
    "facts.csv": (write_facts, 1.0, True),
    "list.tsv": (write_tsv, 1.0, True),
    "distinct.tsv": (partial(write_tsv, distinct=True), 0.2, True),
    "jsonl": (write_json, 1.0, True),
    "xlsx": (write_xlsx, 1.0, False),
    "html": (write_html, 0.2, False),
    "pdf": (write_pdf, 0.05, False),  # 100,000 rows: 200 pages of 25
}

MEASURE = """
import sys, time
from pathlib import Path
path, whole = Path(sys.argv[1]), sys.argv[2] == "whole"
if whole:
    from coopdec.read import read
    from coopdec.reference import gazetteer
    gazetteer()
    start = time.process_time()
    n = sum(1 for _ in read(path))
else:
    from coopdec.read.documents import format_of
    start = time.process_time()
    with path.open("rb") as stream:
        found = format_of(path.suffix, stream.read(1 << 16))
        stream.seek(0)
        n = sum(1 for table in found.read(stream, path.name).tables for _ in table.lines)
seconds = time.process_time() - start
# What getrusage tells includes the parent's.
peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
print(n, seconds, int(peak) // 1024)
"""


def measured(path: Path, layer: str, runs: int = 3) -> tuple[int, float, int]:
    """Rows, seconds of CPU time and MiB, the least of some runs."""
    found = []
    for _ in range(runs):
        command = [sys.executable, "-c", MEASURE, str(path), layer]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        rows, seconds, memory = done.stdout.split()
        found.append((int(rows), float(seconds), int(memory)))
    return found[0][0], min(s for _, s, _ in found), min(m for *_, m in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="?", type=int, default=100_000)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(WRITERS))
    asked = parser.parse_args()
    if unknown := set(asked.kinds) - WRITERS.keys():
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    rows = asked.rows
    out = sys.stdout.write
    out(f"{'kind':14}{'layer':10}{'rows':>10}{'CPU s':>10}{'rows/s':>10}{'MiB':>8}{'×10':>8}\n")
    with tempfile.TemporaryDirectory() as folder:
        for kind in asked.kinds or WRITERS:
            write, share, streams = WRITERS[kind]
            path = Path(folder) / f"liste.{kind}"
            write(path, int(rows * share))
            for layer in ("format", "whole"):
                read, seconds, memory = measured(path, layer)
                more = ""
                if streams and layer == "whole":
                    write(path, int(rows * share) * 10)
                    more = str(measured(path, layer, 1)[2])
                out(f"{kind:14}{layer:10}{read:10}{seconds:10.2f}{round(read / seconds):10}"
                    f"{memory:8}{more:>8}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
