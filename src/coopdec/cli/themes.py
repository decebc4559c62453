"""``coopdec themes``: the goals that titles state, and the words that state them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import rich_click as click

from coopdec.cli._options import lang, table_format
from coopdec.messages import Lang


@click.command("themes")
@click.argument("title", required=False)
@click.option("--batch", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv",
              help="A CSV with a column “title”.")
@table_format("jsonl", "table", default="jsonl")
@lang
def command(title: str | None, batch: Path | None, form: str, lang: Lang) -> None:
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
    columns = {"fr": ("titre", "ODD", "mots"), "en": ("title", "SDG", "words")}[lang]
    print_rows(_records(titles), form, columns, _flat)


def _records(titles: Iterable[str]) -> Iterator[dict[str, Any]]:
    from coopdec.classify import classify

    for title in titles:
        found = [t for t in classify(title) if t.target is None]
        targets = [t for t in classify(title) if t.target is not None]
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
