"""Where words for people are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["console"]

#: rich breaks lines at every blank. While it does, what is no character stands where none may
#: break: for the spaces of French punctuation, and for the no-break spaces of what was read.
_HELD = str.maketrans("\u00a0\u202f", "\ufdd0\ufdd1")
_FREE = str.maketrans("\ufdd0\ufdd1\ufdd2", "\u00a0\u202f ")


def _held(text: str) -> str:
    """As long as before: styles stay on their letters."""
    from coopdec.text import unbroken

    return unbroken(text.translate(_HELD)).replace("\u00a0", "\ufdd2")


def console(*, stderr: bool = False) -> Console:
    """As wide as the terminal, without guesses at what to colour. That nobody reads any more is
    told like any other error, where rich would end the program with 1."""
    from collections.abc import Iterable

    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment
    from rich.text import Text

    class Ours(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

        def render(self, renderable: RenderableType,
                   options: ConsoleOptions | None = None) -> Iterable[Segment]:
            if not isinstance(renderable, str | Text):
                yield from super().render(renderable, options)
                return
            asked = options or self.options
            text = (renderable.copy() if isinstance(renderable, Text) else self.render_str(
                renderable, highlight=asked.highlight, markup=asked.markup))
            text.plain = _held(text.plain)
            for part, style, control in super().render(text, asked):
                yield Segment(part.translate(_FREE), style, control)

    return Ours(stderr=stderr, highlight=False)
