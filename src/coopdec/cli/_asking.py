"""Asking a person one thing after the other at the terminal, one key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from coopdec.messages import Count, Lang

__all__ = ["NOTHING", "ask_each", "at_terminal", "no_decision"]

T = TypeVar("T")

_WORDS = {
    "fr": {"of": "{n} sur {total}", "done": "{n:décision|décisions} dans {path}",
           "none": "Aucune décision dans {path}."},
    "en": {"of": "{n} of {total}", "done": "{n:decision|decisions} in {path}",
           "none": "No decision in {path}."},
}
NOTHING = {"fr": "Rien à décider.", "en": "Nothing to decide."}


def at_terminal() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_each(asked: Sequence[T], show: Callable[[T, str], tuple[str, set[str]]],
             decide: Callable[[T, str], int], path: Path, lang: Lang) -> None:
    """Show each (``show`` is given « 1 of 12 » and gives the line that explains the keys,
    and the keys), wait for one of its keys, a space (skip) or q (stop). ``decide`` keeps the
    answer at once, so that stopping loses nothing, and says how many decisions that were."""
    say = _WORDS[lang]
    decided = 0
    for number, one in enumerate(asked, 1):
        explained, keys = show(one, say["of"].format(n=number, total=len(asked)))
        key = ""
        while key not in {" ", "q", *keys}:
            click.echo(click.style(explained, dim=True))
            key = click.getchar().lower()
        if key == "q":
            break
        if key != " ":
            decided += decide(one, key)
    click.echo(say["done"].format(n=Count(decided, lang), path=path) if asked else NOTHING[lang])


def no_decision(path: Path, lang: Lang) -> str:
    return _WORDS[lang]["none"].format(path=path)
