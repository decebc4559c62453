"""The command line as a person and a script meet it: words, exit codes, clean output."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from coopdec.cli import _group
from coopdec.cli._console import console
from coopdec.cli._errors import run
from coopdec.cli._tables import _fitting

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(
    p.stem.replace("_", "-") for p in (ROOT / "src" / "coopdec" / "cli").glob("[a-z]*.py"))


def coopdec(*arguments: str) -> int:
    return run(_group, list(arguments))


def out(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(COMMANDS) >= 6
    assert coopdec("--help") == 0
    listed = capsys.readouterr().out
    for command in COMMANDS:
        assert command in listed
        assert coopdec(command, "--help") == 0
        assert len(capsys.readouterr().out) > 100


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("build", "nowhere.txt", "-o", "x"), 2, "nowhere.txt"),
        (("build", "sources"), 2, "-o"),
        (("build", "sources", "-o", ""), 2, "-o"),  # « -o "$NOWHERE" »
        (("build", "sources", "-o", "x", "--base-iri", "ftp://x"), 2, "ftp://x"),
        (("build", "sources", "-o", "x", "--format", "turtel"), 2, "turtel"),
        (("read", "nowhere.txt"), 2, "nowhere.txt"),
        (("resolve",), 2, "--batch"),
        (("resolve", "Metz", "--country", "Atlantide"), 2, "Atlantide"),
        (("resolve", "Metz", "--region", "Atlantide"), 2, "Atlantide"),
        (("new-source", "sources/laureat-session-1.txt"), 2, "laureats-session-1.txt"),
        (("diff", "outputs"), 2, "output"),
        (("themes",), 2, "--batch"),
        (("themes", "--batch", "nowhere.csv"), 2, "nowhere.csv"),
        (("check", "nowhere.ttl"), 2, "nowhere.ttl"),
        (("nonsense",), 2, "nonsense"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_wrong_use_is_one_readable_line(
    arguments: tuple[str, ...], code: int, words: str, lang: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COOPDEC_LANG", lang)
    output = tmp_path / "x"
    assert coopdec(*(str(output) if a == "x" else a for a in arguments)) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert "Traceback" not in said.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("arguments", "french", "english"), [
    ("build --formt x", "« --formt » n'existe pas. Vouliez-vous dire : --format",
     "“--formt”. Did you mean: --format"),
    ("buid", "« buid » n'existe pas. Vouliez-vous dire : build", "“buid”. Did you mean: build"),
    ("BUID", "« BUID » n'existe pas. Vouliez-vous dire : build", "“BUID”. Did you mean: build"),
    ("l'eau", "la commande « l'eau » n'existe pas.", "no such command: “l'eau”."),
    ("links sugest", "Vouliez-vous dire : suggest ? Voir : coopdec links --help",
     "Did you mean: suggest? See: coopdec links --help"),
    ("read", "il manque SOURCE. Voir : coopdec read --help", "SOURCE is missing."),
    ("push", "il manque l'option --endpoint.", "the option --endpoint is missing."),
    ("resolve --country", "l'option --country attend une valeur.", "--country needs a value."),
    ("query --show=1", "l'option --show ne prend pas de valeur.", "--show takes no value."),
    ("themes a b", "trop d'arguments : b.", "too many arguments: b."),
    ("serve --port 99999", "--port attend un nombre entier entre 0 et 65535.",
     "--port takes a whole number from 0 to 65535."),
    ("build --workers 1.5", "--workers attend un nombre entier d'au moins 0.",
     "--workers takes a whole number of at least 0."),
    ("links accept a b --confidence 2", "un nombre entre 0 et 1.", "a number from 0 to 1."),
    ("resolve --batch tests", "--batch attend un fichier lisible.", "a file that can be read."),
    ("build --decisions pyproject.toml", "--decisions attend un dossier lisible.",
     "a folder that can be read."),
    ("query --timeout 0", "--timeout attend un nombre supérieur à 0.", "a number above 0."),
    ("read x --format xx", "--format attend l'une de ces valeurs : jsonl, csv, table.",
     "--format takes one of these: jsonl, csv, table."),
    ("resolve Metz --country Malo", "Vouliez-vous dire : Mali", "Did you mean: Mali"),
    ("resolve Kayes --country Mali --kind zorg", "ne s'appelle « zorg »", "called “zorg”"),
])
def test_wrong_arguments_are_told_in_both_languages(
    arguments: str, french: str, english: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    for lang, words in (("fr", french), ("en", english)):
        monkeypatch.setenv("COOPDEC_LANG", lang)
        assert coopdec(*arguments.split()) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("coopdec: ")
        assert said.err.count("\n") == 1
        assert words in said.err


@pytest.mark.parametrize("wide", [60, 80, 120, 300])
def test_a_table_of_projects_fits_and_every_column_says_something(
    wide: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(wide))
    monkeypatch.setenv("COOPDEC_LANG", "fr")
    assert coopdec("read", str(ROOT / "sources"), "--format", "table") == 0
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert re.match(r" *ligne +chef de .* parten\S+ +pays +titre$", lines[0])
    assert len(lines) == 38
    assert max(map(len, lines)) <= wide
    assert re.match(r"\s+14\s+Conseil \S+.*\s+Nia\S+\s+ML\s+Dév\S+", lines[2])


def test_a_table_in_a_pipe_is_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    source = tmp_path / "liste.csv"
    title = "Accès à l'eau et à l'assainissement " * 9
    source.write_text(f"Chef de file;Pays;Titre\nVille de Metz;Mali;{title}\n", "utf-8")
    assert coopdec("read", str(source), "--format", "table") == 0
    assert title.strip() in capsys.readouterr().out


@pytest.mark.parametrize("wide", ["", "30", "60", "100", "130"])
def test_what_is_copied_from_a_table_stays_whole(
    wide: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if wide:
        monkeypatch.setenv("COLUMNS", wide)
    else:
        monkeypatch.delenv("COLUMNS", raising=False)
    subject = "territory/MD/commune-de-" + "verejenii-de-sus-" * 2 + "orhei"
    said = ["--decisions", str(tmp_path), "--comment", "La mairie, et non la commune", "--lang",
            "fr"]
    (tmp_path / "publisher.toml").touch()
    assert coopdec("links", "accept", subject, "gn:617137/", *said) == 0
    capsys.readouterr()
    assert coopdec("links", "list", "--decisions", str(tmp_path)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [n for n, line in enumerate(lines) if subject in line]
    assert any(re.search(r"\bgn:617137/ *(\s|$)", line) for line in lines)
    room = max(int(wide or 999), len("commentaire  ") + len(subject))
    assert max(len(line.rstrip()) for line in lines) <= room
    if not wide:  # a row is a line
        assert any(subject in line and "La mairie, et non la commune" in line for line in lines)


@pytest.mark.parametrize(("widths", "room", "least", "wanted"), [
    ([9, 20, 30], 50, [3, 20, 9], [9, 20, 11]), ([9, 20, 30], 50, [9, 20, 25], [9, 20, 25]),
    ([30, 30], 37, [3, 25], [5, 25])])
def test_no_column_is_cut_below_its_least(
        widths: list[int], room: int, least: list[int], wanted: list[int]) -> None:
    assert _fitting(widths, room, least) == wanted


@pytest.mark.parametrize(("widths", "room", "wanted"), [
    ([4, 20, 30], 80, [4, 20, 30]), ([4, 20, 30], 50, [4, 18, 18]), ([4, 20, 30], 10, [3, 3, 3]),
    ([], 80, [])])
def test_the_widest_columns_are_cut(widths: list[int], room: int, wanted: list[int]) -> None:
    assert _fitting(widths, room) == wanted


def test_that_nothing_was_read_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "liste.csv").write_text("Chef de file;Pays;Titre\n", "utf-8")
    coopdec("read", str(tmp_path / "liste.csv"), "--format", "table", "--lang", "fr")
    assert capsys.readouterr().out == "Aucun projet n'a été lu.\n"


def test_nothing_to_decide_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COOPDEC_LANG", "fr")
    source = tmp_path / "liste.csv"
    source.write_text("Chef de file;Partenaire;Pays;Titre\nMetz;Kayes;Mali;Eau\n", "utf-8")
    for command in ("merge", "links"):
        assert coopdec(command, "suggest", str(source), "--decisions", str(tmp_path)) == 0
        assert capsys.readouterr().out == "Rien à décider.\n"
        assert coopdec(command, "list", "--decisions", str(tmp_path)) == 0
        assert capsys.readouterr().out.startswith(f"Aucune décision dans {tmp_path}")


def test_read_gives_a_project_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert coopdec("read", str(ROOT / "sources")) == 0
    records = out(capsys)
    assert len(records) == 36
    assert set(records[0]) == {"source", "position", "session", "region", "lead", "partner_cell",
                               "partners", "title"}
    assert records[0]["partners"] == [
        {"name": "Niafunké", "kind": "admin2", "type": "Cercle", "country": "ML"}]


def test_read_one_list_by_its_toml(capsys: pytest.CaptureFixture[str]) -> None:
    assert coopdec("read", str(ROOT / "sources" / "laureats-session-1.toml"), "--format",
                   "csv") == 0
    assert len(capsys.readouterr().out.splitlines()) == 17


def test_fatal_findings_exit_with_1(lists: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = lists / "laureats-session-2.txt"
    path.write_text(path.read_text("utf-8").replace("(Mali)", "(Malli)"), "utf-8")
    assert coopdec("read", str(path), "--lang", "en") == 1
    said = capsys.readouterr()
    assert said.err.count("unknown country") == 1
    assert re.search(r"laureats-session-2\.txt, lines \d+, \d+, \d+, column ", said.err)
    assert "Mali" in said.err
    assert coopdec("build", str(lists), "-o", str(lists / "o"), "--lang", "en") == 1
    stopped = capsys.readouterr().err.splitlines()
    assert [line[:5] for line in stopped[:-2]] == ["error"], "what stops a build, and no more"
    assert "prevent nothing" in stopped[-2]
    assert not (lists / "o").exists()


def test_resolve_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "names.csv"
    batch.write_text(
        "name,country,kind,region,side\n"
        "Castres,,,Occitanie,fr\nNiafunké,Mali,cercle,,partner\nX,Atlantide,,,partner\n,,,,\n",
        "utf-8")
    assert coopdec("resolve", "--batch", str(batch)) == 0
    castres, niafunke, nothing = out(capsys)
    assert castres["chosen"]["ids"]["insee"] == "81065"  # type: ignore[index]
    assert niafunke["chosen"]["ids"]["geonames"] == "8299588"  # type: ignore[index]
    assert nothing["chosen"] is None
    assert nothing["unknown"] == ["Atlantide"]


def test_codes_of_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Codes beside the name tell homonyms apart, whatever their columns are called; one of
    another body is said, and not used."""
    batch = tmp_path / "names.csv"
    batch.write_text(
        "name,Code INSEE,SIRET,postcode\n"
        "Saint-Denis,97411,,\nMontreuil,,21930048000017,\nSainte-Marie,,,97230\n"
        "Metz,54395,,\nGrigny,,,\nRennes,Bretagne,,\n", "utf-8")
    assert coopdec("resolve", "--batch", str(batch)) == 0
    answers = out(capsys)
    assert [a["chosen"] and a["chosen"]["key"] for a in answers] == [  # type: ignore[index]
        "commune/97411", "commune/93048", "commune/97228", "commune/57463", None,
        "commune/35238"]
    assert [[c.get("said") for c in a.get("codes", ())] for a in answers] == [  # type: ignore
        ["lead-by-code"], ["lead-by-code"], [None], ["lead-code-differs"], [], []]
    assert [a.get("unknown") for a in answers] == [None] * 5 + [["Bretagne"]]


def test_a_batch_says_what_it_cannot_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A code of a partner, a side that is none; a country has its code of three letters too."""
    batch = tmp_path / "names.csv"
    batch.write_text("name,country,side,insee\nKayes,MLI,,35238\nRennes,,française,\n", "utf-8")
    assert coopdec("resolve", "--batch", str(batch)) == 0
    kayes, rennes = out(capsys)
    assert (kayes["country"], kayes.get("unknown")) == ("ML", None)
    assert kayes["chosen"]["ids"]["geonames"]  # type: ignore[index]
    assert [c["said"] for c in kayes["codes"]] == ["code-of-partner"]  # type: ignore[attr-defined]
    assert (rennes["side"], rennes["unknown"]) == ("fr", ["française"])


def test_themes_of_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "titles.csv"
    batch.write_text("title\nEau potable\nFantastic\n", "utf-8")
    assert coopdec("themes", "--batch", str(batch)) == 0
    water, none = out(capsys)
    assert [t["sdg"] for t in water["themes"]] == [6]  # type: ignore[attr-defined]
    assert none["themes"] == []


def test_coverage_of_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "titles.csv"
    batch.write_text("title\nEau potable\nFantastic\nFantastic bis\n", "utf-8")
    assert coopdec("themes", "--batch", str(batch), "--coverage") == 0
    (found,) = out(capsys)
    assert found["titles"] == 3
    assert found["without"] == ["Fantastic", "Fantastic bis"]
    assert found["words"] == {"fantastic": 2}


def test_a_batch_without_its_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.csv").write_text("nom\nx\n", "utf-8")
    assert coopdec("themes", "--batch", str(tmp_path / "b.csv")) == 1
    assert "title" in capsys.readouterr().err


def test_check_of_a_release(release: object, capsys: pytest.CaptureFixture[str]) -> None:
    output = release.output  # type: ignore[attr-defined]
    assert coopdec("check", str(output / "coopdec.ttl"), "--lang", "en") == 0
    assert "36 project" in capsys.readouterr().out


def test_without_arguments_the_commands_are_told() -> None:
    """In a locale that has no accents, too."""
    for arguments in ([], ["query", "--lang", "fr"]):
        done = subprocess.run(
            [sys.executable, "-m", "coopdec", *arguments], cwd=ROOT, capture_output=True,
            timeout=60, check=False, env={"LC_ALL": "C", "PYTHONUTF8": "0",
                                          "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]})
        assert done.returncode == (0 if arguments else 2)
        assert b"Traceback" not in done.stderr
        assert ("Collectivités" if arguments else "build") in (done.stdout + done.stderr).decode()


def test_a_reader_that_leaves_is_no_error() -> None:
    command = f"{shlex.quote(sys.executable)} -m coopdec read sources | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True,
                          timeout=60, check=False)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
    table = f"{shlex.quote(sys.executable)} -m coopdec query 2>&1 | true; exit ${{PIPESTATUS[0]}}"
    assert subprocess.run(["bash", "-c", table], cwd=ROOT, timeout=60, check=False).returncode == 0


def test_a_reader_that_left_before_all_was_written_is_no_error() -> None:
    """More than a pipe's buffer holds: it is the command that meets its end, not the last flush."""
    process = subprocess.Popen(
        [sys.executable, "-m", "coopdec", "query", "links", "--data", "output", "--format", "csv"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full (Linux)")
def test_a_full_disk_on_standard_output_is_said() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "coopdec", "read", "sources", "--lang", "en"], cwd=ROOT,
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_is_light() -> None:
    """``coopdec --help`` shows every command and loads none of what they work with: nothing of
    ours beside the command line, and no heavy library."""
    code = ("import atexit, sys; from coopdec.cli import main; "
            "atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr)); "
            "main(['--help'])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "resolve" in done.stdout
    loaded = done.stderr.split()
    assert "coopdec.cli.build" in loaded
    ours = {m for m in loaded if m.startswith("coopdec") and not m.startswith("coopdec.cli")}
    assert ours <= {"coopdec", "coopdec.errors", "coopdec.messages", "coopdec.text",
                    "coopdec.vocab"}
    heavy = {"asyncio", "concurrent", "httpx", "jinja2", "lxml", "numpy",
             "multiprocessing", "pandas", "pdfplumber", "pyoxigraph", "pyshacl", "rapidfuzz",
             "rdflib", "requests", "sqlite3", "ssl", "starlette", "SPARQLWrapper"}
    assert not heavy & {*loaded, *(m.partition(".")[0] for m in loaded)}


def test_ctrl_c_while_the_program_loads_is_one_line() -> None:
    """Whatever is under way: here the first import of click."""
    code = """
import sys
class Interrupts:
    def find_spec(self, name, path, target=None):
        if name == "click":
            sys.meta_path.remove(self)
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupts())
from coopdec.__main__ import main
main()
"""
    ended = subprocess.run([sys.executable, "-c", code, "query"], capture_output=True, text=True,
                           env={**os.environ, "COOPDEC_LANG": "fr"}, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "Interrompu.\n")


@pytest.mark.parametrize("width", range(30, 70))
def test_lines_break_at_no_space_of_french_punctuation(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rich.table import Table
    from rich.text import Text

    monkeypatch.setenv("COLUMNS", str(width))
    said = "la colonne « chef de file » : « oui » ; 12\u202f000\u00a0€ à 5 % ? « non » !"
    grid = Table.grid()
    grid.add_row("[b]", Text(said))
    console().print(said, markup=False)
    console().print(grid)
    printed = capsys.readouterr().out
    assert " ".join(printed.replace("[b]", "").split(" ")).count("12\u202f000\u00a0€") == 2
    for line in printed.splitlines():
        assert not re.search(r"^(?:\[b\]| )*[»:;?!%€]|(«|12) *$", line), printed


def test_a_folder_without_rights_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: object) -> bool:
        raise PermissionError(13, "Permission denied", "ours/liste.txt")

    monkeypatch.setattr("pathlib.Path.exists", locked)
    assert coopdec("read", "ours/liste.txt", "--lang", "en") == 3
    assert capsys.readouterr().err == (
        "coopdec: “ours/liste.txt” can be neither read nor written: Permission denied.\n")


def test_short_memory_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def hungry() -> None:
        raise MemoryError

    assert run(hungry, []) == 3
    said = capsys.readouterr().err
    assert "--chunk-size" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("arguments", [
    ("read", "https://example.org/x.csv"), ("new-source", "s3://bucket/x.pdf"),
    ("links", "suggest", "https://example.org/a.csv"), ("serve", "https://example.org/output")])
def test_an_address_where_a_path_belongs_is_told_to_be_one(
        arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert coopdec(*arguments) == 2
    said = capsys.readouterr().err
    assert f"« {arguments[-1]} » est une adresse" in said
    assert "Téléchargez-le" in said
