"""What is set aside is not looked through, and let go of in the end."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from pathlib import Path

from coopdec.building import garbage
from coopdec.building.garbage import set_aside, take_back, uncollected


class Cycle:
    def __init__(self) -> None:
        self.own = self


def test_set_aside_and_let_go() -> None:
    """In a process that has little to look through."""
    run = f"import {__name__} as here; here.set_aside_and_let_go()"
    subprocess.run([sys.executable, "-c", run], cwd=Path(__file__).parents[2], check=True,
                   timeout=60)


def set_aside_and_let_go() -> None:
    try:
        set_aside()
        cycle = Cycle()
        gone = weakref.ref(cycle)
        with uncollected():
            assert not gc.isenabled()
            for _ in range(garbage._TIMES):
                set_aside()
        assert gc.isenabled()
        assert gc.get_freeze_count()
        del cycle
        gc.collect()
        assert gone() is not None
        for _ in range(garbage._TIMES):
            set_aside()
        assert gone() is None
    finally:
        take_back()
    assert gc.get_freeze_count() == 0
