"""What the reference answered is kept by what it was asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coopdec.check.engines import get_engine
from coopdec.check.pyshacl_engine import PyshaclEngine
from coopdec.check.recalled import reference_says
from coopdec.check.result import Raw
from coopdec.check.shapes import load_shapes

_DATA = (b'<https://w3id.org/coopdec/country/ML> <https://w3id.org/coopdec/ontology#iso2> "ml" .\n'
         b"<https://w3id.org/coopdec/country/ML> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
         b" <https://w3id.org/coopdec/ontology#Country> .\n")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[bytes]:
    """What the reference itself is asked; its cache is empty at first."""
    monkeypatch.setenv("COOPDEC_CACHE", str(tmp_path / "cache"))
    found: list[bytes] = []
    real = PyshaclEngine.validate

    def validate(self: PyshaclEngine, data: bytes, shapes: bytes) -> list[Raw]:
        found.append(data)
        return real(self, data, shapes)

    monkeypatch.setattr(PyshaclEngine, "validate", validate)
    return found


def test_the_same_question_is_asked_once(asked: list[bytes]) -> None:
    shapes = load_shapes().text
    first = reference_says(_DATA, shapes)
    assert first  # « ml » is no code of a country
    other_order = b"".join(reversed(_DATA.splitlines(keepends=True)))
    assert reference_says(other_order, shapes) == first == get_engine("fast").validate(
        _DATA, shapes)
    assert asked == [_DATA]


def test_other_data_or_shapes_are_another_question(asked: list[bytes]) -> None:
    shapes = load_shapes()
    assert reference_says(_DATA, shapes.text) != reference_says(
        _DATA.replace(b'"ml"', b'"ML"'), shapes.text)
    reference_says(_DATA, shapes.project_side)
    assert len(asked) == 3


@pytest.mark.parametrize("torn", ["", "{", '[["a"]]', "7", '{"a": 1}'])
def test_a_torn_answer_is_asked_again(asked: list[bytes], tmp_path: Path, torn: str) -> None:
    shapes = load_shapes().text
    first = reference_says(_DATA, shapes)
    (kept,) = (tmp_path / "cache/check").iterdir()
    kept.write_text(torn, "utf-8")
    assert reference_says(_DATA, shapes) == first
    assert len(asked) == 2
    assert len(json.loads(kept.read_text("utf-8"))) == len(first)


def test_without_a_cache_it_is_asked_each_time(
    asked: list[bytes], tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")  # no folder can be made there
    shapes = load_shapes().text
    assert reference_says(_DATA, shapes) == reference_says(_DATA, shapes)
    assert len(asked) == 2


def test_shapes_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Blank nodes of lists and paths would get another label each time."""
    from coopdec.check import shapes as module

    first = load_shapes().text
    module._load.cache_clear()
    assert load_shapes().text == first
    assert b"_:" in first
