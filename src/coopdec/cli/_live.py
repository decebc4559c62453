"""Suggestions from a live endpoint, with progress, and what to do when it is away."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from coopdec.decisions import load_decisions
from coopdec.errors import EndpointError
from coopdec.messages import Lang, render
from coopdec.paths import cache_folder
from coopdec.review import Review, Suggestion, live_suggestions
from coopdec.wikidata import ENDPOINT, Wikidata

__all__ = ["from_live"]


def from_live(found: Review, folder: Path, endpoint: str | None, lang: Lang
              ) -> Iterator[Suggestion]:
    """What the endpoint gives. When it stops answering, a warning says so and what came
    until then stands: it is kept, and the next run goes on from there."""
    live = Wikidata(endpoint or ENDPOINT, cache_folder() / "wikidata")
    words = {"fr": "Wikidata : {done} / {total}", "en": "Wikidata: {done} / {total}"}[lang]

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo("\r" + words.format(done=done, total=total), err=True, nl=done == total)

    try:
        yield from live_suggestions(found, load_decisions(folder), live, progress)
    except EndpointError as error:
        click.echo("coopdec: " + render(error.code, error.params, lang), err=True)
        click.echo("coopdec: " + render("live-stopped", {}, lang), err=True)
