"""``from coopdec import …``: the ten names, light, typed, whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import coopdec
from coopdec.pipeline import Summary

HEAVY = {"rdflib", "pyshacl", "pyoxigraph", "SPARQLWrapper", "pandas", "polars", "numpy",
         "rich", "click", "pdfplumber", "sqlite3", "lxml"}


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                          check=True, timeout=60)
    return done.stdout


def test_every_name_is_there_and_no_other() -> None:
    assert set(coopdec.__all__) == {
        "CoopdecError", "Dataset", "Rows", "__version__", "build", "check", "diff", "explain",
        "queries", "read", "resolve", "themes"}
    for name in coopdec.__all__:
        assert not isinstance(getattr(coopdec, name), ModuleType), name
    assert dir(coopdec) == sorted(coopdec.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = coopdec.nothing


@pytest.mark.parametrize("first", ["", "import coopdec.read, coopdec.check, coopdec.resolve;"
                                       "import coopdec.explain;"])
def test_functions_win_over_modules_of_their_name(first: str) -> None:
    said = python(f"{first}from coopdec import build, check, explain, read, resolve, themes;"
                  "from coopdec.read import find_lists;"
                  "print([callable(f) for f in (build, check, explain, read, resolve, themes)])")
    assert said.strip() == str([True] * 6)


def test_import_is_light() -> None:
    said = python("import coopdec, sys; print(' '.join({m.partition('.')[0] for m in "
                  "sys.modules}))")
    assert not set(said.split()) & HEAVY


def test_the_data_set_needs_neither_rdflib_nor_the_client_until_asked() -> None:
    said = python("from coopdec import Dataset, queries; queries(); import sys;"
                  "print(' '.join({m.partition('.')[0] for m in sys.modules}))")
    assert not set(said.split()) & {"rdflib", "SPARQLWrapper", "pandas", "polars", "sqlite3"}


def test_resolve_as_people_write_it() -> None:
    assert coopdec.resolve("Grenoble").chosen is not None
    found = coopdec.resolve("Sikasso", country="ML", kind="cercle").chosen
    assert found is not None
    assert found.entity.kind == "admin2"
    with pytest.raises(coopdec.CoopdecError):
        coopdec.resolve("Sikasso", country="Malli")
    with pytest.raises(coopdec.CoopdecError):
        coopdec.resolve("Sikasso", country="Mali", kind="trucmuche")
    with pytest.raises(coopdec.CoopdecError, match="no side"):
        coopdec.resolve("Sikasso", side="abroad")  # type: ignore[arg-type]


def test_check_takes_many_things(release: Summary) -> None:
    ttl = release.output / "coopdec.ttl"
    for data in (ttl, str(ttl), coopdec.Dataset(release.output)):
        assert coopdec.check(data).conforms
    assert not coopdec.check(f'<urn:a> <urn:b> "{"x" * 300}" .').resources
    for name in ("none.ttl", "none.TTL", "none.nt.gz"):
        with pytest.raises(coopdec.CoopdecError, match=f"no file “{name}”"):
            coopdec.check(name)


def test_explain_takes_a_folder_or_a_data_set(release: Summary) -> None:
    one = coopdec.explain("Fantastic", release.output)
    assert one == coopdec.explain("Fantastic", coopdec.Dataset(release.output))
    with pytest.raises(coopdec.CoopdecError):
        coopdec.explain("Fantastic", release.output, lang="de")  # type: ignore[arg-type]


def test_it_is_typed() -> None:
    assert (Path(coopdec.__file__).parent / "py.typed").exists()


def test_read_takes_and_refuses_what_build_does(tmp_path: Path) -> None:
    root = Path(__file__).parents[2] / "sources"
    reading = coopdec.read(root / "laureats-session-2.toml")
    assert len(list(reading)) == reading.source.projects
    (tmp_path / "liste.txt").write_text("…", "utf-8")
    for call in (lambda: coopdec.read(tmp_path / "lists.txt"),
                 lambda: coopdec.build(tmp_path / "lists.txt", tmp_path / "out")):
        with pytest.raises(coopdec.CoopdecError) as caught:
            call()
        assert caught.value.code == "no-such-file"
        assert "liste.txt" in str(caught.value)
    (tmp_path / "astray.toml").write_text("", "utf-8")
    with pytest.raises(coopdec.CoopdecError) as caught:
        coopdec.read(tmp_path / "astray.toml")
    assert caught.value.exit_code == 2
