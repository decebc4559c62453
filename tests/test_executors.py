"""Results in the order of their tasks, whoever is ready first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coopdec.executors import in_order, runner


class Shuffled:
    """Has several tasks under way, and ends them in any order."""

    workers, apart, dashboard = 3, True, ""

    def __init__(self, draw: st.DataObject) -> None:
        self.draw = draw

    def prepare(self, function: Callable[[Any], object], given: Any) -> None:
        pass

    def __call__(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        stream = iter(tasks)
        under_way: list[Any] = []
        while True:
            while len(under_way) < 6 and (task := next(stream, None)) is not None:
                under_way.append(task)
            if not under_way:
                return
            task = under_way.pop(self.draw.draw(st.integers(0, len(under_way) - 1)))
            yield task, function(task)


@given(st.lists(st.integers(1, 3).map(lambda n: [n]), max_size=20), st.data())
def test_results_come_in_order(tasks: list[list[int]], draw: st.DataObject) -> None:
    """Equal tasks are told apart."""
    expected = [(task, 10 * task[0]) for task in tasks]
    assert list(in_order(Shuffled(draw), lambda task: 10 * task[0], tasks)) == expected
    with runner() as run:
        assert list(in_order(run, lambda task: 10 * task[0], tasks)) == expected
