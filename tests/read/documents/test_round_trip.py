"""The two lists in every format read back to exactly the same 36 projects."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from coopdec.read import read

from . import writers
from .conftest import Convert
from .writers import Published

GOLDEN = Path(__file__).parents[2] / "golden" / "extraction.tsv"
SIXTEEN_AND_TWENTY = {1: 16, 2: 20}


def wanted(session: int) -> list[tuple[str, ...]]:
    with GOLDEN.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            (row["region"], row["lead"], row["partners"], row["title"])
            for row in rows
            if row["session"] == str(session)
        ]


def assert_same(path: Path, session: int) -> None:
    reading = read(path)
    found = [
        (row.region or "", row.lead,
         "|".join(f"{m.name or ''}@{m.country}" for m in row.partners), row.title)
        for row in reading
    ]
    assert [f for f in reading.findings if f.fatal] == []
    assert found == wanted(session)
    assert len(found) == SIXTEEN_AND_TWENTY[session]


TEXTS: dict[str, tuple[Callable[[Published], str], str]] = {
    "semicolons.csv": (lambda d: writers.as_csv(d, ";"), "utf-8"),
    "commas.csv": (lambda d: writers.as_csv(d, ","), "utf-8-sig"),
    "pipes.csv": (lambda d: writers.as_csv(d, "|"), "cp1252"),
    "tabs.tsv": (lambda d: writers.as_csv(d, "\t"), "utf-8"),
    "excel.csv": (lambda d: writers.as_csv(d, ";"), "cp1252"),
    "unicode.txt": (lambda d: writers.as_csv(d, "\t"), "utf-16"),
    "list.md": (writers.as_markdown, "utf-8"),
    "aligned.txt": (writers.as_aligned, "utf-8"),
    "wrapped.txt": (lambda d: writers.as_aligned(d, (22, 30, 30, 50)), "utf-8"),
    "list.html": (writers.as_html, "utf-8"),
    "list.json": (writers.as_json, "utf-8"),
}


@pytest.mark.parametrize("session", [1, 2])
@pytest.mark.parametrize("name", TEXTS)
def test_texts(
    name: str, session: int, tmp_path: Path, lists_as_printed: dict[int, Published]
) -> None:
    write, encoding = TEXTS[name]
    path = tmp_path / name
    # « Œ » and « – » are in Windows-1252; nothing in the lists is not.
    path.write_bytes(write(lists_as_printed[session]).encode(encoding))
    assert_same(path, session)


def test_workbooks(workbooks: list[Path]) -> None:
    for path in workbooks:
        assert_same(path, int(path.stem[-1]))
    assert len(workbooks) == 2


def test_word_texts(texts: list[Path]) -> None:
    for path in texts:
        assert_same(path, int(path.stem[-1]))
    assert len(texts) == 8


@pytest.mark.parametrize("suffix", ["ods", "xls", "html"])
def test_workbooks_by_libreoffice(suffix: str, convert: Convert, workbooks: list[Path]) -> None:
    for path in convert(workbooks, suffix):
        assert_same(path, int(path.stem[-1]))


@pytest.mark.parametrize("suffix", ["odt", "html"])
def test_word_texts_by_libreoffice(suffix: str, convert: Convert, tables: list[Path]) -> None:
    for path in convert(tables, suffix):
        assert_same(path, int(path.stem[-1]))
    assert len(tables) == 4


def test_pdf_of_word_texts(convert: Convert, texts: list[Path]) -> None:
    """Ruled and unruled, upright and across, with merged regions; three to five pages,
    a header on each, page numbers, rows and titles broken between pages."""
    for path in convert(texts, "pdf"):
        assert_same(path, int(path.stem[-1]))


def test_pdf_of_workbooks(convert: Convert, workbooks: list[Path]) -> None:
    for path in convert(workbooks, "pdf"):
        assert_same(path, int(path.stem[-1]))
