"""``--help`` in the reader's language. The English of an option or a command stands in its module,
beside what it explains; the French of each paragraph in ``_help.toml``, by its English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import click

from coopdec.messages import Lang
from coopdec.text import unbroken

__all__ = ["formatter_in", "french"]

#: What click adds behind an option's text: « [default: 8000; 0<=x<=65535] ».
_ADDED = re.compile(r"(?s)(?P<text>.*?)(?:  \[(?P<added>[^]]*)\])?")
_WORDS = {"default: ": "par défaut : ", "required": "obligatoire", "; ": " ; "}


@cache
def _texts() -> Mapping[str, str]:
    return tomllib.loads(Path(__file__).with_name("_help.toml").read_text("utf-8"))


def french(text: str) -> str:
    """The paragraphs in French; one that has none (a query's own text) as it is."""
    return "\n\n".join(_texts().get(" ".join(p.split()), p) for p in text.split("\n\n"))


class _French(click.HelpFormatter):
    """Writes in French what a command says in English."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args.replace("COMMAND [ARGS]", "COMMANDE [ARGUMENTS]"),
                            "Utilisation : ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(f"{french(heading)} ")

    def write_text(self, text: str) -> None:
        super().write_text(unbroken(french(text)))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30,
                 col_spacing: int = 2) -> None:
        super().write_dl([(name, unbroken(_option(text))) for name, text in rows],
                         col_max, col_spacing)


def _option(text: str) -> str:
    """« Port.  [default: 8000] » in French."""
    found = _ADDED.fullmatch(text)
    assert found is not None  # it takes any text
    if (added := found["added"]) is None:
        return french(text)
    for word, ours in _WORDS.items():
        added = added.replace(word, ours)
    return f"{french(found['text'])}  [{added}]"


def formatter_in(lang: Lang) -> type[click.HelpFormatter]:
    """What writes help, for click's ``Context.formatter_class``."""
    return _French if lang == "fr" else click.HelpFormatter
