"""The command line. One module is one command; it holds ``command`` and is found by itself.

click lives only here. Modules of commands import what they need when they run, so that
``coopdec --help`` stays quick.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from pkgutil import iter_modules

import click

from coopdec import __version__
from coopdec.cli._groups import Group
from coopdec.cli._options import lang

__all__ = ["main"]


@cache
def _names() -> list[str]:
    return sorted(m.name.replace("_", "-") for m in iter_modules(__path__)
                  if not m.name.startswith("_"))


class _Commands(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return _names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _names():
            return None
        module = import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coopdec")
@lang
def _group(lang: str) -> None:
    """Lists of French decentralised-cooperation projects as checked, linked open data."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command; every error of ours becomes readable lines and an exit code. What is
    printed is UTF-8 wherever it goes; a name that is none is printed all the same."""
    from coopdec.cli._errors import run

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(_group, arguments))
