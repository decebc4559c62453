"""The house has one direction: each layer imports only from those before it (DESIGN §2)."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "coopdec"

# Units of one layer do not import each other, except where the list says « together ».
LAYERS: list[tuple[str, ...]] = [
    ("errors", "text", "batches", "encoded_twice", "media", "remembered"),
    ("model", "spelling"),
    ("vocab", "messages", "paths", "scratch", "sqlite"),
    ("executors",),
    ("iris", "terms", "goals"),
    ("reference", "formats", "decisions", "storage"),
    ("locations", "questions", "tally"),
    ("dataset",),
    ("release", "explain", "wikidata"),
    ("read", "resolve", "classify", "describe", "check", "catalogue"),
    ("publish", "changes"),
    ("building",),
    ("pipeline",),
    ("review", "announcements", "api"),
    ("web",),
    ("cli",),
]
#: The same of the modules of the machinery of a build.
BUILDING: list[tuple[str, ...]] = [
    ("options", "garbage", "chunks", "spool", "versions"),
    ("stages", "joining", "runs", "check_tasks"),
    ("shared",),
    ("entities", "projects", "tasks"),
    ("gather",),
    ("whole",),
]
#: What errors does late, in a function: the words of a message.
ALLOWED = {("errors", "messages"), ("errors", "model")}
STAGES = {"read", "resolve", "classify", "describe", "check", "publish"}


@cache
def imports(package: str = "coopdec") -> set[tuple[str, str, str]]:
    """(importing unit, imported unit, file) for every import of the package's units in it."""
    found = set()
    root = SRC.parent.joinpath(*package.split("."))
    depth = package.count(".") + 1
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names = [node.module]
                if node.module == "coopdec":
                    names = [f"coopdec.{a.name}" for a in node.names if a.name != "__version__"]
            elif isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            found |= {(parts[0], n.split(".")[depth], str(path))
                      for n in names if n.startswith(package + ".")}
    return found


def units(folder: Path) -> set[str]:
    found = {p.stem for p in folder.glob("*.py")} | {p.name for p in folder.iterdir() if p.is_dir()}
    return found - {"__init__", "__main__", "__pycache__", "queries", "lexicon", "data"}


@pytest.mark.parametrize(("package", "layers"), [
    ("coopdec", LAYERS), ("coopdec.building", BUILDING)])
def test_imports_go_one_way(package: str, layers: list[tuple[str, ...]]) -> None:
    level = {name: n for n, layer in enumerate(layers) for name in layer}
    assert units(SRC.parent.joinpath(*package.split("."))) == level.keys()
    wrong = [
        (file, source, target)
        for source, target, file in imports(package)
        if source not in (target, "__init__", "__main__")
        and (source, target) not in ALLOWED
        and level[target] >= level[source]
    ]
    assert not wrong


def test_stages_do_not_import_each_other() -> None:
    wrong = [i for i in imports() if i[0] in STAGES and i[1] in STAGES and i[0] != i[1]]
    assert not wrong


def test_cells_know_nothing_of_columns() -> None:
    wrong = [path for path in (SRC / "read" / "cells").glob("*.py")
             if "coopdec.read.columns" in path.read_text("utf-8")]
    assert not wrong


def test_click_lives_in_cli_only() -> None:
    outside = [
        path for path in SRC.rglob("*.py")
        if "cli" not in path.parts and "import click" in path.read_text("utf-8")
    ]
    assert not outside


@pytest.mark.parametrize(
    "path", [SRC / "text.py", *sorted((SRC / "model").glob("*.py"))], ids=lambda p: p.stem)
def test_pure_modules_use_the_standard_library_only(path: Path) -> None:
    import sys

    tree = ast.parse(path.read_text("utf-8"))
    names = {
        (node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else a.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for a in node.names
    }
    assert {n.split(".")[0] for n in names} <= set(sys.stdlib_module_names) | {"coopdec"}
