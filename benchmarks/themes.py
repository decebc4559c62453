"""How well and how fast titles are tied to goals, against two baselines.

Run: ``python benchmarks/themes.py [FOLDER] [--errors] [--calibrate] [--first FILE]``. FOLDER holds
``afd_titles_dac_weak.csv`` and ``gold_seeds.csv`` (by default ``../shared/sdg`` beside
the repository); without it only the titles that we made up are measured.

A goal that is *expected* counts for and against; one that is only *acceptable* (goal 17
always is, and so is the goal of the sector that the funder declared) counts neither way.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from themes_baselines import keywords, tfidf
from themes_calibration import bands, read_first, record
from themes_calibration import report as told

from coopdec.classify import LEXICON_VERSION, builtin, classify, classify_sector, coverage

HERE = Path(__file__).resolve().parent
#: A text so many times as long may take so many times the time a character. What goes over a
#: text again and again takes :data:`TIMES`; noise of a busy machine does not reach half of it.
TIMES, LARGEST = 8, 4
DEFAULT = HERE.parent.parent / "shared" / "sdg"
ALWAYS_ACCEPTABLE = 17
#: Our own titles; the head of each file says how its first run went.
_OURS = {"made up": "titles.tsv", "traps": "titles_traps.tsv", "confirm": "titles_confirm.tsv",
         "wide": "titles_wide.tsv", "unseen": "titles_unseen.tsv", "senses": "titles_senses.tsv"}

Read = Callable[[str], set[int]]


@dataclass(frozen=True)
class Case:
    title: str
    expected: frozenset[int]
    acceptable: frozenset[int]
    sector: str = ""
    #: Goal → score in the first run; empty where that is not known.
    first: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    micro: float
    macro: float
    clean: float
    per_goal: dict[int, float]


def goals(text: str) -> frozenset[int]:
    return frozenset(int(word) for word in text.split())


def table(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t" if path.suffix == ".tsv" else ","))


def cases(folder: Path) -> dict[str, list[Case]]:
    """The labelled titles, by where they come from."""
    found = {name: [Case(r["title"], goals(r["expected"] or ""), goals(r["acceptable"] or ""),
                         first=read_first(r.get("first") or ""))
                    for r in table(HERE / "data" / file)] for name, file in _OURS.items()}
    if not (folder / "afd_titles_dac_weak.csv").exists():
        say(f"{folder}: no labelled titles there; only our own are measured.")
        return found
    found["seeds"] = [
        Case(r["title"], goals(r["sdg_expected"]), goals(r["sdg_acceptable"]))
        for r in table(folder / "gold_seeds.csv")
    ]
    funded = {r["afd_project_id"]: r for r in table(folder / "afd_titles_dac_weak.csv")}
    found["AFD"] = [
        Case(row["title"], goals(r["expected"] or ""),
             goals(r["acceptable"] or "") | goals(row["sdg_from_dac"]), row["dac_sector"])
        for r in table(HERE / "data" / "afd_labels.tsv")
        if (row := funded.get(r["afd_project_id"]))
    ]
    return found


def measure(read: Read, given: Iterable[Case]) -> Score:
    right: Counter[int] = Counter()
    wrong: Counter[int] = Counter()
    missed: Counter[int] = Counter()
    blank = clean = 0
    for case in given:
        found = read(case.title)
        extra = found - case.expected - case.acceptable - {ALWAYS_ACCEPTABLE}
        right.update(found & case.expected)
        wrong.update(extra)
        missed.update(case.expected - found)
        if not case.expected:
            blank += 1
            clean += not extra
    per_goal = {
        goal: 2 * right[goal] / (2 * right[goal] + wrong[goal] + missed[goal])
        for goal in range(1, 18)
        if right[goal] + missed[goal]
    }
    hit, bad, lost = right.total(), wrong.total(), missed.total()
    return Score(
        precision=hit / max(1, hit + bad),
        recall=hit / max(1, hit + lost),
        micro=2 * hit / max(1, 2 * hit + bad + lost),
        macro=sum(per_goal.values()) / max(1, len(per_goal)),
        clean=clean / max(1, blank),
        per_goal=per_goal,
    )


def ours(title: str) -> set[int]:
    return {theme.goal for theme in classify(title)}


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def report(name: str, score: Score) -> None:
    say(f"  {name:<12} precision {score.precision:.3f}  recall {score.recall:.3f}  "
        f"micro F1 {score.micro:.3f}  macro F1 {score.macro:.3f}  "
        f"no-theme titles left clean {score.clean:.3f}")


def errors(given: Iterable[Case]) -> None:
    for case in given:
        found = ours(case.title)
        extra = found - case.expected - case.acceptable - {ALWAYS_ACCEPTABLE}
        missed = case.expected - found
        if extra or missed:
            say(f"    missed {sorted(missed)} extra {sorted(extra)}: {case.title}")


def calibrate(given: Sequence[Case]) -> None:
    """The lines of ``calibration.tsv``: themes of first runs, and those of sector columns."""
    first = [(score, goal in case.expected, goal in case.acceptable) for case in given
             for goal, score in case.first.items() if goal != ALWAYS_ACCEPTABLE]
    say(f"themes of {sum(bool(case.first) for case in given)} titles in their first run:")
    for line in told(bands(first), builtin().confidence["lexicon"]):
        say(line)
    sector = [(theme.goal in case.expected, theme.goal in case.acceptable) for case in given
              for theme in classify_sector(case.sector)
              if theme.target is None and theme.goal != ALWAYS_ACCEPTABLE]
    worth = sum(1 if stated else acceptable / 2 for stated, acceptable in sector)
    say(f"  sector columns: {len(sector)} themes, worth {worth / max(1, len(sector)):.2f}")


def speed(given: Sequence[Case], wanted: int = 40_000) -> None:
    """Titles a second on one core; every title is new: a number of its own in each."""
    titles = [f"{given[i % len(given)].title} {i}" for i in range(wanted)]
    ours(titles[0])
    best = min(_seconds(titles) for _ in range(3))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"  {wanted / best:,.0f} titles a second (best of 3), {memory:.0f} MB at most, "
        f"{sum(map(len, titles)) / wanted:.0f} characters a title")


def growth(size: int = 100_000) -> float:
    """Texts whose patterns might be gone over again and again: how much longer a text takes
    that is :data:`TIMES` as long, for each character (1 is as it should be, as much as
    :data:`TIMES` where the time is quadratic), and how long the slowest takes. The largest."""
    found = {}
    for text in json.loads((HERE / "data" / "repeated.json").read_text("utf-8")):
        short, long = (min(_seconds([text * (n // len(text))]) for _ in range(4))
                       for n in (size // TIMES, size))
        found[text] = long / max(short, 1e-3) / TIMES, long
    worst = max(ratio for ratio, _ in found.values())
    text, (ratio, seconds) = max(found.items(), key=lambda f: f[1][1])
    say(f"  {size} characters: {seconds:.2f} s at most, for « {text} » repeated, {ratio:.1f} "
        f"times as long a character as one of {size // TIMES}; {worst:.1f} at most for all")
    return worst


def _seconds(titles: Sequence[str]) -> float:
    start = time.process_time()
    for title in titles:
        classify(title)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--errors", action="store_true", help="list the titles that differ")
    parser.add_argument("--calibrate", action="store_true", help="what confidences are worth")
    parser.add_argument("--first", type=Path, metavar="FILE", help="write what new titles are "
                        "given in their first run into the column « first » of FILE")
    parser.add_argument("--growth", action="store_true",
                        help="only whether long texts take longer than they should")
    options = parser.parse_args()
    if options.first:
        record(options.first)
        return
    if options.growth:
        sys.exit(growth() > LARGEST)
    say(f"lexicon {LEXICON_VERSION}")
    found = cases(options.folder)
    everything = [case for group in found.values() for case in group]
    speed(everything)
    growth()
    for name, group in found.items():
        say(f"{name}: {len(group)} titles")
        score = measure(ours, group)
        report("lexicon", score)
        report("keywords", measure(keywords, group))
        report("TF-IDF", measure(tfidf(), group))
        say("  per goal: " + "  ".join(f"{g}: {f:.2f}" for g, f in score.per_goal.items()))
        if options.errors:
            errors(group)
    if options.calibrate:
        calibrate(everything)
    seen = coverage(case.title for case in everything)
    say(f"coverage: {seen.share:.2f} of {seen.titles} titles have a theme; frequent unknown "
        "words of the others: " + ", ".join(f"{word} ({n})" for word, n in seen.words[:15]))


if __name__ == "__main__":
    main()
