"""``coopdec read`` on a folder: every file is reported on, none stops another."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path

import pytest

from coopdec.cli import main

HEAD = ["Région", "Collectivité chef de file", "Partenaire", "Titre du projet"]
ROW = ["Bretagne", "Brest métropole", "Sacaba (Bolivie)", "Eau potable"]


def table(mark: str) -> str:
    return "".join(mark.join(line) + "\n" for line in (HEAD, ROW))


def workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (HEAD, ROW):
        sheet.append(line)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def html() -> str:
    lines = ("".join(f"<td>{c}</td>" for c in line) for line in (HEAD, ROW))
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("nothing.txt", "nothing")
    return data.getvalue()


@cache
def files() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Those that hold a list, and those that hold none."""
    good = {
        "a-points.csv": table(";").encode(),
        "b-virgules.csv": table(",").encode("windows-1252"),
        "c-tabs.txt": table("\t").encode("utf-16"),
        "d-classeur.xlsx": workbook(),
        "e-page.html": html().encode(),
        "f-lignes.jsonl": (json.dumps(dict(zip(HEAD, ROW, strict=True))) + "\n").encode(),
        "g-suffixe.pdf": table(";").encode(),
    }
    broken = {
        "h-vide.csv": b"",
        "i-tronque.xlsx": workbook()[:900],
        "j-autre.zip": archive(),
        "k-image.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "l-lettre.txt": b"Madame, Monsieur,\n\nRien ici.\n",
        "m-pdf.pdf": b"%PDF-1.7\n" + bytes(50),
    }
    return good, broken


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], str]:
    with pytest.raises(SystemExit) as caught:
        main(["read", *arguments, "--lang", "en"])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return int(caught.value.code or 0), said.out.splitlines(), said.err


def fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)


def test_a_folder_of_mixed_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, broken = files()
    fill(tmp_path, {**good, **broken, ".hidden": b"x"})
    code, lines, said = run(str(tmp_path), capsys=capsys)
    assert code == 1
    records = [json.loads(line) for line in lines]
    assert [r["source"] for r in records] == [Path(n).stem for n in good]
    assert {(r["region"], r["lead"], r["title"]) for r in records} == {
        ("Bretagne", "Brest métropole", "Eau potable")}
    for name in broken:
        assert f"error  {tmp_path / name}" in said
    assert ".hidden" not in said
    assert f"{len(good) + len(broken)} lists: {len(good)} read without errors" in said


def test_lists_with_a_toml_go_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(tmp_path, files()[0])
    toml = 'title = "Essai"\npublisher = "Essai"\ncall = "essai"\n'
    (tmp_path / "a-points.toml").write_text(toml, "utf-8")
    (tmp_path / "z-sans-liste.toml").write_text(toml, "utf-8")
    code, lines, said = run(str(tmp_path), capsys=capsys)
    assert code == 1
    assert [json.loads(line)["source"] for line in lines] == ["a-points"]
    assert "z-sans-liste.toml" in said
    assert f"warning  {tmp_path / 'd-classeur.xlsx'}: file without a .toml" in said


def test_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, said = run(str(tmp_path), capsys=capsys)
    assert (code, lines) == (2, [])
    assert str(tmp_path) in said
