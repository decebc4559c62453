"""Names as real lists print them, each with the one right answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopdec.model import Query, Side
from coopdec.reference import gazetteer
from coopdec.resolve import CERTAIN, resolve

_LINES = Path(__file__).with_name("resolve_cases.tsv").read_text("utf-8").splitlines()
CASES = [line.split("\t") for line in _LINES if not line.startswith("#")][1:]


def test_how_many() -> None:
    assert len(CASES) > 700


@pytest.mark.parametrize(("side", "name", "place", "key"), CASES)
def test_case(side: str, name: str, place: str, key: str) -> None:
    french = side == "fr"
    answer = resolve(
        Query(name, Side(side), country=None if french else place,
              region=place or None if french else None), gazetteer())
    assert (answer.chosen.entity.key if answer.chosen else "-") == key
    if answer.chosen:
        assert answer.chosen is answer.candidates[0]
        assert CERTAIN <= answer.chosen.score <= 1
        assert answer.chosen.reason
