"""Questions that come again, many at a time."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from coopdec.remembered import Remembered


@given(st.lists(st.lists(st.integers(0, 30), max_size=12), max_size=20), st.integers(2, 20))
def test_each_question_has_its_own_answer(batches: list[list[int]], size: int) -> None:
    known: Remembered[int, str] = Remembered(lambda asked: [str(n) for n in asked], size)
    for batch in batches:
        assert known(batch) == [str(n) for n in batch]


def test_only_what_is_not_known_is_asked_and_once() -> None:
    calls: list[list[int]] = []

    def find(asked: Sequence[int]) -> list[list[int]]:
        calls.append(list(asked))
        return [[n] for n in asked]

    known = Remembered(find, 4)
    first = known([1, 1, 2])
    assert first[0] is first[1]
    assert calls == [[1, 2]]
    again = known([2, 3])
    assert again[0] is first[2]
    assert calls == [[1, 2], [3]]


def test_what_nobody_asks_for_is_forgotten() -> None:
    known: Remembered[int, object] = Remembered(lambda asked: [object() for _ in asked], 4)
    kept, gone = known([0]), known([1])
    for number in range(2, 20):
        assert known([0, number])[0] is kept[0]
    assert known([1])[0] is not gone[0]
