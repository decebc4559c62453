"""Where words for people are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["console"]


def console(*, stderr: bool = False) -> Console:
    """As wide as the terminal, without guesses at what to colour. That nobody reads any more is
    told like any other error, where rich would end the program with 1."""
    from rich.console import Console

    class Ours(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Ours(stderr=stderr, highlight=False)
