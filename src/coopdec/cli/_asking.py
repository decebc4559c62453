"""Asking a person one thing after the other at the terminal, one key each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from coopdec.messages import Count, Lang, place

if TYPE_CHECKING:
    from coopdec.model import Position

__all__ = ["NOTHING", "ask_each", "at_least", "at_terminal", "no_decision", "short_place"]

T = TypeVar("T")

_WORDS = {
    "fr": {"of": "{n} sur {total}", "done": "{n:décision|décisions} dans {path}",
           "none": "Aucune décision dans {path}.",
           "weaker": "--min {least} laisse de côté {n:proposition|propositions}."},
    "en": {"of": "{n} of {total}", "done": "{n:decision|decisions} in {path}",
           "none": "No decision in {path}.",
           "weaker": "--min {least} leaves {n:proposal|proposals} out."},
}
NOTHING = {"fr": "Rien à décider.", "en": "Nothing to decide."}


def short_place(where: Position | None, lang: Lang) -> str:
    """Where it is printed, by the list's folder and name only: what a release says, too."""
    from coopdec.paths import short_path

    short = where._replace(document=short_path(where.document)) if where else None
    return place(short, lang)


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


def at_least(least: float, found: Iterable[T], score: Callable[[T], float], lang: Lang
             ) -> list[T]:
    """Those sure enough; how many are not is said on standard error."""
    every = list(found)
    sure = [one for one in every if score(one) >= least]
    if weaker := len(every) - len(sure):
        said = _WORDS[lang]["weaker"].format(n=Count(weaker, lang), least=f"{least:g}")
        click.echo(said, err=True)
    return sure


def no_decision(path: Path, lang: Lang) -> str:
    return _WORDS[lang]["none"].format(path=path)
