"""Folders that go with their process, however it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from coopdec.scratch import Scratch, scratch

_MAKE = """
import os, signal, sys
from pathlib import Path
from coopdec.scratch import Scratch
made = Scratch("made-", Path(sys.argv[1]))
(made.path / "inner").mkdir()
print(made.path, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_folder_goes_when_its_block_ends(tmp_path: Path) -> None:
    with scratch("made-", tmp_path) as folder:
        (folder / "file").write_text("x")
        assert folder.parent == tmp_path
    assert not list(tmp_path.iterdir())


def test_what_a_killed_process_left_goes_with_the_next_and_nothing_else(tmp_path: Path) -> None:
    mine, foreign = Scratch("made-", tmp_path), tmp_path / "made-by-hand"
    foreign.mkdir()
    run = subprocess.run([sys.executable, "-c", _MAKE, str(tmp_path)], stdout=subprocess.PIPE,
                         text=True, check=False)
    left = Path(run.stdout.strip())
    assert left.is_dir()
    with scratch("other-", tmp_path):
        assert left.is_dir(), "not of this prefix"
    with scratch("made-", tmp_path):
        assert not left.exists()
        assert mine.path.is_dir(), "its process lives"
        assert foreign.is_dir(), "no lock: none of ours"
    mine.remove()
    mine.remove()
    assert {p.name for p in tmp_path.iterdir()} == {"made-by-hand"}
