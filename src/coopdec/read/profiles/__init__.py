"""Layouts of lists that are known: which columns play which role, found by the header row.

One ``.toml`` file beside this module is one layout and is found by itself::

    name_fr = "…"                  what people read
    name_en = "…"
    [header]                       the layout is recognised where a line has
    all = ["Titre du projet"]      each of these headers,
    some = ["Latitude", "…"]       and of these
    least = 2                      so many
    [columns]                      role = header, or headers of which the first found counts,
    title = ["Titre du projet"]    or « #5 », the fifth column, where headers say nothing
    [list]                         what a list of this layout need not say: publisher,
    scheme = "…"                   scheme (of its identifiers), currency
    [status]                       the codes that its statuses may be
    1 = "planned"
    [rows]
    any_lead = true                the lead column also names others than French collectivities
    lone_names = true              …and « Grenoble » there is the town, not a company of its name
    beneficiary_leads = true       an operator that is a French collectivity leads, and who is in
                                   the lead column pays
    place_in_title = true          no column says where: countries are looked for in the title

Headers are compared without accents, case, spaces, punctuation and plurals. ``other`` under
``[columns]`` names headers that play no role here whatever their words; a role of
``roles.toml`` that may have many columns takes all of its headers. A column that no layout
places is understood by its words, as ever.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from coopdec.read.columns.roles import roles
from coopdec.text import fold

__all__ = ["Profile", "column_number", "profiles", "recognise"]

_PLURAL = re.compile(r"\((?:s|e|es|x)\)", re.IGNORECASE)
_NUMBER = re.compile(r"#(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Profile:
    """One layout. ``columns``: role → the headers that may play it, best first; ``""`` those
    that play none; ``defaults`` what a list need not say; ``statuses`` code → status."""

    name: str
    title: Mapping[str, str]
    every: frozenset[str]
    some: frozenset[str]
    least: int
    columns: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, str]
    statuses: Mapping[str, str]
    any_lead: bool
    place_in_title: bool
    lone_names: bool
    beneficiary_leads: bool

    def fits(self, keys: frozenset[str]) -> int:
        """How many of its headers are there; 0 where it is not this layout."""
        found = len(self.some & keys)
        return found + len(self.every) if self.every <= keys and found >= self.least else 0

    def places(self, cells: Sequence[str]) -> dict[int, str]:
        """Column → role, ``""`` for none, for the columns that the layout knows."""
        at: dict[str, list[int]] = {}
        for index, cell in enumerate(cells):
            at.setdefault(_key(cell), []).append(index)
        found: dict[int, str] = {}
        for role, headers in self.columns.items():
            many = not role or (role in roles() and roles()[role].many)
            for header in headers:
                number = column_number(header)
                indices = at.get(_key(header), []) if number is None else [number]
                free = [i for i in indices if i < len(cells) and i not in found]
                found |= dict.fromkeys(free if many else free[:1], role)
                if free and not many:
                    break
        return found


def column_number(header: str) -> int | None:
    """« #5 » → 4; None where a header is meant."""
    found = _NUMBER.fullmatch(header.strip())
    return int(found[1]) - 1 if found and found[1] != "0" else None


def _key(header: str) -> str:
    return fold(_PLURAL.sub("", header)).replace(" ", "")


@cache
def profiles() -> Mapping[str, Profile]:
    """Every layout, by its name."""
    found = {}
    for file in sorted(files("coopdec.read.profiles").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            found[name] = _profile(name, tomllib.loads(file.read_text("utf-8")))
    return found


def _profile(name: str, said: Mapping[str, Any]) -> Profile:
    header, rows = said["header"], said.get("rows", {})
    columns = {
        "" if role == "other" else role: (one,) if isinstance(one, str) else tuple(one)
        for role, one in said["columns"].items()
    }
    return Profile(
        name, {"fr": said["name_fr"], "en": said["name_en"]},
        frozenset(map(_key, header.get("all", ()))), frozenset(map(_key, header.get("some", ()))),
        header.get("least", 0), columns, said.get("list", {}),
        said.get("status", {}),
        rows.get("any_lead", False), rows.get("place_in_title", False),
        rows.get("lone_names", False), rows.get("beneficiary_leads", False),
    )


def recognise(cells: Sequence[str]) -> Profile | None:
    """The layout whose header this line is, the one with most of its headers there."""
    keys = frozenset(k for cell in cells if cell and len(cell) <= 200 and (k := _key(cell)))
    if len(keys) < 3:
        return None
    fits = {name: p.fits(keys) for name, p in profiles().items()}
    best = max(fits, key=lambda name: (fits[name], name), default=None)
    return profiles()[best] if best is not None and fits[best] else None
