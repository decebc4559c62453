"""Which column plays which role, told by the words of its header, in any order.

The words stand in ``roles.toml`` beside this file: a new wording is a line of data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from coopdec.text import collapse, fold

__all__ = ["REQUIRED", "header_roles", "role_of", "roles"]

#: Every list must say who leads and what the project is called.
REQUIRED = ("lead", "title")
#: …and at least one of these must say where.
PLACES = ("partner", "country")


@cache
def roles() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Role → (folded headers that name it exactly, folded phrases that a header of it holds)."""
    table = tomllib.loads(files("coopdec.read").joinpath("roles.toml").read_text("utf-8"))
    return {
        role: (tuple(map(fold, words.get("exact", ()))), tuple(map(fold, words.get("holds", ()))))
        for role, words in table.items()
    }


def role_of(header: str) -> str | None:
    """The role that a header's words give, None where they give none.

    An exact wording wins; otherwise the longest phrase held, so that « Région de la
    collectivité chef de file » is a region and not a lead.

    >>> role_of("Collectivité territoriale française chef de file")
    'lead'
    >>> role_of("Région de France")
    'region'
    """
    words = fold(header)
    if not words:
        return None
    for role, (exact, _) in roles().items():
        if words in exact:
            return role
    padded = f" {words} "
    held = [
        (len(phrase), role)
        for role, (_, phrases) in roles().items()
        for phrase in phrases
        if f" {phrase} " in padded
    ]
    return max(held)[1] if held else None


def header_roles(
    cells: Sequence[str], given: Mapping[str, str] | None = None
) -> dict[int, str]:
    """Column index → role for one line; ``given`` (role → printed header) goes first.

    A role is given once: the first column that takes it keeps it, except that an exact
    wording takes it from a looser one.
    """
    by_header = {fold(header): role for role, header in (given or {}).items()}
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        role = by_header.get(fold(cell))
        if role is not None and role not in found.values():
            found[index] = role
    exact_first = sorted(
        range(len(cells)),
        key=lambda i: (fold(cells[i]) not in {e for x, _ in roles().values() for e in x}, i),
    )
    for index in exact_first:
        if index in found or len(collapse(cells[index])) > 120:
            continue
        role = role_of(cells[index])
        if role is not None and role not in found.values():
            found[index] = role
    return dict(sorted(found.items()))
