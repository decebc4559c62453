"""What goes wrong on purpose, for several tests."""

from __future__ import annotations

from collections.abc import Callable

from coopdec.building.tasks import Done, Task, perform

__all__ = ["interrupted_after"]


def interrupted_after(number: int) -> Callable[[Task], Done]:
    """Performs so many tasks; then somebody presses Ctrl-C."""
    done: list[str] = []

    def interrupted(task: Task) -> Done:
        if len(done) == number:
            raise KeyboardInterrupt
        done.append(task.key)
        return perform(task)

    return interrupted
