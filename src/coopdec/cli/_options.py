"""Options that several commands share, named once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from coopdec.cli._errors import default_lang
from coopdec.messages import LANGS
from coopdec.vocab import BASE

__all__ = ["LocalPath", "asked_lang", "author", "base_iri", "comment", "decisions", "lang",
           "table_format"]

F = TypeVar("F", bound=Callable[..., Any])


class LocalPath(click.Path):
    """A path of this machine; an address is told to be one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None
                ) -> Any:
        from coopdec.errors import UsageError
        from coopdec.locations import is_address

        if is_address(value):
            raise UsageError("address-for-path", address=str(value))
        return super().convert(value, param, ctx)


def asked_lang() -> str:
    """That of the command line, wherever it stands there; else that of the environment."""
    context = click.get_current_context(silent=True)
    return (context.find_object(str) if context else None) or default_lang()


def lang(command: F) -> F:
    return click.option(
        "--lang", type=click.Choice(LANGS), default=asked_lang,
        help="Language of the words that are printed; French unless the environment (LANG) says"
             " English.",
    )(command)


def base_iri(command: F) -> F:
    return click.option(
        "--base-iri", "base", default=BASE, metavar="IRI", show_default=True,
        help="Base of the IRIs of resources; ends in “/”.",
    )(command)


def table_format(*names: str, default: str) -> Callable[[F], F]:
    """``--format`` of a command that prints rows."""
    return click.option(
        "--format", "form", type=click.Choice(list(names)), default=default, show_default=True,
        help="How to print.",
    )


decisions = click.option(
    "--decisions", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Where decisions are kept; decisions/ unless given.")
author = click.option("--author", default="", metavar="NAME", help="Who decides.")
comment = click.option("--comment", default="", metavar="WORDS",
                       help="Why; kept with the decision.")
