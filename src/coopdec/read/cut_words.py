"""Words whose last letters a narrow column cut off: « Madagasc ar », « Subven tion »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["put_together"]


def put_together(words: Sequence[str]) -> Iterator[str]:
    """What they are if one of them is the rest of the one before: one that begins small.

    >>> list(put_together(["Côte", "d'Ivoi", "re"]))
    ["Côte d'Ivoire"]
    """
    for at in range(1, len(words)):
        if words[at].islower():
            yield " ".join([*words[: at - 1], words[at - 1] + words[at], *words[at + 1 :]])
