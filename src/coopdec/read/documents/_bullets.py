"""Bullets that a PDF draws instead of writing them: small signs, each right before a line."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

__all__ = ["with_bullets"]

#: A page has no more; where it has, they are a drawing.
_MOST = 400
#: A bullet is so small, in heights of the letters beside it, and so near.
_SMALL, _NEAR = 0.8, 2.5


def with_bullets(page: Any, words: list[Any]) -> list[Any]:
    """The words, with « • » where a small sign is drawn before a line; only signs of one size
    that stand below one another are bullets."""
    alike: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
    signs = [*page.curves, *page.rects]
    if not words or not signs or len(signs) > _MOST:
        return words
    for sign in signs:
        width, height = sign["x1"] - sign["x0"], sign["bottom"] - sign["top"]
        if 0.5 < width < 12 and 0.7 < width / max(height, 0.1) < 1.4:
            alike[round(sign["x0"]), round(width), round(height)].append(sign)
    found = [bullet for group in alike.values() if len(group) > 1
             for sign in group if (bullet := _bullet(sign, words)) is not None]
    return [*words, *found]


def _bullet(sign: Any, words: list[Any]) -> Any:
    """The sign as a word on the line of the words after it; None where none are, or where
    others stand right before it."""
    middle = (sign["top"] + sign["bottom"]) / 2
    line = [w for w in words if w["top"] < middle < w["bottom"]]
    after = min((w for w in line if w["x0"] >= sign["x1"] - 0.5), key=lambda w: w["x0"],
                default=None)
    if after is None:
        return None
    size = after["bottom"] - after["top"]
    beside = any(w["x0"] < sign["x1"] and w["x1"] > sign["x0"] - _NEAR * size for w in line)
    if beside or after["x0"] - sign["x1"] > _NEAR * size or (
            sign["x1"] - sign["x0"] > _SMALL * size):
        return None
    return {**after, "text": "•", "x0": sign["x0"], "x1": sign["x1"], "chars": after["chars"][:1]}
