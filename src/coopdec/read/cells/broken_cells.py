"""The lines of a cell of partners: which begin another, which only go on."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

__all__ = ["MOST_LINES", "unbroken"]

#: A cell of more lines is read as running text.
MOST_LINES = 200
_UNFINISHED = re.compile(r"(?:[-–,/:]|\b(?:de|du|des|la|le|les|et|d['’]|l['’]|en|à|au|aux|sur|"
                         r"sous))\s*$", re.IGNORECASE)


def unbroken(text: str, country: Callable[[str], str | None], *, placed: bool) -> str:
    """A line that begins with a capital is another partner, except where the one above
    is unfinished; a country alone on its line is that of the line above, unless all are
    ``placed`` in one. ``country``: the code of the one that words name."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or len(lines) > MOST_LINES:
        return text
    out = lines[0]
    for above, line in pairwise(lines):
        opened = out.count("(") > out.count(")")
        if opened or _UNFINISHED.search(above) or not line[0].isupper():
            out += f"\n{line}"
        elif not placed and "(" not in above and country(line) and not country(above):
            out += f", {line}"
        else:
            out += f"\n{line}" if above.endswith(")") else f" ; {line}"
    return out
