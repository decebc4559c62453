"""What a person gets who hands in a list with faults: every fault, its place, what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.errors import DataError
from coopdec.messages import sentence
from coopdec.model import Finding, Severity
from coopdec.pipeline import build

HEAD = "Région\tCollectivité chef de file\tPartenaire\tTitre du projet\n"
TOML = 'title = "Essai"\npublisher = "Essai"\ncall = "essai"\n'
GOOD = "Bretagne\tBrest métropole\tSacaba (Bolivie)\tEau potable\n"


def faults(folder: Path, text: str | bytes, toml: str = TOML) -> list[Finding]:
    """Everything found in a list; fatal or not. What ``build`` says must not change disk."""
    data = text.encode() if isinstance(text, str) else text
    (folder / "essai.txt").write_bytes(data)
    (folder / "essai.toml").write_text(toml, "utf-8")
    output = folder / "output"
    try:
        summary = build([folder / "essai.txt"], output)
    except DataError as error:
        assert not output.exists()
        assert not [p for p in folder.iterdir() if p.name.startswith(".output.new")]
        return list(error.findings)
    return list(summary.findings)


def fatal(findings: list[Finding]) -> list[tuple[str, int | None, str | None]]:
    return [(f.code, f.where.line if f.where else None, f.where.column if f.where else None)
            for f in findings if f.severity is Severity.FATAL]


def test_a_good_list_has_no_fault(tmp_path: Path) -> None:
    assert fatal(faults(tmp_path, HEAD + GOOD)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD.replace("Titre du projet", "Remarque") + GOOD, [("missing-column", 1, None)]),
        (HEAD + GOOD.replace("Bolivie", "Bollivi"),
         [("unknown-country", 2, "Partenaire")]),
        (HEAD + "Bretagne\tBrest métropole\tSacaba (Bolivie)\t\n",
         [("empty-cell", 2, "Titre du projet")]),
        (HEAD + "Bretagne\t\tSacaba (Bolivie)\tEau\n",
         [("empty-cell", 2, "Collectivité chef de file")]),
        (HEAD + GOOD.rstrip() + "\ten trop\n", [("too-many-cells", 2, None)]),
        ("bonjour\n\nrien ici\n", [("no-header", None, None)]),
        (HEAD, [("no-rows", None, None)]),
        (b"", [("document-empty", None, None)]),
        (b" \n\t\n", [("document-empty", None, None)]),
        ("Annonce des 3 projets lauréats\n\n" + HEAD + GOOD, [("wrong-count", 1, None)]),
    ],
)
def test_one_fault(tmp_path: Path, text: str | bytes,
                   expected: list[tuple[str, int | None, str | None]]) -> None:
    found = faults(tmp_path, text)
    assert fatal(found) == expected
    for finding in found:
        for lang in ("fr", "en"):
            said = sentence(finding, lang)
            assert "essai.txt" in said
            assert "{" not in said


def test_all_faults_at_once(tmp_path: Path) -> None:
    text = (HEAD + GOOD.replace("Bolivie", "Bollivi")
            + "Bretagne\tRennes\tDakar (Sénégal)\t\n"
            + GOOD.rstrip() + "\ten trop\n")
    assert [f[:2] for f in fatal(faults(tmp_path, text))] == [
        ("unknown-country", 2), ("empty-cell", 3), ("too-many-cells", 4)]


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    found = faults(tmp_path, (HEAD + GOOD).encode("windows-1252"))
    assert fatal(found) == []
    assert "not-utf8" in {f.code for f in found}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_fault(tmp_path: Path, encoding: str) -> None:
    found = faults(tmp_path, (HEAD + GOOD).encode(encoding))
    assert {f.code for f in found} <= {"partner-ambiguous", "partner-unknown"}


@pytest.mark.parametrize(
    ("toml", "code", "line"),
    [
        (TOML + 'pubisher = "x"\n', "toml-unknown-key", 4),
        (TOML + 'session = "deux"\n', "toml-bad-value", 4),
        (TOML + "issued = 2020-06-23T10:00:00\n", "toml-bad-value", 4),
        (TOML.replace('call = "essai"\n', ""), "toml-missing-key", None),
        (TOML + "session = \n", "toml-broken", 4),
    ],
)
def test_a_wrong_toml(tmp_path: Path, toml: str, code: str, line: int | None) -> None:
    found = faults(tmp_path, HEAD + GOOD, toml)
    assert [(f.code, f.where.line if f.where else None) for f in found] == [(code, line)]
    assert str(found[0].where.document if found[0].where else "").endswith("essai.toml")


def test_a_toml_s_faults_come_all_at_once(tmp_path: Path) -> None:
    toml = 'title = ""\ncall = "Pas Bon"\ncolour = 3\n'
    codes = sorted(f.code for f in faults(tmp_path, HEAD + GOOD, toml))
    assert codes == ["toml-bad-value", "toml-bad-value", "toml-missing-key", "toml-unknown-key"]


def test_the_letterhead_is_held_against_the_toml(tmp_path: Path) -> None:
    text = "Paris, le 23 juin 2020\nDeuxième session\n\n" + HEAD + GOOD
    toml = TOML + "session = 1\nissued = 2021-01-01\n"
    found = faults(tmp_path, text, toml)
    assert fatal(found) == [("letterhead-differs", 1, None), ("letterhead-differs", 2, None)]


def test_the_toml_has_the_last_word_on_the_number(tmp_path: Path) -> None:
    text = "Annonce des 3 projets lauréats\n\n" + HEAD + GOOD
    found = faults(tmp_path, text, TOML + "projects = 1\n")
    assert fatal(found) == []
    assert "letterhead-count" in {f.code for f in found}


def test_a_directory_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "essai.toml").write_text(TOML, "utf-8")
    (tmp_path / "essai.txt").mkdir()
    with pytest.raises(DataError) as caught:
        build([tmp_path / "essai.toml"], tmp_path / "output")
    assert [f.code for f in caught.value.findings] == ["document-is-folder"]


def test_a_header_on_two_lines_is_found_on_both(tmp_path: Path) -> None:
    found = faults(tmp_path, HEAD.replace("Titre du projet", '"Remarques\ndiverses"') + GOOD)
    where = next(f.where for f in found if f.code == "missing-column")
    assert where is not None
    assert (where.line, where.last_line) == (1, 2)
