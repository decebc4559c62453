"""What the score of a theme is worth: measured where the lexicon had not seen the title.

A lexicon is right on the titles that it was mended with. So the files of labelled titles keep
beside each title what it was given in its first run, before anybody mended anything (column
``first``: goal and score). Of those themes in a band of scores, the share that was labelled as
stated, the merely acceptable counted half, made increasing, is the confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coopdec.classify import Lexicon, builtin, classify
from coopdec.classify.lexicon import Confidence

#: Where bands begin: below the first nothing is stated, a lone term has a score of its weight.
BANDS = (0.55, 0.68, 0.78, 0.83, 0.89, 0.95, 0.985)


@dataclass
class Band:
    low: float
    all: int = 0
    stated: int = 0
    acceptable: int = 0
    confidence: float = 0.0

    @property
    def worth(self) -> float:
        return (self.stated + self.acceptable / 2) / self.all


def scores(title: str, lexicon: Lexicon) -> dict[int, float]:
    """The goals that the words of a title state, with their scores, not yet confidences."""
    plain = replace(lexicon, confidence={kind: Confidence(kind, ()) for kind in lexicon.confidence})
    return {t.goal: t.confidence for t in classify(title, lexicon=plain)
            if t.target is None and t.rule != "explicit:number"}


def record(path: Path, lexicon: Lexicon | None = None) -> None:
    """Write into the column ``first`` what titles without one are given now."""
    lines = path.read_text("utf-8").splitlines()
    for i, line in enumerate(lines):
        cells = line.split("\t")
        if line and not line.startswith("#") and len(cells) < 4:
            cells += [""] * (3 - len(cells))
            found = scores(cells[0], lexicon or builtin())
            cells.append("first" if cells[0] == "title" else " ".join(
                f"{goal}:{score:g}" for goal, score in sorted(found.items())))
            lines[i] = "\t".join(cells)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def read_first(cell: str) -> dict[int, float]:
    return {int(goal): float(score) for goal, _, score in
            (pair.partition(":") for pair in cell.split())}


def bands(themes: Iterable[tuple[float, bool, bool]]) -> list[Band]:
    """Scores, whether stated, whether acceptable → bands with their confidences, increasing."""
    found = [Band(low) for low in BANDS]
    for score, stated, acceptable in themes:
        band = next((b for b in reversed(found) if score >= b.low - 1e-9), None)
        if band is not None:
            band.all += 1
            band.stated += stated
            band.acceptable += acceptable and not stated
    found = [band for band in found if band.all]
    for pool in _pooled(found):
        for band in pool:
            band.confidence = min(round(_worth(pool), 2), 0.99)  # no count proves certainty
    return found


def _pooled(found: Sequence[Band]) -> list[list[Band]]:
    """Neighbours that would decrease put together (the method of pool-adjacent-violators)."""
    pools: list[list[Band]] = []
    for band in found:
        pools.append([band])
        while len(pools) > 1 and _worth(pools[-2]) > _worth(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    return pools


def _worth(pool: Sequence[Band]) -> float:
    return sum(b.worth * b.all for b in pool) / sum(b.all for b in pool)


def report(found: Sequence[Band], today: Confidence) -> Iterator[str]:
    """Lines for people: each band, what is stated today, how far it is off on the whole."""
    for b in found:
        yield (f"  score from {b.low:<5} {b.all:>5} themes, stated {b.stated / b.all:.2f}, "
               f"acceptable {b.acceptable / b.all:.2f}, wrong "
               f"{1 - (b.stated + b.acceptable) / b.all:.2f}: worth {b.worth:.3f}, "
               f"to be written {b.confidence:.2f}, today {today[1 - b.low]:.2f}")
    off = sum(abs(b.worth - today[1 - b.low]) * b.all for b in found)
    yield f"  off by {off / max(1, sum(b.all for b in found)):.3f} on the mean of the themes"
