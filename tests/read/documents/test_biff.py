"""Old workbooks: what is hidden, and the currencies of number formats."""

from __future__ import annotations

import random
from pathlib import Path

import xlwt

from coopdec.read import read
from coopdec.read.documents._biff import sheet_facts


def _book(path: Path) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Projets é 2021")
    money = xlwt.easyxf(num_format_str='#,##0 "FCFA"')
    for c, cell in enumerate(("Collectivité", "Pays", "Projet", "Montant accordé", "Note")):
        sheet.write(0, c, cell)
    for r in range(1, 5):
        for c, cell in enumerate(("Ville de Metz", "Mali", f"Eau {r}")):
            sheet.write(r, c, cell)
        sheet.write(r, 3, 1000 * r, money)
    sheet.row(2).hidden = sheet.row(3).hidden = True
    sheet.col(4).hidden = True
    book.save(str(path))
    return path.read_bytes()


def test_hidden_rows_and_currencies(tmp_path: Path) -> None:
    facts = sheet_facts(_book(tmp_path / "a.xls"))["Projets é 2021"]
    assert (facts.rows, facts.columns) == ([3, 4], [5])
    reading = read(tmp_path / "a.xls")
    grants = [r.facts.grant for r in reading if r.facts is not None]
    assert [g and (int(g.value), g.currency) for g in grants] == [
        (1000 * n, "XOF") for n in range(1, 5)]
    assert {"rows-hidden", "columns-hidden"} <= {f.code for f in reading.findings}


def test_damage_makes_nothing_known_and_no_error(tmp_path: Path) -> None:
    data = _book(tmp_path / "a.xls")
    for seed in range(100):
        chance = random.Random(seed)
        broken = bytearray(data)
        for _ in range(20):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        sheet_facts(bytes(broken[: chance.randrange(512, len(broken))] if seed % 2 else broken))
