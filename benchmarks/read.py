"""How fast documents are read: ``python benchmarks/read.py [ROWS]``.

Each line of the table is one format: its rows a second in the format's own layer and in the
whole reader (header, rows, partner cells), and the highest memory of a process that does
nothing else.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
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


WRITERS = {
    "csv": (write_csv, 1.0),
    "facts.csv": (write_facts, 1.0),
    "jsonl": (write_json, 1.0),
    "xlsx": (write_xlsx, 1.0),
    "pdf": (write_pdf, 0.05),  # 100,000 rows: 200 pages of 25
}

MEASURE = """
import sys, time, resource
from pathlib import Path
path, whole = Path(sys.argv[1]), sys.argv[2] == "whole"
if whole:
    from coopdec.read import read
    from coopdec.reference import gazetteer
    gazetteer()
    start = time.perf_counter()
    n = sum(1 for _ in read(path))
else:
    from coopdec.read.documents import format_of
    start = time.perf_counter()
    with path.open("rb") as stream:
        found = format_of(path.suffix, stream.read(1 << 16))
        stream.seek(0)
        n = sum(1 for table in found.read(stream, path.name).tables for _ in table.lines)
print(n, time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def measured(path: Path, layer: str) -> tuple[int, float, int]:
    command = [sys.executable, "-c", MEASURE, str(path), layer]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows, seconds, memory = done.stdout.split()
    return int(rows), float(seconds), int(memory)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    out = sys.stdout.write
    out(f"{'format':10}{'layer':10}{'rows':>10}{'seconds':>10}{'rows/s':>10}{'MiB':>8}\n")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, (write, share) in WRITERS.items():
            path = Path(folder) / f"liste.{suffix}"
            write(path, int(rows * share))
            for layer in ("format", "whole"):
                read, seconds, memory = measured(path, layer)
                speed = round(read / seconds)
                out(f"{suffix:10}{layer:10}{read:10}{seconds:10.2f}{speed:10}{memory:8}\n")


if __name__ == "__main__":
    main()
