"""What is set aside is not looked through, and let go of in the end."""

from __future__ import annotations

import gc
import weakref

import pytest

from coopdec import garbage
from coopdec.garbage import look_through, set_aside, thawed, uncollected


class Cycle:
    def __init__(self) -> None:
        self.own = self


@pytest.mark.parametrize("often", [False, True])
def test_set_aside_and_let_go(often: bool) -> None:
    with thawed():
        gc.unfreeze()
        look_through()
        assert gc.get_freeze_count() == 0  # nothing was set aside
        cycle = Cycle()
        gone = weakref.ref(cycle)
        with uncollected():
            assert not gc.isenabled()
            set_aside()
        assert gc.isenabled()
        assert gc.get_freeze_count()
        del cycle
        gc.collect()
        assert gone() is not None
        if often:
            for _ in range(garbage._TIMES):
                set_aside()
        else:
            look_through()
        assert gone() is None
        assert gc.get_freeze_count()
    assert gc.get_freeze_count() == 0
