"""The pages: docs/queries.md is what the queries say, docs/python.md does what it shows."""

from __future__ import annotations

import io
import re
import shutil
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

from coopdec.dataset.document import page

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```python\n(.*?)```\n(?:```text\n(.*?)```\n)?", re.DOTALL)


def test_the_page_of_queries_is_up_to_date() -> None:
    written = (ROOT / "docs/queries.md").read_text("utf-8")
    assert written == page(), "python -m coopdec.dataset.document > docs/queries.md"


def test_the_python_page_runs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    blocks = BLOCK.findall((ROOT / "docs/python.md").read_text("utf-8"))
    assert len(blocks) >= 11
    names: dict[str, Any] = {}
    with chdir(tmp_path):
        for code, expected in blocks:
            out = io.StringIO()
            with redirect_stdout(out):
                exec(compile(code, "docs/python.md", "exec"), names)
            printed = [line.rstrip() for line in out.getvalue().rstrip().splitlines()]
            assert printed == expected.rstrip().splitlines(), code
