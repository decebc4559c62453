"""The house has one direction: each layer imports only from those before it (DESIGN §2)."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "coopdec"

# Units of one layer do not import each other, except where the list says « together ».
LAYERS: list[tuple[str, ...]] = [
    ("errors", "text", "batches", "remembered"),
    ("model",),
    ("vocab", "messages", "paths", "garbage", "scratch", "sqlite"),
    ("iris", "terms", "goals"),
    ("reference", "formats", "decisions", "storage"),
    ("locations", "questions", "tally"),
    ("dataset",),
    ("release", "explain", "wikidata"),
    ("read", "resolve", "classify", "describe", "check", "catalogue"),
    ("publish", "changes"),
    ("chunks", "executors"),
    ("check_tasks", "runs", "spool", "work"),
    ("shared",),
    ("entities", "settle", "tasks"),
    ("gather",),
    ("whole",),
    ("pipeline",),
    ("review", "announcements", "api"),
    ("web",),
    ("cli",),
]
#: What errors does late, in a function: the words of a message.
ALLOWED = {("errors", "messages"), ("errors", "model")}
STAGES = {"read", "resolve", "classify", "describe", "check", "publish"}


def unit(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


@cache
def imports() -> set[tuple[str, str, str]]:
    """(importing unit, imported unit, file) for every import in the sources."""
    found = set()
    for path in sorted(SRC.rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names = [node.module]
                if node.module == "coopdec":
                    names = [f"coopdec.{a.name}" for a in node.names if a.name != "__version__"]
            elif isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            found |= {(parts[0], unit(n), str(path)) for n in names if n.startswith("coopdec.")}
    return found


LEVEL = {name: n for n, layer in enumerate(LAYERS) for name in layer}


def test_every_unit_has_a_layer() -> None:
    units = {p.stem for p in SRC.glob("*.py")} | {p.name for p in SRC.iterdir() if p.is_dir()}
    units -= {"__init__", "__main__", "__pycache__", "queries", "lexicon", "data"}
    assert units <= LEVEL.keys(), units - LEVEL.keys()


def test_imports_go_one_way() -> None:
    wrong = [
        (file, source, target)
        for source, target, file in imports()
        if source not in (target, "__init__", "__main__")
        and (source, target) not in ALLOWED
        and LEVEL[target] >= LEVEL[source]
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
