"""``coopdec themes``: the goals that titles state, and the words that state them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from coopdec.cli._options import lang, table_format
from coopdec.messages import Lang


@click.command("themes")
@click.argument("title", required=False)
@click.option("--batch", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv",
              help="A CSV with a column “title” (or “titre”).")
@click.option("--coverage", "wanted", is_flag=True,
              help="Instead: which titles of the batch state no goal, and their frequent words.")
@table_format("jsonl", "table", default="jsonl")
@lang
def command(title: str | None, batch: Path | None, wanted: bool, form: str, lang: Lang) -> None:
    """The Sustainable Development Goals that a title states, with the words that say so."""
    from coopdec.cli._batch import read_batch
    from coopdec.cli._tables import print_rows
    from coopdec.errors import UsageError

    if (title is None) == (batch is None):
        raise UsageError("one-of", one="TITLE", other="--batch")
    titles: Iterable[str]
    if batch is not None:
        titles = (line["title"] for line in read_batch(batch, ["title"]))
    else:
        titles = [title or ""]
    if wanted:
        _show_coverage(titles, form, lang)
        return
    columns = {"fr": ("titre", "ODD", "mots"), "en": ("title", "SDG", "words")}[lang]
    print_rows(_records(titles), form, columns, _flat)


_COVERAGE = {
    "fr": ("{titles} titres, {share:.0%} avec au moins un objectif", "Titres par objectif",
           "Mots fréquents des titres sans objectif : le vocabulaire à ajouter",
           "Titres sans objectif"),
    "en": ("{titles} titles, {share:.0%} with at least one goal", "Titles by goal",
           "Frequent words of titles without a goal: the vocabulary to add",
           "Titles without a goal"),
}


def _show_coverage(titles: Iterable[str], form: str, lang: Lang) -> None:
    from coopdec.classify.coverage import coverage
    from coopdec.cli._tables import json_line

    found = coverage(titles)
    if form == "jsonl":
        click.echo(json_line({
            "titles": found.titles, "share": round(found.share, 4), "goals": found.goals,
            "words": dict(found.words), "without": list(found.without)}))
        return
    head, goals, words, without = _COVERAGE[lang]
    click.echo(head.format(titles=found.titles, share=found.share))
    click.echo(f"\n{goals}\n" + "\n".join(f"  {g:>2}  {n}" for g, n in found.goals.items()))
    click.echo(f"\n{words}\n" + "\n".join(f"  {n:>4}  {w}" for w, n in found.words))
    click.echo(f"\n{without}\n" + "\n".join(f"  {t}" for t in found.without))


def _records(titles: Iterable[str]) -> Iterator[dict[str, Any]]:
    from coopdec.classify import classify

    for title in titles:
        themes = classify(title)
        found = [t for t in themes if t.target is None]
        targets = [t for t in themes if t.target is not None]
        yield {
            "title": title,
            "themes": [
                {
                    "sdg": theme.goal,
                    "confidence": round(theme.confidence, 2),
                    "evidence": [words for words, _, _ in theme.evidence],
                    "rule": theme.rule,
                    "targets": [t.target for t in targets if t.goal == theme.goal],
                }
                for theme in found
            ],
        }


def _flat(record: Mapping[str, Any]) -> list[str]:
    themes = record["themes"]
    return [
        record["title"],
        ", ".join(str(t["sdg"]) for t in themes) or "—",
        " · ".join(f"{t['sdg']} : {', '.join(t['evidence'])}" for t in themes),
    ]
