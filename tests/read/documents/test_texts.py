"""Plain text: tabs, CSV, Markdown, aligned columns, JSON; delimiters, quotes, encodings."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopdec.errors import DataError
from coopdec.read.documents import Document, Table, format_of
from coopdec.read.documents._dialect import sniff

from .writers import parse


def doc(text: str | bytes, name: str = "essai.csv", expect: str | None = None) -> Document:
    data = text.encode() if isinstance(text, str) else text
    found = format_of(Path(name).suffix, data[: 1 << 16])
    assert found is not None
    assert expect in (None, found.name)
    document = found.read(io.BytesIO(data), name)
    document.tables = [Table(list(table.lines), table.name) for table in document.tables]
    return document


def cells(document: Document) -> list[list[str]]:
    return [line.cells for table in document.tables for line in table.lines]


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings]


# ---- which format

@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("a;b\nc;d\n", ".csv", "csv"),
        ("a\tb\nc\td\n", ".txt", "tabs"),
        ("a\tb\nc\td\n", ".tsv", "csv"),
        ('a\t"b\nc"\nd\te\n', ".txt", "csv"),
        ("Paris, le 23 juin 2020\n\nPays\tTitre\nMali\tEau, santé\nNiger\tÉcole\n", ".txt", "tabs"),
        ("| a | b |\n|---|---|\n| c | d |\n", ".txt", "markdown"),
        ("a | b\n--|--\nc | d\n", ".md", "markdown"),
        ("a|b\nc|d\ne|f\n", ".csv", "csv"),
        ("Pays     Titre\nMali     Eau\nNiger    École\nTogo     Riz\nBénin    Blé\n", ".txt",
         "aligned"),
        ('[{"a": 1}]', ".txt", "json"),
        ('{"a": 1}\n{"a": 2}\n', ".csv", "json"),
        ("<html><table><tr><td>a</table>", ".xls", "html"),
        ("Un texte sans tableau, avec des virgules.\nUne autre ligne ; voilà.\n", ".txt", "tabs"),
        ("Un texte sans tableau, avec des virgules.\nUne autre ligne ; voilà.\n", ".md", "tabs"),
    ],
)
def test_detection(text: str, suffix: str, expected: str) -> None:
    found = format_of(suffix, text.encode())
    assert found is not None
    assert found.name == expected


# ---- encodings

@pytest.mark.parametrize(
    ("encoding", "warned"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-16-le", False),
     ("utf-16-be", False), ("cp1252", True)],
)
@pytest.mark.parametrize("delimiter", [";", ",", "|", "\t"])
def test_encodings(encoding: str, warned: bool, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(r) for r in (["Pays", "Titre"], ["Bénin", "Œuvre, été – 1"]))
    text = text.replace(", ", " ") if delimiter == "," else text
    document = doc(text.encode(encoding), "essai.csv", "csv")
    assert cells(document) == [["Pays", "Titre"], ["Bénin", text.split(delimiter)[-1]]]
    assert codes(document) == (["not-utf8"] if warned else [])


def test_a_damaged_byte_does_not_change_the_encoding() -> None:
    good = "Bénin;é\n".encode() * 50
    document = doc(good + b"Mali;\xe9x\n", expect="csv")
    assert cells(document)[0] == ["Bénin", "é"]
    assert codes(document) == ["broken-character"]
    assert document.findings[0].where is not None
    assert document.findings[0].where.line == 51


# ---- CSV

def test_a_line_break_inside_a_cell_between_tabs() -> None:
    found = doc("Région\tChef de file\tPays\tTitre\nBretagne\tRégion Bretagne\n"
                "et Ville de Brest\tMali\tEau\nCorse\tBastia\tItalie\tForêt\n"
                "Total\t2\n", "essai.txt", "tabs")
    assert cells(found)[1:] == [
        ["Bretagne", "Région Bretagne et Ville de Brest", "Mali", "Eau"],
        ["Corse", "Bastia", "Italie", "Forêt"], ["Total", "2"]]
    assert [(line.number, line.last_number) for t in found.tables for line in t.lines][1:3] == [
        (2, 3), (4, None)]


def test_a_quoted_cell_with_line_breaks_keeps_its_lines() -> None:
    document = doc('Pays;Titre\n\nMali;"Eau\nSanté ""x"""\nTogo;Riz\n', expect="csv")
    lines = list(next(iter(document.tables)).lines)
    assert [line.cells for line in lines] == [
        ["Pays", "Titre"], ["Mali", 'Eau\nSanté "x"'], ["Togo", "Riz"]]
    assert [(line.number, line.last_number) for line in lines] == [(1, None), (3, 4), (5, None)]


def test_the_delimiter_that_excel_announces() -> None:
    document = doc("sep=,\na;b,c\n1,2\n", expect="csv")
    assert cells(document) == [["a;b", "c"], ["1", "2"]]
    assert next(iter(next(iter(document.tables)).lines)).number == 2


def test_commas_in_titles_do_not_win() -> None:
    rows = "Pays;Titre\nMali;Eau, santé, école\nTogo;Riz, blé, mil\nNiger;Arts, sport, jeux\n"
    assert cells(doc(rows, expect="csv"))[1] == ["Mali", "Eau, santé, école"]


def test_letterhead_above_a_table() -> None:
    text = '"Paris, le 23 juin 2020"\nLauréats\n\nPays,Titre\nMali,Eau\nTogo,Riz\nNiger,Blé\n'
    assert cells(doc(text, expect="csv"))[:3] == [
        ["Paris, le 23 juin 2020"], ["Lauréats"], ["Pays", "Titre"]]


def test_backslashes_before_quotes() -> None:
    text = 'Pays,Titre\nMali,"Une \\"eau\\", vive"\nTogo,"Riz"\n'
    assert cells(doc(text, expect="csv"))[1] == ["Mali", 'Une "eau", vive']


def test_a_quote_that_is_not_closed_is_reported() -> None:
    text = "Pays;Titre\n" + "Mali;Eau\n" * 30 + 'Togo;"Riz\n' + "Niger;Blé\n" * 80
    document = doc(text, expect="csv")
    assert "quote-unclosed" in codes(document)
    assert [f.where.line for f in document.findings if f.where] == [32]


def test_csv_is_streamed() -> None:
    """The table of an endless stream gives its first lines at once."""

    class Endless(io.RawIOBase):
        """50 MB, made as they are read; remembers how far the reader went."""

        furthest = 0

        def __init__(self) -> None:
            self.at = 0

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def tell(self) -> int:
            return self.at

        def seek(self, offset: int, whence: int = 0) -> int:
            self.at = offset
            return offset

        def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
            n = min(len(buffer), 50_000_000 - self.at)
            row = b"Mali;Eau;12\n"
            data = row * (n // len(row) + 2)
            start = self.at % len(row)
            buffer[:n] = data[start : start + n]
            self.at += n
            return n

    stream = io.BufferedReader(Endless())
    found = format_of(".csv", b"Mali;Eau;12\n" * 100)
    assert found is not None
    table = next(iter(found.read(stream, "x.csv").tables))
    assert next(iter(table.lines)).cells == ["Mali", "Eau", "12"]
    assert stream.raw.at < 1_000_000


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=12)


def test_delimiters_within_a_cell_are_no_records() -> None:
    text = 'Pays;Titre;Chef\n"";";\nx";";"\n"a";"b";"c"\n'
    found = format_of(".csv", text.encode())
    assert found is not None
    assert cells(found.read(io.BytesIO(text.encode()), "essai.csv")) == [
        ["Pays", "Titre", "Chef"], ["", ";\nx", ";"], ["a", "b", "c"]]


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=3, max_size=6),
    delimiter=st.sampled_from(";,|\t"),
    breaks=st.booleans(),
)
def test_csv_round_trip(rows: list[list[str]], delimiter: str, breaks: bool) -> None:
    header = ["Pays", "Titre", "Chef"]
    if breaks:
        # With delimiters as well, its lines may be records that an unclosed quote swallowed.
        rows[0] = [cell.replace(delimiter, "") for cell in rows[0]]
        rows[0][1] += "\nx"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([header, *rows])
    found = next(f for f in (format_of(".csv", text.getvalue().encode()),) if f)
    assert found.name == "csv"
    lines = cells(found.read(io.BytesIO(text.getvalue().encode()), "essai.csv"))
    assert lines == [header, *rows]


# ---- Markdown

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~\"'])")


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=5))
def test_markdown_round_trip(rows: list[list[str]]) -> None:
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    lines = ["| Pays | Titre | Chef |", "|:--|:-:|--:|"]
    lines += ["| " + " | ".join(SPECIAL.sub(r"\\\1", c) for c in row) + " |" for row in rows]
    found = cells(doc("\n".join(lines), "essai.md", "markdown"))
    assert found == [["Pays", "Titre", "Chef"], *rows]


def test_markdown_around_and_inside() -> None:
    text = """# Lauréats

Paris, le 23 juin 2020

| **Région** | Partenaire |
|---|---|
| Bretagne | Ségou (Mali)<br>Sio (Mali) |

|  | [Huê](https://example.org "x") &amp; `a` |

```
"""
    document = doc(text, "essai.md", "markdown")
    assert cells(document) == [["Région", "Partenaire"], ["Bretagne", "Ségou (Mali)\nSio (Mali)"],
                               ["", "Huê & a"]]
    assert [p.text for p in document.paragraphs][:2] == ["# Lauréats", "Paris, le 23 juin 2020"]
    assert [line.number for line in next(iter(document.tables)).lines] == [5, 7, 9]


@pytest.mark.parametrize(
    "text",
    [
        "Pays | Titre\n-----+------\nMali | Eau vive\nTogo | Riz\n",
        "+------+----------+\n| Pays | Titre    |\n+======+==========+\n| Mali | Eau      |\n"
        "|      | vive     |\n+------+----------+\n| Togo | Riz      |\n+------+----------+\n",
        "+------+----------+\n| Pays | Titre    |\n+------+----------+\n| Mali | Eau vive |\n"
        "| Togo | Riz      |\n+------+----------+\n",
    ],
    ids=["psql", "grid", "mysql"],
)
def test_boxes(text: str) -> None:
    assert cells(doc(text, "essai.txt", "markdown")) == [
        ["Pays", "Titre"], ["Mali", "Eau vive"], ["Togo", "Riz"]]


# ---- aligned columns

def test_aligned_columns_with_wrapped_cells_and_page_breaks() -> None:
    text = """                     COMMUNIQUÉ

Région             Collectivité          Titre du projet
                   chef de file
Bretagne           Brest métropole       Gestion de l'eau et de l'assainisse-
                                         ment du bassin versant
                   Cesson-Sévigné        Contribution aux volets micro-
                                         crédit
                             1/2
\fRégion             Collectivité          Titre du projet
                   chef de file
Pays de la Loire   Communauté            Accueil d'étudiants
                   d'agglomération
                   Saumur Val de Loire
"""
    document = doc(text, "essai.txt", "aligned")
    rows = cells(document)
    assert rows[0] == ["Région", "Collectivité chef de file", "Titre du projet"]
    assert rows[1:] == [
        ["Bretagne", "Brest métropole",
         "Gestion de l'eau et de l'assainissement du bassin versant"],
        ["", "Cesson-Sévigné", "Contribution aux volets micro-crédit"],
        ["Pays de la Loire", "Communauté d'agglomération Saumur Val de Loire",
         "Accueil d'étudiants"],
    ]
    assert [p.text for p in document.paragraphs] == ["COMMUNIQUÉ"]


# ---- JSON

def test_json_lists_answers_and_lines(tmp_path: Path) -> None:
    objects = [{"titre": "Eau", "pays": {"code": "ML"}}, {"titre": "Riz", "odd": [6, 13]}]
    wanted = [["titre", "pays.code", "odd"], ["Eau", "ML", ""], ["Riz", "", "6\n13"]]
    texts = {
        "a.json": json.dumps(objects, indent=2),
        "b.json": json.dumps({"total_count": 2, "links": [], "results": objects}),
        "c.json": json.dumps({"success": True, "result": {"records": objects}}),
        "d.jsonl": "\n".join(map(json.dumps, objects)),
        "e.json": json.dumps(objects, separators=(",", ":")),
        "f.json": json.dumps([{"fields": o} for o in objects]),
        "g.json": "\ufeff" + json.dumps(objects),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
        assert cells(parse(tmp_path / name)) == wanted, name


def test_geojson() -> None:
    feature = {"type": "Feature", "properties": {"titre": "Eau"},
               "geometry": {"type": "Point", "coordinates": [-7.5, 12.25]}}
    document = doc(json.dumps({"type": "FeatureCollection", "features": [feature]}), "x.geojson")
    assert cells(document) == [["titre", "longitude", "latitude"], ["Eau", "-7.5", "12.25"]]


def test_a_broken_line_of_json_lines_is_fatal_and_the_others_are_read() -> None:
    document = doc('{"a": 1}\n{"a": \n{"a": 3}\n', "x.jsonl", "json")
    assert cells(document) == [["a"], ["1"], ["3"]]
    assert [(f.code, f.fatal, f.where.line) for f in document.findings if f.where] == [
        ("json-broken", True, 2)]


def test_a_late_key_is_reported_and_kept() -> None:
    lines = ['{"a": 1}'] * 1200 + ['{"a": 1, "b": 2}']
    document = doc("\n".join(lines), "x.jsonl", "json")
    assert cells(document)[-1] == ["1", "2"]
    assert codes(document) == ["json-key-late"]


def test_a_large_object_in_a_small_buffer() -> None:
    objects = [{"a": "x" * 300_000}, {"a": "y"}]
    assert [len(row[0]) for row in cells(doc(json.dumps(objects), "x.json"))] == [1, 300_000, 1]


def test_deep_json_is_refused() -> None:
    with pytest.raises(DataError):
        cells(doc('{"a":' + "[" * 50_000, "x.json"))


def test_half_a_character_in_json_is_said_and_replaced() -> None:
    document = doc('[{"t\\udfff": "Eau \\ud800 potable", "u": "\\ud83d\\ude00"}]', "a.json")
    assert cells(document) == [["t\ufffd", "u"], ["Eau \ufffd potable", "😀"]]
    assert codes(document) == ["broken-character"]


def test_two_tables_of_other_widths_in_one_csv() -> None:
    text = ("Collectivité;Pays;Projet\nVille de Metz;Mali;Eau\n\n"
            "Collectivité;Pays;Projet;Montant\nVille de Nancy;Togo;École;3 €\n")
    found = sniff(text)
    assert found is not None
    assert found.delimiter == ";"
    assert found.score > 0.5
