"""Files of titles and names as people's spreadsheets write them."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from coopdec.cli._batch import read_batch
from coopdec.errors import DataError

TEXT = "Titre;Pays\nRéseau d'éducation, à Ségou;Mali\n\n« Santé »;\n"
READ = [{"title": "Réseau d'éducation, à Ségou", "country": "Mali"},
        {"title": "« Santé »", "country": ""}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "titles.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert list(read_batch(path, ["title"])) == READ


def test_a_column_of_the_name_itself_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "titles.csv"
    path.write_bytes(codecs.BOM_UTF8 + b"titre,title\nle mien,the one\n")
    assert list(read_batch(path, ["title"])) == [{"titre": "le mien", "title": "the one"}]


def test_no_such_column_is_said(tmp_path: Path) -> None:
    path = tmp_path / "titles.csv"
    path.write_bytes(b"nom\nKara\n")
    with pytest.raises(DataError) as said:
        list(read_batch(path, ["title"]))
    assert said.value.findings[0].params == {"missing": ["title"], "found": ["name"]}


@pytest.mark.parametrize("text", [b"", b"\n", b" \n", codecs.BOM_UTF8])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "titles.csv"
    path.write_bytes(text)
    with pytest.raises(DataError) as said:
        list(read_batch(path, ["title"]))
    found, = said.value.findings
    assert (found.code, found.params) == ("batch-empty", {"needed": ["title"]})
