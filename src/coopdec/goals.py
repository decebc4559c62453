"""The 17 Sustainable Development Goals and their targets: titles, short labels, links.

Official titles are the UN's; target labels are short ones of our own. Both tables stand
in ``lexicon/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Goal", "Target", "goals", "targets"]


@dataclass(frozen=True, slots=True)
class Goal:
    """``colour`` is the UN's, ``#RRGGBB``; ``wikidata`` a bare QID."""

    number: int
    title_fr: str
    title_en: str
    short_fr: str
    short_en: str
    colour: str
    wikidata: str


@dataclass(frozen=True, slots=True)
class Target:
    """``code`` as in « 6.1 » or « 9.c »."""

    code: str
    goal: int
    label_fr: str
    label_en: str


def _rows(name: str) -> list[list[str]]:
    table = files("coopdec").joinpath("lexicon", name).read_text("utf-8")
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


@cache
def goals() -> Mapping[int, Goal]:
    """Goal number → goal, all 17."""
    return {int(r[0]): Goal(int(r[0]), *r[1:]) for r in _rows("goals.tsv")}


@cache
def targets() -> Mapping[str, Target]:
    """Target code → target, all 169."""
    return {r[0]: Target(r[0], int(r[0].split(".")[0]), r[1], r[2]) for r in _rows("targets.tsv")}
