"""A command with commands of its own."""

from __future__ import annotations

import click

__all__ = ["Group"]

#: Longer than any first sentence: none is cut.
_WHOLE = 1 << 10


class Group(click.Group):
    """Its help tells the whole first sentence of each command's; click cuts them at a line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(_WHOLE))
                                for name, command in commands if command is not None])
